// The draft with its marked phrases; focusing or clicking one shows below it how it may land.
function drawMarked(desk, reading) {
  const reason = el("div", { class: "reason", id: "reason", "aria-live": "polite" });
  const text = el("div", { class: "marked", dir: "auto", html: reading.marked });
  const show = (mark) => {
    for (const each of text.querySelectorAll("mark")) {
      each.classList.toggle("chosen", each === mark);
      if (each.tabIndex === 0) each.setAttribute("aria-expanded", String(each === mark));
    }
    const numbers = mark.dataset.flags.split(" ").map(Number);
    reason.replaceChildren(...numbers.map((number) => drawReason(reading.flags[number], true, drawVerdict(desk, number))));
  };
  for (const mark of text.querySelectorAll("mark")) {
    mark.setAttribute("aria-controls", "reason");
    mark.addEventListener("click", () => show(mark));
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      show(mark);
    });
  }
  if (reading.flags.length) reason.append(el("p", { class: "hint" }, "Choose a marked phrase to see how it may land, and to say whether that was right."));
  return [drawLegend(reading.labels), text, reading.flags.length ? reason : null, drawMissed(desk, text)];
}

function drawReason(flag, quoted, verdict = null) {
  return el(
    "div",
    { class: `why ${flag.label}` },
    quoted ? el("p", { class: "quoted", dir: "auto" }, el("span", { class: `line ${flag.label}` }, flag.words)) : null,
    el("p", {}, el("span", { class: `tag ${flag.label}` }, flag.label), " ", flag.message),
    el("p", { class: "point" }, `${flag.point.title}: ${flag.point.sentence} `,
      el("span", { class: "strategy" }, `Strategy ${flag.point.strategy}`)),
    verdict,
  );
}

function drawLegend(labels) {
  if (!labels.length) return null;
  return el(
    "ul",
    { class: "legend", "aria-label": "What the marks mean" },
    labels.map((label) =>
      el("li", { title: label.meaning },
        el("span", { class: `line ${label.id}`, "aria-hidden": "true" }, "abc"), " ", label.title)),
  );
}
