// Words to pick from: tap one, tap another, or drag; with the keyboard, arrows move and Shift with arrows extends.
// Everything here counts in JavaScript's own units; `codePoints` turns that into what the program counts in.
function codePoints(text, units) {
  return Array.from(text.slice(0, units)).length;
}

function unitsOf(text, points) {
  return Array.from(text).slice(0, points).join("").length;
}

// `paint(start, end)` returns the class of a word and what a screen reader adds to it; `changed` is told of a new choice.
function makePicker(text, { chosen = null, paint = () => ({}), changed = () => {}, label = "Words" } = {}) {
  const node = el("div", { class: "picker", role: "group", "aria-label": label, dir: "auto" });
  const picker = { node, text, range: chosen, at: 0, anchor: null };
  picker.words = [...text.matchAll(/\S+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  let from = 0;
  for (const word of picker.words) {
    // What is between two words is drawn like them where both belong to the same phrase.
    word.gap = { start: from, end: word.start, node: el("span", { class: "gap" }, text.slice(from, word.start)) };
    node.append(word.gap.node);
    word.node = el("span", { class: "word", role: "button", tabindex: "-1" }, text.slice(word.start, word.end));
    node.append(word.node);
    from = word.end;
  }
  node.append(text.slice(from));
  picker.choose = (range) => {
    picker.range = range;
    drawPicker(picker, paint);
    changed(range);
  };
  picker.draw = () => drawPicker(picker, paint);
  listenForPointer(picker);
  listenForKeys(picker);
  picker.draw();
  return picker;
}

function drawPicker(picker, paint) {
  const { range } = picker;
  picker.words.forEach((word, number) => {
    const picked = range !== null && word.start < range.end && word.end > range.start;
    const { kind = "", said = "" } = paint(word.start, word.end);
    word.node.className = `word ${kind}${picked ? " picked" : ""}`;
    word.node.setAttribute("aria-pressed", String(picked));
    word.node.setAttribute("aria-label", said ? `${word.node.textContent}, ${said}` : word.node.textContent);
    word.node.tabIndex = number === picker.at ? 0 : -1;
    const { gap } = word;
    const bridged = picked && range.start <= gap.start;
    gap.node.className = gap.end > gap.start ? `gap ${paint(gap.start, gap.end).kind ?? ""}${bridged ? " picked" : ""}` : "";
  });
}

function between(picker, one, two) {
  const [first, last] = [Math.min(one, two), Math.max(one, two)];
  return { start: picker.words[first].start, end: picker.words[last].end };
}

function listenForPointer(picker) {
  const wordAt = (event) => {
    const under = picker.node.getRootNode().elementFromPoint(event.clientX, event.clientY);
    return picker.words.findIndex((word) => word.node === under);
  };
  let dragging = null;
  picker.node.addEventListener("pointerdown", (event) => {
    const number = picker.words.findIndex((word) => word.node === event.target);
    dragging = number < 0 ? null : { number, moved: false };
  });
  picker.node.addEventListener("pointermove", (event) => {
    if (dragging === null) return;
    const number = wordAt(event);
    if (number < 0 || (number === dragging.number && !dragging.moved)) return;
    dragging.moved = true;
    picker.choose(between(picker, dragging.number, number));
  });
  picker.node.addEventListener("pointerup", () => {
    if (dragging !== null && !dragging.moved) tap(picker, dragging.number);
    else if (dragging !== null) picker.anchor = null;
    dragging = null;
  });
  picker.node.addEventListener("pointercancel", () => (dragging = null));
}

// The first tap takes one word, the second all up to another one, a tap on the only word nothing.
function tap(picker, number) {
  picker.at = number;
  if (picker.anchor === null) {
    picker.anchor = number;
    picker.choose(between(picker, number, number));
  } else {
    const same = picker.anchor === number;
    const range = same ? null : between(picker, picker.anchor, number);
    picker.anchor = null;
    picker.choose(range);
  }
}

function listenForKeys(picker) {
  picker.node.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const next = Math.max(0, Math.min(picker.words.length - 1, picker.at + step));
      if (event.shiftKey) {
        picker.held ??= picker.at;
        picker.at = next;
        picker.choose(between(picker, picker.held, next));
      } else {
        picker.held = null;
        picker.at = next;
        picker.draw();
      }
      picker.words[next].node.focus();
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      tap(picker, picker.at);
    }
  });
}
