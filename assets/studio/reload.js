// Renews a previewed page when it changed, and shows what is wrong in a frame at its foot.
// The preview alone puts it into its pages, whose policy lets nothing else run: no published page has a script.
const own = document.currentScript.dataset;
let version = own.version;
let stream;
let panel;
let last = Promise.resolve();

const pathOf = (image) => decodeURI(new URL(image.src).pathname);
const shownAs = (output) => `/out/${own.campaign}/${output}`;
const sheetsOf = (page) =>
  [...page.querySelectorAll('link[rel=stylesheet]')].map((link) => link.getAttribute('href')).join();

function concerns(outputs) {
  if (!own.output || !outputs || outputs.includes(own.output)) return true;
  const shown = new Set([...document.images].map(pathOf));
  return outputs.some((output) => shown.has(shownAs(output)));
}

// Changing the words in place takes a fifth of the time of loading the page again, and who reads
// keeps their place. Another style sheet, or an answer that is no page, loads it again.
// Whoever has the port after the end of the studio answers without its countersign, and is not shown.
const askAgain = () => fetch(location.pathname + location.search).catch(() => undefined);

async function renew(outputs, asked = askAgain()) {
  const answer = await asked;
  if (answer?.headers.get('studio') !== own.studio) return;
  const type = answer.headers.get('content-type') ?? '';
  if (!own.output || !outputs || !answer.ok || !type.startsWith('text/html')) {
    location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (sheetsOf(fresh) !== sheetsOf(document)) {
    location.reload();
    return;
  }
  const changed = new Set(outputs.map(shownAs));
  for (const image of fresh.images) {
    const path = decodeURI(new URL(image.getAttribute('src'), location.href).pathname);
    if (changed.has(path)) image.src = `${path}?version=${version}`;
  }
  document.title = fresh.title;
  document.documentElement.lang = fresh.documentElement.lang;
  document.documentElement.dir = fresh.documentElement.dir;
  document.body.replaceWith(document.adoptNode(fresh.body));
  if (panel) document.body.append(panel);
}

function showProblems(errors) {
  if (!errors || !own.output) {
    panel?.remove();
    panel = undefined;
    return;
  }
  const address = `/c/${own.campaign}/problems?overlay`;
  if (panel) {
    const field = panel.contentDocument?.activeElement;
    if (field?.matches('input') && field.value !== field.defaultValue) return; // someone is typing
    panel.contentWindow.location.replace(address);
    return;
  }
  panel = document.createElement('iframe');
  panel.src = address;
  panel.title = 'stopjihad';
  panel.addEventListener('load', () => {
    const page = panel.contentDocument;
    panel.title = page.title;
    panel.style.blockSize = `min(45vh, ${page.documentElement.scrollHeight + 1}px)`;
  });
  panel.id = 'stopjihad-problems';
  Object.assign(panel.style, {
    position: 'fixed', insetInline: '0', insetBlockEnd: '0', inlineSize: '100%',
    blockSize: '8rem', border: '0', zIndex: '2147483647',
    boxShadow: '0 -4px 24px rgb(0 0 0 / 35%)',
  });
  document.body.append(panel);
}

async function hear(event) {
  const told = JSON.parse(event.data);
  const before = version;
  version = String(told.version);
  if (before !== version && concerns(told.outputs)) await renew(told.outputs);
  showProblems(told.errors);
}

// A browser keeps few connections to one host: only pages that are seen keep theirs.
function follow() {
  stream?.close();
  stream = undefined;
  if (document.visibilityState === 'hidden' || window.parent !== window) return;
  stream = new EventSource(`/events/${own.campaign}`);
  // A studio that was started again refuses it until it is opened, and then nothing comes back by itself.
  stream.addEventListener('error', ({ target }) => {
    if (target.readyState === EventSource.CLOSED) setTimeout(() => target === stream && follow(), 1000);
  });
  stream.addEventListener(own.studio, (event) => {
    last = last.then(() => hear(event)); // in order: an older page never replaces a newer one
  });
}

// In a frame of the studio the page around it says when.
addEventListener('renew', () => {
  const asked = askAgain();
  last = last.then(() => renew([], asked));
});
document.addEventListener('visibilitychange', follow);
addEventListener('pagehide', () => stream?.close());
addEventListener('pageshow', (event) => event.persisted && follow());
document.addEventListener('DOMContentLoaded', follow);
