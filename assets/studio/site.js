// The site in a frame of any width, renewed while people work on it.
import { campaign, follow } from './studio.js';

const root = document.querySelector('[data-site]');
const frame = root.querySelector('[data-frame]');
const stage = frame.parentElement;
let width = 1280;

function fit() {
  const scale = Math.min(1, stage.clientWidth / width);
  frame.style.inlineSize = `${width}px`;
  frame.style.blockSize = `${stage.clientHeight / scale}px`;
  frame.style.transform = `scale(${scale})`;
  frame.style.marginInlineStart = `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`;
}

const inside = () => frame.contentWindow.location.pathname;

frame.addEventListener('load', () => {
  root.querySelector('[data-address]').textContent = inside().replace(`/out/${campaign}/`, '');
  root.querySelector('[data-open]').href = inside();
  const tag = inside().split('/')[4];
  const select = root.querySelector('[data-language]');
  if ([...select.options].some((one) => one.value === tag)) select.value = tag;
});
root.querySelector('[data-language]').addEventListener('change', (event) => {
  const parts = inside().split('/');
  parts[4] = event.target.value;
  frame.contentWindow.location.assign(parts.length > 5 ? parts.join('/') : `/out/${campaign}/site/${event.target.value}/`);
});
root.addEventListener('click', (event) => {
  const button = event.target.closest('[data-width]');
  if (!button) return;
  width = Number(button.dataset.width);
  for (const one of root.querySelectorAll('[data-width]')) {
    one.setAttribute('aria-pressed', String(one === button));
  }
  fit();
});
follow(() => frame.contentWindow.dispatchEvent(new Event('renew')));
new ResizeObserver(fit).observe(stage);
fit();
