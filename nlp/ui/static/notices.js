// Calm notices: safety first, then what could not be read, then at most two pieces of advice, and what is done well.
function drawNotice(note, ...more) {
  return el(
    "aside",
    { class: `notice ${note.kind}`, "aria-label": note.title },
    el("h3", {}, note.title),
    note.words ? el("p", { class: "quoted", dir: "auto" }, note.words) : null,
    el("p", {}, note.message),
    note.point ? el("p", { class: "serves" }, note.point) : null,
    more,
  );
}

// Advice that the sender does not want is left out until the window is closed; the next one takes its place.
function drawAdvice(desk, reading) {
  return reading.notes
    .filter((note) => !memory.off.has(note.kind))
    .slice(0, reading.shown)
    .map((note) => {
      const leave = () => {
        memory.off.add(note.kind);
        drawFound(desk, desk.view);
      };
      // A need that was taken back is the sender's to say: they are offered to.
      const offer = note.place && drawSteering(desk, note.place, "Say it after all");
      return drawNotice(note, offer, el("button", { type: "button", class: "quiet off", onclick: leave }, "Not this advice"));
    });
}

function drawSafety(reading) {
  return reading.safety.map((note, number) =>
    drawNotice(note, number === reading.safety.length - 1 ? drawHelp(reading.help) : []),
  );
}

// The country is picked, never guessed, and the choice stays on this page.
function drawHelp(help) {
  const list = el("div", { class: "services", "aria-live": "polite" });
  const select = el(
    "select",
    { id: "country" },
    el("option", { value: "" }, "Choose a country"),
    help.countries.map((country, number) => el("option", { value: String(number) }, country.name)),
  );
  const show = () => {
    const services = select.value === "" ? [] : help.countries[Number(select.value)].services;
    list.replaceChildren(...[...services, ...help.worldwide].map(drawService));
  };
  select.addEventListener("change", show);
  show();
  return el("div", { class: "help" }, el("label", { for: "country" }, "Where are you?"), " ", select, list);
}

function drawService(service) {
  const line = (content) => (content ? el("p", {}, content) : null);
  return el(
    "div",
    { class: "service" },
    el("p", { class: "purpose" }, service.purpose),
    el("p", { class: "name" }, service.name),
    service.phone ? line(el("a", { href: `tel:${service.phone.replace(/[^0-9+]/g, "")}` }, service.phone)) : null,
    line(service.text),
    service.web
      ? line(el("a", { href: service.web, target: "_blank", rel: "noreferrer noopener" }, service.web.replace("https://", "")))
      : null,
    line(service.hours),
  );
}

function drawStrengths(reading) {
  if (!reading.strengths.length) return null;
  return el(
    "section",
    { class: "strengths", "aria-labelledby": "strengths-title" },
    el("h2", { id: "strengths-title" }, "What it does well"),
    el("ul", {}, reading.strengths.map((strength) =>
      el("li", {}, strength.message, el("span", { class: "quoted", dir: "auto" }, strength.words)))),
  );
}
