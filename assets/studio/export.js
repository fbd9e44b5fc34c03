// Starts a build and tells how far it is; sends the form of an export to the chosen format.
import { ask, campaign, say, send, words } from './studio.js';
import './page.js';

const address = `/c/${campaign}/build`;
const box = () => document.querySelector('[data-build]');

async function watch() {
  const answer = await ask(address).catch(() => undefined);
  if (!answer?.ok) return;
  const told = await answer.json();
  const bar = box().querySelector('[data-progress]');
  const report = box().querySelector('[data-report]');
  bar.hidden = told.state !== 'running';
  bar.max = told.total || 1;
  bar.value = told.done;
  box().dataset.state = told.state;
  if (told.state === 'running') {
    report.textContent = words.building;
    setTimeout(watch, 300);
    return;
  }
  box().querySelector('[data-start]').disabled = false;
  if (told.state === 'done') {
    report.textContent = words.done.replace('%(made)s', told.made).replace('%(reused)s', told.reused);
    box().querySelector('[data-built]').hidden = false;
  } else document.dispatchEvent(new Event('renew'));
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (button?.hasAttribute('data-start')) {
    button.disabled = true;
    const { ok, data } = await send(address, {});
    if (!ok) say(data.refused);
    await watch();
  }
  if (button?.hasAttribute('data-take')) {
    const format = button.form.elements.format.value;
    if (format) button.formAction = button.dataset.base + format;
    else {
      event.preventDefault();
      say(words.choose);
    }
  }
});
if (box().dataset.state === 'running') watch();
