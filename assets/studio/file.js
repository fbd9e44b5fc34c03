// A whole file as text: saved when its author says so, never over what someone else saved.
import { badge } from './badge.js';
import { campaign, fill, follow, say, send, words } from './studio.js';
import { unsent } from './unsent.js';
import { showVersions } from './versions.js';

const root = document.querySelector('.file');
const area = document.getElementById('whole');
const line = root.querySelector('[data-state]');
let { digest } = root.dataset;
let saved = area.value;
const kept = unsent(`/c/${campaign}/file?path=${root.dataset.path}`);
const versions = root.querySelector('[data-versions]');
let rest = 'saved'; // what is said of a file that is saved as it stands here

function tell(which) {
  line.textContent = words[which];
  line.dataset.kind = which;
}

async function saveOnce() {
  tell('saving');
  const text = area.value;
  const address = `/c/${campaign}/file`;
  const { ok, data } = await send(address, { path: root.dataset.path, text, digest });
  if (ok) {
    digest = data.digest;
    saved = text;
    keep();
    const wrong = data.problems.some((one) => one.severity === 'error');
    rest = wrong ? 'wrong' : 'saved';
    tell(area.value === saved ? rest : 'unsaved');
    const fresh = document.createElement('div');
    await fill(fresh, location.href);
    root.querySelector('[data-own]').replaceChildren(...fresh.querySelector('[data-own]').childNodes);
    badge();
    return;
  }
  tell('unsaved');
  if (!data.conflict) {
    say(data.refused);
    return;
  }
  digest = data.conflict.digest;
  dispute(data.conflict.theirs).querySelector('button').focus();
}

function dispute(theirs) {
  const box = root.querySelector('[data-conflict]');
  box.querySelector('[data-theirs]').textContent = theirs;
  box.hidden = false;
  return box;
}

// What is not saved outlives the tab.
const keep = () => kept.keep(area.value === saved ? [] : [{ was: saved, text: area.value }]);

// One after the other: a second save must know the digest that the first one brings.
let turn = Promise.resolve();
function save() {
  turn = turn.then(saveOnce, saveOnce);
}

root.querySelector('[data-save]')?.addEventListener('click', save);
root.querySelector('[data-take]').addEventListener('click', () => {
  area.value = root.querySelector('[data-theirs]').textContent;
  saved = area.value;
  keep();
  root.querySelector('[data-conflict]').hidden = true;
  tell('saved');
});
area.addEventListener('input', () => {
  tell(area.value === saved ? rest : 'unsaved');
  keep();
});
area.readOnly = document.body.hasAttribute('data-read-only'); // before, nobody would have heard what is typed
document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 's') {
    event.preventDefault();
    save();
  }
});
addEventListener('beforeunload', (event) => area.value !== saved && event.preventDefault());

const wanted = Number(root.dataset.line);
if (wanted) {
  const lines = area.value.split('\n');
  const from = lines.slice(0, wanted - 1).join('\n').length + (wanted > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[wanted - 1] ?? '').length);
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, wanted - 6);
}

// Where two versions met, somebody chooses above the text; then it is shown as it is in the file.
versions.addEventListener('settled', async () => {
  const fresh = document.createElement('div');
  await fill(fresh, location.href);
  const text = fresh.querySelector('#whole').value;
  digest = fresh.querySelector('.file').dataset.digest;
  if (area.value === saved) area.value = text;
  else dispute(text);
  saved = text;
  tell(area.value === saved ? rest : 'unsaved');
  showVersions(versions, root.dataset.path);
  badge();
});
follow(() => showVersions(versions, root.dataset.path));
showVersions(versions, root.dataset.path);

// What an earlier tab did not save is there again; nothing is saved until somebody says so.
kept.recall((found) => {
  for (const { was, text } of found) {
    if (text === saved) continue;
    if (was !== saved) dispute(saved);
    area.value = text;
    keep();
    tell('unsaved');
    say(words.recalled);
  }
  return [];
});
