// The number of problems at the top: it says what the page below it says, at any time.
import { ask, campaign } from './studio.js';

let asking;
let again = false;

const isShown = (numbers) => {
  const { dataset } = document.querySelector('.tools [data-badge]') ?? {};
  return ['errors', 'warnings', 'notes'].every((kind) => dataset?.[kind] === String(numbers[kind]));
};

// Who was told the numbers of problems gives them: while they stay, nothing is asked.
export async function badge(numbers) {
  if (asking) {
    again = true; // it may be answered with older ones
    return;
  }
  if (numbers && isShown(numbers)) return;
  asking = ask(`/c/${campaign}/badge`).then((answer) => (answer.ok ? answer.text() : ''), () => '');
  const told = await asking;
  asking = undefined;
  const fresh = new DOMParser().parseFromString(told, 'text/html').querySelector('[data-badge]');
  const old = document.querySelector('.tools [data-badge]');
  if (fresh && old && old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
  if (again) {
    again = false;
    await badge();
  }
}
