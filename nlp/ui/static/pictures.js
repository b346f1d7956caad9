// Small pictures in SVG, drawn here. What they show is also said in words beside them.
const SVG = "http://www.w3.org/2000/svg";

function draw(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

// Old and new on one line from 0 to 1; the thin line is how far chance alone may move the new one.
function drawPair({ old, new: now, low, high }, said) {
  const at = (share) => 4 + 232 * Math.max(0, Math.min(1, share));
  return draw("svg", { viewBox: "0 0 240 24", class: "pair", role: "img", "aria-label": said },
    draw("line", { x1: at(0), x2: at(1), y1: 12, y2: 12, class: "rail" }),
    draw("line", { x1: at(low), x2: at(high), y1: 12, y2: 12, class: "reach" }),
    draw("circle", { cx: at(old), cy: 12, r: 8, class: "old" }),
    draw("circle", { cx: at(now), cy: 12, r: 4.5, class: "new" }));
}

function drawBar(share, kind, said) {
  return draw("svg", { viewBox: "0 0 240 14", class: "bar-picture", role: "img", "aria-label": said, preserveAspectRatio: "none" },
    draw("rect", { x: 0, y: 0, width: 240, height: 14, class: "rail" }),
    draw("rect", { x: 0, y: 0, width: Math.max(share > 0 ? 3 : 0, 240 * share), height: 14, class: kind }));
}

// How sure the reader was, from left to right, and how often it was right, from below.
function drawSureness(old, now, said) {
  const at = ({ sure, right }) => `${34 + 196 * sure},${206 - 196 * right}`;
  const line = (bins, kind) => draw("polyline", { points: bins.map(at).join(" "), class: kind });
  const dots = (bins, kind, r) => bins.map((bin) => {
    const [cx, cy] = at(bin).split(",");
    return draw("circle", { cx, cy, r, class: kind });
  });
  const word = (x, y, words, more = {}) => draw("text", { x, y, ...more }, words);
  return draw("svg", { viewBox: "0 0 240 232", class: "sureness", role: "img", "aria-label": said },
    draw("rect", { x: 34, y: 10, width: 196, height: 196, class: "frame" }),
    draw("line", { x1: 34, y1: 206, x2: 230, y2: 10, class: "ideal" }),
    line(old, "old"), line(now, "new"), ...dots(old, "old", 5.5), ...dots(now, "new", 3),
    word(34, 224, "not sure"), word(230, 224, "very sure", { "text-anchor": "end" }),
    word(14, 206, "rarely right", { transform: "rotate(-90 14 206)" }),
    word(14, 10, "always right", { transform: "rotate(-90 14 10)", "text-anchor": "end" }));
}

function drawKey() {
  const dot = (kind) => draw("svg", { viewBox: "0 0 12 12", class: "dot", "aria-hidden": "true" }, draw("circle", { cx: 6, cy: 6, r: 4.5, class: kind }));
  return el("p", { class: "key" }, dot("old"), " before", dot("new"), " now");
}
