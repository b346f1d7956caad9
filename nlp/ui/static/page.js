// The page "Reflect": the box on top, what was found below, and one line at the bottom that says what happened.
export default function (component) {
  const { data: view, parentElement, setTriggerValue } = component;
  const root = rootIn(parentElement, "desk");
  const desk = (root.desk ??= buildDesk(root));
  desk.trigger = setTriggerValue;
  openPost(desk.box, setTriggerValue);
  desk.stopWatching ??= watchConnection(desk);
  drawDesk(desk, view);
  return () => {
    desk.stopWatching?.();
    desk.stopWatching = null;
    closePost(desk.box);
  };
}

function buildDesk(root) {
  const desk = { moveOn: false, view: null, verdicts: [], missed: null, kept: new Map(), steering: null };
  desk.box = makePost("reflect", "teach", (error) => desk.say("", error));
  desk.evening = el("section", { class: "evening", "aria-label": "Waiting until morning", hidden: true });
  desk.problem = el("p", { class: "problem", hidden: true });
  desk.message = el("span", {});
  desk.undoHere = el("button", { type: "button", class: "quiet", onclick: () => ask(desk, "undo") }, "Undo");
  desk.bar = el("div", { class: "bar", hidden: true }, el("div", { role: "status" }, desk.message), desk.undoHere);
  desk.found = el("div", { class: "found" });
  desk.intro = el("p", { class: "intro" });
  desk.private = el("p", { class: "private", id: "private" });
  desk.stale = el("p", { class: "stale", hidden: true }, "You have changed the draft since this was read. Read it again?");
  desk.editor = buildEditor(desk);
  desk.busy = (waiting, locked) => {
    root.classList.toggle("waiting", waiting);
    root.setAttribute("aria-busy", String(waiting));
    desk.editor.box.readOnly = locked;
  };
  desk.say = (status, error) => {
    clearTimeout(desk.fading);
    desk.message.textContent = error || status;
    desk.bar.classList.toggle("error", Boolean(error));
    desk.bar.hidden = !(status || error);
    desk.undoHere.hidden = true;
  };
  desk.typed = () => {
    drawTyped(desk, desk.view);
    desk.stale.hidden = !desk.view.reading || memory.text === desk.view.draft;
    if (!memory.waiting) desk.say("", "");
  };
  // From outside, a key pressed in here seems to come from no text box, and Streamlit's shortcuts ("r", "c") would run.
  for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  root.append(
    el("header", {}, el("h1", {}, "Before you send it"), desk.intro, desk.private, desk.problem),
    desk.evening,
    desk.editor.node,
    desk.stale,
    desk.found,
    desk.bar,
  );
  return desk;
}

function drawDesk(desk, view) {
  const first = desk.view === null;
  const changed = first || view.answered !== desk.view.answered;
  desk.view = view;
  desk.intro.textContent = view.intro;
  desk.private.textContent = view.private;
  desk.problem.textContent = view.problem;
  desk.problem.hidden = !view.problem;
  drawEvening(desk, view.evening);
  const answered = memory.waiting !== null && memory.waiting.id === view.answered;
  const did = answered ? memory.waiting.do : "";
  if (answered) memory.waiting = null;
  desk.busy(memory.waiting !== null, false);
  takeOver(view);
  drawEditor(desk, view);
  const steers = ["steer", "unsteer"].includes(did);
  if (changed && !steers) desk.kept = new Map();
  if (changed) drawFound(desk, view);
  drawTeaching(desk);
  desk.stale.hidden = !view.reading || memory.text === view.draft;
  if (answered) finish(desk, view, did);
}

function drawFound(desk, view) {
  const { reading } = view;
  desk.verdicts = [];
  desk.missed = null;
  if (!reading) {
    desk.found.replaceChildren();
    return;
  }
  desk.title = el("h2", { tabindex: "-1", class: "summary" }, reading.summary || "Your draft");
  desk.found.replaceChildren(
    ...[
      ...drawSafety(reading),
      ...reading.above.map((note) => drawNotice(note)),
      el("section", { class: reading.clear ? "read clear" : "read", "aria-label": "Your draft, read" },
        desk.title, ...drawMarked(desk, reading).filter(Boolean)),
      reading.clear ? drawStrengths(reading) : null,
      drawPlaces(desk, reading),
      drawRewrites(desk, reading),
      ...drawAdvice(desk, reading),
      reading.clear ? null : drawStrengths(reading),
    ].filter(Boolean),
  );
}

// A line that was read makes room again; Undo stays beside the box.
function fade(desk) {
  desk.fading = setTimeout(() => {
    if (desk.bar.matches(":hover, :focus-within")) fade(desk);
    else desk.bar.hidden = true;
  }, 6000);
}

// Say what happened, and move on to where it can be seen; a button that was pressed may be gone by now.
function finish(desk, view, did) {
  desk.say(view.status, view.error);
  if (!view.error) fade(desk);
  desk.undoHere.hidden = view.error !== "" || !["use", "rewrite", "sample", "aside", "again"].includes(did) || !view.undo;
  if (did === "read" && !view.error) {
    // Those who read with Ctrl+Enter stay in the box, and hear the result.
    if (!desk.moveOn) desk.say(view.reading?.summary ?? "", "");
    else if (desk.found.firstElementChild) {
      desk.title.focus({ preventScroll: true });
      desk.found.firstElementChild.scrollIntoView({ block: "start", behavior: "instant" });
    }
  } else if (["steer", "unsteer"].includes(did)) stayAtSteering(desk);
  else if (!desk.undoHere.hidden) desk.undoHere.focus({ preventScroll: true });
}
