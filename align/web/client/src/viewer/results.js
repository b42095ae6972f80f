// The list of what a search found: each sentence with the words that matched, its document and its page.
import { format } from "./address.js";
import { h, replace } from "../shared/dom.js";
import { contexts, loadStemmer, search } from "./index.js";
import { languageName, t } from "../shared/messages.js";
import { fullTitle, pageName } from "./names.js";
import { found } from "./words.js";

const SHOWN = 30;
const FIRST = 8; // hits that fit on a screen: they are shown before the others are loaded
const AROUND = 160;

export async function searchPage(volume, query) {
  const began = performance.now();
  const result = await search(volume, query);
  const list = h("ol", { class: "hits" });
  const more = h("button", { type: "button", hidden: true }, t("more-hits"));
  const stemmer = await loadStemmer();
  let shown = 0;
  let last = Promise.resolve(); // hits are listed in their order, whichever text is loaded first
  const show = (count) => (last = last.then(async () => {
    const rows = await contexts(volume, result.found.slice(shown, shown + count));
    shown += rows.length;
    list.append(...rows.map((row) => hit(volume, row, (text) => found(stemmer, text, result.stems))));
    more.hidden = count === FIRST || shown >= result.found.length;
  }));
  more.addEventListener("click", () => show(SHOWN));
  await show(FIRST);
  setTimeout(() => list.isConnected && show(SHOWN - FIRST)); // a reader who asks again at once need not wait for these
  const element = h("main", { class: "page search-page" },
    h("p", { class: "soft", role: "status" }, t("hits", { n: result.found.length, query })),
    result.found.length ? list : h("p", {}, t("no-hits")), more);
  performance.measure("align-search", { start: began, end: performance.now() });
  return element;
}

function hit(volume, [documentIndex, textIndex, key, order, content], marked) {
  const document = volume.documents[documentIndex];
  const href = format({ volume: volume.name, document: document.name, sentence: key });
  const [kind, language] = document.texts[textIndex];
  return h("li", {},
    h("p", { class: "hit-words", lang: language, dir: "auto" }, h("a", { href }, words(content, marked(content)))),
    h("p", { class: "soft" }, [fullTitle(volume, document), order ? pageName(volume.page(order)) : t("on-no-page"), `${t(kind)}, ${languageName(language)}`].join(" · ")));
}

// The text around the first word that matched, with all such words marked.
function words(content, places) {
  const first = places.length ? places[0][0] : 0;
  const from = content.length > 2 * AROUND ? Math.max(0, content.lastIndexOf(" ", Math.max(0, first - AROUND)) + 1) : 0;
  const to = content.length > 2 * AROUND ? Math.min(content.length, first + AROUND) : content.length;
  const parts = [];
  let at = from;
  for (const [start, end] of places) {
    if (start < at || start >= to) continue;
    parts.push(content.slice(at, start), h("mark", {}, content.slice(start, end)));
    at = end;
  }
  parts.push(content.slice(at, Math.max(at, to)));
  return [from ? "… " : "", ...parts, to < content.length ? " …" : ""];
}
