// The calendar: a post is dragged to another day, moved with the keyboard through a dialog, or
// said to be posted.
import { campaign, me, remember, say, send } from './studio.js';
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
    dialog().querySelectorAll('[data-refused]').forEach((one) => { one.textContent = ''; });
    dialog().querySelector('[data-moving]').hidden = slot.hasAttribute('data-again'); // it follows the first
    const { post: name, weeks } = dialog().querySelector('[data-repeating]').elements;
    name.value = post;
    weeks.value = slot.dataset.weeks;
    dialog().showModal();
  }
  if (button?.hasAttribute('data-free')) {
    dialog().close();
    const refused = await move(post, '');
    if (refused) say(refused);
  }
});

// ---- what a person has posted by hand

document.addEventListener('click', (event) => {
  const slot = event.target.closest('button[data-posted]')?.closest('[data-post]');
  if (!slot) return;
  const form = document.querySelector('[data-posting]');
  const { post: hidden, day, link } = form.elements;
  const planned = slot.dataset.moment.slice(0, 10);
  hidden.value = slot.dataset.post;
  day.value = planned < day.max ? planned : day.max;
  link.value = '';
  form.querySelector('[data-what]').textContent = slot.querySelector('.slot-fact').textContent;
  form.querySelector('[data-refused]').textContent = '';
  form.querySelector('[data-asks-name]').hidden = Boolean(me().by);
  form.closest('dialog').showModal();
  link.focus();
});
// Before the form is sent: the name goes with what is sent.
document.addEventListener('submit', (event) => {
  const name = event.target.matches('[data-posting]') && document.getElementById('po-by').value.trim();
  if (name && !me().by) remember(name);
}, true);

document.addEventListener('submit', async (event) => {
  if (!event.target.matches('[data-moving]')) return;
  event.preventDefault();
  const refused = await move(post, event.target.elements.moment.value);
  dialog().querySelector('[data-refused]').textContent = refused;
  if (!refused) dialog().close();
});
