// Ask the program for something, and ask again when a connection that was lost comes back.
const TRIES = 4;
let sent = 0;
const LOCKING = ["use", "rewrite", "undo", "redo", "sample", "aside", "again"];

function ask(desk, what, more = {}) {
  if (memory.waiting || memory.leaving) return;
  memory.waiting = { id: newId(), do: what, text: memory.text, ...more };
  sent = 0;
  send(desk);
}

function send(desk) {
  if (!memory.waiting) return;
  desk.busy(true, LOCKING.includes(memory.waiting.do) && connected());
  if (connected()) {
    desk.say("Reading…", "");
    sent += 1;
    desk.trigger("ask", memory.waiting);
  } else {
    desk.say("", "The program on this computer does not answer. Your words are safe in the box; it is tried again.");
  }
}

// A question keeps its number when it is asked again, so that the program answers it only once.
function watchConnection(desk) {
  const app = connectionElement();
  if (!app) return () => {};
  const observer = new MutationObserver(() => {
    if (!memory.waiting) return;
    if (!connected()) send(desk);
    else if (app.getAttribute("data-test-script-state") === "notRunning") {
      clearTimeout(desk.asking);
      desk.asking = setTimeout(() => askAgain(desk), 1000);
    }
  });
  observer.observe(app, {
    attributes: true,
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  });
  return () => observer.disconnect();
}

// The program is there and has nothing to do, and still the answer did not come.
function askAgain(desk) {
  if (!memory.waiting || !connected()) return;
  if (sent < TRIES) {
    memory.waiting.text = memory.text;
    send(desk);
  } else {
    memory.waiting = null;
    desk.busy(false, false);
    desk.say("", "No answer came. Your words are safe in the box; please try once more.");
  }
}
