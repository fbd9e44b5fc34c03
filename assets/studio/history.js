// Puts versions back: a whole text, or one field of it.
import { campaign, say, send } from './studio.js';
import './page.js';

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-version]');
  if (!button) return;
  button.disabled = true;
  const { version, field = '' } = button.dataset;
  const { ok, data } = await send(`/c/${campaign}/history`, { version, field });
  button.disabled = false;
  say(ok ? data.said : data.refused);
  if (ok) document.dispatchEvent(new Event('renew'));
});
