// The readers there are: the one as installed, always, and those that learned.
function drawVersions(retrain, { versions }) {
  const { list, back } = versions;
  fill(retrain.versions,
    el("h2", {}, "Readers"),
    back ? el("p", { class: "choices" }, el("button", { type: "button", onclick: () => post(retrain.box, { do: "back" }) }, `Go back to: ${back}`)) : "",
    el("ul", { class: "readers" }, list.map((version) => drawVersion(retrain, version))),
  );
}

function drawVersion(retrain, version) {
  const facts = [version.made, version.examples === null ? "" : `${version.examples} of your sentences`, version.shipped ? "always here" : version.name].filter(Boolean).join(" · ");
  return el("li", { class: version.active ? "reader active" : "reader" },
    el("div", {}, el("h3", {}, version.title, version.active ? el("span", { class: "state accepted" }, "in use") : null),
      el("p", { class: "hint" }, facts),
      version.problem ? el("p", {}, version.problem) : null,
      version.figures.length ? el("details", { class: "more" }, el("summary", {}, "Figures"), el("ul", {}, version.figures.map((line) => el("li", {}, line)))) : null),
    el("p", { class: "choices" },
      version.active || version.problem ? null : el("button", { type: "button", class: "quiet", "aria-label": `Use ${version.title}`, onclick: () => post(retrain.box, { do: "activate", name: version.name }) }, "Use this one"),
      version.shipped ? null : el("button", { type: "button", class: "quiet", "aria-label": `Remove ${version.title}`, onclick: (event) => askTwice(event.target, () => post(retrain.box, { do: "remove", name: version.name })) }, "Remove")));
}
