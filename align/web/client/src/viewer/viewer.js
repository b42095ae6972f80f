// The viewer: reads the address, opens what it names, and keeps the frame around it.
import "./viewer.css";
import { format, whole, go, parse } from "../shared/address.js";
import { contentsPage, madeFrom } from "./contents.js";
import { DocumentPage } from "./document.js";
import { h, replace } from "../shared/dom.js";
import { openDialog } from "./dialog.js";
import { details } from "./details.js";
import { Frame } from "./frame.js";
import { listenToKeys } from "./keys.js";
import { en } from "./en.js";
import { load } from "./load.js";
import { speak, t } from "../shared/messages.js";
import { fullTitle, pageName } from "./names.js";
import { Notes } from "./notes.js";
import { cite, share } from "./cite.js";
import { save } from "./save.js";
import { print } from "./print.js";
import { ru } from "./ru.js";
import { searchAllPage, searchPage } from "./results.js";
import { loadStemmer } from "./index.js";
import { keepUnder } from "../shared/storage.js";
import { openVolume } from "./volume.js";

const state = { site: null, volume: null, page: null, document: null, target: {} };

async function start() {
  speak({ en, ru });
  state.site = await load("data/collection", document.documentElement.dataset.collection);
  keepUnder(state.site.id);
  state.notes = new Notes(state.site);
  build();
  addEventListener("hashchange", () => show());
  await show(true);
}

function build() {
  state.volume = null;
  leavePage();
  state.frame = new Frame(state.site, {
    rebuilt: () => (build(), show(true)),
    search: (query) => go({ volume: (state.volume || onlyVolume())?.name, query }),
    asking: () => loadStemmer(), // the largest script: it is loaded while the reader types
    contents: () => go({ volume: (state.volume || onlyVolume())?.name }),
    step: stepDocument,
    tools,
  });
  replace(document.body, state.frame.element);
}

// The tools; each works on what is open when it is called.
const tools = {
  details: () => details(open()),
  cite: () => cite(open()),
  share: () => share(open()),
  save: () => save(open()),
  print: () => print(open()),
  notes: () => state.notes.list(state.volume, (target) => go(target)),
  annotate: () => state.notes.edit(open(), () => mark()),
  bookmark: () => {
    state.frame.say(t(state.notes.bookmark(open()) ? "bookmarked" : "bookmark-gone"));
    mark();
  },
};

const onlyVolume = () => (state.site.volumes.length === 1 ? state.site.volumes[0] : null);

function open() {
  const { volume, document, page } = state;
  const number = page?.pinned ?? null;
  // A page without a document is known before its image is there: the view names a page when it has come to rest.
  const loose = document ? null : page?.pages?.[0];
  const order = loose?.order ?? page?.image?.order ?? null;
  const sentence = number === null ? null : page.sentences.all[number];
  const target = { volume: volume.name, document: document?.name };
  if (sentence) target.sentence = sentence.key;
  if (loose) target.page = loose.key;
  return { site: state.site, volume, document, page, number, sentence, order, target, address: whole(target), sentences: page?.sentences };
}

const mark = () => state.page && state.notes.mark(state.page, state.volume, state.document);

async function show(first = false) {
  const target = parse(location.hash);
  state.target = target;
  const name = target.volume ?? onlyVolume()?.name ?? null;
  try {
    const volume = name === null ? null : await openVolume(state.site, name);
    if (state.target !== target) return; // meanwhile another address was opened
    if (volume) await showIn(volume, target);
    else if (target.query !== undefined && name === null) showAllHits(target.query);
    else showVolumes(name !== null);
    if (!first && state.target === target) state.frame.heading.focus({ preventScroll: true });
  } catch (error) {
    if (state.target === target) fail(error);
  }
}

async function showIn(volume, target) {
  if (state.volume !== volume) leavePage();
  state.volume = volume;
  const page = target.page ? volume.byKey.get(target.page) : null;
  const document = target.document ? volume.byName.get(target.document) : page && volume.documentsOn(page.order)[0];
  if (target.query !== undefined) {
    const found = await searchPage(state.site, volume, target.query);
    if (state.target === target) leave(t("search-of", { query: target.query }), found, target.query);
    return;
  }
  if (target.document && !document) return leave(t("not-found"), lost("document-gone", volume));
  if (target.page && !page && !document) return leave(t("not-found"), lost("page-gone", volume));
  if (!document && !page) return leave(volume.title, contentsPage(volume, state.notes));
  await showDocument(volume, document || null, target, page);
}

async function showDocument(volume, document, target, page) {
  state.document = document;
  const title = document ? fullTitle(volume, document) : pageName(page);
  state.frame.show({ title, document, volume, inDocument: true });
  if (!state.page) {
    state.page = new DocumentPage(volume, { actions: actions(), marked: mark });
    state.frame.content(state.page.element, state.page.toggles);
    state.page.begin();
  } else state.frame.content(state.page.element, state.page.toggles);
  const found = await state.page.open(document, { sentence: target.sentence, page: target.page });
  if (state.target !== target) return;
  if (!found) state.frame.say(t("sentence-gone"));
  mark();
}

function actions() {
  const button = (name, run) => h("button", { type: "button", onclick: run }, t(name));
  return [button("cite", tools.cite), button("share", tools.share), button("save", tools.save), button("annotate", tools.annotate), button("bookmark", tools.bookmark)];
}

function leavePage() {
  state.page?.leave();
  state.page = null;
}

function leave(title, element, query = null) {
  state.document = null;
  leavePage();
  state.frame.show({ title, volume: state.volume, inDocument: false, query });
  state.frame.content(element, null);
}

function showAllHits(query) {
  state.volume = null;
  leave(t("search-of", { query }), searchAllPage(state.site, query), query);
}

function showVolumes(missing) {
  state.volume = null;
  const list = h("ul", { class: "volumes" }, state.site.volumes.map((volume) =>
    h("li", {}, h("a", { href: `#/${encodeURIComponent(volume.name)}` }, volume.title || volume.name),
      h("span", { class: "soft" }, ` ${t("volume-size", { documents: volume.documents, pages: volume.pages })}`))));
  leave(missing ? t("not-found") : state.site.title || t("volumes"), h("main", { class: "page" }, missing ? h("p", {}, t("volume-gone")) : null, list, madeFrom()));
}

const lost = (message, volume) => h("main", { class: "page" }, h("p", {}, t(message)), h("p", {}, h("a", { href: `#/${encodeURIComponent(volume.name)}` }, t("contents"))));

function stepDocument(by) {
  // The address is there at once; what it names may still be loading when the next key is pressed.
  const target = parse(location.hash);
  const asked = state.volume?.byName.get(target.document) ?? state.document;
  const next = state.page && asked && state.volume.documents[asked.index + by];
  if (next) go({ volume: state.volume.name, document: next.name });
}

// The next sentence to look at; where this document has no further one, the next document that has.
async function stepUnsure(by) {
  if (!state.page || !state.volume || state.page.stepUnsure(by)) return;
  const { documents } = state.volume;
  for (let at = (state.document?.index ?? -1) + by; at >= 0 && at < documents.length; at += by) {
    if (!documents[at].unsure) continue;
    const target = format({ volume: state.volume.name, document: documents[at].name });
    history.pushState(null, "", target);
    await show();
    return state.page?.stepUnsure(by);
  }
  state.frame.say(t("no-more-unsure"));
}

function fail(error) {
  replace(document.body, h("main", { class: "page" }, h("h1", {}, t("failed")), h("p", {}, t("failed-why")), h("p", {}, h("button", { type: "button", onclick: () => location.reload() }, t("reload"))), h("p", { class: "soft" }, error.message)));
}

listenToKeys({
  page: () => state.page,
  frame: () => state.frame,
  tools,
  stepDocument,
  stepUnsure,
  contents: () => state.volume && go({ volume: state.volume.name }),
  help: (rows) => openDialog(t("keys"), h("table", { class: "keys" }, rows)),
});
start().catch(fail);
