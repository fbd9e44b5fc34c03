// Brings a part of a page to what a fresh answer says, touching only what differs: focus, opened
// details, scroll positions and what people typed stay.
const KEPT = new Set(['open', 'aria-pressed', 'style']); // belongs to the reader or to a script
const KEYS = ['id', 'data-post', 'data-digest', 'data-key', 'data-day', 'href'];

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

function keyOf(node) {
  if (!isElement(node)) return '';
  const name = KEYS.find((one) => node.hasAttribute(one));
  return name ? `${node.tagName} ${name} ${node.getAttribute(name)}` : '';
}

const alike = (old, young) =>
  old.nodeType === young.nodeType && old.nodeName === young.nodeName && keyOf(old) === keyOf(young);

function attributes(old, young) {
  for (const { name } of [...old.attributes]) {
    if (!young.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of young.attributes) {
    if (old.getAttribute(name) !== value && !KEPT.has(name)) old.setAttribute(name, value);
  }
}

function children(old, young) {
  let here = old.firstChild;
  for (const wanted of [...young.childNodes]) {
    let found = here;
    while (found && !alike(found, wanted)) found = found.nextSibling;
    if (found && (found === here || keyOf(wanted))) {
      while (here !== found) {
        const next = here.nextSibling;
        here.remove();
        here = next;
      }
      here = found.nextSibling;
      morph(found, wanted);
    } else old.insertBefore(document.adoptNode(wanted), here);
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

export function morph(old, young) {
  if (!isElement(old)) {
    if (old.data !== young.data) old.data = young.data;
    return;
  }
  attributes(old, young);
  children(old, young);
}
