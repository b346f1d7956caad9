// The labels in their order, as buttons.
const KINDS = ["blame", "pressure", "ultimatum"];

function drawKinds(choose) {
  return el("div", { class: "kinds", role: "group", "aria-label": "What it is" },
    KINDS.map((label) => el("button", { type: "button", class: `quiet kind ${label}`, onclick: () => choose(label) }, label)));
}
