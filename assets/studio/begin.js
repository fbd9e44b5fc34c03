// The first hour: shows the helplines of the chosen country, and how far the first build is.
import { ask, campaign, me, remember, words } from './studio.js';
import { logo } from './logo.js';
import './page.js';

const form = document.querySelector('.begin');

function showLines() {
  const country = form.elements.country.value;
  let any = false;
  for (const line of form.querySelectorAll('[data-country]')) {
    line.hidden = line.dataset.country !== country;
    line.querySelector('input').checked = !line.hidden;
    any ||= !line.hidden;
  }
  form.querySelector('[data-no-lines]').hidden = any || !country;
}

async function watch() {
  const box = document.querySelector('[data-building]');
  const told = await ask(`/c/${campaign}/build`).then((answer) => answer.json()).catch(() => ({ state: 'running' }));
  const bar = box.querySelector('progress');
  bar.max = told.total || 1;
  bar.value = told.done ?? 0;
  bar.hidden = told.state !== 'running';
  box.querySelector('[data-building-state]').textContent = { running: words.building, done: words.done }[told.state] ?? words.failed;
  box.querySelector('[data-built]').hidden = told.state === 'running';
  if (told.state === 'running') setTimeout(watch, 400);
}

const name = document.getElementById('b-me');
name.value = me().by ?? '';
form.addEventListener('saved', () => {
  if (name.value.trim()) remember(name.value.trim());
  form.hidden = true;
  document.querySelector('.brand span').textContent = form.elements.title.value;
  const box = document.querySelector('[data-building]');
  box.hidden = false;
  box.focus();
  watch();
});
form.elements.country.addEventListener('change', showLines);
showLines();
logo(form);
