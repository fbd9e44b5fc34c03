// Sends a picture to the studio, which decodes it and stores it anew.
import { ask, campaign, say } from './studio.js';

export function pictures(form, { refill }) {
  form.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-send]');
    if (!button) return;
    const line = form.querySelector('[data-upload-state]');
    const file = form.querySelector('#u-file').files[0];
    const notes = new URLSearchParams({ name: file?.name ?? '' });
    for (const name of ['alt', 'source', 'licence', 'consent']) {
      notes.set(name, form.querySelector(`#u-${name}`).value);
    }
    button.disabled = true;
    const answer = await ask(`/c/${campaign}/media?${notes}`, {
      method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file ?? '',
    }).catch(() => undefined);
    button.disabled = false;
    const data = answer ? await answer.json() : { refused: '' };
    line.textContent = data.refused ?? '';
    if (answer?.ok) {
      await refill();
      say(data.said);
    }
  });
}
