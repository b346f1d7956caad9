// Old beside new: the verdict in a sentence, small pictures with words, then sentences to read.
function drawCompared(retrain, { compared, job }) {
  retrain.compared.hidden = !compared;
  if (!compared) {
    retrain.compared.replaceChildren();
    return;
  }
  const title = el("h2", { tabindex: "-1", class: "outcome" }, compared.headline);
  fill(retrain.compared,
    [
      el("section", { class: compared.passed ? "notice passed" : "notice refused", "aria-label": "The outcome" }, title,
        compared.kept ? el("p", {}, `${compared.kept} The one before is a click away, below.`) : null,
        compared.reasons.length ? el("ul", {}, compared.reasons.map((reason) => el("li", {}, reason))) : null,
        drawSuspects(retrain, compared)),
      drawOwn(compared.own),
      drawLabels(compared),
      drawSure(compared.sure),
      drawChanged("What got worse", compared.worse),
      drawChanged("Sentences that are read otherwise now", compared.changed),
      compared.doubtful ? el("p", { class: "hint" }, `${compared.doubtful} of your labels may be worth a second look; Review shows which.`) : null,
      el("p", { class: "choices" }, el("button", { type: "button", class: "quiet", disabled: job.running, onclick: () => post(retrain.box, { do: "close" }) }, "Close this comparison")),
    ],
  );
  if (retrain.seen !== compared.headline + compared.kept && retrain.watched) title.focus({ preventScroll: false });
  retrain.seen = compared.headline + compared.kept;
}

// The user's own sentences that pull those that got worse: some may be left out, and it is tried again.
function drawSuspects(retrain, { suspects, passed }) {
  if (passed || !suspects.length) return null;
  const boxes = suspects.map((each, number) => {
    const box = el("input", { type: "checkbox", id: `suspect-${number}`, value: String(each.id) });
    return el("li", {}, el("label", { class: "check", for: `suspect-${number}` }, box, " ", el("span", { class: "words", dir: "auto" }, each.text), " ",
      each.labels.map((label) => el("span", { class: `tag ${label}` }, label))));
  });
  const again = (event) => {
    const drop = [...event.target.closest("form").querySelectorAll("input:checked")].map((box) => Number(box.value));
    post(retrain.box, { do: "again", drop });
  };
  return el("form", { onsubmit: (event) => event.preventDefault() },
    el("h3", {}, "These of your sentences pull the most"), el("ul", { class: "suspects" }, boxes),
    el("p", { class: "choices" }, el("button", { type: "button", class: "first", onclick: again }, "Put by what is ticked, and try again")));
}

function drawOwn(own) {
  const row = ([name, right]) => el("li", {}, el("span", { class: "name" }, name),
    drawBar(right / Math.max(1, own.count), name.startsWith("New") ? "new" : "old", `${name}: ${right} of ${own.count}`), el("span", { class: "number" }, `${right} of ${own.count}`));
  return el("section", { "aria-label": "Your sentences" }, el("h3", {}, "Your sentences, read as you taught"), el("ul", { class: "counts wide" }, own.bars.map(row)),
    el("p", { class: "hint" }, "The third line is the one to trust: each sentence was read by a reader that had not seen it."));
}

function drawLabels({ labels, counts }) {
  const row = (each) => el("li", {}, el("span", { class: "name" }, each.label), drawPair(each, `${each.label}: ${each.line}`), el("span", { class: "number" }, each.line));
  return el("section", { "aria-label": "Other messages" },
    el("h3", {}, "Other messages, whose answers are known"), drawKey(),
    el("ul", { class: "counts wide pairs" }, labels.map(row)),
    el("ul", { class: "sums" }, counts.map((each) => el("li", {}, `${each.line}: ${each.old} before, ${each.new} now, of ${each.total}.`))),
    el("details", { class: "more" }, el("summary", {}, "The figures"), el("ul", {}, labels.map((each) => el("li", {}, `${each.label}: ${each.figures}`)))));
}

function drawSure(sure) {
  return el("section", { "aria-label": "How sure" }, el("h3", {}, "How sure, and how often right"), el("p", {}, sure.line), drawKey(),
    drawSureness(sure.old, sure.new, sure.line), el("p", { class: "hint" }, "On the dotted line it would be right exactly as often as it is sure."));
}

function drawChanged(title, sentences) {
  if (!sentences.length) return null;
  const names = (labels) => (labels.length ? labels.map((label) => el("span", { class: `tag ${label}` }, label)) : el("span", { class: "tag clear" }, "nothing harsh"));
  const row = (each) => el("li", {}, el("p", { class: "words", dir: "auto" }, each.text),
    el("p", { class: "turn" }, names(each.old), el("span", { "aria-label": "is now" }, " → "), names(each.new), el("span", { class: "hint" }, `${each.mine ? "Yours: " : ""}${each.line}`)));
  return el("section", { "aria-label": title }, el("h3", {}, title), el("ul", { class: "turned" }, sentences.map(row)));
}
