// What is worth a look: the same words twice, likely mistakes, and three sentences whose label would teach the most.
function drawAdvice(review) {
  const { clashes, advice, total } = review.view;
  fill(review.advice,
    [
      clashes.length ? el("section", { "aria-label": "To settle" }, el("h2", {}, "To settle"), clashes.map((clash) => drawClash(review, clash))) : null,
      total ? el("section", { "aria-label": "Worth a look" }, el("h2", {}, "Worth a look"), drawLook(review, advice)) : null,
    ],
  );
  clearTimeout(review.waiting);
  if (advice?.running) review.waiting = setTimeout(() => post(review.box, { do: "look" }), 500);
}

function drawClash(review, clash) {
  const names = (labels) => (labels.length ? labels.map((label) => el("span", { class: `tag ${label}` }, label)) : "nothing harsh");
  const leave = el("button", { type: "button", class: "quiet", onclick: () => post(review.box, { do: "leave", key: clash.key }) }, "Leave it so");
  const keep = (item) => el("button", { type: "button", class: "quiet", onclick: () =>
    post(review.box, { do: "settle", keep: item.id, drop: clash.items.map((each) => each.id).filter((id) => id !== item.id) }) },
    clash.items.length > 1 ? "Keep this one, delete the rest" : "Mine is right");
  return el("article", { class: "clash" },
    el("p", {}, clash.contradicts ? "The same words, with different labels:" : "The same words, kept twice:"),
    el("ul", {}, clash.items.map((item) => el("li", {}, el("span", { class: "words", dir: "auto" }, item.text), " ", names(item.labels), " ",
      clash.items.length > 1 ? keep(item) : null))),
    clash.shipped === null ? null : el("p", { class: "hint" }, "Among the sentences that came with the program it is: ", names(clash.shipped), "."),
    el("p", { class: "choices" }, clash.shipped && clash.contradicts
      ? el("button", { type: "button", class: "quiet", onclick: () => clash.items.forEach((item) =>
          post(review.box, { do: "relabel", id: item.id, labels: clash.shipped, phrases: [] })) }, "Take that label")
      : null, leave));
}

function drawLook(review, advice) {
  const again = el("button", { type: "button", class: "quiet", disabled: Boolean(advice?.running), onclick: () => post(review.box, { do: "advise" }) },
    advice ? "Look again" : "Look for mistakes, and for what to label next");
  if (!advice) return [again];
  if (advice.running) return [el("p", { class: "hint", role: "status" }, "Looking… "), el("progress", { value: advice.share, max: "1", "aria-label": "Looking" })];
  const nothing = !advice.doubtful.length && !advice.telling.length;
  return [
    advice.error ? el("p", {}, advice.error) : null,
    nothing && !advice.error ? el("p", { class: "hint" }, "Nothing stands out.") : null,
    advice.doubtful.map((each) => el("article", { class: "clash" }, el("p", { class: "words", dir: "auto" }, each.text), el("p", { class: "hint" }, each.line),
      el("p", { class: "choices" }, el("button", { type: "button", class: "quiet", onclick: () => showItem(review, each.id) }, "Look at it")))),
    advice.telling.length ? el("h3", {}, "Labels for these would teach the most") : null,
    advice.telling.map((each) => el("article", { class: "clash" }, el("p", { class: "words", dir: "auto" }, each.text), el("p", { class: "hint" }, each.line),
      el("div", { class: "kinds", role: "group", "aria-label": "What it is" }, [...KINDS, "nothing harsh"].map((label) =>
        el("button", { type: "button", class: `quiet kind ${label}`, onclick: () => labelTelling(review, each, label) }, label))))),
    el("p", { class: "choices" }, again),
  ].flat().filter(Boolean);
}

function labelTelling(review, each, label) {
  const labels = KINDS.includes(label) ? [label] : [];
  if (each.id === null) post(review.box, { do: "add", text: each.text, labels });
  else post(review.box, { do: "relabel", id: each.id, labels, phrases: [] });
  each.done = true;
}

function showItem(review, id) {
  const number = review.items.findIndex((item) => item.id === id);
  if (number >= 0) goTo(review, number);
  else {
    review.wanted = id;
    siftBy(review, { state: "", label: "", since: "", until: "", limit: 2000 });
  }
}
