// Two versions of a text that met when files were fetched: both stand there until someone has chosen.
import { difference } from './difference.js';
import { ask, campaign, say, send, words } from './studio.js';

const place = `/c/${campaign}/versions`;

// Shows in a box what of a file there are two versions of; what was chosen stays chosen as long as the
// file is the same. Gives whether there is any, and nothing when the studio does not answer.
export async function showVersions(box, path) {
  const answer = await ask(`${place}?path=${encodeURIComponent(path)}`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.versions');
  if (fresh?.dataset.digest !== box.firstElementChild?.dataset.digest) {
    box.replaceChildren(...(fresh ? [prepared(box, fresh)] : []));
  }
  if (fresh && box.hidden) say(fresh.querySelector('h2').textContent); // announced as it comes
  box.hidden = !fresh;
  return Boolean(fresh);
}

function prepared(box, fresh) {
  const root = document.adoptNode(fresh);
  const said = JSON.parse(root.querySelector('[data-names]').textContent);
  const disputes = [...root.querySelectorAll('[data-dispute]')];
  const text = (dispute, name) => dispute.querySelector(`[data-${name}]`).textContent;
  for (const one of disputes) {
    one.querySelector('[data-difference]').replaceChildren(...difference(text(one, 'theirs'), text(one, 'mine')));
    for (const side of one.querySelectorAll('dd:empty')) side.textContent = said.empty;
  }

  async function finish() {
    const decisions = disputes.map((one) => ({
      take: one.dataset.taken,
      own: one.dataset.taken === 'own' ? one.querySelector('[data-own]').value : '',
    }));
    const { path, digest } = root.dataset;
    const { ok, data } = await send(place, { path, digest, decisions });
    if (ok) box.dispatchEvent(new Event('settled')); // the dialog may be gone by now
    else root.querySelector('[data-refused]').textContent = data.refused ?? words.offline;
  }

  root.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    const one = button?.closest('[data-dispute]');
    if (one && button.dataset.take) {
      one.dataset.taken = button.dataset.take;
      const tag = one.querySelector('[data-said]');
      tag.hidden = false;
      tag.textContent = said[button.dataset.take];
      for (const other of one.querySelectorAll('[data-take]')) {
        other.setAttribute('aria-pressed', String(other === button));
      }
    }
    const left = disputes.find((other) => !other.dataset.taken);
    if (button?.hasAttribute('data-go-on') || (one && button.dataset.take && !left)) finish();
    else if (one && button.dataset.take) {
      left.scrollIntoView({ block: 'nearest' });
      left.querySelector('button').focus({ preventScroll: true });
    }
  });
  return root;
}
