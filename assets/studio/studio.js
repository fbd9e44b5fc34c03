// Shared by the modules of the studio: asking the server, hearing from it, telling the reader.
const block = document.getElementById('words');
export const words = block ? JSON.parse(block.textContent) : {};
export const campaign = document.body.dataset.campaign;

let quiet;
export function say(text) {
  const line = document.getElementById('said');
  line.textContent = text;
  line.classList.add('shown');
  clearTimeout(quiet);
  quiet = setTimeout(() => line.classList.remove('shown'), 4000);
}

// What the studio alone can say, and no browser sends: when it ends, anybody may take its port.
const { studio } = document.documentElement.dataset;

// Who sits here: said once, kept in this browser, written beside what is saved.
const KEPT = 'stopjihad-reviewer';
export const me = () => JSON.parse(localStorage.getItem(KEPT) ?? '{}');
export function remember(by) {
  localStorage.setItem(KEPT, JSON.stringify({ ...me(), by }));
}

// Asks the studio in the language of this page, whatever another tab has chosen since. The answer is
// here as a whole: what a studio that is killed begins to say is no answer.
export async function ask(address, { headers, ...options } = {}) {
  const own = { 'interface-language': document.documentElement.lang };
  if (me().by) own.author = encodeURIComponent(me().by);
  const answer = await fetch(address, { ...options, headers: { ...headers, ...own } });
  if (answer.headers.get('studio') !== studio) throw new Error(words.offline);
  return new Response(answer.body && await answer.blob(), answer);
}

// Sends JSON; gives { ok, status, data }. An unreachable studio has status 0.
export async function send(address, value) {
  try {
    const answer = await ask(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });
    const isJson = answer.headers.get('content-type') === 'application/json';
    const data = isJson ? await answer.json() : { refused: await answer.text() };
    return { ok: answer.ok, status: answer.status, data };
  } catch (error) {
    return { ok: false, status: 0, data: { refused: words.offline ?? String(error) } };
  }
}

// A browser keeps few connections to one host: a page has one stream, and only while it is seen. It
// comes back by itself, but not once it was refused: by a studio started again, until that is opened.
const AGAIN = 1000; // milliseconds
const hearers = [];
let stream;
function listen() {
  stream?.close();
  if (document.visibilityState === 'hidden') return;
  stream = new EventSource(`/events/${campaign}`);
  stream.addEventListener('error', ({ target }) => {
    if (target.readyState === EventSource.CLOSED) setTimeout(() => target === stream && listen(), AGAIN);
  });
  stream.addEventListener(studio, (event) => {
    const told = JSON.parse(event.data);
    hearers.forEach((hear) => hear(told));
  });
}

// Calls back whenever the studio tells of the campaign.
export function hearAll(hear) {
  hearers.push(hear);
  if (hearers.length > 1) return;
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => stream?.close());
  listen();
}

// Calls back when something of the campaign changed since the page was made.
export function follow(hear) {
  let version = document.body.dataset.version;
  hearAll((told) => {
    const before = version;
    version = String(told.version);
    if (before !== version) hear(told);
  });
  return { seen(number) { version = String(number); } };
}

// Replaces the content of an element with HTML of our own server.
export async function fill(element, address) {
  const answer = await ask(address);
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  element.replaceChildren(...fresh.body.childNodes);
  return true;
}
