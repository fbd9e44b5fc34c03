// Texts side by side: saved one by one, with the words that stood there before.
import { difference } from './difference.js';
import { ask, campaign, follow, say, send, words } from './studio.js';
import './page.js';
import { unsent } from './unsent.js';
import { showVersions } from './versions.js';

const root = document.querySelector('.desk');
const address = `/c/${campaign}/translate/${root.dataset.language}`;
const areas = [...root.querySelectorAll('[data-words]')];
const segmenter = Intl.Segmenter ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;
const length = (text) => (segmenter ? [...segmenter.segment(text)].length : [...text].length);
const before = new Map(areas.map((area) => [area, area.value]));
const queue = new Map(); // an area is saved by one request at a time
const again = new Map(); // areas that wait for a studio that does not answer
const disputed = new Map(); // area to what someone else wrote there: nothing is sent until one is chosen
const PAUSE = 700; // milliseconds without a keystroke after which a text is saved
const BOUND = 2000; // milliseconds of typing on after which it is saved nevertheless
const AGAIN = 2000; // milliseconds after which a studio that did not save is asked again
const timers = new Map(); // area to the timer of its next save
const begun = new Map(); // area to when what is not saved yet was begun, in milliseconds
const kept = unsent(address);
const versions = root.querySelector('[data-versions]');
let later;
let freed = false; // somebody has chosen, and the studio may not have read all of it yet
let locked = false; // two versions of the file met: nothing is sent until somebody has chosen
const keyOf = (area) => area.closest('.text').dataset.key;
const isOpen = (area) => area.value !== before.get(area) && area.value.trim() !== '';
const keepOpen = () => kept.keep(areas.filter(isOpen)
  .map((area) => ({ key: keyOf(area), was: before.get(area), words: area.value })));

function measure(area) {
  const line = area.closest('.text').querySelector('[data-length]');
  const count = length(area.value);
  const limit = Number(area.dataset.limit ?? 0);
  line.querySelector('output').textContent = limit ? `${count} / ${limit}` : String(count);
  line.querySelector('.meter').hidden = !limit;
  line.querySelector('.meter span').style.inlineSize = `${limit ? Math.min(100, (100 * count) / limit) : 0}%`;
  line.classList.toggle('over', limit > 0 && count > limit);
}

function tell(area, text, kind) {
  const tag = area.closest('.text').querySelector('[data-state-of]');
  tag.textContent = text;
  tag.className = `tag ${kind ?? ''}`;
}

function show(area, data) {
  const row = area.closest('.text');
  row.className = `text ${data.state}`;
  tell(area, words.states[data.state], data.state === 'approved' ? 'good' : '');
  const list = row.querySelector('[data-findings]');
  list.replaceChildren(...data.findings.map((one) => {
    const item = document.createElement('li');
    item.className = `field-problem ${one.severity}`;
    item.textContent = one.hint ? `${one.message} – ${one.hint}` : one.message;
    return item;
  }));
}

// Both texts stand there until someone chooses: a save that comes by itself must not choose.
function dispute(area, found) {
  disputed.set(area, found.theirs);
  const box = root.querySelector('template[data-conflict]').content.cloneNode(true).firstElementChild;
  area.after(box);
  box.addEventListener('click', (event) => {
    const take = event.target.closest('[data-take]')?.dataset.take;
    if (!take) return;
    settle(area);
    if (take === 'theirs') {
      area.value = found.theirs;
      measure(area);
      show(area, found);
    }
    area.focus();
    saveInTurn(area);
  });
  compare(area);
}

function compare(area) {
  const box = area.closest('.text').querySelector('.conflict');
  const theirs = disputed.get(area);
  box.querySelector('[data-theirs]').textContent = theirs || words.empty;
  box.querySelector('[data-difference]').replaceChildren(...difference(theirs, area.value));
}

function settle(area) {
  before.set(area, disputed.get(area));
  disputed.delete(area);
  area.closest('.text').querySelector('.conflict').remove();
}

async function save(area) {
  if (disputed.has(area) || locked) return false;
  if (!isOpen(area)) return true;
  begun.delete(area);
  const text = area.value;
  tell(area, words.saving);
  const value = { key: keyOf(area), was: before.get(area), words: text };
  const { ok, data } = await send(address, value);
  if (ok) {
    before.set(area, text);
    keepOpen();
    if (isOpen(area)) saveSoon(area); // typed on meanwhile, or as it was before: a change again
    else show(area, data);
    return true;
  }
  tell(area, words.unsaved, 'bad');
  await look();
  if (locked) return false;
  if (data.conflict) dispute(area, data.conflict);
  else say(data.refused);
  clearTimeout(again.get(area));
  if (!data.conflict) again.set(area, setTimeout(() => saveInTurn(area), AGAIN));
  return false;
}

// Keeps what the fields show as long as two versions of the file stand side by side above them.
async function look() {
  const met = await showVersions(versions, root.dataset.file);
  clearTimeout(later);
  if (met ?? locked) later = setTimeout(look, AGAIN); // it may be settled without a word
  if (met === undefined || met === locked) return;
  locked = met;
  for (const area of areas) area.readOnly = met || root.hasAttribute('data-read-only');
  freed = !met;
  if (!met) await takeOver();
}

// What the file has now comes into the fields in which nobody typed; what waits is sent.
async function takeOver() {
  const answer = await ask(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const area of areas) {
    const young = fresh.querySelector(`.text[data-key="${keyOf(area)}"]`);
    if (!young || disputed.has(area)) continue;
    if (isOpen(area)) {
      saveInTurn(area);
      continue;
    }
    const old = area.closest('.text');
    area.value = young.querySelector('[data-words]').value;
    before.set(area, area.value);
    measure(area);
    old.className = young.className;
    for (const part of ['[data-state-of]', '[data-findings]']) {
      old.querySelector(part).replaceWith(young.querySelector(part));
    }
  }
}

// Saves a text soon, and at the latest when somebody has typed on for two seconds.
function saveSoon(area) {
  keepOpen();
  clearTimeout(timers.get(area));
  if (!isOpen(area)) return;
  tell(area, words.saving);
  if (!begun.has(area)) begun.set(area, Date.now());
  const pause = Math.min(PAUSE, Math.max(0, begun.get(area) + BOUND - Date.now()));
  timers.set(area, setTimeout(() => saveInTurn(area), pause));
}

function saveInTurn(area) {
  clearTimeout(timers.get(area));
  const turn = (queue.get(area) ?? Promise.resolve(true)).then(() => save(area));
  queue.set(area, turn);
  return turn;
}

function move(area, step) {
  const next = areas[areas.indexOf(area) + step];
  if (!next) return;
  next.focus();
  next.closest('.text').scrollIntoView({ block: 'center' });
}

for (const area of areas) {
  measure(area);
  area.addEventListener('input', () => {
    measure(area);
    if (disputed.has(area)) compare(area);
    saveSoon(area);
  });
  area.addEventListener('blur', () => saveInTurn(area));
  area.readOnly = root.hasAttribute('data-read-only'); // before, nobody would have heard what is typed
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      saveInTurn(area);
      move(area, 1); // at once: who types on means the next text
    }
    if (event.altKey && event.key === 'ArrowDown') move(area, 1);
    if (event.altKey && event.key === 'ArrowUp') move(area, -1);
    if (event.altKey && event.code === 'KeyC') {
      event.preventDefault();
      area.select();
      document.execCommand('insertText', false, area.closest('.text').querySelector('[data-source]').textContent);
    }
  });
}
addEventListener('beforeunload', (event) => {
  if (disputed.size || areas.some(isOpen)) event.preventDefault();
});

// What an earlier tab could not save is put into its field and saved now, if nobody wrote there.
kept.recall((found) => found.filter((one) => {
  const area = areas.find((each) => keyOf(each) === one.key);
  if (!area || isOpen(area)) return true;
  before.set(area, one.was);
  area.value = one.words;
  keepOpen();
  measure(area);
  say(words.recalled);
  saveInTurn(area);
  return false;
}));

versions.addEventListener('settled', look);
follow((told) => {
  if (told.errors || locked) look();
  else if (freed) {
    freed = false;
    takeOver();
  }
});
look();
