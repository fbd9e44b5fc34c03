// Tools above a text: they change the selection the way typing would, so the editor saves it and
// takes it back like typing. One tab stop for the whole row; arrows move within it.
import { words } from './studio.js';

const WRAPS = { bold: '**', italic: '*' };
const LINES = { heading: '## ', list: '- ', quote: '> ' };

// What a tool writes is a step of its own: what was typed before it ends there, and what comes after it.
export function insert(area, text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  area.dispatchEvent(new Event('apart', { bubbles: true }));
  document.execCommand('insertText', false, text);
  area.dispatchEvent(new Event('apart', { bubbles: true }));
}

function wrap(area, mark) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  const inside = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark;
  if (inside) {
    insert(area, chosen, from - mark.length, to + mark.length);
    area.setSelectionRange(from - mark.length, to - mark.length);
  } else {
    insert(area, mark + chosen + mark, from, to);
    area.setSelectionRange(from + mark.length, to + mark.length);
  }
}

function prefix(area, mark) {
  const { value } = area;
  const from = value.lastIndexOf('\n', area.selectionStart - 1) + 1;
  const end = value.indexOf('\n', Math.max(area.selectionEnd, from));
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith(mark));
  const text = lines.map((line) => (all ? line.slice(mark.length) : mark + line)).join('\n');
  insert(area, text, from, to);
  area.setSelectionRange(from, from + text.length);
}

function link(area) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const address = prompt(words.address, 'https://');
  if (!address) return;
  insert(area, `[${value.slice(from, to) || address}](${address})`, from, to);
}

function cite(area) {
  const names = [...document.querySelectorAll('[data-cite]')].map((one) => one.dataset.cite).filter(Boolean);
  const name = names.length === 1 ? names[0] : prompt(`${words.which} ${names.join(', ')}`, names[0] ?? '');
  if (name) insert(area, ` [^${name}]`, area.selectionEnd, area.selectionEnd);
}

function apply(mark, area) {
  if (WRAPS[mark]) wrap(area, WRAPS[mark]);
  else if (LINES[mark]) prefix(area, LINES[mark]);
  else if (mark === 'link') link(area);
  else if (mark === 'source') cite(area);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-mark]');
  if (button) apply(button.dataset.mark, document.getElementById(button.dataset.for));
});

document.addEventListener('keydown', (event) => {
  const button = event.target.closest?.('[data-mark]');
  if (button && ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) {
    const row = [...button.parentElement.querySelectorAll('[data-mark]')];
    const turned = getComputedStyle(button).direction === 'rtl' ? -1 : 1;
    const step = { ArrowLeft: -turned, ArrowRight: turned }[event.key];
    const place = step ? (row.indexOf(button) + step + row.length) % row.length : event.key === 'Home' ? 0 : row.length - 1;
    row.forEach((one) => { one.tabIndex = -1; });
    row[place].tabIndex = 0;
    row[place].focus();
    event.preventDefault();
  }
  const area = event.target.closest?.('[data-markdown]');
  if (area && (event.ctrlKey || event.metaKey) && !event.altKey) {
    const mark = { b: 'bold', i: 'italic', k: 'link' }[event.key];
    if (mark) {
      event.preventDefault();
      apply(mark, area);
    }
  }
});
