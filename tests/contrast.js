// Returns what is too faint on the page: [what, its words, its contrast], for text, the edges of controls and focus rings.
() => {
  const TEXT = 4.5, EDGE = 3;
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parsed = new Map();
  const rgba = (colour) => {
    if (!parsed.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      parsed.set(colour, [r, g, b, a / 255]);
    }
    return parsed.get(colour);
  };
  const mix = (under, over, share) => [0, 1, 2].map((i) => under[i] * (1 - share) + over[i] * share);
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const above = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const chain = (node) => (node ? [...chain(above(node)), node] : []);
  const canvasColour = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  // What is seen of a colour on an element: backgrounds lie over each other, and an opacity fades a whole group.
  const seen = (path, colour, backdrop = canvasColour) => {
    if (!path.length) return colour ? mix(backdrop, colour, colour[3]) : backdrop;
    const style = getComputedStyle(path[0]);
    const ground = rgba(style.backgroundColor);
    return mix(backdrop, seen(path.slice(1), colour, mix(backdrop, ground, ground[3])), Number(style.opacity));
  };
  const shown = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && node.getBoundingClientRect().width > 1;
  const found = [];
  const tell = (what, node, words, value, least) => {
    if (value < least) found.push([`${what} ${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""}`, words.trim().slice(0, 40), Math.round(value * 100) / 100]);
  };
  const text = (node, words, colour) => tell("text", node, words, contrast(seen(chain(node), rgba(colour)), seen(chain(node), null)), TEXT);
  const edges = (node) => {
    const style = getComputedStyle(node), outside = seen(chain(above(node)), null);
    const sides = ["Top", "Bottom"].filter((side) => parseFloat(style[`border${side}Width`]) && style[`border${side}Style`] !== "none");
    const drawn = sides.map((side) => contrast(seen(chain(node), rgba(style[`border${side}Color`])), outside));
    const filled = contrast(seen(chain(node), null), outside);
    // What has neither edge nor ground is known by its words: a link, a row of a list.
    if (drawn.length) tell("edge", node, node.textContent, Math.max(filled, ...drawn), EDGE);
    if (node.disabled) return;
    node.focus({ focusVisible: true, preventScroll: true });
    const focused = getComputedStyle(node);
    const ring = focused.outlineStyle === "none" ? 1 : contrast(seen(chain(above(node)), rgba(focused.outlineColor)), outside);
    tell("focus ring", node, node.textContent, Math.max(ring, node.matches("textarea, input, select") && focused.outlineStyle === "auto" ? EDGE : 0), EDGE);
  };
  const visit = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) visit(node.shadowRoot);
      if (!shown(node) || node.closest(".heard")) continue;
      const style = getComputedStyle(node);
      const words = [...node.childNodes].filter((each) => each.nodeType === 3).map((each) => each.data).join(" ");
      if (words.trim() && !node.matches("style, script, option")) text(node, words, node instanceof SVGElement ? style.fill : style.color);
      if (node.matches("select, textarea, input:not([type=checkbox])")) text(node, node.value, style.color);
      if (node.placeholder) text(node, node.placeholder, getComputedStyle(node, "::placeholder").color);
      if (node.matches("button, select, textarea, input:not([type=checkbox])")) edges(node);
    }
  };
  visit(document);
  return found;
}
