// Build elements. Text always goes in as text; only `marked` (escaped by highlight.py) goes in as HTML.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...shown(children));
  return node;
}

// Put children in place of those that are there.
function fill(node, ...children) {
  node.replaceChildren(...shown(children));
}

function shown(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}

// The look follows Streamlit's theme, which follows the system's; the lightness of its paper tells which one it is.
function followTheme(root) {
  const paper = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const parts = /^#(..)(..)(..)/.exec(paper);
  const light = parts ? parts.slice(1).reduce((sum, part) => sum + parseInt(part, 16), 0) > 380 : true;
  root.dataset.scheme = light ? "light" : "dark";
}

// A component is drawn into the same place many times; this is its own element there.
function rootIn(parentElement, name) {
  let root = parentElement.querySelector(`.${name}`);
  if (!root) {
    root = el("div", { class: `root ${name}` });
    parentElement.append(root);
  }
  followTheme(root);
  return root;
}
