// The alert board: who acts is remembered, the clock runs, builds are told, typed slots stay.
import { ask, campaign, say, words } from './studio.js';
import './page.js';

const KEPT = 'stopjihad-reviewer'; // who signs is remembered on this computer
const kept = () => JSON.parse(localStorage.getItem(KEPT) ?? '{}');
const plain = (name) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/\s+/).filter(Boolean).join(' ');

function recall() {
  for (const field of document.querySelectorAll('[data-who]')) field.value ||= kept().by ?? '';
}

// The second approval is another person's: who has approved already is told before the click.
function warn(field) {
  const known = JSON.parse(field.dataset.other).map(plain);
  const line = field.form.querySelector('[data-error-of=by]');
  line.textContent = known.includes(plain(field.value)) ? words.other : '';
}

document.addEventListener('input', (event) => {
  if (event.target.dataset.other) warn(event.target);
  const slots = event.target.closest('[data-slots]');
  if (slots) slots.dataset.touched = slots.elements.known.value;
});
document.addEventListener('submit', (event) => {
  const by = event.target.elements.by?.value.trim();
  if (by) localStorage.setItem(KEPT, JSON.stringify({ ...kept(), by }));
}, true);

// Slots that someone is typing keep the version that was on the page: theirs is never overwritten.
function renewed() {
  recall();
  setClock();
  const slots = document.querySelector('[data-slots]');
  if (!slots) return;
  if (slots.dataset.touched === undefined) slots.reset();
  else slots.elements.known.value = slots.dataset.touched;
}
document.addEventListener('renewed', renewed);
document.addEventListener('saved', ({ target }) => { delete target.dataset.touched; });

// ---- the clock

// The moment that counts is the studio's; the browser's clock only says how long ago that was.
let ahead = 0;
function setClock() {
  const page = document.querySelector('[data-now]');
  if (page) ahead = Date.parse(page.dataset.now) - Date.now();
  tick();
}

function tick() {
  const clock = document.querySelector('[data-clock]');
  if (!clock) return;
  const moment = Date.now() + ahead;
  const minutes = (from) => Math.floor((moment - Date.parse(from)) / 60000);
  const put = (selector, text, number) => {
    const fresh = text.replace('%(minutes)s', number);
    const line = clock.querySelector(selector);
    if (line.textContent !== fresh) line.textContent = fresh;
  };
  const gone = Math.max(0, minutes(clock.dataset.clock));
  const late = minutes(clock.dataset.mark);
  put('[data-gone]', words.gone, gone);
  put('[data-left]', late < 0 ? words.left : words.late, late < 0 ? -late : late);
  clock.querySelector('[data-bar]').value = Math.min(gone, 90);
}
setInterval(tick, 5000);
// Steps that others take in the ledger change no page of the site: look for them.
setInterval(() => {
  if (document.visibilityState === 'visible') document.dispatchEvent(new Event('look'));
}, 10000);

// "Just now", as a clock on the wall of the campaign's town shows it; Swedish writes it as fields do.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-just-now]');
  if (!button) return;
  const moment = new Date(Date.now() + ahead);
  const wall = moment.toLocaleString('sv', { timeZone: button.dataset.zone });
  const field = document.getElementById(button.dataset.justNow);
  field.value = wall.slice(0, 16).replace(' ', 'T');
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

// ---- builds

// What is said at the end comes with the step that began the build.
async function watch(done = words.sent) {
  const answer = await ask(`/c/${campaign}/build`).catch(() => undefined);
  const told = answer?.ok ? await answer.json() : { state: 'running' };
  const report = document.querySelector('[data-report]');
  const bar = document.querySelector('[data-progress]');
  if (bar) {
    bar.hidden = told.state !== 'running';
    bar.max = told.total || 1;
    bar.value = told.done ?? 0;
  }
  if (told.state === 'running') {
    report.textContent = words.building;
    setTimeout(watch, 300, done);
    return;
  }
  report.textContent = '';
  if (told.state === 'done') say(done);
  document.dispatchEvent(new Event('renew'));
}
document.addEventListener('building', ({ detail }) => watch(detail));
if (document.querySelector('[data-report]')?.dataset.state === 'running') watch();
recall();
setClock();
