// Marks what differs between two texts, word by word.
const MOST = 3000; // words of both texts together; longer ones are shown as a whole

const wordsOf = (text) => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];

// Lengths of the longest common tails, from each place in both texts.
function tails(a, b) {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      rows[i][j] = a[i] === b[j] ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
    }
  }
  return rows;
}

function marked(kind, text) {
  if (kind === 'same') return document.createTextNode(text);
  const mark = document.createElement(kind);
  mark.textContent = text;
  return mark;
}

// Gives nodes: what stays as text, what goes as <del>, what comes as <ins>.
export function difference(before, after) {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.length + b.length > MOST) return [marked('del', before), marked('ins', after)];
  const common = tails(a, b);
  const runs = [];
  const add = (kind, word) => {
    if (runs.at(-1)?.kind === kind) runs.at(-1).text += word;
    else runs.push({ kind, text: word });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
      add('del', a[i]);
      i += 1;
    } else {
      add('ins', b[j]);
      j += 1;
    }
  }
  return runs.map(({ kind, text }) => marked(kind, text));
}
