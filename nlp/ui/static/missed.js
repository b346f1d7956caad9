// "You missed this": words of the draft are selected as one is used to, or picked one by one, and get a label.
function drawMissed(desk, marked) {
  const missed = { desk };
  missed.panel = el("div", { class: "panel" });
  missed.list = el("ul", { class: "missed-list", "aria-live": "polite" });
  missed.open = el("button", { type: "button", class: "link", onclick: () => openMissed(missed, null) }, "It missed something?");
  missed.node = el("div", { class: "missed" }, missed.open, missed.list, missed.panel);
  desk.missed = missed;
  const offer = () => {
    const range = selectedIn(marked, desk.view.draft);
    if (range) openMissed(missed, range);
  };
  marked.addEventListener("pointerup", (event) => event.pointerType !== "touch" && setTimeout(offer));
  listenForTouch(desk, marked, offer);
  fillMissed(desk);
  return missed.node;
}

// The handles of a selection are moved for a while: so many milliseconds without a move, and it is taken.
const SETTLED = 600;

// Where a finger is held down, the browser takes the pointer away to select words: only the selection tells what is chosen.
function listenForTouch(desk, marked, offer) {
  desk.selecting?.abort();
  desk.selecting = new AbortController();
  const { signal } = desk.selecting;
  let settling = null;
  signal.addEventListener("abort", () => clearTimeout(settling));
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(offer, SETTLED);
  };
  const listen = (event) => event.pointerType === "touch" && document.addEventListener("selectionchange", settle, { signal });
  marked.addEventListener("pointerdown", listen);
}

function fillMissed(desk) {
  const { missed, view } = desk;
  if (!missed) return;
  missed.list.replaceChildren(...view.teaching.missed.map((each) =>
    el("li", {}, el("span", { class: `line ${each.label}`, dir: "auto" }, each.words), " ",
      el("span", { class: `tag ${each.label}` }, each.label), ` You marked this. ${view.teaching.kept} `,
      el("button", { type: "button", class: "link", onclick: () => tell(desk, missed, { ...each, words: undefined, do: "undo" }) }, "Undo"))));
}

function openMissed(missed, chosen) {
  const { desk } = missed;
  const text = desk.view.draft;
  const hint = el("p", { class: "hint" });
  const choose = (label) => {
    if (!picker.range) {
      hint.textContent = "Tap or drag over the words first.";
      return;
    }
    const { start, end } = picker.range;
    missed.panel.replaceChildren();
    tell(desk, missed, { do: "missed", label, start: codePoints(text, start), end: codePoints(text, end) });
  };
  const picker = makePicker(text, { chosen, label: "Words of your draft" });
  hint.textContent = chosen ? "You missed this. What is it?" : "Tap or drag over the words that were missed, then say what they are.";
  missed.panel.replaceChildren(
    el("div", { class: "missing" }, hint, picker.node,
      el("div", { class: "choices" }, drawKinds(choose),
        el("button", { type: "button", class: "link", onclick: () => missed.panel.replaceChildren() }, "Close"))),
  );
  const first = picker.words.find((word) => !chosen || word.end > chosen.start);
  if (!chosen) first?.node.focus({ preventScroll: true });
  missed.panel.scrollIntoView({ block: "nearest" });
}

// The selected words as a stretch of the draft; the small tags after phrases are no words of it.
function selectedIn(marked, text) {
  const root = marked.getRootNode();
  const selection = root.getSelection ? root.getSelection() : document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!marked.contains(range.startContainer) || !marked.contains(range.endContainer)) return null;
  const walker = document.createTreeWalker(marked, NodeFilter.SHOW_TEXT);
  let at = 0, start = null, end = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".tag, .heard")) continue;
    for (let inside = 0; inside < node.length; inside += 1) {
      if (!range.isPointInRange(node, inside) || !range.isPointInRange(node, inside + 1)) continue;
      start ??= at + inside;
      end = at + inside + 1;
    }
    at += node.length;
  }
  return start === null ? null : wholeWords(text, asGiven(text, start), asGiven(text, end));
}

// HTML has one kind of line end, the draft may have two.
function asGiven(text, shown) {
  let at = 0;
  for (let seen = 0; seen < shown; seen += 1) at += text.startsWith("\r\n", at) ? 2 : 1;
  return at;
}

function wholeWords(text, start, end) {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  while (start > 0 && /\S/.test(text[start - 1])) start -= 1;
  while (end < text.length && /\S/.test(text[end])) end += 1;
  return start < end ? { start, end } : null;
}
