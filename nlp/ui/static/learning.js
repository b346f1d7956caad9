// What there is to learn from, the button, and how far it is.
function drawExamples(retrain, { examples, job }) {
  const most = Math.max(1, ...examples.counts.map(([, count]) => count));
  const count = ([label, number]) =>
    el("li", {}, el("span", { class: "name" }, label === "clear" ? "nothing harsh" : label), drawBar(number / most, label, `${label}: ${number}`), el("span", { class: "number" }, String(number)));
  const latest = (each) =>
    el("li", {}, el("span", { class: "words", dir: "auto" }, each.text), " ",
      each.labels.length ? each.labels.map((label) => el("span", { class: `tag ${label}` }, label)) : el("span", { class: "tag clear" }, "nothing harsh"));
  fill(retrain.examples,
    [
      el("h2", {}, examples.headline),
      el("p", {}, examples.enough),
      examples.total ? el("ul", { class: "counts", "aria-label": "What they are" }, examples.counts.map(count)) : null,
      examples.total ? el("details", { class: "more" }, el("summary", {}, "The latest of them"), el("ul", { class: "latest" }, examples.latest.map(latest))) : null,
      el("p", { class: "choices" }, el("button", { type: "button", class: examples.new ? "first" : null, disabled: !examples.total || Boolean(job?.running),
        onclick: () => post(retrain.box, { do: "start" }) }, "Retrain")),
      el("details", { class: "more" }, el("summary", {}, "How much do my sentences count?"), el("p", {}, examples.weight)),
    ],
  );
}

function drawProgress(retrain, { job }) {
  retrain.progress.hidden = !job;
  clearTimeout(retrain.waiting);
  if (!job) return;
  if (job.running) {
    retrain.part.value = job.share;
    retrain.step.textContent = `${Math.round(job.share * 100)} %. ${job.step}.`;
    retrain.running.hidden = false;
    retrain.ended.textContent = "";
    retrain.waiting = setTimeout(() => post(retrain.box, { do: "look" }), 400);
  } else {
    retrain.running.hidden = true;
    retrain.ended.textContent = job.error || (job.cancelled ? "Stopped. Nothing was changed." : "");
    retrain.progress.hidden = !retrain.ended.textContent;
  }
}

function buildProgress(retrain) {
  retrain.part = el("progress", { max: "1", value: "0", "aria-label": "How far it is" });
  retrain.step = el("p", { class: "step" });
  retrain.running = el("div", {}, retrain.part, retrain.step,
    el("p", { class: "choices" }, el("button", { type: "button", onclick: () => post(retrain.box, { do: "cancel" }) }, "Stop"),
      el("span", { class: "hint" }, "You may use the other pages meanwhile.")));
  retrain.ended = el("p", { role: "status" });
  return el("section", { class: "learning", "aria-label": "Learning", hidden: true }, retrain.running, retrain.ended);
}
