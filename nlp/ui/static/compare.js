// The whole message in new words, beside the draft, with what changes told apart by more than colour.
function drawRewrites(desk, reading) {
  if (!reading.rewrites.length) return null;
  const body = el("div", {});
  const choices = el("div", { class: "choices", role: "group", "aria-label": "Way of saying it" });
  const show = (number) => {
    const rewrite = reading.rewrites[number];
    [...choices.children].forEach((each, place) => each.setAttribute("aria-pressed", String(place === number)));
    body.replaceChildren(
      el(
        "div",
        { class: "beside" },
        drawSide("Your draft", rewrite.before),
        drawSide("Reworded", rewrite.after),
      ),
      el("button", { type: "button", onclick: () => ask(desk, "rewrite", { rewrite: number }) }, "Use this message"),
    );
  };
  if (reading.rewrites.length > 1) {
    choices.append(
      ...reading.rewrites.map((rewrite, number) =>
        el("button", { type: "button", class: "quiet", onclick: () => show(number) }, rewrite.style)),
    );
  }
  show(0);
  return el(
    "section",
    { class: "whole", "aria-labelledby": "whole-title" },
    el("h2", { id: "whole-title" }, "The whole message, reworded"),
    choices,
    body,
  );
}

// Where every word is new, marking every word would only make both hard to read.
function drawSide(title, runs) {
  if (runs.every(([change]) => change !== "same")) runs = runs.map(([, text]) => ["same", text]);
  const tags = { gone: "del", new: "ins" };
  const words = runs.map(([change, text]) => (tags[change] ? el(tags[change], {}, text) : text));
  return el("div", { class: "side" }, el("h3", {}, title), el("p", { class: "text", dir: "auto" }, words));
}
