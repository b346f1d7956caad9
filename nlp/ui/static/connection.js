// Whether the program on this computer answers, as Streamlit's own page tells it.
function connectionElement() {
  return document.querySelector("[data-test-connection-state]");
}

function connected() {
  const app = connectionElement();
  return !app || app.getAttribute("data-test-connection-state") === "CONNECTED";
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-");
}
