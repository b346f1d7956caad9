// Small choices beside the options of a place: what is felt and how strongly, what is needed, what would help.
// A choice from a list recomposes the options at once; typed words when Enter or the button is pressed.
function drawSteering(desk, place, title = "Make it more yours") {
  const { choices, steered } = desk.view;
  const kept = keptAt(desk, place);
  const value = (name) => kept.typed[name] ?? place.chosen[name] ?? "";
  const picked = (name, label, empty) =>
    el("label", {}, label, el("select", { name, onchange: () => steer(false, name) }, el("option", { value: "" }, empty),
      choices[name].map(([id, words]) => el("option", { value: id, selected: id === value(name) }, words))));
  const typed = (name, label, length, example) =>
    el("label", {}, label, el("input", { name, maxlength: length, placeholder: example, value: value(name),
      oninput: (event) => { kept.typed[name] = event.target.value; } }));
  const form = el(
    "form",
    { class: "steering" },
    picked("feeling", "I feel", "as it stands"),
    picked("softness", "How strongly", "as it stands"),
    picked("need", "I need", "as it stands"),
    typed("request", "What would help", "120", "e.g. call me at lunch"),
    typed("appreciation", "Something you value about them", "160", "e.g. I love how you are with the kids"),
    picked("style", "How", "as it stands"),
    el("div", { class: "tools" },
      el("button", { class: "quiet", name: "say" }, "Say it this way"),
      el("button", { type: "button", class: "quiet", name: "another", onclick: () => steer(true, "another") }, "Another"),
      steered !== null && steered === place.suggestion
        ? el("button", { type: "button", class: "quiet", name: "back", onclick: () => go("unsteer", {}, "back") }, "Back to the one before")
        : null),
  );
  const go = (what, more, from) => {
    kept.from = from;
    desk.steering = kept;
    kept.typed = {};
    ask(desk, what, more);
  };
  const steer = (another, from) =>
    go("steer", { suggestion: place.suggestion, start: place.start, end: place.end, another, ...Object.fromEntries(new FormData(form)) }, from);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    steer(false, "say");
  });
  kept.form = form;
  return el("details", { open: kept.open, ontoggle: (event) => { kept.open = event.target.open; } }, el("summary", {}, title), form);
}

// What was opened, picked and half typed at a place outlasts a new drawing of the same reading.
function keptAt(desk, place) {
  if (!desk.kept.has(place.start)) desk.kept.set(place.start, { open: false, typed: {}, picks: new Map(), from: "", form: null });
  return desk.kept.get(place.start);
}

// Whoever steers by keyboard stays where they were.
function stayAtSteering(desk) {
  const { form, from } = desk.steering ?? {};
  (form?.elements[from] ?? form?.elements.another)?.focus({ preventScroll: true });
}
