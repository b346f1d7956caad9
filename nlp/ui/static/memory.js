// What the page itself remembers: the text in the box, what it waits for, and which advice is off.
//
// It lives in this document's memory, so it outlasts a dropped connection, a new session of the server and a change
// of page, and is gone with the tab. Not sessionStorage: browsers write that to disk to restore tabs after a crash.
// Not the server: what is typed is sent only when it is to be read, so half a sentence never leaves the text box.
const memory = (globalThis[Symbol.for("notes")] ??= { text: "", revision: "", waiting: null, leaving: false, off: new Set() });

// Take over the server's words where the server put new ones; otherwise what is typed here stands.
function takeOver(view) {
  if (!view.revision || view.revision === memory.revision) return false;
  memory.revision = view.revision;
  memory.text = view.draft;
  return true;
}
