// The list of what a search found: each sentence with the words that matched, its document and its page.
import { format } from "../shared/address.js";
import { h, replace } from "../shared/dom.js";
import { contexts, loadStemmer, search } from "./index.js";
import { languageName, t } from "../shared/messages.js";
import { fullTitle, pageName } from "./names.js";
import { openVolume } from "./volume.js";
import { found } from "./words.js";

const SHOWN = 30;
const FIRST = 8; // hits that fit on a screen: they are shown before the others are loaded
const OF_EACH = 5; // hits of each volume in a search of all
const AROUND = 160;

// The hits in one volume; `site` says whether there are others to search in.
export async function searchPage(site, volume, query) {
  const began = performance.now();
  const result = await search(volume.entry, query);
  const list = h("ol", { class: "hits" });
  const more = h("button", { type: "button", hidden: true }, t("more-hits"));
  let shown = 0;
  let last = Promise.resolve(); // hits are listed in their order, whichever text is loaded first
  const show = (count) => (last = last.then(async () => {
    const rows = await hits(volume, result, shown, count);
    shown += rows.length;
    list.append(...rows);
    more.hidden = count === FIRST || shown >= result.found.length;
  }));
  more.addEventListener("click", () => show(SHOWN));
  await show(FIRST);
  setTimeout(() => list.isConnected && show(SHOWN - FIRST)); // a reader who asks again at once need not wait for these
  const element = h("main", { class: "page search-page" },
    h("p", { class: "soft", role: "status" }, t("hits", { n: result.found.length, query })),
    site.volumes.length > 1 ? h("p", {}, h("a", { href: format({ query }) }, t("search-all"))) : null,
    result.found.length ? list : h("p", {}, t("no-hits")), more);
  performance.measure("align-search", { start: began, end: performance.now() });
  return element;
}

// The hits in all volumes, by volume. The volumes are searched one after another, while the page is shown.
export function searchAllPage(site, query) {
  const said = h("p", { class: "soft", role: "status" });
  const groups = h("div", { class: "groups" });
  const element = h("main", { class: "page search-page" }, said, groups);
  searchAll(site, query, { element, said, groups }).catch((error) => replace(said, t("failed-why"), " ", error.message));
  return element;
}

async function searchAll(site, query, { element, said, groups }) {
  const began = performance.now();
  let all = 0;
  for (const [number, entry] of site.volumes.entries()) {
    said.textContent = t("searching", { n: number + 1, of: site.volumes.length });
    const result = await search(entry, query);
    const group = result.found.length ? await groupOf(site, entry, query, result) : null;
    if (number > 0 && !element.isConnected) return; // the reader went on to something else
    all += result.found.length;
    if (group) groups.append(group);
  }
  said.textContent = t("hits", { n: all, query });
  if (!all) replace(groups, h("p", {}, t("no-hits")));
  performance.measure("align-search", { start: began, end: performance.now() });
}

async function groupOf(site, entry, query, result) {
  const volume = await openVolume(site, entry.name);
  const href = format({ volume: entry.name, query });
  const n = result.found.length;
  return h("section", {},
    h("h2", {}, h("a", { href, dir: "auto" }, volume.title)),
    h("ol", { class: "hits" }, await hits(volume, result, 0, OF_EACH)),
    n > OF_EACH ? h("p", {}, h("a", { href }, t("all-hits", { n }))) : null);
}

async function hits(volume, result, from, count) {
  const stemmer = await loadStemmer();
  const rows = await contexts(volume.entry, result.found.slice(from, from + count));
  return rows.map((row) => hit(volume, row, (text) => found(stemmer, text, result.stems)));
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
