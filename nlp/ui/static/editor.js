// The text box and its buttons. The box is never drawn anew, so the cursor and the words in it stay.
function buildEditor(desk) {
  const box = el("textarea", {
    id: "draft",
    rows: "7",
    dir: "auto",
    "aria-describedby": "private count",
    placeholder: "Paste or type your message here",
    // Not kept by the browser for later (also not to restore a tab), not checked by anything that sends words out.
    autocomplete: "off",
    spellcheck: "false",
    writingsuggestions: "false",
    "data-gramm": "false",
    "data-lt-active": "false",
    "data-1p-ignore": "true",
  });
  box.value = memory.text;
  box.addEventListener("input", () => {
    memory.text = box.value;
    desk.typed();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      readNow(desk, false);
    }
  });
  const button = (label, action, attributes = {}) =>
    el("button", { type: "button", onclick: action, ...attributes }, label);
  const editor = {
    box,
    count: el("span", { class: "count", id: "count" }),
    read: button("Read it", () => readNow(desk, true), { class: "first", title: "Ctrl+Enter reads it too" }),
    copy: button("Copy", () => copyDraft(desk)),
    aside: button("Keep until morning", () => ask(desk, "aside"), { title: "Puts the draft aside on this computer" }),
    undo: button("Undo", () => ask(desk, "undo")),
    redo: button("Redo", () => ask(desk, "redo")),
    samples: el("div", { class: "samples" }),
  };
  editor.node = el(
    "section",
    { class: "editor", "aria-label": "Your draft" },
    el("label", { for: "draft", class: "heard" }, "Your draft"),
    box,
    el("div", { class: "tools" }, editor.read, editor.copy, editor.aside, editor.undo, editor.redo, editor.count),
    editor.samples,
  );
  return editor;
}

function drawEditor(desk, view) {
  const { box, samples } = desk.editor;
  if (box.value !== memory.text) box.value = memory.text;
  samples.replaceChildren(
    el("span", {}, "Or try one: "),
    ...view.samples.map((title, number) =>
      el("button", { type: "button", class: "quiet", onclick: () => ask(desk, "sample", { sample: number }) }, title),
    ),
  );
  drawTyped(desk, view);
}

// What depends on every key pressed.
function drawTyped(desk, view) {
  const { box, count, copy, aside, undo, redo, samples } = desk.editor;
  if (!CSS.supports("field-sizing", "content")) {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }
  const length = box.value.length > view.limit * 0.9 ? Array.from(box.value).length : 0;
  const over = length > view.limit;
  count.textContent = length ? `${length.toLocaleString("en")} of ${view.limit.toLocaleString("en")} characters` : "";
  count.classList.toggle("over", over);
  copy.hidden = box.value === "";
  aside.hidden = box.value.trim() === "";
  const changed = view.draft !== "" && box.value !== view.draft;
  undo.hidden = !(view.undo || changed);
  redo.hidden = !view.redo || changed;
  samples.hidden = box.value.trim() !== "";
}

function readNow(desk, moveOn) {
  desk.moveOn = moveOn;
  if (memory.text.trim() === "") {
    desk.say("There is nothing in the box yet.", "");
    desk.editor.box.focus();
  }
  // Far over the limit the words are not even sent: the connection would break.
  else if (memory.text.length > desk.view.limit * 20) {
    desk.say("", "This is far more than can be read at once; paste a shorter part. Nothing in the box is lost.");
  } else ask(desk, "read");
}

async function copyDraft(desk) {
  const { box } = desk.editor;
  try {
    await navigator.clipboard.writeText(memory.text);
    desk.say("Copied.", "");
    fade(desk);
  } catch {
    // Without the permission the old way still works from a click.
    box.focus();
    box.select();
    const done = document.execCommand("copy");
    desk.say(done ? "Copied." : "Copying is not allowed here; the text is selected, press Ctrl+C.", "");
  }
}
