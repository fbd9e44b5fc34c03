// Approves, reads, excepts and withdraws: a verdict names the very words that were seen.
import { campaign, me, say, send, words } from './studio.js';
import './page.js';

const KEPT = 'stopjihad-reviewer'; // who judges is remembered on this computer
const DONE = 'stopjihad-approved'; // what was approved on the page before

const before = sessionStorage.getItem(DONE);
sessionStorage.removeItem(DONE);
if (before) say(before);

function form() {
  return document.querySelector('[data-who]');
}

function recall() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
  for (const [name, value] of Object.entries(kept)) {
    const field = form()?.elements[name];
    if (!field) continue;
    const known = field.options ? [...field.options].some((one) => one.value === value) : true;
    if (known) field.value = value;
  }
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-judge]');
  if (!button) return;
  const who = { by: me().by ?? '', ...Object.fromEntries(new FormData(form())) };
  if (!who.by.trim()) {
    say(words.who);
    if (form().elements.by) form().elements.by.focus();
    else document.getElementById('me').showModal();
    return;
  }
  localStorage.setItem(KEPT, JSON.stringify({ ...me(), ...who }));
  const whole = button.closest('[data-sheet], .group-of');
  const rows = button.hasAttribute('data-all')
    ? [...whole.querySelectorAll('[data-digest], [data-reads]')]
    : [button.closest('[data-digest]')];
  const texts = rows.filter((row) => row.dataset.digest).map((row) => [row.dataset.context, row.dataset.digest]);
  // Sentences that stood marked beside the texts: who approves these has read them.
  const several = (row, name) => (row?.dataset[name] ?? '').split(' ').filter(Boolean);
  const reads = rows.flatMap((row) => several(row, 'reads'));
  const resolves = several(whole, 'resolves');
  const { kind } = rows[0].dataset;
  const urgent = Boolean(whole?.querySelector('[data-urgent]')?.checked);
  const sent = { ...who, ...(urgent && { urgent }), ...(kind && { kind }), ...(reads.length && { reads }), ...(resolves.length && { resolves }) };
  for (const name of ['reason', 'until']) {
    const value = rows[0].querySelector(`[name=${name}]`)?.value;
    if (value) sent[name] = value;
  }
  const { language, changeSet } = document.querySelector('[data-review]').dataset;
  // Before the answer comes the page may be renewed, and the button be another one.
  const following = button.hasAttribute('data-all') && whole.dataset.next;
  button.disabled = true;
  const { ok, data } = await send(`/c/${campaign}/review`, {
    language, texts, verdict: button.dataset.judge, ...sent, ...(changeSet && { change_set: changeSet }),
  });
  if (!ok) {
    button.disabled = false;
    say(data.refused);
    return;
  }
  if (!data.done && words.twice) say(words.twice);
  button.disabled = false;
  if (data.done && following) {
    sessionStorage.setItem(DONE, words.approved);
    location.assign(following);
    return;
  }
  document.dispatchEvent(new Event('renew'));
});
document.addEventListener('submit', (event) => event.target === form() && event.preventDefault());
// What waits for who sits here stands first.
function mine() {
  const own = [...document.querySelectorAll('.sheets [data-to]')].filter((row) => row.dataset.to === me().by);
  own.reverse().forEach((row) => row.parentElement.prepend(row));
}
for (const work of [recall, mine]) {
  document.addEventListener('renewed', work);
  work();
}
