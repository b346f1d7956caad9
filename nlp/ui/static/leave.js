// "Clear and leave": a button on every page, and Escape pressed twice. Back does not bring the draft back: the words
// are gone from the page and the program before this page is replaced by an empty one.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = rootIn(parentElement, "leave");
  if (!root.firstChild) {
    root.append(
      el("button", { type: "button", class: "quiet", title: "Escape pressed twice does the same", onclick: () => root.leave() }, "Clear and leave ",
        el("kbd", {}, "Esc"), " ", el("kbd", {}, "Esc")),
    );
  }
  root.leave = () => clearAndLeave(setTriggerValue, data.away);
  root.pressed ??= listenForEscape(root);
  if (memory.leaving && data.cleared === memory.leaving) location.replace(data.away);
  return () => {
    document.removeEventListener("keydown", root.pressed, true);
    root.pressed = null;
  };
}

function listenForEscape(root) {
  let last = -Infinity;
  const pressed = (event) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    if (event.timeStamp - last < 1200) root.leave();
    last = event.timeStamp;
  };
  document.addEventListener("keydown", pressed, true);
  return pressed;
}

function clearAndLeave(trigger, away) {
  if (memory.leaving) return;
  memory.leaving = String(Math.random());
  memory.text = "";
  memory.waiting = null;
  for (const box of findAll(document, "textarea")) box.value = "";
  document.body.style.visibility = "hidden";
  try {
    trigger("leave", memory.leaving);
  } finally {
    // The answer, which comes sooner, leaves too; without a connection nobody waits for it.
    setTimeout(() => location.replace(away), 700);
  }
}

function findAll(place, selector) {
  const inside = [...place.querySelectorAll("*")].flatMap((node) => (node.shadowRoot ? findAll(node.shadowRoot, selector) : []));
  return [...place.querySelectorAll(selector), ...inside];
}
