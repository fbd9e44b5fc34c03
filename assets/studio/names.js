// Names for addresses and sources: small letters without accents, digits, hyphens.
const LETTERS = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l' };

export const plain = (text) => text.toLowerCase().replace(/[œæßøł]/g, (letter) => LETTERS[letter])
  .normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

// The first six words of a sentence, without those of one letter: "à", "l’".
export const slugOf = (sentence) => plain(sentence).split('-').filter((word) => word.length > 1 || /\d/.test(word))
  .slice(0, 6).join('-').slice(0, 60);
