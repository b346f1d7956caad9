// Tell the program what was done. What is done while it is busy goes with the next message, and a message that got no
// answer is sent again under its number, so that nothing is done twice and nothing waits for the program.
const AGAIN_AFTER = 4000;
const TURNING = 1500;

// The box outlasts a change of page: what was not answered yet is sent when the page is back.
function makePost(page, event, trouble, busy = () => {}) {
  memory.boxes ??= {};
  const box = (memory.boxes[page] ??= { event, acts: [], sent: null });
  return Object.assign(box, { trouble, busy, trigger: null });
}

function openPost(box, trigger) {
  const first = box.trigger === null || box.closed;
  box.trigger = trigger;
  box.closed = false;
  if (first && box.sent) deliver(box);
}

function closePost(box) {
  box.closed = true;
  clearTimeout(box.timer);
}

function post(box, act) {
  box.acts.push(act);
  flush(box);
}

function flush(box) {
  if (box.sent || !box.acts.length || box.closed) return;
  box.sent = { id: newId(), acts: box.acts.splice(0) };
  box.busy(true);
  deliver(box);
}

function deliver(box) {
  clearTimeout(box.timer);
  if (!box.sent || box.closed) return;
  // A message sent between a click on another page's link and that page would bring this page back.
  const turning = TURNING - (performance.now() - (memory.turned ?? -Infinity));
  box.timer = setTimeout(() => deliver(box), turning > 0 ? turning : AGAIN_AFTER);
  if (turning > 0) return;
  if (connected()) box.trigger(box.event, box.sent);
  else box.trouble("The program on this computer does not answer; it is tried again.");
}

// Returns whether everything that was done has been answered.
function heard(box, answered) {
  if (box.sent && box.sent.id === answered) {
    clearTimeout(box.timer);
    box.sent = null;
    flush(box);
    box.busy(box.sent !== null);
  }
  return box.sent === null;
}

memory.watching ??= (document.addEventListener("click", (event) => {
  if (event.composedPath().some((node) => node.matches?.("a[data-testid^=stPageLink]"))) memory.turned = performance.now();
}, true), true);
