// Makes the file that asks a person who is elsewhere, and has the browser save it.
import { send } from './studio.js';

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.dataset.file) return;
  event.preventDefault();
  const { ok, data } = await send(form.dataset.file, Object.fromEntries(new FormData(form)));
  form.querySelector('[data-refused]').textContent = ok ? '' : data.refused;
  form.querySelector('[data-done]').textContent = ok ? data.said : '';
  if (!ok) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([data.page], { type: 'text/html' }));
  link.download = data.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});
