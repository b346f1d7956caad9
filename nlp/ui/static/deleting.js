// Deleting is for good, so it asks; models that learned from a sentence are named, and can go in the same step.
function askDelete(review, ids, everything = false) {
  const models = Object.entries(review.view.models).filter(([, own]) => everything || own === null || ids.some((id) => within(own, id))).map(([name]) => review.view.titles[name]);
  const box = el("input", { type: "checkbox", id: "with-models" });
  const where = everything ? review.danger : review.below;
  const close = () => {
    where.replaceChildren();
    review.card.focus();
  };
  const go = () => {
    const more = { models: models.length > 0 && box.checked };
    post(review.box, everything ? { do: "delete-all", ...more } : { do: "delete", ids, ...more });
    close();
  };
  const yes = el("button", { type: "button", class: "first danger", onclick: go }, everything ? "Delete everything for good" : "Delete for good");
  fill(where,
    el("section", { class: "consent", role: "alertdialog", "aria-label": "Delete?",
        onkeydown: (event) => { if (event.key === "Escape") close(); } },
      el("p", {}, everything ? `All ${review.view.total} sentences will be gone from this computer.` : "The sentence will be gone from this computer."),
      models.length ? el("p", {}, `These readers learned from ${everything ? "them" : "it"}: ${models.join(", ")}. They hold no words, but they were shaped by ${everything ? "them" : "it"}.`) : null,
      models.length ? el("label", { class: "check", for: "with-models" }, box, " Also remove these readers") : null,
      el("p", { class: "choices" }, yes, el("button", { type: "button", onclick: close }, "Keep"))),
  );
  yes.focus();
}

// Ids are written as ranges: 1-4,9.
function within(ranges, id) {
  return ranges.split(",").filter(Boolean).some((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return first <= id && id <= last;
  });
}
