// The one question, asked once, beside what was clicked: what would be kept, where, and what for.
function drawConsent(desk, panel) {
  const { title, lines } = desk.view.teaching.question;
  const box = el("input", { type: "checkbox", id: "neighbours" });
  const answer = (act) => {
    panel.replaceChildren();
    post(desk.box, act);
  };
  const heading = el("h3", { tabindex: "-1" }, title);
  panel.replaceChildren(
    el(
      "section",
      { class: "consent", "aria-label": title },
      heading,
      el("ul", {}, lines.map((line) => el("li", {}, line))),
      el("label", { class: "check", for: "neighbours" }, box, " Also keep the sentences before and after it. They help to read it as it was meant."),
      el("p", { class: "choices" },
        el("button", { type: "button", class: "first", onclick: () => answer({ do: "consent", neighbours: box.checked }) }, "Yes, keep it"),
        el("button", { type: "button", onclick: () => answer({ do: "decline" }) }, "No, keep nothing")),
      el("p", { class: "hint" }, "This is asked once."),
    ),
  );
  heading.focus({ preventScroll: true });
  panel.firstChild.scrollIntoView({ block: "nearest" });
}

// What the program answered about teaching: the question, or what is kept now.
function drawTeaching(desk) {
  const { teaching } = desk.view;
  const settled = heard(desk.box, teaching.answered);
  for (const verdict of desk.verdicts) fillVerdict(verdict);
  fillMissed(desk);
  if (!settled) return;
  if (teaching.error) desk.say("", teaching.error);
  if (teaching.asking && desk.asker && desk.question !== teaching.answered) drawConsent(desk, desk.asker.panel);
  desk.question = teaching.asking ? teaching.answered : "";
}
