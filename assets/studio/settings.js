// What a form of *Campaign* does beside its fields: takes a logo in, notes that a helpline was called.
import { logo } from './logo.js';

logo(document.querySelector('[data-form]'), () => location.reload());

document.querySelector('[data-form]').addEventListener('click', (event) => {
  const button = event.target.closest('[data-called]');
  if (!button) return;
  const { called: at, today, soon } = button.dataset;
  for (const [name, value] of Object.entries({ 'verified.how': 'called', 'verified.on': today, review_by: soon })) {
    const field = document.querySelector(`[data-path="${at}.${name}"]`);
    field.value = value;
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  button.closest('.called').remove();
});
