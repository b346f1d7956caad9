// Which sentences are looked at, in what order; and the list of them.
function drawSift(review) {
  const { sift, states, counts } = review.view;
  const choose = (id, title, options) => {
    const select = el("select", { id: `sift-${id}` }, options.map(([value, words]) => el("option", { value, selected: sift[id] === value }, words)));
    select.addEventListener("change", () => siftBy(review, { [id]: select.value }));
    return el("label", { class: "field", for: `sift-${id}` }, el("span", {}, title), select);
  };
  const day = (id, title) => {
    const box = el("input", { type: "date", id: `sift-${id}`, value: sift[id] });
    box.addEventListener("change", () => siftBy(review, { [id]: box.value }));
    return el("label", { class: "field", for: `sift-${id}` }, el("span", {}, title), box);
  };
  fill(review.sift,
    choose("order", "First", [["newest", "the newest"], ["uncertain", "the least sure"]]),
    choose("state", "Show", [["", "all"], ...Object.entries(states).map(([value, words]) => [value, `${words} (${counts[value] ?? 0})`])]),
    choose("label", "With", [["", "any label"], ...KINDS.map((label) => [label, label]), ["clear", "nothing harsh"]]),
    day("since", "From"),
    day("until", "Until"),
  );
}

function siftBy(review, change) {
  // A second choice may come before the first one is answered.
  Object.assign(review.view.sift, { limit: review.view.sift.step }, change);
  review.at = 0;
  post(review.box, { do: "sift", ...review.view.sift });
}

function drawRows(review) {
  const row = (item, number) =>
    el("li", {},
      el("button", { type: "button", class: "row", "aria-current": number === review.at ? "true" : null, onclick: () => goTo(review, number) },
        el("span", { class: `state ${item.state}` }, review.view.states[item.state]),
        el("span", { class: "words", dir: "auto" }, item.text),
        el("span", { class: "tags" }, item.labels.map((label) => el("span", { class: `tag ${label}` }, label)))));
  fill(review.rows, ...review.items.map(row));
  review.more.hidden = !review.view.more;
}

function goTo(review, number) {
  review.at = number;
  drawCard(review);
  drawRows(review);
  review.card.focus({ preventScroll: true });
  review.card.scrollIntoView({ block: "nearest" });
}

function move(review, step) {
  const next = Math.max(0, Math.min(review.items.length - 1, review.at + step));
  review.at = next;
  drawCard(review);
  drawRows(review);
  // After the last one, what a filter leaves out disappears, and the list is drawn anew.
  review.card.focus({ preventScroll: true });
  return true;
}
