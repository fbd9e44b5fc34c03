// Takes pictures in: chosen, or dropped anywhere on the page. The studio decodes one and stores it
// anew; the file that is written ticks it at once.
import { ask, campaign, words } from './studio.js';

const NOTES = ['alt', 'source', 'licence', 'consent'];

export function pictures(form, { act, known, refill }) {
  const part = (name) => form.querySelector(name);
  const hasFiles = (event) => [...event.dataTransfer?.types ?? []].includes('Files');

  function look() {
    const image = part('[data-upload-look] img');
    const [file] = part('#u-file').files;
    if (image.src) URL.revokeObjectURL(image.src);
    if (file) image.src = URL.createObjectURL(file);
    part('[data-upload-look]').hidden = !file;
  }

  // What is dropped waits in the form until it is said what it shows.
  function offer(files) {
    const file = [...files].find((one) => one.type.startsWith('image/') || /\.hei[cf]$/i.test(one.name));
    if (!file || !part('#u-file')) return;
    const one = new DataTransfer();
    one.items.add(file);
    part('#u-file').files = one.files;
    part('[data-uploading]').open = true;
    part('[data-upload-done]').textContent = '';
    look();
    part('#u-alt').focus();
    part('[data-uploading]').scrollIntoView({ block: 'center' });
  }

  addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // or the browser leaves the page for the file
    offer(event.dataTransfer.files);
  });
  form.addEventListener('paste', (event) => {
    if (event.clipboardData?.files.length) offer(event.clipboardData.files);
  });
  form.addEventListener('change', ({ target }) => target.id === 'u-file' && look());

  form.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-send]');
    if (!button) return;
    const line = part('[data-upload-state]');
    const [file] = part('#u-file').files;
    const notes = new URLSearchParams({ name: file?.name ?? '' });
    for (const name of NOTES) notes.set(name, part(`#u-${name}`).value);
    button.disabled = true;
    const answer = await ask(`/c/${campaign}/media?${notes}`, {
      method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file ?? '',
    }).catch(() => undefined);
    button.disabled = false;
    const data = answer ? await answer.json() : { refused: words.offline };
    line.textContent = data.refused ?? '';
    if (!answer?.ok) return;
    for (const name of ['file', ...NOTES]) part(`#u-${name}`).value = '';
    look();
    part('[data-uploading]').open = false;
    const value = [...known('media') ?? [], data.name];
    const ticked = await act({ op: 'set', path: ['media'], value, was: known('media') });
    await refill();
    if (ticked) part('[data-upload-done]').textContent = data.said;
    part('[data-upload-done]').scrollIntoView({ block: 'nearest' });
  });
}
