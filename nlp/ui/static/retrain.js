// The page "Retrain": what there is to learn, how far it is, old beside new, and the readers to choose from.
export default function (component) {
  const { data: view, parentElement, setTriggerValue } = component;
  const root = rootIn(parentElement, "retrain");
  const retrain = (root.retrain ??= buildRetrain(root));
  openPost(retrain.box, setTriggerValue);
  drawRetrain(retrain, view);
  return () => {
    clearTimeout(retrain.waiting);
    closePost(retrain.box);
  };
}

function buildRetrain(root) {
  const retrain = { root, seen: "", watched: false, drawn: "" };
  retrain.intro = el("p", { class: "intro" });
  retrain.message = el("span", {});
  retrain.bar = el("div", { class: "bar", hidden: true }, el("div", { role: "status" }, retrain.message));
  retrain.say = (status, error) => {
    retrain.message.textContent = error || status;
    retrain.bar.classList.toggle("error", Boolean(error));
    retrain.bar.hidden = !(status || error);
  };
  retrain.box = makePost("retrain", "ask", (error) => retrain.say("", error));
  retrain.examples = el("section", { class: "examples", "aria-label": "To learn from" });
  retrain.progress = buildProgress(retrain);
  retrain.compared = el("div", { class: "compared", hidden: true });
  retrain.versions = el("section", { class: "versions", "aria-label": "Readers" });
  for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  root.append(el("header", {}, el("h1", {}, "Teach it"), retrain.intro), retrain.examples, retrain.progress, retrain.compared, retrain.versions, retrain.bar);
  return retrain;
}

function drawRetrain(retrain, view) {
  heard(retrain.box, view.answered);
  retrain.intro.textContent = view.intro;
  drawProgress(retrain, view);
  if (view.job?.running) retrain.watched = true;
  retrain.say(view.status, view.error);
  // The progress is drawn often; all else only where it changed, so that focus and open details stay.
  const { answered, job, ...rest } = view;
  const now = JSON.stringify([rest, job?.running]);
  if (now === retrain.drawn) return;
  retrain.drawn = now;
  drawExamples(retrain, view);
  drawCompared(retrain, view);
  drawVersions(retrain, view);
}
