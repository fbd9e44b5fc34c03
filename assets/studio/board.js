// The board: approving all texts of a draft at once.
import { campaign, send } from './studio.js';
import './page.js';

const KEPT = 'stopjihad-reviewer';
let judged;

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-approve]');
  if (!button) return;
  judged = {
    texts: JSON.parse(button.dataset.approve),
    language: button.closest('[data-language]').dataset.language,
  };
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
  const dialog = document.getElementById('approve');
  for (const name of ['by', 'role']) dialog.querySelector(`[name=${name}]`).value = kept[name] ?? '';
  dialog.showModal();
});

document.addEventListener('submit', async (event) => {
  if (!event.target.matches('[data-verdict]')) return;
  event.preventDefault();
  const who = Object.fromEntries(new FormData(event.target));
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
  localStorage.setItem(KEPT, JSON.stringify({ ...kept, ...who }));
  const value = { ...judged, verdict: 'approve', kind: 'native', ...who };
  const { ok, data } = await send(`/c/${campaign}/review`, value);
  event.target.querySelector('[data-refused]').textContent = ok ? '' : data.refused;
  if (!ok) return;
  document.getElementById('approve').close();
  document.dispatchEvent(new Event('renew'));
});
