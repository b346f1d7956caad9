// Bring examples in from a file, after a look at what will be read and what not; take them out as a file.
const LARGEST = 2_500_000;

function drawExchange(review) {
  const { total } = review.view;
  const pick = el("input", { type: "file", id: "import", accept: ".csv,.jsonl" });
  pick.addEventListener("change", () => { if (pick.files[0]) readFile(review, pick.files[0]); });
  const out = (form) => el("button", { type: "button", class: "quiet", disabled: !total, onclick: () => post(review.box, { do: "export", form }) }, form.toUpperCase());
  fill(review.exchange,
    el("h2", {}, "Bring in, take out"),
    el("label", { class: "field", for: "import" }, el("span", {}, "Bring in sentences from a file: CSV or JSONL with “text” and “labels”"), pick),
    (review.previewed = el("div", { class: "panel" })),
    el("p", { class: "choices" }, el("span", {}, "Take everything out as"), out("csv"), out("jsonl")),
    total ? el("p", { class: "choices" }, el("button", { type: "button", class: "quiet danger", onclick: () => askDelete(review, review.items.map((each) => each.id), true) }, "Delete everything")) : null,
    (review.danger = el("div", { class: "panel" })),
    review.view.consent ? el("p", { class: "hint" }, review.view.consent, " ",
      el("button", { type: "button", class: "link", onclick: () => post(review.box, { do: "ask-again" }) }, "Ask me again")) : null,
  );
}

async function readFile(review, file) {
  if (file.size > LARGEST) {
    review.say("", "This file is too large for the page; gentle-draft examples import reads it.");
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  post(review.box, { do: "preview", name: file.name, data: btoa(letters) });
}

function drawPreview(review) {
  const { preview } = review.view;
  if (!preview) {
    review.previewed.replaceChildren();
    return;
  }
  const names = (labels) => (labels.length ? labels.map((label) => el("span", { class: `tag ${label}` }, label)) : "nothing harsh");
  fill(review.previewed,
    el("section", { class: "consent preview", "aria-label": "What the file holds" },
      el("h3", { tabindex: "-1" }, preview.name),
      el("p", { role: "status" }, preview.summary),
      preview.refused.length ? [el("h4", {}, "Refused"), el("ul", { class: "lines" }, preview.refused.map((line) =>
        el("li", {}, el("span", { class: "number" }, `Line ${line.number}`), " ", line.reason)))] : null,
      preview.lines.length ? [el("h4", {}, "Read"), el("ul", { class: "lines" }, preview.lines.map((line) =>
        el("li", { class: line.double ? "double" : null }, el("span", { class: "number" }, `Line ${line.number}`), " ",
          el("span", { class: "words", dir: "auto" }, line.text), " ", names(line.labels), line.note ? el("span", { class: "hint" }, ` ${line.note}`) : null)))] : null,
      preview.hidden ? el("p", { class: "hint" }, `And ${preview.hidden.toLocaleString("en")} more lines.`) : null,
      el("p", { class: "choices" },
        el("button", { type: "button", class: "first", disabled: !preview.count, onclick: () => post(review.box, { do: "import" }) }, "Bring in"),
        el("button", { type: "button", onclick: () => post(review.box, { do: "close" }) }, "Leave it"))),
  );
}

// The browser saves the file; the page's own memory forgets it at once.
function saveFile(review) {
  const { file } = review.view;
  if (!file || review.saved === file.number) return;
  review.saved = file.number;
  const address = URL.createObjectURL(new Blob([file.text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: address, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
