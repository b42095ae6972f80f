// Search: which sentences hold all stems of a question. Only the shards of these stems are loaded.
import { load, loadData } from "./load.js";
import { stems } from "./words.js";

let stemmer = null;

export async function loadStemmer() {
  stemmer ??= load("stems", document.documentElement.dataset.stems);
  return stemmer;
}

// FNV-1a over UTF-16 units, byte by byte, low byte first: as search.py shards the stems.
export function shardOf(stem, count) {
  let value = 2166136261;
  const bytes = (unit) => [unit & 255, unit >> 8];
  for (const letter of Array.from(stem).slice(0, 2).join("")) {
    for (let i = 0; i < letter.length; i += 1) {
      for (const byte of bytes(letter.charCodeAt(i))) value = Math.imul(value ^ byte, 16777619) >>> 0;
    }
  }
  return value % count;
}

function numbers(gaps) {
  let at = 0;
  return gaps.split(" ").map((gap) => (at += Number(gap)));
}

const common = (sorted, others) => sorted.filter((number) => others.has(number));

// The index of a volume, which is an entry of the list of volumes: its parts by their digests.
const indexOf = ({ folder, search: digest }) => loadData(`data/${folder}/search`, digest);

// {found: sentence numbers in the order of the volume, stems: what was matched, for words to be marked}
export async function search(entry, query) {
  const index = await indexOf(entry);
  const shard = (number) => loadData(`data/${entry.folder}/s${number}`, index.shards[number]);
  const wanted = [...new Set(stems(await loadStemmer(), query))];
  const shards = await Promise.all(wanted.map((stem) => shard(shardOf(stem, index.shards.length))));
  const matched = new Set();
  let all = null;
  wanted.forEach((stem, i) => {
    let own = Object.hasOwn(shards[i], stem) ? [stem] : [];
    // A word that stands in no text may be the beginning of a word.
    if (!own.length && stem.length >= 3) own = Object.keys(shards[i]).filter((key) => key.startsWith(stem));
    own.forEach((key) => matched.add(key));
    const here = own.length === 1 ? numbers(shards[i][own[0]]) : [...new Set(own.flatMap((key) => numbers(shards[i][key])))].sort((a, b) => a - b);
    all = all === null ? here : common(all, new Set(here));
  });
  return { found: all || [], stems: matched };
}

// [document, text, key, page, content] of each of these sentences.
export async function contexts(entry, sentences) {
  const index = await indexOf(entry);
  const page = (number) => {
    let [low, high] = [0, index.firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (index.firsts[middle] <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return Promise.all(sentences.map(async (number) => {
    const at = page(number);
    const rows = await loadData(`data/${entry.folder}/c${at}`, index.contexts[at]);
    return rows[number - index.firsts[at]];
  }));
}
