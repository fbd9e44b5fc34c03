// Sends a logo as soon as it is chosen; the studio stores it anew and names it in the campaign.
import { ask, campaign, words } from './studio.js';

export function logo(form, done = () => undefined) {
  form.addEventListener('change', async ({ target }) => {
    if (!target.closest('[data-logo]') || !target.files?.length) return;
    const [file] = target.files;
    const line = target.closest('[data-logo]').querySelector('[data-logo-state]');
    const answer = await ask(`/c/${campaign}/logo?${new URLSearchParams({ name: file.name })}`, {
      method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file,
    }).catch(() => undefined);
    const data = answer ? await answer.json() : { refused: words.offline };
    line.textContent = data.refused ?? words.logo ?? '✓';
    if (answer?.ok) await done();
  });
}
