// The calendar: a post is dragged to another day, or moved with the keyboard through a dialog.
import { campaign, say, send } from './studio.js';
import './page.js';

const address = `/c/${campaign}/calendar`;
const dialog = () => document.getElementById('move');
let post;

async function move(name, moment) {
  const { ok, data } = await send(address, { post: name, moment });
  if (ok) document.dispatchEvent(new Event('renew'));
  return ok ? '' : data.refused;
}

document.addEventListener('dragstart', (event) => {
  const slot = event.target.closest?.('[data-post]');
  if (!slot) return;
  event.dataTransfer.setData('text/plain', JSON.stringify([slot.dataset.post, slot.dataset.moment]));
  event.dataTransfer.effectAllowed = 'move';
});
document.addEventListener('dragover', (event) => {
  const day = event.target.closest?.('[data-day]');
  for (const one of document.querySelectorAll('[data-day]')) one.classList.toggle('over', one === day);
  if (day) event.preventDefault();
});
document.addEventListener('drop', async (event) => {
  const day = event.target.closest?.('[data-day]');
  if (!day) return;
  event.preventDefault();
  day.classList.remove('over');
  const [name, moment] = JSON.parse(event.dataTransfer.getData('text/plain'));
  if (moment.slice(0, 10) === day.dataset.day) return;
  const refused = await move(name, `${day.dataset.day}${moment.slice(10)}`);
  if (refused) say(refused);
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (button?.hasAttribute('data-move')) {
    const slot = button.closest('[data-post]');
    post = slot.dataset.post;
    dialog().querySelector('[name=moment]').value = slot.dataset.moment;
    dialog().querySelector('[data-what]').textContent = slot.querySelector('.slot-fact').textContent;
    dialog().querySelector('[data-refused]').textContent = '';
    dialog().showModal();
  }
  if (button?.hasAttribute('data-free')) {
    dialog().close();
    const refused = await move(post, '');
    if (refused) say(refused);
  }
});
document.addEventListener('submit', async (event) => {
  if (!event.target.matches('[data-moving]')) return;
  event.preventDefault();
  const refused = await move(post, event.target.elements.moment.value);
  dialog().querySelector('[data-refused]').textContent = refused;
  if (!refused) dialog().close();
});
