// The forms of words that search compares. `words.py` does the same for the index; a test compares both.
const OLD = { ё: "е", ѣ: "е", і: "и", ѵ: "и", ѳ: "ф", "’": "'", ʼ: "'", "\u00ad": "" };
const ACCENT = /(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f]/g;
const WORD = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;
const LONGEST = 60;

export function folded(text) {
  const lowered = text.normalize("NFC").toLowerCase().replace(/[ёѣіѵѳ’ʼ\u00ad]/g, (letter) => OLD[letter]);
  return lowered.normalize("NFD").replace(ACCENT, "").normalize("NFC");
}

export function stemOf(stemmer, word) {
  if (!/[а-я]/.test(word)) return stemmer("english", word);
  return stemmer("russian", word.endsWith("ъ") ? word.slice(0, -1) : word);
}

export function stems(stemmer, text) {
  return (folded(text).match(WORD) || []).map((word) => stemOf(stemmer, Array.from(word).slice(0, LONGEST).join("")));
}

// The places of words with these stems, in UTF-16 units. Words are folded one by one, so that their places are known.
export function found(stemmer, text, wanted) {
  const places = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}\u00ad]+(?:['’ʼ][\p{L}\p{N}\p{M}]+)*/gu)) {
    if (stems(stemmer, match[0]).some((stem) => wanted.has(stem))) places.push([match.index, match.index + match[0].length]);
  }
  return places;
}
