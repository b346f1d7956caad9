// The page "Review": one sentence at a time, the list below it, then what is worth a look, and files.
export default function (component) {
  const { data: view, parentElement, setTriggerValue } = component;
  const root = rootIn(parentElement, "review");
  const review = (root.review ??= buildReview(root));
  openPost(review.box, setTriggerValue);
  review.stop ??= listenForKeysOf(review);
  drawReview(review, view);
  return () => {
    review.stop?.();
    review.stop = null;
    clearTimeout(review.waiting);
    closePost(review.box);
  };
}

function buildReview(root) {
  const review = { root, view: null, items: [], at: 0, done: 0, keysOn: true, current: null };
  review.message = el("span", {});
  review.bar = el("div", { class: "bar", hidden: true }, el("div", { role: "status" }, review.message));
  review.say = (status, error) => {
    clearTimeout(review.fading);
    review.message.textContent = error || status;
    review.bar.classList.toggle("error", Boolean(error));
    review.bar.hidden = !(status || error);
    if (!error) review.fading = setTimeout(() => (review.bar.hidden = true), 5000);
  };
  review.box = makePost("review", "ask", (error) => review.say("", error), (busy) => root.setAttribute("aria-busy", String(busy)));
  root.setAttribute("aria-busy", "false");
  review.intro = el("p", { class: "intro" });
  review.total = el("p", { class: "private" });
  review.sift = el("div", { class: "sift", role: "group", "aria-label": "Which sentences" });
  review.card = el("article", { class: "card", tabindex: "-1", "aria-label": "The sentence looked at" });
  review.rows = el("ol", { class: "rows", "aria-label": "All of them" });
  review.more = el("button", { type: "button", class: "quiet", hidden: true, onclick: () => siftBy(review, { limit: review.view.sift.limit + review.view.sift.step * 4 }) }, "Show more");
  review.work = el("div", { class: "work" }, review.sift, review.card, drawKeys(review), review.rows, review.more);
  review.advice = el("div", { class: "advice" });
  review.exchange = el("section", { class: "exchange", "aria-label": "Files" });
  for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  root.append(el("header", {}, el("h1", {}, "What you kept"), review.intro, review.total), review.work, review.advice, review.exchange, review.bar);
  return review;
}

// While something is still on its way to the program, what is seen here is newer than what the program says.
function drawReview(review, view) {
  const first = review.view === null;
  const changed = first || review.view.answered !== view.answered;
  const settled = heard(review.box, view.answered);
  if (!changed || !settled) return;
  const shown = review.items[review.at]?.id;
  review.view = view;
  review.items = view.items;
  review.done = 0;
  const wanted = review.items.findIndex((item) => item.id === (review.wanted ?? shown));
  review.at = wanted >= 0 ? wanted : Math.max(0, Math.min(review.at, review.items.length - 1));
  review.wanted = undefined;
  drawAll(review);
  if (!first) review.say(view.status, view.error);
  else if (view.error) review.say("", view.error);
}

function drawAll(review) {
  const { view } = review;
  const focused = review.root.getRootNode().activeElement;
  const inCard = review.card.contains(focused);
  review.intro.textContent = view.intro;
  review.total.textContent = view.total === 1 ? "One sentence on this computer." : `${view.total.toLocaleString("en")} sentences on this computer.`;
  review.empty ??= el("p", { class: "empty" }, "Nothing is kept yet. On Reflect, say whether a mark was right; your answer will wait here. Or bring in a file below.");
  if (view.total) review.empty.remove();
  else review.work.before(review.empty);
  review.work.hidden = !view.total;
  drawSift(review);
  drawCard(review);
  drawRows(review);
  drawAdvice(review);
  drawExchange(review);
  drawPreview(review);
  saveFile(review);
  if (inCard) review.card.focus({ preventScroll: true });
}

// A step that shows at once: the item is changed here as the program will change it.
function did(review, act, change) {
  Object.assign(review.current.item, change);
  review.done += 1;
  post(review.box, act);
}
