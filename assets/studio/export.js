// Sends the form of an export to the chosen format.
import { say, words } from './studio.js';
import './page.js';

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-take]');
  if (!button) return;
  const format = button.form.elements.format.value;
  if (format) button.formAction = button.dataset.base + format;
  else {
    event.preventDefault();
    say(words.choose);
  }
});
