// The misalignment report in the browser. It is one classic script, since a page that is opened from a folder may load
// nothing else. All texts come from outside: they enter the page as text alone.
import en from "../../../report/messages/en.json";
import ru from "../../../report/messages/ru.json";
import { byId } from "../shared/dom.js";
import { currentLanguage, speak, t } from "../shared/messages.js";
import { Cards } from "./card.js";
import { Choices } from "./choices.js";
import { sortable } from "./documents.js";
import { Filters } from "./filters.js";
import { Findings, plain } from "./findings.js";
import { colourButton, markChosen, placeLanguageButton, wordPage } from "./frame.js";
import { listenToKeys } from "./keys.js";
import { outdated } from "../shared/outdated.js";
import { List } from "./list.js";
import { listenToPrinting, print } from "./printing.js";
import { WholePage } from "./whole-page.js";

const SEARCH_PAUSE_MS = 120; // after the last letter, before a search begins
const REST_MS = 300; // after the first findings, before the rest is loaded

const findings = new Findings();
const list = new List(findings);
const filters = new Filters(findings);
const choices = new Choices(findings, filters.form);
const wholePage = new WholePage(findings, list);
let searches = 0; // the number of the last search: an older one that ends later is not shown

// Shows what the filters let through.
async function apply({ keep = false } = {}) {
  const wanted = filters.wanted(), search = ++searches;
  let rows = findings.rows.map((_, row) => row).filter((row) => filters.passes(row, wanted, { anySeverity: true }));
  if (wanted.q) {
    await findings.everything();
    if (search !== searches) return;
    const parts = plain(wanted.q).split(/\s+/);
    rows = rows.filter((row) => parts.every((part) => findings.text(row).includes(part)));
  }
  const shown = rows.filter((row) => wanted.severities.includes(findings.rows[row].severity));
  const first = (row) => (findings.rows[row].pages.length ? Math.min(...findings.rows[row].pages) : Infinity);
  if (wanted.order === "score") shown.sort((a, b) => findings.rows[a].byScore - findings.rows[b].byScore);
  if (wanted.order === "page") shown.sort((a, b) => (first(a) === first(b) ? a - b : first(a) - first(b)));
  sayCounts(rows, shown, wanted);
  markChosen(wanted);
  filters.toAddress(wanted);
  // A new list must not take the focus away: a reader with a keyboard would be back at the top of the page.
  const within = list.element.contains(document.activeElement);
  list.show(shown, { keep });
  if (within && list.current >= 0) await list.go(list.current);
  else if (within) byId("findings").focus({ preventScroll: true });
}

function sayCounts(rows, shown, wanted) {
  const hidden = findings.index.severities
    .map((name, severity) => ({ name, severity, n: rows.filter((row) => findings.rows[row].severity === severity).length }))
    .filter(({ severity, n }) => n && !wanted.severities.includes(severity))
    .map(({ name, n }) => t(`count-${name}`, { n }));
  byId("count").textContent = (shown.length ? t("shown", { n: shown.length }) : t("none-shown")) +
    (hidden.length ? ` ${t("hidden", { counts: hidden.join(", ") })}` : "");
  byId("count-all").hidden = hidden.length === 0;
}

const toFindings = () => apply().then(() => byId("findings").scrollIntoView());

function wireFilters() {
  let pause = 0;
  const element = byId("filters");
  element.addEventListener("submit", (event) => event.preventDefault());
  element.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (event.target.name === "q") pause = setTimeout(() => apply(), SEARCH_PAUSE_MS);
    else apply({ keep: true });
  });
  element.addEventListener("reset", () => setTimeout(() => apply()));
  byId("count-all").addEventListener("click", () => {
    filters.checkAll();
    apply({ keep: true }).then(() => byId("findings").focus());
  });
  addEventListener("hashchange", () => {
    choices.documentsAndPages();
    const before = JSON.stringify(filters.wanted());
    filters.fromAddress();
    if (JSON.stringify(filters.wanted()) !== before) apply();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-page], a[data-document]");
    if (!link) return;
    event.preventDefault();
    choices.documentsAndPages();
    if (link.dataset.page !== undefined) filters.togglePage(link.dataset.page);
    else filters.toggleDocument(link.dataset.document);
    toFindings();
  });
}

function wireFrame() {
  const colours = colourButton();
  placeLanguageButton(() => {
    wordPage(document, findings.index.pages);
    colours();
    findings.reworded();
    choices.reworded();
    apply({ keep: true });
  });
  byId("keys-open").addEventListener("click", () => byId("keys").showModal());
  byId("keys-close").addEventListener("click", () => byId("keys").close());
  byId("print").addEventListener("click", () => print(findings, list));
  // A table of very many documents is only put into the page when it is opened.
  const documents = document.querySelector("details.documents");
  sortable(documents?.querySelector("table"));
  documents?.addEventListener("toggle", () => {
    const table = documents.querySelector("template");
    if (!table) return;
    table.replaceWith(table.content);
    sortable(documents.querySelector("table"));
    wordPage(documents, findings.index.pages);
    markChosen(filters.wanted());
  });
}

function begin(index) {
  findings.open(index);
  list.cards = new Cards(findings, (at, view) => wholePage.open(at, view));
  // The page is written in English.
  if (currentLanguage() !== "en") wordPage(document, index.pages);
  byId("outdated").hidden = !outdated();
  choices.kinds();
  if (location.hash.length > 1) choices.documentsAndPages();
  filters.fromAddress();
  apply();
  wireFilters();
  wireFrame();
  listenToKeys({ filters, list, wholePage, on: { apply, print: () => print(findings, list) } });
  listenToPrinting(list);
  // The first findings are to be there at once; the rest is there before somebody prints, searches or chooses.
  setTimeout(() => { choices.documentsAndPages(); findings.everything(); }, REST_MS);
}

speak({ en, ru });
globalThis.alignReport = {
  index: begin,
  chunk: (number) => ({ add: (details) => { findings.chunks[number] = details; } }),
};
