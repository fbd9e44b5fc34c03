// Sources: a short name is proposed from who published it and when, and cited as it is now. What the
// campaign cites elsewhere is known by its title or its address.
import { insert } from './markdown.js';
import { plain } from './names.js';
import { ask, campaign } from './studio.js';

const NAMED = /^source-\d+$/; // what the studio calls a source that nobody has named

// "Financial Action Task Force", 2015 becomes fatf2015; "Reuters" becomes reuters2015.
export function proposed(publisher, published) {
  const listed = publisher.split(/[\s,.()/–-]+/).filter((word) => /^[A-Z0-9]/.test(word.normalize('NFKD')));
  const acronym = listed.find((word) => /^[A-Z]{2,6}$/.test(word));
  const initials = listed.length > 2 ? listed.map((word) => word[0]).join('') : '';
  const short = plain(acronym ?? (initials || (listed[0] ?? publisher))).slice(0, 30);
  return short && `${short}${published.slice(0, 4)}`;
}

export function sources(form) {
  const control = (item, name) => item.querySelector(`[data-path$=".${name}"]`);
  const texts = () => ['body', 'alternative'].map((name) => document.getElementById(`f-${name}`)).filter(Boolean);
  const cites = (name) => texts().some((area) => area.value.includes(`[^${name}]`));
  let before = ''; // the short name when its field was entered
  let cited; // what other texts cite
  let recalling; // a source that is looked for among them: it is cited by the name that it gets

  function put(area, value) {
    area.value = value;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function show(item) {
    const { value } = control(item, 'id');
    item.querySelector('summary code').textContent = `[^${value || '?'}]`;
    item.querySelector('[data-cite]').disabled = !value;
  }

  function free(name, own) {
    const taken = new Set([...form.querySelectorAll('[data-path^="sources."][data-path$=".id"]')]
      .filter((one) => one !== own).map((one) => one.value));
    let found = name;
    for (let number = 2; taken.has(found); number += 1) found = `${name}-${number}`;
    return found;
  }

  // Only a name that nobody chose and nothing cites is replaced.
  function propose(item) {
    const id = control(item, 'id');
    const own = id.value && !NAMED.test(id.value) && id.dataset.proposed !== id.value;
    if (own || (id.value && cites(id.value))) return;
    const name = proposed(control(item, 'publisher').value, control(item, 'published').value);
    if (!name || name === id.value) return;
    id.dataset.proposed = free(name, id);
    put(id, id.dataset.proposed);
    show(item);
  }

  // What the text cites under the old name it cites under the new one.
  function renamed(item) {
    const id = control(item, 'id');
    const name = plain(id.value).slice(0, 40);
    if (name && name !== id.value) put(id, name);
    show(item);
    if (!before || !name || before === name) return;
    for (const area of texts()) {
      if (area.value.includes(`[^${before}]`)) put(area, area.value.replaceAll(`[^${before}]`, `[^${name}]`));
    }
    before = name;
  }

  // Asks once what the campaign cites: a large one cites thousands of documents.
  async function askCited() {
    const answer = await ask(`/c/${campaign}/cited-sources`).catch(() => undefined);
    const all = answer?.ok ? await answer.json() : [];
    document.getElementById('known-sources').append(...all.map(({ title, publisher }) => new Option(publisher, title)));
    return all;
  }
  const readCited = () => { cited ??= askCited(); return cited; };

  // Fills in the rest of a source that other texts of the campaign cite, where nothing stands yet.
  async function recall(item, said) {
    const found = said && (await readCited()).find(({ title, url }) => [title, url].includes(said));
    if (!found || (control(item, 'title').value && control(item, 'url').value)) return;
    for (const [name, value] of Object.entries(found)) {
      const field = control(item, name);
      if (!field) continue;
      if (field.dataset.yes) field.checked = value;
      else if (!field.value || name === 'accessed') field.value = value ?? ''; // it was read then
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    propose(item);
  }

  form?.addEventListener('focusin', ({ target }) => {
    if (target.matches('[list=known-sources]')) readCited();
    if (!target.dataset.path?.match(/^sources\.\d+\.id$/)) return;
    before = target.value;
    if (before && before === target.dataset.proposed) target.select(); // typing replaces it
  });
  form?.addEventListener('input', ({ target }) => {
    const item = target.dataset.path?.startsWith('sources.') && target.closest('[data-item]');
    if (item && target.dataset.path.endsWith('.id')) show(item);
  });
  form?.addEventListener('change', ({ target }) => {
    const item = target.dataset.path?.startsWith('sources.') && target.closest('[data-item]');
    if (!item) return;
    if (target.dataset.path.endsWith('.id')) renamed(item);
    else if (/\.(title|url)$/.test(target.dataset.path)) recalling = recall(item, target.value.trim());
    else if (/\.(publisher|published)$/.test(target.dataset.path)) propose(item);
  });

  return {
    async cite(item) {
      await recalling;
      insert(document.getElementById('f-body'), ` [^${control(item, 'id').value}]`);
    },
  };
}
