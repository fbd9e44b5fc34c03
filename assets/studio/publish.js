// Builds and publishes, and tells how far it is; what came of it stands in the page.
import { ask, campaign, me, remember, say, send, words } from './studio.js';
import './page.js';

function recall() {
  for (const field of document.querySelectorAll('[data-who]')) field.value ||= me().by ?? '';
}

async function watch() {
  const answer = await ask(`/c/${campaign}/build`).catch(() => undefined);
  const told = answer?.ok ? await answer.json() : { state: 'running' };
  const box = document.querySelector('[data-running]');
  const [report, bar] = [box.querySelector('[data-report]'), box.querySelector('[data-progress]')];
  const running = told.state === 'running';
  report.hidden = bar.hidden = !running;
  report.textContent = running ? words.running : '';
  bar.max = told.total || 1;
  bar.value = told.done ?? 0;
  for (const button of document.querySelectorAll('main [name=step], main [data-start]')) {
    if (running && !button.disabled) button.dataset.waits = '';
    if (running || 'waits' in button.dataset) button.disabled = running;
    if (!running) delete button.dataset.waits;
  }
  if (running) setTimeout(watch, 300);
  else document.dispatchEvent(new Event('renew'));
}

document.addEventListener('building', watch);
document.addEventListener('renewed', recall);
document.addEventListener('change', ({ target }) => {
  if (target.dataset.go) location.assign(target.dataset.go + encodeURIComponent(target.value));
});
document.addEventListener('submit', (event) => {
  const by = event.target.elements.by?.value.trim();
  if (by) remember(by);
}, true);
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (button?.hasAttribute('data-start')) {
    const { ok, data } = await send(`/c/${campaign}/build`, {});
    if (!ok) say(data.refused);
    await watch();
  }
  if (button?.hasAttribute('data-key')) {
    const { data } = await send(`/c/${campaign}/publish/key`, {});
    say(data.said ?? data.refused);
    document.dispatchEvent(new Event('renew'));
  }
});
recall();
if (document.querySelector('[data-running]').dataset.state === 'running') watch();
