// The table of contents of a volume: each document with its date, pages and texts, and the pages without a document.
import { format } from "../shared/address.js";
import { h, replace } from "../shared/dom.js";
import { dated, languageName, t } from "../shared/messages.js";
import { pageName, pageRange } from "./names.js";
import { results } from "../shared/outdated.js";

export function contentsPage(volume, notes) {
  const noted = notes.counts(volume.name);
  const list = h("ol", { class: "contents" });
  const count = h("p", { class: "soft", role: "status" });
  const show = (wanted) => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const found = volume.documents.filter((document) => words.every((word) => searched(volume, document).includes(word)));
    replace(list, found.map((document) => entry(volume, document, noted.get(document.name))));
    const of = volume.documents.length;
    count.textContent = words.length ? t("documents-shown", { n: found.length, of }) : t("documents-all", { n: of });
  };
  const filter = h("input", { type: "search", placeholder: t("filter"), "aria-label": t("filter"), oninput: () => show(filter.value) });
  show("");
  const loose = volume.pages.filter((page) => !volume.documentsOn(page.order).length);
  return h("main", { class: "page contents-page" },
    h("div", { class: "contents-head" }, h("h2", {}, t("contents")), volume.documents.length > 8 ? filter : null, count),
    list,
    loose.length ? h("section", {}, h("h2", {}, t("loose-pages")),
      h("ul", { class: "loose" }, loose.map((page) => h("li", {}, h("a", { href: format({ volume: volume.name, page: page.key }) }, thumb(page), pageName(page)),
        page.status ? h("span", { class: "soft" }, ` ${t(`page-${page.status}`)}`) : null)))) : null,
    madeFrom());
}

// Which results the viewer was made from: for readers who compare two viewers, or a viewer and a report.
export const madeFrom = () => h("p", { class: "soft made-from" }, t("made-from", { results: results() }));

function searched(volume, document) {
  document.searched ??= [document.title, document.translated, document.date, dated(document.date), document.name, pageRange(volume, document), ...Object.values(document.details)]
    .filter(Boolean).join(" ").toLowerCase();
  return document.searched;
}

function entry(volume, document, noted) {
  const [first] = document.pages;
  const kinds = new Map();
  for (const [kind, language] of document.texts) kinds.set(kind, [...(kinds.get(kind) || []), languageName(language)]);
  const texts = ["transcription", "translation"].map((kind) => (kinds.has(kind) ? `${t(kind)}: ${kinds.get(kind).join(", ")}` : t(`no-${kind}-short`)));
  const date = dated(document.date);
  const facts = [[document.title, document.translated].includes(date) ? null : date, document.details.author, document.details.recipient ? t("to", { name: document.details.recipient }) : null].filter(Boolean);
  return h("li", {},
    h("a", { class: "entry", href: format({ volume: volume.name, document: document.name }) },
      first ? thumb(volume.page(first[0])) : h("span", { class: "thumb none" }),
      h("span", { class: "entry-words" },
        h("span", { class: "entry-title", dir: "auto" }, document.title),
        document.translated ? h("span", { class: "entry-translated", dir: "auto" }, document.translated) : null,
        h("span", { class: "soft" }, facts.join(" · ")),
        document.details.description ? h("span", { class: "soft entry-description", dir: "auto" }, document.details.description) : null),
      h("span", { class: "entry-pages" }, document.pages.length ? pageRange(volume, document) : t("on-no-page")),
      h("span", { class: "entry-texts soft" }, texts.map((text) => h("span", {}, text)), document.look_at ? h("span", { class: "unsure" }, t("unsure-count", { n: document.look_at })) : null, noted ? h("span", {}, t("notes-count", { n: noted })) : null)));
}

function thumb(page) {
  return h("span", { class: "thumb" }, page.image ? h("img", { src: `thumbs/${page.image}.jpg`, alt: "", loading: "lazy", decoding: "async" }) : null);
}
