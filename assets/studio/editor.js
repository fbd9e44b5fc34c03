// The editor of a file: saves single fields while people type, shows what is wrong beside
// them, and what becomes of it in the panes. Nothing of anyone else is ever overwritten: every
// change says what stood in the field before, and the server compares.
import { morph } from './morph.js';
import { ask, fill, follow, say, send, words } from './studio.js';
import { difference } from './difference.js';
import './markdown.js';
import './page.js';
import { badge } from './badge.js';
import { panes } from './panes.js';
import { pictures } from './pictures.js';
import { sources } from './sources.js';
import { unsent } from './unsent.js';
import { showVersions } from './versions.js';

const PAUSE = 350; // milliseconds without a keystroke after which a field is saved
const BOUND = 2000; // milliseconds of typing on after which it is saved nevertheless
const AGAIN = 2000; // milliseconds after which a studio that did not save is asked again

const root = document.querySelector('.editor');
const form = root.querySelector('[data-form]');
const versions = root.querySelector('[data-versions]');
const address = `/c/${document.body.dataset.campaign}/${root.dataset.address}`;
let state = JSON.parse(document.getElementById('state').textContent);
let waiting = new Map(); // path in words -> change that is not saved yet
let timer;
let typing = 0; // when what is not saved yet was begun, in milliseconds
let flying = []; // changes that are on their way
let locked = false; // the file cannot be read as fields now: nothing is sent until it can
const kept = unsent(address);
let sending = false;
let epoch = 0; // counts requests that may change the file: an answer from before one is old news
let behind = 0; // the version that we heard of while we were sending, until we have asked for it
let conflict;
// What is typed in one field without leaving it is taken back at once; the studio ends it after a pause.
const visit = Math.random().toString(36).slice(2);
let stay = 0;
let step = `${visit}-0`; // that of what was typed last

// ---- values by path

const steps = (path) => path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
const valueAt = (path) => steps(path).reduce((value, step) => value?.[step], state.values);
const known = (path) => valueAt(path) ?? null;

function controlValue(control) {
  if (control.dataset.yes) return control.checked ? control.dataset.yes : control.dataset.no;
  // A space at the end is the beginning of the next word: saved, it would need quotes in the file.
  const text = control.value.replace(/\r\n/g, '\n').replace(/^\n+|\s+$/g, '');
  return control.hasAttribute('data-lines') ? text.split(/\s*\n\s*/).filter(Boolean) : text;
}
const listValue = (path) =>
  [...form.querySelectorAll(`[data-list="${path}"]:checked`)].map((box) => box.value);
const nameOf = (target) => target.dataset.path ?? target.dataset.list;

// ---- noticing changes

function notice(event) {
  const { target } = event;
  const path = nameOf(target);
  if (!path || (target.type === 'radio' && !target.checked)) return;
  const value = target.dataset.list ? listValue(path) : controlValue(target);
  // Who goes on typing has not seen what came into the field meanwhile; what is on its way is saved
  // first, so that words which are as they were before it are a change again.
  const sent = flying.find((change) => change.path.join('.') === path);
  const before = sent ? sent.value : known(path);
  const was = waiting.has(path) ? waiting.get(path).was : before;
  const disputed = conflict?.path.join('.') === path; // then it is a side, even as it was before
  if (!disputed && JSON.stringify(value) === JSON.stringify(was ?? (Array.isArray(value) ? [] : ''))) {
    waiting.delete(path);
  } else {
    waiting.set(path, { op: 'set', path: steps(path), value, was });
  }
  step = `${visit}-${stay}`;
  arrange();
  if (conflict) showConflict(conflict); // what is typed on belongs to one of the two sides
  if (path === root.dataset.titleOf) showTitle(value);
  if (waiting.size) tell(locked ? 'unsaved' : 'saving');
  else rest();
  clearTimeout(timer);
  kept.keep(everythingUnsaved());
  if (!waiting.size) return;
  typing ||= Date.now();
  const pause = Math.min(PAUSE, Math.max(0, typing + BOUND - Date.now()));
  timer = setTimeout(save, event.type === 'change' || single ? 0 : pause);
  if (single) stay += 1; // what is typed after it belongs to another step
}

const everythingUnsaved = () => [...flying, ...waiting.values()];

// A paste, a cut and what is dropped are steps of their own: what was typed before is sent first.
const SINGLE = new Set(['insertFromPaste', 'insertFromDrop', 'deleteByCut', 'deleteByDrag']);
let single = false;
function setApart(event) {
  single = SINGLE.has(event.inputType);
  if (single && nameOf(event.target)) endStep();
}

function endStep() {
  clearTimeout(timer);
  save(); // at once: the next key may come before any timer, and it belongs to another step
  stay += 1;
}

// Says that everything is in the file, if it is.
function rest() {
  if (waiting.size || sending || conflict || locked) return;
  tell('saved');
  warn('');
}

function tell(which) {
  const line = root.querySelector('[data-state]');
  line.textContent = words[which];
  line.dataset.kind = which;
}

// ---- saving: one request at a time, the newest values in each

// Sends changes; gives the answer. Nothing else that changes the file runs meanwhile.
async function post(where, value) {
  sending = true;
  epoch += 1;
  const answer = await send(where, value);
  epoch += 1;
  sending = false;
  return answer;
}

async function save() {
  if (sending || conflict || locked || !waiting.size) return;
  const changes = [...waiting.values()];
  waiting = new Map();
  flying = changes;
  typing = 0;
  const { ok, status, data } = await post(address, { digest: state.digest, step, changes });
  flying = [];
  if (ok) {
    // What was typed on meanwhile comes after what is saved now.
    for (const { path, value } of changes) {
      const next = waiting.get(path.join('.'));
      if (next) next.was = value;
    }
    kept.keep(everythingUnsaved());
    warn('');
    accept(data);
    if (waiting.size) await save();
    else rest();
    await hearRest(data);
    return;
  }
  for (const change of changes) {
    const path = change.path.join('.');
    const next = waiting.get(path);
    if (next) next.was = change.was;
    else waiting.set(path, change);
  }
  kept.keep(everythingUnsaved());
  tell('unsaved');
  if (status === 409 && data.conflict) {
    showConflict(data.conflict);
    return;
  }
  await catchUp(); // is the file there, and are there fields in it?
  if (!locked && waiting.size) warn(data.refused ?? words.offline); // what is typed since may be saved
  clearTimeout(timer);
  timer = setTimeout(save, AGAIN);
}

// ---- what keeps words from being saved stands in the page until it is over

function warn(text) {
  const line = root.querySelector('[data-trouble]');
  line.hidden = !text;
  if (line.textContent !== text) line.textContent = text;
}

// Keeps what the fields show, and what waits, until the file can be read again: where two versions
// met, when somebody has chosen.
async function lock(why) {
  locked = true;
  askAgain();
  form?.toggleAttribute('inert', true);
  tell(waiting.size ? 'unsaved' : 'unreadable');
  const explain = (reason) => warn(waiting.size ? `${reason} ${words.kept}`.trim() : reason);
  explain(versions.hidden ? why : '');
  const met = await showVersions(versions, root.dataset.path);
  if (locked) explain(met ? '' : why); // else it can be read again meanwhile
}

// Whatever keeps us from the fields may pass without a word: a file that is back as it was changes nothing.
let later;
function askAgain() {
  clearTimeout(later);
  later = setTimeout(catchUp, AGAIN);
}

async function unlock() {
  locked = false;
  warn('');
  versions.hidden = true;
  versions.replaceChildren();
  if (!form) {
    location.reload(); // it began without fields
    return;
  }
  form.toggleAttribute('inert', document.body.hasAttribute('data-read-only'));
  await refill();
}

// Saves what was typed, and waits for what is on its way: a button pressed meanwhile still counts.
async function settle() {
  clearTimeout(timer);
  await save();
  while (sending) await new Promise((done) => { setTimeout(done, 20); });
}

async function act(change) {
  await settle();
  if (conflict) return false;
  const { ok, data } = await post(address, { digest: state.digest, changes: [change] });
  if (!ok) {
    if (data.conflict) showConflict(data.conflict);
    else say(data.refused);
    return false;
  }
  accept(data);
  if (waiting.size) await save();
  else rest();
  await hearRest(data);
  return true;
}

// A talking point that is ready is no draft any more: its line goes, and all that is made begins.
async function makeReady() {
  await act({ op: 'remove', path: ['draft'], was: known('draft') });
}

// What is taken back may make it a draft again.
function showDraft() {
  for (const part of root.querySelectorAll('[data-draft], [data-ready]')) part.hidden = known('draft') !== 'true';
}

function accept(data) {
  following.seen(data.version);
  if (!data.state.readable) {
    const [first] = data.state.problems;
    lock(first ? `${words.locked} ${sentence(first)}.` : words.locked);
    return;
  }
  state = data.state;
  if (locked) unlock();
  if (!form) return;
  panes.languages = data.languages;
  panes.renew(); // first: the page is on its way while the fields are brought up to date
  showValues();
  showDraft();
  showProblems();
  showCounts();
  for (const way of ['undo', 'redo']) {
    root.querySelector(`[data-${way}]`)?.toggleAttribute('disabled', !state[way]);
  }
  badge(data);
}

// Asks for what we were told of while we were sending, unless it was what we sent.
async function hearRest({ version }) {
  if (behind > Number(version)) await catchUp();
  else behind = 0;
}

// ---- showing what the server knows, never over what someone is typing

// The caret stays between the same letters when words come in before or behind it.
function replaceText(control, text) {
  const { value, selectionStart: caret } = control;
  control.value = text;
  if (control !== document.activeElement || caret === null || caret === undefined) return;
  let same = 0;
  while (same < caret && value[same] === text[same]) same += 1;
  const place = same === caret ? caret : Math.max(same, text.length - (value.length - caret));
  control.setSelectionRange(place, place);
}

// What is on its way is no less somebody's than what waits.
const isTyped = (path) => waiting.has(path) || flying.some((change) => change.path.join('.') === path);

function showTitle(words) {
  root.querySelector('[data-title]').textContent = words || root.dataset.name;
}

function showValues() {
  for (const control of form.querySelectorAll('[data-path], [data-list]')) {
    const path = nameOf(control);
    if (isTyped(path)) continue;
    const value = known(path);
    if (control.dataset.list) control.checked = (value ?? []).includes(control.value);
    else if (control.dataset.yes) control.checked = value === control.dataset.yes;
    else if (control.type === 'radio') control.checked = control.value === value;
    else if (control.hasAttribute('data-lines')) {
      if (JSON.stringify(controlValue(control)) !== JSON.stringify(value ?? [])) {
        replaceText(control, (value ?? []).join('\n'));
      }
    } else if (controlValue(control) !== (value ?? '')) replaceText(control, value ?? '');
  }
  if (!isTyped(root.dataset.titleOf)) showTitle(known(root.dataset.titleOf));
  arrange();
}

// What people are asked to do, in their language, where the page has words for it.
const asked = ({ field, code }) => words.plain[`${code} ${field.replace(/\.\d+/g, '.*')}`];

const sentence = ({ message, hint }) => [message, hint].filter(Boolean).join(' – ');

function showProblems() {
  const places = new Map(
    [...root.querySelectorAll('[data-problems-of]')].map((list) => [list.dataset.problemsOf, list]),
  );
  places.forEach((list) => list.replaceChildren());
  for (const field of root.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  for (const problem of state.problems) {
    let path = problem.field;
    while (path && !places.has(path)) path = path.includes('.') ? path.replace(/\.[^.]*$/, '') : '';
    const item = document.createElement('li');
    item.className = `field-problem ${problem.todo ? 'todo' : problem.severity}`;
    const kind = document.createElement('span');
    kind.className = 'severity';
    kind.textContent = problem.todo ? words.todo : words[problem.severity];
    const told = document.createElement('span');
    const plain = asked(problem) ?? (problem.todo && words.nothing);
    told.textContent = plain || sentence(problem);
    item.append(kind, ' ', told);
    places.get(path)?.append(item);
    // What is wrong is in sight, in whatever fold it stands.
    if (problem.severity === 'error' && !problem.todo && !asked(problem)) places.get(path)?.closest('details')?.setAttribute('open', '');
    if (problem.todo) continue; // nobody is told off for what is not written yet
    const control = form?.querySelector(`[id="f-${CSS.escape(problem.field)}"]`);
    if (problem.severity === 'error') control?.setAttribute('aria-invalid', 'true');
  }
}

function showCounts() {
  for (const line of root.querySelectorAll('[data-count-of]')) {
    const found = state.counts[line.dataset.countOf];
    if (!found) continue;
    line.querySelector('output').textContent = `${found.count} / ${found.limit}`;
    line.querySelector('.meter span').style.inlineSize =
      `${Math.min(100, (100 * found.count) / found.limit)}%`;
    line.classList.toggle('over', found.count > found.limit);
  }
}

// Shows the fields that belong to a choice, and the sentence about it.
function arrange() {
  const chosen = (path) => {
    const radio = form.querySelector(`[data-path="${path}"][type=radio]:checked`);
    return (radio ?? form.querySelector(`[data-path="${path}"]:not([type=radio])`))?.value ?? '';
  };
  for (const part of form.querySelectorAll('[data-when]')) {
    const filled = [...part.querySelectorAll('[data-path]')].some((one) => known(nameOf(one)));
    part.hidden = !part.dataset.values.split(' ').includes(chosen(part.dataset.when)) && !filled;
  }
  for (const text of form.querySelectorAll('[data-explains]')) {
    text.hidden = chosen(text.dataset.explains) !== text.dataset.value;
  }
}

// ---- conflicts

function showConflict(found) {
  conflict = found;
  const box = root.querySelector('[data-conflict]');
  const path = found.path.join('.');
  const mine = waiting.get(path)?.value ?? known(path);
  const shown = (value) =>
    value === null || value === '' ? words.empty : typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  box.querySelector('[data-theirs]').textContent = shown(found.theirs);
  box.querySelector('[data-mine]').textContent = shown(mine);
  box.querySelector('[data-difference]').replaceChildren(
    ...difference(shown(found.theirs), shown(mine)),
  );
  box.hidden = false; // in sight and announced; the focus stays where someone may be typing
}

root.querySelector('[data-conflict]').addEventListener('click', async (event) => {
  const take = event.target.closest('[data-take]')?.dataset.take;
  if (!take) return;
  const path = conflict.path.join('.');
  if (take === 'theirs') waiting.delete(path);
  else if (waiting.has(path)) waiting.get(path).was = conflict.theirs;
  state.digest = conflict.digest;
  showValues(); // at once: who types on now must see what is taken to have been seen
  conflict = undefined;
  root.querySelector('[data-conflict]').hidden = true;
  await catchUp();
  if (waiting.size) await save();
  else rest();
  form.querySelector(`[id="f-${CSS.escape(path)}"]`)?.focus();
});

// ---- changes from elsewhere

// Who asks while an answer is on its way waits for the next one: nobody goes on with old news.
let wanted = false;
let catching;

async function catchOnce() {
  const begun = epoch;
  behind = 0;
  const answer = await ask(`${address}/state`).catch(() => undefined);
  if (answer?.status === 404) lock(words.gone);
  if (!answer?.ok) {
    if (locked) askAgain();
    return;
  }
  const data = await answer.json();
  if (sending) {
    behind = Infinity; // what is being sent brings an answer of its own, and then we ask again
    return;
  }
  if (begun !== epoch) {
    wanted = true; // the answer is older than what we sent since
    return;
  }
  const news = data.state.readable && data.state.digest !== state.digest;
  const before = locked;
  const parts = form && data.state.readable && lengths(data.state.values) !== lengths(state.values);
  // A change that waits keeps the value that its author saw: the server compares when it is saved.
  accept(data);
  if (parts) await refill();
  if (news) say(words.merged);
  if (before && !locked) {
    if (waiting.size) save(); // it waits for us itself, when it asks for what came since
    else rest();
  }
}

// Lists whose items have fields of their own are drawn anew when they grew or shrank.
const lengths = (values) =>
  JSON.stringify(Object.values(values).map((value) => (Array.isArray(value) ? value.length : 0)));

function catchUp() {
  wanted = true;
  catching ??= (async () => {
    while (wanted) {
      wanted = false;
      await catchOnce().catch(askAgain); // the studio went away meanwhile
    }
    catching = undefined;
  })();
  return catching;
}

const following = follow(async (told) => {
  behind = Math.max(behind, told.version);
  if (!sending) await catchUp();
});

// ---- lists

async function refill() {
  for (const part of form.querySelectorAll('[data-part]')) {
    const fresh = part.cloneNode(false);
    if (await fill(fresh, `${address}/${part.dataset.part}`)) morph(part, fresh);
  }
  showValues();
  showProblems();
}

const today = () => new Date().toLocaleDateString('sv'); // Swedish dates are ISO 8601

// Fills in what a new item or record begins with.
function filled(fresh, number = 1) {
  const fill = ([key, text]) =>
    [key, typeof text === 'string' ? text.replace('%(number)s', number).replace('%(today)s', today()) : text];
  return Object.fromEntries(Object.entries(fresh).map(fill));
}

// Adds an item to a list; the form says what a new one holds, with a number that none has yet.
async function add(path, fresh) {
  const list = known(path) ?? [];
  const taken = new Set(list.map((item) => item.id));
  let number = list.length + 1;
  while (fresh.id && taken.has(fresh.id.replace('%(number)s', number))) number += 1;
  const value = filled(fresh, number);
  if (!await act({ op: 'insert', path: steps(path), place: list.length, value, was: known(path) })) return;
  await refill();
  form.querySelector(`[data-path^="${path}.${list.length}."]`)?.focus();
}

form?.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.add) await add(button.dataset.add, JSON.parse(button.dataset.new));
  if (button.dataset.put) {
    const path = button.dataset.put;
    const value = filled(JSON.parse(button.dataset.new));
    if (await act({ op: 'set', path: steps(path), value, was: known(path) })) await refill();
    form.querySelector(`[data-path^="${path}."]`)?.focus();
  }
  if (button.dataset.remove) {
    const path = steps(button.dataset.remove);
    // An item is known by the list that it is in, a record by itself.
    const holder = path.length > 1 ? path.slice(0, -1) : path;
    if (await act({ op: 'remove', path, was: known(holder.join('.')) })) await refill();
  }
  if (button.hasAttribute('data-cite')) cite(button.closest('[data-item]'));
});

const { cite } = sources(form);

// ---- steps back and forth

async function take(way) {
  await settle();
  if (conflict || waiting.size) return;
  stay += 1;
  if (!state[way]) {
    say(words.none[way]);
    return;
  }
  const { ok, data } = await post(`${address}/${way}`, {});
  if (!ok) {
    say(data.refused);
    return;
  }
  accept(data);
  await hearRest(data);
  await refill();
  reveal(data.field, words[way]);
}

// Shows what a step has changed: people see it happen, and read its name.
function reveal(field, said) {
  for (let end = field.length; end > 0; end -= 1) {
    const path = CSS.escape(field.slice(0, end).join('.'));
    const part = form.querySelector(`[data-field="${path}"], [data-item="${path}"], [data-part="${path}"]`);
    if (!part) continue;
    part.closest('details')?.setAttribute('open', '');
    const name = part.querySelector('summary, label, legend') ?? part.closest('section')?.querySelector('h2');
    say(said.replace('%(name)s', name.firstChild.textContent.trim()));
    part.scrollIntoView({ block: 'center' });
    part.querySelector('textarea, input, select')?.focus({ preventScroll: true });
    part.classList.remove('flash');
    requestAnimationFrame(() => part.classList.add('flash'));
    return;
  }
  say(words.stepped);
}

for (const way of ['undo', 'redo']) {
  root.querySelector(`[data-${way}]`)?.addEventListener('click', () => take(way));
}

// The browser's own undo knows nothing of what came into a field from elsewhere: it would put
// pieces of two texts together. So its keys and its menu mean our steps.
function wayOf(event) {
  if (event.type === 'beforeinput') {
    return { historyUndo: 'undo', historyRedo: 'redo' }[event.inputType];
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) return 'redo';
  return key === 'z' ? 'undo' : undefined;
}

function takeInstead(event) {
  const way = nameOf(event.target) && wayOf(event);
  if (!way) return;
  event.preventDefault();
  take(way);
}

// What an earlier tab could not save is put into its fields and saved now, if nobody wrote there.
function bringBack(changes) {
  const found = new Map();
  const left = changes.filter(({ path }) => waiting.has(path.join('.')));
  for (const change of changes) {
    if (left.includes(change)) continue;
    const path = change.path.join('.');
    found.set(path, { ...change, was: found.get(path)?.was ?? change.was });
  }
  for (const [path, change] of found) {
    waiting.set(path, change);
    for (const control of form.querySelectorAll(`[data-path="${CSS.escape(path)}"], [data-list="${CSS.escape(path)}"]`)) {
      if (control.dataset.list) control.checked = change.value.includes(control.value);
      else if (control.dataset.yes) control.checked = change.value === control.dataset.yes;
      else if (control.type === 'radio') control.checked = control.value === change.value;
      else replaceText(control, change.value);
    }
  }
  if (found.size) {
    kept.keep(everythingUnsaved());
    say(words.recalled);
    arrange();
    tell(locked ? 'unsaved' : 'saving');
    save();
  }
  return left;
}

// ---- start

if (form) {
  form.addEventListener('input', notice);
  form.addEventListener('change', notice);
  form.addEventListener('keydown', takeInstead);
  form.addEventListener('beforeinput', takeInstead);
  form.addEventListener('beforeinput', setApart);
  form.addEventListener('apart', endStep);
  form.addEventListener('focusout', endStep);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('beforeunload', (event) => {
    if (waiting.size || sending) event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && save());
  pictures(form, { act, known, refill, listValue });
  root.querySelector('[data-ready]')?.addEventListener('click', makeReady);
  arrange();
  showCounts();
  if (root.querySelector('[data-panes]')) panes.start(root, address);
  kept.recall(bringBack);
  // What was begun just now is written first.
  if (known('draft') === 'true' && !known('body')) form.querySelector('[id="f-body"]')?.focus();
  // Who began to type before this script ran is heard as well.
  if (form.contains(document.activeElement)) notice({ target: document.activeElement, type: 'input' });
}
showProblems();
if (!state.readable) accept({ state, version: document.body.dataset.version });
versions.addEventListener('settled', catchUp);

// A link to a field, as the calendar has them, opens the fold that it stands in.
const linked = location.hash.startsWith('#f-') && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (linked) {
  linked.closest('details')?.setAttribute('open', '');
  linked.focus();
}
