// Mends a line where its problem is shown; a line that changed meanwhile is shown beside what was typed.
import { campaign, say, send, words } from './studio.js';

document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const field = form.elements.text;
  const was = field.dataset.was ?? field.defaultValue;
  const { path, number } = form.dataset;
  const { ok, data } = await send(`/c/${campaign}/line`, {
    path, number: Number(number), was, text: field.value,
  });
  const refused = form.querySelector('[data-refused]');
  refused.hidden = ok;
  if (ok) {
    field.dataset.was = field.value;
    say(words.saved);
    return;
  }
  if (data.conflict) field.dataset.was = data.conflict.theirs;
  refused.textContent = data.conflict
    ? words.theirs.replace('%(words)s', () => data.conflict.theirs)
    : data.refused;
});
