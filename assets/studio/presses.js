// A button that is pressed before the scripts of its page hear it is pressed again once they do: they
// come after what is seen, and a press would be lost without a word. Whoever sends a form by an address
// needs no script.
const pressed = new Set();

function hold(event) {
  const button = event.target.closest?.('button');
  if (!button || button.form?.method === 'get') return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed.add(button);
}

addEventListener('click', hold, true);
addEventListener('DOMContentLoaded', () => {
  removeEventListener('click', hold, true);
  pressed.forEach((button) => button.click());
});
