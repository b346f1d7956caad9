// "Was this right?" under each reason: one click, with undo. The first one asks whether anything may be kept.

function drawVerdict(desk, number) {
  const verdict = { number, desk, buttons: {} };
  const say = (what) => {
    verdict.panel.replaceChildren();
    tell(desk, verdict, { do: what, flag: number });
  };
  const button = (what, label, action) =>
    (verdict.buttons[what] = el("button", { type: "button", class: "quiet", "aria-pressed": "false", onclick: action }, label));
  verdict.line = el("span", { class: "said", "aria-live": "polite" });
  verdict.undo = el("button", { type: "button", class: "link", hidden: true, onclick: () => say("undo") }, "Undo");
  verdict.panel = el("div", { class: "panel" });
  verdict.node = el(
    "div",
    { class: "verdict", role: "group", "aria-label": "Was this right?" },
    el("p", { class: "answers" }, el("span", {}, "Was this right?"),
      button("right", "Right", () => say("right")),
      button("wrong", "Wrong", () => say("wrong")),
      button("rather", "It is rather…", () => openRather(verdict))),
    el("p", { class: "after" }, verdict.line, " ", verdict.undo),
    verdict.panel,
  );
  desk.verdicts.push(verdict);
  fillVerdict(verdict);
  return verdict.node;
}

function fillVerdict(verdict) {
  const { teaching } = verdict.desk.view;
  const flag = teaching.flags[verdict.number];
  if (!flag) return;
  for (const [what, button] of Object.entries(verdict.buttons)) button.setAttribute("aria-pressed", String(flag.said === what));
  verdict.line.textContent = flag.line ? `${flag.line} ${teaching.kept}` : "";
  verdict.undo.hidden = !flag.line;
}

// Other words or another label: the words are changed first, and the label that is pressed ends it.
function openRather(verdict) {
  const { desk, number } = verdict;
  const flag = desk.view.teaching.flags[number];
  const picker = makePicker(flag.sentence, {
    chosen: { start: unitsOf(flag.sentence, flag.start), end: unitsOf(flag.sentence, flag.end) },
    label: "The words it is about",
  });
  const choose = (label) => {
    const range = picker.range ?? { start: 0, end: flag.sentence.length };
    verdict.panel.replaceChildren();
    tell(desk, verdict, {
      do: "rather", flag: number, label,
      start: codePoints(flag.sentence, range.start), end: codePoints(flag.sentence, range.end),
    });
  };
  verdict.panel.replaceChildren(
    el("p", { class: "hint" }, "Tap or drag to change the words, then say what they are:"),
    picker.node,
    drawKinds(choose),
  );
  verdict.panel.querySelector(".kinds button").focus({ preventScroll: true });
}

function tell(desk, asker, act) {
  desk.asker = asker;
  post(desk.box, act);
}
