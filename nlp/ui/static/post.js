// Tell the program what was done. What is done while it is busy goes with the next message, and a message that got no
// answer is sent again under its number, so that nothing is done twice and nothing waits for the program.
const AGAIN_AFTER = 4000;

function makePost(event, trouble, busy = () => {}) {
  return { event, trouble, busy, acts: [], sent: null, trigger: null };
}

function post(box, act) {
  box.acts.push(act);
  flush(box);
}

function flush(box) {
  if (box.sent || !box.acts.length) return;
  box.sent = { id: newId(), acts: box.acts.splice(0) };
  box.busy(true);
  deliver(box);
}

function deliver(box) {
  clearTimeout(box.timer);
  if (!box.sent) return;
  box.timer = setTimeout(() => deliver(box), AGAIN_AFTER);
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
