// One card for each place that could be reworded: the words, why, and up to three ways to say it.
function drawPlaces(desk, reading) {
  if (!reading.places.length) return null;
  return el(
    "section",
    { class: "places", "aria-labelledby": "places-title" },
    el("h2", { id: "places-title" }, "Sentence by sentence"),
    reading.places.map((place, number) => drawPlace(desk, reading, place, number)),
  );
}

function drawPlace(desk, reading, place, number) {
  return el(
    "article",
    { class: "place", "aria-label": `Suggestion ${number + 1} of ${reading.places.length}` },
    el("blockquote", { class: "marked", dir: "auto", html: place.marked }),
    reasons(place.flags.map((flag) => reading.flags[flag])).map((flag) => drawReason(flag, false, drawVerdict(desk, reading.flags.indexOf(flag)))),
    place.options.length ? el("h3", {}, "You could say") : null,
    el("div", { class: "options" }, place.options.map((option, choice) => drawOption(desk, place, option, choice))),
    place.prompt
      ? el("div", { class: "prompt" }, el("p", { class: "say" }, "In your own words"), el("p", { dir: "auto" }, place.prompt))
      : null,
    place.suggestion === null ? null : drawSteering(desk, place),
  );
}

// Two phrases of one sentence often land for the same reason; it is said once.
function reasons(flags) {
  return flags.filter((flag, number) => number === flags.findIndex((other) => other.message === flag.message && other.label === flag.label));
}

function drawOption(desk, place, option, choice) {
  const text = option.pieces.map((piece) => piece.text).join("");
  const kept = keptAt(desk, place).picks;
  if (!kept.has(text)) kept.set(text, []);
  const picks = kept.get(text);
  const words = option.pieces.map((piece) => (piece.fill === undefined ? piece.text : drawFill(piece, picks)));
  return el(
    "div",
    { class: "option" },
    el("p", { class: "style" }, option.style),
    el("p", { class: "words", dir: "auto" }, words),
    option.points.length ? el("p", { class: "serves" }, option.points.join(" · ")) : null,
    el(
      "button",
      {
        type: "button",
        "aria-label": `Use this rewording: ${option.style}`,
        onclick: () => ask(desk, "use", { suggestion: place.suggestion, option: choice, picks }),
      },
      "Use this",
    ),
  );
}

// Words that may be made more specific, picked or typed in place; the first choice keeps them as they are.
function drawFill(piece, picks) {
  const before = (picks[piece.fill] ??= null);
  const own = typeof before === "string";
  const typed = el("input", { class: "fill", "aria-label": `Type the ${piece.kind}`, hidden: !own, value: own ? before : "" });
  const select = el(
    "select",
    { class: "fill", "aria-label": `Choose the ${piece.kind}` },
    el("option", { value: "" }, piece.text),
    piece.choices.map((choice, number) => el("option", { value: String(number), selected: before === number }, choice)),
    el("option", { value: "own", selected: own }, "your own words…"),
  );
  select.addEventListener("change", () => {
    typed.hidden = select.value !== "own";
    if (!typed.hidden) typed.focus();
    picks[piece.fill] = ["", "own"].includes(select.value) ? null : Number(select.value);
  });
  typed.addEventListener("input", () => {
    picks[piece.fill] = typed.value.trim() || null;
  });
  return el("span", {}, select, typed);
}
