// What every page of the studio does: follows the campaign, opens sheets, sends forms, finds rows.
import { badge } from './badge.js';
import { morph } from './morph.js';
import { slugOf } from './names.js';
import { ask, campaign, follow, hearAll, me, remember, say, send, words } from './studio.js';
import { unsent } from './unsent.js';

// ---- a page that only shows is renewed in place, unless someone is busy in it

let stale = false;
let asked = 0;
let shown = 0; // number of the question whose answer stands in the page: an older one never replaces it

// Busy is who types, who has a sheet open, and who is being told what to mend.
function busy() {
  const active = document.activeElement;
  return Boolean(document.querySelector('dialog[open], [data-error-of]:not(:empty), [data-refused]:not(:empty)'))
    || active?.matches('input, textarea, select');
}

async function renew(wanted = false) {
  if (!wanted && busy()) {
    stale = true;
    return;
  }
  stale = false;
  asked += 1;
  const mine = asked;
  const answer = await ask(location.href);
  if (!answer.ok) return;
  const text = await answer.text();
  if (mine < shown) return;
  if (!wanted && busy()) { // someone began while the answer was on its way
    stale = true;
    return;
  }
  shown = mine;
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  for (const part of ['main', '.tools']) {
    const [old, young] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && young) morph(old, young);
  }
  document.dispatchEvent(new Event('renewed'));
}

document.addEventListener('renew', () => renew(true));
document.addEventListener('look', () => renew());
document.addEventListener('renewed', () => document.querySelectorAll('[data-find]').forEach(find));
document.addEventListener('focusout', () => setTimeout(() => stale && renew(), 50));
hearAll(badge); // at once, also while someone is busy in the page
if (!document.body.hasAttribute('data-own-pace')) follow(() => renew());
// What waits for whoever sits here: only this browser knows the name.
if (document.querySelector('[data-my-things]') && me().by) renew();

// ---- sheets

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.open) document.getElementById(button.dataset.open).showModal();
  if (button?.hasAttribute('data-close')) button.closest('dialog').close();
});

// A link leads to a sheet that is open: one to begin something with.
const wantedSheet = document.getElementById(new URLSearchParams(location.search).get('open'));
if (wantedSheet?.matches('dialog')) wantedSheet.showModal();

// ---- who sits here: top right

function nameMe() {
  const button = document.querySelector('[data-me]');
  if (!button) return;
  button.querySelector('span').textContent = me().by || button.dataset.me;
  const asks = document.querySelector('[data-is-me]'); // on Home, while nobody has said it
  if (asks) asks.hidden = Boolean(me().by);
  const field = document.getElementById('me-by');
  if (!field.closest('dialog').open) field.value = me().by ?? '';
}
document.addEventListener('renewed', nameMe);
document.addEventListener('submit', (event) => {
  if (event.target.id !== 'me-form' && !event.target.hasAttribute('data-is-me')) return;
  event.preventDefault();
  remember(event.target.querySelector('input').value.trim());
  event.target.closest('dialog')?.close();
  nameMe();
  if (document.querySelector('[data-my-things]')) renew(true);
});
nameMe();

// ---- forms that the studio answers

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.dataset.post) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const values = {};
  for (const name of new Set(fields.keys())) {
    const own = `[name="${CSS.escape(name)}"]:not(button, [type=radio])`;
    const many = form.querySelectorAll(own).length > 1;
    values[name] = many ? fields.getAll(name) : fields.get(name);
  }
  const refused = form.querySelector('[data-refused]');
  const buttons = [...form.querySelectorAll('button')];
  buttons.forEach((button) => { button.disabled = true; });
  const { ok, data } = await send(form.dataset.post, values);
  buttons.forEach((button) => { button.disabled = false; });
  if (refused) refused.textContent = ok ? '' : data.refused;
  point(form, data.fields ?? {});
  if (!ok) {
    if (!refused) say(data.refused);
    return;
  }
  form.dispatchEvent(new Event('saved', { bubbles: true }));
  form.closest('dialog')?.close();
  if (data.building) document.dispatchEvent(new CustomEvent('building', { detail: data.done }));
  else if (data.address) location.assign(data.address);
  else if (data.said) {
    say(data.said);
    await renew(true);
  } else if (!form.hasAttribute('data-stay')) await renew(true);
});

// What is typed into a form and not sent yet outlives the tab, where words are written: not names alone.
function keepTyped(form) {
  const texts = () => [...form.elements].filter((one) => one.name && one.matches('textarea, [type=text], input:not([type])'));
  const kept = unsent(`form:${form.dataset.post}`);
  form.addEventListener('input', () => {
    kept.keep(texts().filter((one) => one.value !== one.defaultValue)
      .map((one) => ({ name: one.name, was: one.defaultValue, value: one.value })));
  });
  form.addEventListener('saved', () => kept.keep([]));
  kept.recall((found) => {
    const fieldOf = ({ name }) => texts().find((one) => one.name === name);
    // What somebody else has changed since stays as it is.
    const wanted = found.filter((one) => fieldOf(one)?.defaultValue === one.was);
    const free = wanted.filter((one) => fieldOf(one).value === one.was);
    for (const one of free) {
      fieldOf(one).value = one.value;
      fieldOf(one).dispatchEvent(new Event('input', { bubbles: true }));
    }
    return wanted.filter((one) => !free.includes(one));
  });
}
for (const form of document.querySelectorAll('form[data-post]')) {
  if (form.querySelector('textarea') || form.hasAttribute('data-slots')) keepTyped(form);
}

// One sentence needs no new line: Enter sends it.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !event.target.hasAttribute('data-enter')) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// What was chosen for the last one is chosen for the next one, in this browser.
const againOf = (form) => [...form.querySelectorAll('select[data-again]')];
const lastOf = (one) => `stopjihad-again:${campaign}:${one.id}`;
for (const one of againOf(document)) {
  const last = localStorage.getItem(lastOf(one));
  if ([...one.options].some(({ value }) => value === last)) one.value = last;
}
document.addEventListener('saved', ({ target }) => {
  againOf(target).forEach((one) => localStorage.setItem(lastOf(one), one.value));
});

// What is wrong with a field is said at the field; the first one gets the focus.
function point(form, wrong) {
  for (const line of form.querySelectorAll('[data-error-of]')) {
    const words = wrong[line.dataset.errorOf] ?? '';
    line.textContent = words;
    for (const field of form.querySelectorAll(`[name="${CSS.escape(line.dataset.errorOf)}"]`)) {
      if (words) field.setAttribute('aria-invalid', 'true');
      else field.removeAttribute('aria-invalid');
    }
  }
  form.querySelector('[aria-invalid]')?.focus();
}

// ---- finding rows by their words

function find(input) {
  const wanted = input.value.trim().toLocaleLowerCase();
  for (const row of document.querySelectorAll(input.dataset.find)) {
    row.hidden = wanted !== '' && !row.textContent.toLocaleLowerCase().includes(wanted);
  }
}
document.addEventListener('input', (event) => {
  if (event.target.dataset.find) find(event.target);
  if (event.target.id && document.querySelector(`[data-slug-of="${CSS.escape(event.target.id)}"]`)) {
    slug(event.target);
  }
});

// ---- names for addresses

function slug(from) {
  const to = document.querySelector(`[data-slug-of="${CSS.escape(from.id)}"]`);
  if (to.dataset.own) return;
  to.value = slugOf(from.value);
}
document.addEventListener('change', (event) => {
  if (event.target.dataset.slugOf) event.target.dataset.own = 'yes';
  // a choice in a filter shows what was chosen at once
  if (event.target.closest('form[data-filter]')) event.target.form.requestSubmit();
});

// ---- copying

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const holder = button.closest('[data-copied], .post');
  const text = [...holder.querySelectorAll('[data-text]')].map((part) => part.textContent).join('\n\n');
  await navigator.clipboard.writeText(text).then(() => say(words.copied ?? '✓'), () => say('✗'));
});
