// The sentence that is looked at now: its words can be marked, its labels changed, its text edited.
const LABEL_KEYS = { blame: "1", pressure: "2", ultimatum: "3" };

function drawCard(review) {
  const item = review.items[review.at];
  if (!item) {
    review.current = null;
    fill(review.card, el("p", { class: "hint" }, review.view.total ? "No sentence fits this choice." : ""));
    return;
  }
  // An answer that changes nothing here must not close what is being edited, or end a drag over words.
  const same = JSON.stringify([item, review.at, review.items.length]);
  if (review.current && review.drawn === same) {
    review.current.item = item;
    review.undo.disabled = !canUndo(review);
    return;
  }
  review.drawn = same;
  const { picker } = (review.current = { item, picker: sentencePicker(item) });
  const button = (label, key, action, more = {}) =>
    el("button", { type: "button", onclick: action, ...more }, label, " ", el("kbd", { "aria-hidden": "true" }, key));
  const beside = (text) => (text ? el("span", { class: "beside-it", dir: "auto" }, text) : null);
  fill(review.card,
    el("p", { class: "where" }, `${review.at + 1} of ${review.items.length}${review.view.more ? " shown" : ""}`,
      el("span", { class: `state ${item.state}` }, review.view.states[item.state]), el("span", {}, item.when)),
    el("div", { class: "sentence" }, beside(item.before), picker.node, beside(item.after)),
    el("p", { class: "hint" }, "Tap or drag over words to mark them, then say what they are."),
    el("div", { class: "kinds", role: "group", "aria-label": "What it is" },
      KINDS.map((label) => button(label, LABEL_KEYS[label], () => toggleLabel(review, label), {
        class: `quiet kind ${label}`, "aria-pressed": String(item.labels.includes(label)) })),
      button("nothing harsh", "0", () => relabel(review, [], []), { class: "quiet kind", "aria-pressed": String(!item.labels.length) })),
    el("div", { class: "tools" },
      button("Right", "A", () => accept(review), { class: "first" }),
      button("Put by", "S", () => skip(review)),
      (review.undo = button("Undo", "U", () => undoStep(review), { disabled: !canUndo(review) })),
      button("Edit", "E", () => openEdit(review)),
      button("Delete", "D", () => askDelete(review, [item.id]))),
    item.said ? el("details", { class: "more" }, el("summary", {}, item.said.line), el("p", {}, item.said.figures)) : null,
    (review.below = el("div", { class: "panel" })),
  );
}

function sentencePicker(item) {
  const spans = item.phrases.map((phrase) => ({
    label: phrase.label, start: unitsOf(item.text, phrase.start), end: unitsOf(item.text, phrase.end),
  }));
  return makePicker(item.text, {
    label: "The sentence",
    paint: (start, end) => {
      const found = spans.filter((span) => start < span.end && end > span.start).map((span) => span.label);
      return { kind: found.map((label) => `line ${label}`).join(" "), said: found.join(", ") };
    },
  });
}

// What is done shows at once; the program is told, and its answer comes when it comes.
function accept(review) {
  const { item } = review.current;
  if (item.state !== "changed" && item.state !== "accepted") did(review, { do: "accept", id: item.id }, { state: "accepted" });
  move(review, 1);
}

function skip(review) {
  did(review, { do: "skip", id: review.current.item.id }, { state: "skipped" });
  move(review, 1);
}

// With words picked, they get the label; without, the sentence gets or loses it.
function toggleLabel(review, label) {
  const { item, picker } = review.current;
  const { range } = picker;
  if (range) {
    const phrase = { label, start: codePoints(item.text, range.start), end: codePoints(item.text, range.end), sign: "" };
    const others = item.phrases.filter((each) => each.label !== label || each.end <= phrase.start || each.start >= phrase.end);
    relabel(review, [...new Set([...item.labels, label])], [...others, phrase]);
  } else if (item.labels.includes(label)) {
    relabel(review, item.labels.filter((each) => each !== label), item.phrases.filter((each) => each.label !== label));
  } else relabel(review, [...item.labels, label], item.phrases);
}

function relabel(review, labels, phrases) {
  const { item } = review.current;
  const ordered = KINDS.filter((label) => labels.includes(label));
  did(review, { do: "relabel", id: item.id, labels: ordered, phrases }, { labels: ordered, phrases, state: "changed" });
  drawCard(review);
  drawRows(review);
}

function openEdit(review) {
  const { item } = review.current;
  const area = (id, title, value, rows) => {
    const box = el("textarea", { id, rows, dir: "auto", autocomplete: "off", spellcheck: "false", "data-gramm": "false" });
    box.value = value;
    return { box, node: el("label", { class: "field", for: id }, el("span", {}, title), box) };
  };
  const fields = {
    before: item.before ? area("edit-before", "Before it", item.before, 2) : null,
    text: area("edit-text", "The sentence", item.text, 3),
    after: item.after ? area("edit-after", "After it", item.after, 2) : null,
  };
  const close = () => {
    review.below.replaceChildren();
    review.card.focus();
  };
  const save = () => {
    const [text, before, after] = ["text", "before", "after"].map((name) => fields[name]?.box.value.trim() ?? "");
    if (!text) return;
    // The program moves the marks to where their words now stand, so its answer is waited for.
    post(review.box, { do: "reword", id: item.id, text, before, after });
    close();
  };
  fill(review.below,
    el("form", { class: "edit", onsubmit: (event) => { event.preventDefault(); save(); } },
      [fields.before, fields.text, fields.after].filter(Boolean).map((field) => field.node),
      el("p", { class: "hint" }, "To take out a name, for example. The old words are gone for good once you leave this page."),
      el("p", { class: "choices" }, el("button", { type: "submit", class: "first" }, "Save"),
        el("button", { type: "button", onclick: close }, "Cancel"))),
  );
  fields.text.box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  });
  fields.text.box.focus();
}

function undoStep(review) {
  post(review.box, { do: "undo" });
}

function canUndo(review) {
  return review.view.undo > 0 || review.done > 0;
}
