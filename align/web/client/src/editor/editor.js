// The tools that decide, in the viewer of a review server: of a link right, wrong, its place by hand, or "not on the
// scans"; of a pair; of a page. The viewer that lies on a disk does not load them. Decisions go the way of the review
// page: each stays in this browser until the server has acknowledged it.
import "./editor.css";
import { api } from "../review/api.js";
import { Decisions } from "../review/decisions.js";
import { WAITING, pause } from "../review/outbox.js";
import { askedBanner, openConflicts, signed } from "../review/said.js";
import { en as reviewEn } from "../review/en.js";
import { ru as reviewRu } from "../review/ru.js";
import { byId, h, replace } from "../shared/dom.js";
import { keyOf } from "../shared/keyboard.js";
import { currentLanguage, speak, t } from "../shared/messages.js";
import { keepUnder } from "../shared/storage.js";
import { openDialog } from "../viewer/dialog.js";
import { bounds } from "../viewer/geometry.js";
import { pageName } from "../viewer/names.js";
import { Boxes } from "./boxes.js";
import { pageWindow } from "./page-window.js";
import { Pairing } from "./pairing.js";
import { words } from "./words.js";

const KEYS = { right: "y", wrong: "f", placed: "h", "not-on-scan": "o", page: "t", undo: "u", paired: "m" }; // those that the viewer leaves
const bar = h("section", { class: "editor-tools", id: "editor-tools" });
const trouble = h("p", { class: "editor-trouble", role: "alert" });
const said = h("span", { class: "editor-said", role: "status" });
let decisions = null;
let user = null;
let mode = null; // a Boxes or a Pairing, while one is at work
let shown = ""; // what the bar was made for
let waits = null; // {subject, words}: what is said when the server has acknowledged it
let outdated = false; // the server shows the results of another run by now

const viewer = () => globalThis.align.viewer;
const alike = (one, other) => one.kind === other.kind && one.key === other.key;

// Until the server answers: it may just be started anew.
async function answered(ask) {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    if (!WAITING.has(answer.outcome)) return answer;
    await pause(tries);
  }
}

function send(subject, decision, value = null) {
  waits = { subject, words: "said-kept" };
  decisions.decide(subject, { decision, value });
}

function undo(subject) {
  waits = { subject, words: "said-undone" };
  decisions.takeBack(subject);
}

const button = (label, run, { key = "", ...more } = {}) =>
  h("button", { type: "button", onclick: run, "aria-keyshortcuts": key || null, ...more }, t(label), key ? [" ", h("kbd", { "aria-hidden": "true" }, key)] : null);

// keys: whether the keys of the tools are for this group.
function group(subject, title, choices, { keys = false } = {}) {
  const event = decisions.of(subject);
  const key = (decision) => (keys || decision === "paired" ? KEYS[decision] : "");
  return h("div", { class: "editor-group", role: "group", "aria-label": t(title), data: { kind: subject.kind } }, h("strong", {}, `${t(title)}:`),
    choices.map(([decision, label, run]) => button(label, run ?? (() => send(subject, decision)), { "aria-pressed": String(event?.decision === decision), data: { decision }, key: key(decision) })),
    event ? [h("span", { class: "soft" }, signed(event)), button("undo", () => undo(subject), { data: { decision: "undo" }, key: key("undo") })] : null,
    asked(event));
}

const asked = (event) => (event?.asked ? askedBanner(event, settle) : null);

function settle(item, whose) {
  if (whose === "mine") waits = { subject: item.subject, words: "said-kept" };
  decisions.settle(item, whose);
}

function leave() {
  mode?.close();
  mode = null;
}

// Out of a mode that was left as it was: the focus is where it came from, so that a reader with keys is not lost.
function back(decision) {
  leave();
  draw();
  bar.querySelector(`[data-decision="${decision}"]`)?.focus({ preventScroll: true });
}

// Where drawing begins: with the boxes that were decided, else with the place that the run found.
function boxesOf({ sentence, volume }, event) {
  const placed = event?.decision === "placed" ? event.value.areas.filter(({ page }) => volume.byKey.has(page)) : [];
  if (placed.length) return Boxes.upright(placed, volume);
  return sentence.areas.flatMap((area) => area.outlines.map((outline) => {
    const { left, top, right, bottom } = bounds([outline]);
    return { page: area.page, box: [left, top, right - left, bottom - top] };
  }));
}

function place(open, subject) {
  leave();
  mode = new Boxes(open.page.image, boxesOf(open, decisions.of(subject)));
  const keep = () => {
    const areas = mode.areas(open.volume);
    if (!areas.length) return draw(t("draw-none"));
    leave();
    return send(subject, "placed", { areas });
  };
  mode.bar = () => h("div", { class: "drawing", role: "group", "aria-label": t("place-here") }, h("span", {}, t("draw-how"), " ", h("span", { class: "by-keys" }, t("draw-by-keys"))),
    button("keep", keep), button("remove-last", () => mode.removeLast()), button("cancel", () => back("placed")));
  draw();
  mode.layer.focus();
}

function pair(open, subject) {
  leave();
  mode = new Pairing(open);
  const keep = () => {
    const value = mode.value();
    if (!value.transcription.length && !value.translation.length) return draw(t("pair-none"));
    leave();
    return send(subject, "paired", value);
  };
  mode.bar = () => h("div", { class: "pairing", role: "group", "aria-label": t("joined") }, h("span", {}, t("pair-how")), button("keep", keep), button("cancel", () => back("paired")));
  draw();
}

function pageGroup(volume, page) {
  const subject = { kind: "page", key: page.key };
  const event = decisions.of(subject);
  const open = () => pageWindow(volume, page, decisions.of(subject), (value) => send(subject, "stated", value));
  return h("div", { class: "editor-group", role: "group", "aria-label": t("page"), data: { kind: "page" } },
    button("page", open, { "aria-haspopup": "dialog", "aria-pressed": String(Boolean(event)), data: { decision: "page" }, key: KEYS.page }),
    event ? [h("span", { class: "soft" }, signed(event)), button("undo", () => undo(subject), { data: { decision: "undo" } })] : null, asked(event));
}

function groupsOf(open) {
  if (mode) return [mode.bar()];
  const { sentence, order, volume } = open, groups = [];
  if (sentence) {
    const link = { kind: "link", key: sentence.key };
    groups.push(group(link, "tools-link", [["right", "right"], ["wrong", "wrong"], ["placed", "place-here", () => place(open, link)], ["not-on-scan", "not-on-scan"]], { keys: true }));
    if (sentence.pair) {
      const own = { kind: "pair", key: sentence.pair };
      groups.push(group(own, "tools-pair", [["right", "right"], ["wrong", "wrong"], ["paired", "joined", () => pair(open, own)]]));
    }
  }
  if (order) groups.push(pageGroup(volume, volume.page(order)));
  return groups;
}

// What is asked: here, and about what is not open.
function conflicts() {
  const n = decisions.asked().length;
  return n ? h("button", { type: "button", "aria-haspopup": "dialog", data: { decision: "conflicts" }, onclick: () => openConflicts(decisions, openDialog, () => draw()) }, t("conflicts-count", { n })) : null;
}

function draw(words = said.textContent) {
  const open = viewer()?.open();
  if (!open?.page || user?.role === "reader") return replace(bar);
  open.page.status.element.before(bar);
  bar.setAttribute("aria-label", t("review"));
  const focused = bar.contains(document.activeElement) ? focusOf(document.activeElement) : null;
  said.textContent = words;
  replace(bar, groupsOf(open), conflicts(), trouble, outdated ? h("p", { class: "editor-trouble", role: "status" }, t("tools-outdated")) : null, said,
    h("a", { class: "to-review", href: "../review/" }, t("review")));
  if (focused) bar.querySelector(focused)?.focus({ preventScroll: true });
  return undefined;
}

// The button that has the focus, by what it does: the bar is made anew with each decision.
function focusOf({ dataset, parentElement }) {
  const kind = parentElement?.dataset.kind;
  return dataset.decision ? `${kind ? `[data-kind=${kind}] ` : ""}[data-decision="${dataset.decision}"]` : null;
}

// Something was decided, here or elsewhere, or acknowledged.
function changed(subject) {
  if (waits && (!subject || alike(subject, waits.subject)) && !decisions.outbox.latest(waits.subject)) {
    said.textContent = t(waits.words);
    waits = null;
  } else if (subject && waits && alike(subject, waits.subject)) said.textContent = "";
  if (!mode) draw();
}

function untaken(name, by) {
  waits = null;
  draw(t(name, { by, n: 1 }));
}

function troubled(outcome) {
  const n = decisions?.outbox.items().filter((item) => !item.asked).length ?? 0;
  trouble.textContent = outcome && n ? t(`trouble-${outcome}`, { n }) : "";
}

// What a window names a subject that is not open: the sentence or the page, and its address.
function about({ kind }) {
  const { sentence, sentences, number, order, volume } = viewer()?.open() ?? {};
  if (kind === "page") return { at: location.hash, about: order ? pageName(volume.page(order)) : "" };
  return { at: location.hash, about: sentence ? sentences.content(number).slice(0, 200) : "" };
}

// The words of the viewer, of its tools and of the review, in the language that the viewer speaks.
function speakAsViewer() {
  const review = { en: reviewEn, ru: reviewRu };
  speak(Object.fromEntries(Object.entries(words).map(([language, table]) => [language, { ...review[language], ...viewer().words[language], ...table }])));
}

// The bar follows the viewer: another sentence, another page, another language.
function follow() {
  if (document.documentElement.lang !== currentLanguage()) speakAsViewer();
  const open = viewer()?.open();
  const now = [open?.sentence?.key, open?.order, open?.document?.name, currentLanguage()].join(" ");
  if (now === shown && (byId("editor-tools") || !open?.page)) return;
  const other = now.split(" ")[0] !== shown.split(" ")[0];
  shown = now;
  if (mode instanceof Boxes && other) leave();
  draw(other ? "" : said.textContent);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat || mode) return;
  if (document.querySelector("dialog[open]") || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const wanted = keyOf(event);
  const own = [...bar.querySelectorAll("[aria-keyshortcuts]")].find((one) => one.getAttribute("aria-keyshortcuts") === wanted);
  if (!own) return;
  event.preventDefault();
  own.click();
}

async function start() {
  speakAsViewer();
  const state = await answered(api.state);
  if (state.outcome !== "done") return;
  user = state.body.user;
  keepUnder(`viewer-tools.${state.body.collection}`);
  const others = async () => {
    const { outcome, body } = await api.state();
    if (outcome === "done" && body.results !== state.body.results) renewed();
  };
  const renewed = () => {
    outdated = true;
    draw();
  };
  decisions = new Decisions(state.body.collection, user, { changed, untaken, about, trouble: troubled, results: renewed, again: others, waits() {}, content: () => null });
  const { outcome, body } = await answered(api.decisions);
  if (outcome !== "done") return;
  decisions.open(body);
  for (const happened of ["pinned", "imageshown", "opened"]) document.addEventListener(happened, () => setTimeout(follow));
  addEventListener("hashchange", () => setTimeout(follow, 50));
  addEventListener("keydown", key);
  follow();
}

start();
