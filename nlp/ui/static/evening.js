// "Keep until morning": a draft put aside on purpose waits above the box, and can be read again or deleted.
function drawEvening(desk, { drafts, error }) {
  desk.evening.hidden = !drafts.length && !error;
  const note = error ? el("p", { class: "hint" }, error) : null;
  fill(desk.evening,
    [note, ...drafts.map((draft) =>
      el(
        "article",
        { class: draft.due ? "waits due" : "waits", "aria-label": "A draft that waits" },
        el("p", { class: "since" }, draft.line),
        el("p", { class: "begins", dir: "auto" }, draft.begins),
        el("p", { class: "choices" },
          el("button", { type: "button", class: draft.due ? "first" : "quiet", onclick: () => ask(desk, "again", { waiting: draft.id }) }, "Yes, open it"),
          el("button", { type: "button", class: "quiet", onclick: (event) => askTwice(event.target, () => ask(desk, "drop", { waiting: draft.id })) }, "Delete")),
      ))],
  );
}
