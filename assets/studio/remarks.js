// Remarks: at the field that they are about; written, answered and resolved.
import { ask, campaign, follow, say, send } from './studio.js';
import './page.js';

const form = document.querySelector('#remark form');
const place = document.querySelector('[data-remarks-for]');
const CALM = 300; // ms
let later;

function write(button) {
  const head = form.querySelector('[data-head]');
  const { remark, ...about } = button.dataset;
  head.textContent = JSON.parse(head.dataset.head)[remark];
  form.querySelector('[data-steps]').hidden = remark === 'answer';
  form.querySelector('[data-field-name]').textContent = button.dataset.name ?? '';
  form.querySelector('[data-refused]').textContent = '';
  form.elements.step.value = remark;
  for (const name of ['language', 'context', 'words', 'about']) form.elements[name].value = about[name] ?? '';
  form.closest('dialog').showModal();
  form.elements.text.focus();
}

async function resolve({ dataset: { language, context, about } }) {
  const { ok, data } = await send(`/c/${campaign}/review/remarks`, { language, context, about, step: 'resolve' });
  if (!ok) say(data.refused);
  else if (place) show();
  else document.dispatchEvent(new Event('renew'));
}

// Where the words are written: a field of the editor, or a translation.
function spot({ dataset: { of, words } }) {
  const field = of.slice(place.dataset.remarksFor.length + 1);
  const rows = [...document.querySelectorAll(`[data-field="${CSS.escape(field)}"], [data-context="${CSS.escape(of)}"]`)];
  const row = rows.find((one) => one.dataset.digest === words) ?? rows[0];
  return row?.querySelector('.side:last-child') ?? row ?? document.querySelector('[data-remarks-top]');
}

async function show() {
  const { remarksFor, language } = place.dataset;
  const answer = await ask(`/c/${campaign}/review/remarks?language=${language}&of=${encodeURIComponent(remarksFor)}`);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  document.querySelectorAll('.remark').forEach((one) => one.remove());
  fresh.querySelectorAll('.remark').forEach((one) => spot(one)?.append(one));
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-remark], [data-resolve]');
  if (button?.hasAttribute('data-resolve')) resolve(button);
  else if (button) write(button);
});
form?.addEventListener('saved', () => {
  form.reset();
  if (place) show();
});
// The page beside the words comes first: remarks may be a moment older, and one question answers for many saves.
function showSoon() {
  clearTimeout(later);
  later = setTimeout(show, CALM);
}

if (place) {
  show();
  follow(showSoon);
  document.addEventListener('renewed', show); // what the server drew has no remarks
}
