// What becomes of a file while it is written: the page at two widths, and other panes.
import { ask, fill, words } from './studio.js';

let root;
let address;
let shown = 'page';
let width = 390;
let renewing = false;
let again = false;
let seen = ''; // address of the page in the frame

const pane = (name) => root.querySelector(`[data-pane-of="${name}"]`);
const language = () => root.querySelector('[data-language]').value;

// The page is drawn at its real width and scaled to fit, as a photo of a screen would be.
function fit() {
  const frame = root.querySelector('[data-frame]');
  const stage = frame.parentElement;
  const scale = Math.min(1, stage.clientWidth / width);
  frame.style.inlineSize = `${width}px`;
  frame.style.blockSize = `${stage.clientHeight / scale}px`;
  frame.style.transform = `scale(${scale})`;
  frame.style.marginInlineStart = `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`;
}

async function page() {
  const frame = root.querySelector('[data-frame]').contentWindow;
  if (seen && frame.location.pathname === seen && seen.includes(`/site/${language()}/`)) {
    frame.dispatchEvent(new frame.Event('renew')); // it asks at once: a message waits for its turn
    return true;
  }
  // A talking point that was started a moment ago has no page yet: asked for, that is no error.
  const answer = await ask(`${address}/page?language=${language()}`);
  const wanted = answer.ok && (await answer.json()).address;
  if (wanted) frame.location.replace(wanted);
  seen = wanted || '';
  return Boolean(wanted);
}

async function show() {
  for (const one of root.querySelectorAll('[data-pane-of]')) one.hidden = one.dataset.paneOf !== shown;
  root.querySelector('[data-widths]').hidden = shown !== 'page';
  const there = shown === 'page'
    ? await page()
    : await fill(pane(shown), `${address}/${shown}?language=${language()}`);
  pane(shown).hidden = !there;
  root.querySelector('[data-pane-empty]').hidden = there;
  if (shown === 'page') fit();
  const state = panes.languages.find((one) => one[0] === language());
  const line = root.querySelector('[data-translation]');
  const lacking = state?.[2] ?? undefined;
  if (lacking === undefined) line.textContent = '';
  else line.textContent = lacking ? words.missing.replace('%(count)s', lacking) : words.complete;
  line.classList.toggle('warn', Boolean(state?.[2]));
}

export const panes = {
  languages: [],
  // Renews what is shown; while it is being renewed, further wishes become one.
  async renew() {
    if (!root) return;
    if (renewing) {
      again = true;
      return;
    }
    renewing = true;
    await show().catch(() => undefined); // the studio is away: the next change is shown again
    renewing = false;
    if (again) {
      again = false;
      await panes.renew();
    }
  },
  start(element, where) {
    root = element;
    address = where;
    root.querySelector('[data-panes]').addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button?.dataset.pane) {
        shown = button.dataset.pane;
        for (const one of root.querySelectorAll('[data-pane]')) {
          one.setAttribute('aria-pressed', String(one === button));
        }
        panes.renew();
      }
      if (button?.dataset.width) {
        width = Number(button.dataset.width);
        for (const one of root.querySelectorAll('[data-width]')) {
          one.setAttribute('aria-pressed', String(one === button));
        }
        fit();
      }
    });
    root.querySelector('[data-language]').addEventListener('change', () => panes.renew());
    new ResizeObserver(fit).observe(root.querySelector('.stage'));
    ask(`${where}/state`).then((answer) => answer.json()).then((data) => {
      panes.languages = data.languages;
      panes.renew();
    });
  },
};
