// Small choices beside the options of a place: what is felt, what is needed, what would help, how soft.
function drawSteering(desk, place) {
  const { choices } = desk.view;
  const picked = (name, title, empty) =>
    el("label", {}, title, el("select", { name }, el("option", { value: "" }, empty),
      choices[name].map(([id, words]) => el("option", { value: id }, words))));
  const form = el(
    "form",
    { class: "steering" },
    picked("feeling", "I feel", "as it stands"),
    picked("need", "I need", "as it stands"),
    el("label", {}, "What would help", el("input", { name: "request", maxlength: "120", placeholder: "e.g. call me at lunch" })),
    el("label", {}, "Something you value about them",
      el("input", { name: "appreciation", maxlength: "160", placeholder: "e.g. I love how you are with the kids" })),
    picked("style", "How", "as it stands"),
    el("div", { class: "tools" },
      el("button", { class: "quiet" }, "Say it this way"),
      el("button", { type: "button", class: "quiet", onclick: () => steer(true) }, "Another"),
      desk.view.steered
        ? el("button", { type: "button", class: "quiet", onclick: () => ask(desk, "unsteer") }, "Back to the one before")
        : null),
  );
  const steer = (another) =>
    ask(desk, "steer", { suggestion: place.suggestion, another, ...Object.fromEntries(new FormData(form)) });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    steer(false);
  });
  return el("details", {}, el("summary", {}, "Make it more yours"), form);
}
