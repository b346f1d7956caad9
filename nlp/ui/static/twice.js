// A first click asks, a second one does it; the words come back where nothing follows.
function askTwice(button, action) {
  if (button.dataset.sure) return action();
  const words = button.textContent;
  button.dataset.sure = "yes";
  button.textContent = "Really? Click again";
  setTimeout(() => {
    delete button.dataset.sure;
    button.textContent = words;
  }, 5000);
}
