// The words of an alert: how far they are approved is shown anew after each change.
import { morph } from './morph.js';
import { ask, follow } from './studio.js';

const shown = document.querySelector('[data-approval]');

follow(async () => {
  const answer = await ask(shown.dataset.approval);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const young = shown.cloneNode(false);
  young.append(...fresh.body.childNodes);
  morph(shown, young);
});
