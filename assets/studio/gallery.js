// The wall of cards: surround, safe areas, enlarging.
import './page.js';

const dialog = () => document.querySelector('[data-zoomed]');
let place = 0;

const pictures = () => [...document.querySelectorAll('[data-zoom] img')];

function show(step) {
  const all = pictures();
  place = (place + step + all.length) % all.length;
  const picture = all[place];
  dialog().querySelector('[data-big]').src = picture.src;
  dialog().querySelector('[data-caption]').textContent =
    picture.closest('figure').querySelector('figcaption').textContent.trim();
  const save = dialog().querySelector('[data-save]');
  save.href = picture.dataset.plain;
  const [, , , design, language, subject, format] = new URL(picture.src).pathname.split('/');
  save.download = `${subject}-${language}-${design}-${format}.png`;
}

document.addEventListener('click', (event) => {
  const zoom = event.target.closest('[data-zoom]');
  if (zoom) {
    place = pictures().indexOf(zoom.querySelector('img'));
    show(0);
    dialog().showModal();
  }
  const step = event.target.closest('[data-step]');
  if (step) show(Number(step.dataset.step));
  const surround = event.target.closest('[data-surround]');
  if (surround) {
    document.body.classList.toggle('dark-wall', surround.dataset.surround === 'dark');
    for (const one of document.querySelectorAll('[data-surround]')) {
      one.setAttribute('aria-pressed', String(one === surround));
    }
  }
});

document.addEventListener('keydown', (event) => {
  if (!dialog()?.open) return;
  const turned = getComputedStyle(document.body).direction === 'rtl' ? -1 : 1;
  if (event.key === 'ArrowRight') show(turned);
  if (event.key === 'ArrowLeft') show(-turned);
});

function lines() {
  const shown = document.querySelector('[data-lines]')?.checked;
  for (const picture of pictures()) picture.src = picture.dataset.plain + (shown ? '&lines' : '');
}
document.addEventListener('change', (event) => event.target.matches('[data-lines]') && lines());
document.addEventListener('renewed', () => document.querySelector('[data-lines]')?.checked && lines());

// A card that cannot be drawn and a film that cannot be made say why.
document.addEventListener('error', async (event) => {
  const frame = event.target.closest?.('[data-zoom], .wall video');
  if (!frame || event.target.dataset.told) return;
  event.target.dataset.told = 'yes';
  const answer = await fetch(event.target.src);
  const told = document.createElement('p');
  told.className = 'field-problem error';
  told.lang = 'en';
  told.textContent = answer.ok ? '' : (await answer.json()).refused;
  frame.replaceWith(told);
}, true);
