// The keys of Review. They work on the page but not inside a box for text, and can be turned off.
const KEYS = [
  ["A or Enter", "right, go on", ["a", "Enter"], accept],
  ["1 2 3", "blame, pressure, ultimatum: for the words marked, else for the sentence", null, null],
  ["0", "nothing harsh", ["0"], (review) => relabel(review, [], [])],
  ["W", "to the words; arrows move, Shift with arrows marks", ["w"], (review) => review.current.picker.words[review.current.picker.at]?.node.focus()],
  ["S", "put by, go on", ["s"], skip],
  ["U", "undo", ["u"], undoStep],
  ["E", "edit", ["e"], openEdit],
  ["D", "delete", ["d"], (review) => askDelete(review, [review.current.item.id])],
  ["↓ ↑ or J K", "next, the one before", null, null],
];

function listenForKeysOf(review) {
  const pressed = (event) => {
    if (!review.keysOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const focused = review.root.getRootNode().activeElement;
    const elsewhere = document.activeElement !== document.body && !focused;
    if (elsewhere || focused?.matches("textarea, select, input")) return;
    // Enter and the space bar belong to the button, link or word that has the focus.
    if (event.key === "Enter" && focused && focused !== review.card) return;
    if (!pressKey(review, event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", pressed, true);
  return () => document.removeEventListener("keydown", pressed, true);
}

function pressKey(review, key) {
  const low = key.length === 1 ? key.toLowerCase() : key;
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[low];
  if (step !== undefined) return move(review, step);
  if (!review.current) return low === "u" && (undoStep(review), true);
  const label = KINDS.find((each) => LABEL_KEYS[each] === low);
  if (label) return toggleLabel(review, label), true;
  const found = KEYS.find(([, , keys]) => keys?.includes(low));
  if (!found) return false;
  found[3](review);
  return true;
}

function drawKeys(review) {
  const box = el("input", { type: "checkbox", id: "keys-on", checked: review.keysOn });
  box.addEventListener("change", () => (review.keysOn = box.checked));
  return el("details", { class: "more keys" }, el("summary", {}, "Keys"),
    el("dl", {}, KEYS.map(([keys, means]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, means)]).flat()),
    el("label", { class: "check", for: "keys-on" }, box, " Use these keys"));
}
