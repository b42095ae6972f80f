// The tools that decide, in the viewer of a review server: of a link right, wrong, its place by hand, or "not on the
// scans"; of a pair; of a page. The viewer that lies on a disk does not load them.
import "./editor.css";
import { api, freshName } from "../review/api.js";
import { byId, h, replace } from "../shared/dom.js";
import { currentLanguage, speak, t } from "../shared/messages.js";
import { bounds } from "../viewer/geometry.js";
import { Boxes, hint } from "./boxes.js";
import { pageWindow } from "./page-window.js";
import { Pairing } from "./pairing.js";
import { words } from "./words.js";

const standing = new Map(); // by "kind key": the event that stands, as far as it is known
const bar = h("section", { class: "editor-tools", id: "editor-tools" });
let user = null;
let mode = null; // a Boxes or a Pairing, while one is at work
let shown = ""; // what the bar was made for

const name = ({ kind, key }) => `${kind} ${key}`;
const viewer = () => globalThis.align.viewer;

async function send(subject, decision, value = null) {
  const body = { event: freshName(), decision, value, comment: "", flag: false };
  return settled(subject, await api.decide(subject, body, standing.get(name(subject))?.event ?? null), "said-kept");
}

async function undo(subject) {
  return settled(subject, await api.undo(subject, standing.get(name(subject)).event), "said-undone");
}

// What came of it, in a sentence; what stands is known anew, so that a second try is over it.
function settled(subject, { outcome, body }, done) {
  if (body && "standing" in body) standing.set(name(subject), body.standing);
  const other = body?.standing ?? body?.other;
  const said = { done, stale: other ? "said-stale" : "said-nobody" }[outcome] ?? `said-${outcome}`;
  draw(outcome === "refused" ? body?.why ?? "" : t(said, { by: other?.by ?? "", decision: other ? t(`is-${other.decision}`) : "" }));
  return outcome === "done";
}

const button = (label, run, more = {}) => h("button", { type: "button", onclick: run, ...more }, t(label));

function group(subject, title, choices) {
  const event = standing.get(name(subject)) ?? null;
  return h("div", { class: "editor-group", role: "group", "aria-label": t(title), data: { kind: subject.kind } }, h("strong", {}, `${t(title)}:`),
    choices.map(([decision, label, run]) => button(label, run ?? (() => send(subject, decision)), { "aria-pressed": String(event?.decision === decision), data: { decision } })),
    event ? [h("span", { class: "soft" }, t("by", { by: event.by })), button("undo", () => undo(subject), { data: { decision: "undo" } })] : null);
}

function leave() {
  mode?.close();
  mode = null;
}

function place(open, subject) {
  leave();
  const start = open.sentence.areas.flatMap((area) => area.outlines.map((outline) => {
    const { left, top, right, bottom } = bounds([outline]);
    return { page: area.page, box: [left, top, right - left, bottom - top] };
  }));
  mode = new Boxes(open.page.image, start);
  const keep = async () => {
    const areas = mode.areas(open.volume);
    if (!areas.length) return draw(t("draw-none"));
    if (await send(subject, "placed", { areas })) (leave(), draw(t("said-kept")));
  };
  mode.bar = () => hint(button("keep", keep), button("cancel", () => (leave(), draw())), button("remove-last", () => mode.removeLast()));
  draw();
}

function pair(open, subject) {
  leave();
  mode = new Pairing(open);
  const keep = async () => {
    if (await send(subject, "paired", mode.value())) (leave(), draw(t("said-kept")));
  };
  mode.bar = () => h("div", { class: "pairing", role: "group", "aria-label": t("joined") }, h("span", {}, t("pair-how")), button("keep", keep), button("cancel", () => (leave(), draw())));
  draw();
}

function draw(said = "") {
  const open = viewer()?.open();
  if (!open?.page || user?.role === "reader") return replace(bar);
  open.page.status.element.before(bar);
  bar.setAttribute("aria-label", t("review"));
  const { sentence, order } = open;
  const groups = [];
  if (mode) groups.push(mode.bar());
  else if (sentence) {
    const link = { kind: "link", key: sentence.key };
    groups.push(group(link, "tools-link", [["right", "right"], ["wrong", "wrong"], ["placed", "place-here", () => place(open, link)], ["not-on-scan", "not-on-scan"]]));
    if (sentence.pair) {
      const own = { kind: "pair", key: sentence.pair };
      groups.push(group(own, "tools-pair", [["right", "right"], ["wrong", "wrong"], ["paired", "joined", () => pair(open, own)]]));
    }
  }
  const page = order ? open.volume.page(order) : null;
  if (page && !mode) {
    const subject = { kind: "page", key: page.key };
    const event = standing.get(name(subject)) ?? null;
    groups.push(h("div", { class: "editor-group", data: { kind: "page" } }, button("page", () => pageWindow(open.volume, page, event, (value) => send(subject, "stated", value)), { "aria-haspopup": "dialog", "aria-pressed": String(Boolean(event)) }),
      event ? button("undo", () => undo(subject)) : null));
  }
  replace(bar, groups, h("span", { class: "editor-said", role: "status" }, said));
}

// The words of the viewer and of its tools, in the language that the viewer speaks.
function speakAsViewer() {
  speak(Object.fromEntries(Object.entries(words).map(([language, table]) => [language, { ...viewer().words[language], ...table }])));
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
  draw();
}

async function start() {
  speakAsViewer();
  const [state, decisions] = await Promise.all([api.state(), api.decisions()]);
  if (state.outcome !== "done" || decisions.outcome !== "done") return;
  user = state.body.user;
  for (const event of decisions.body.standing) standing.set(name(event.subject), event);
  const source = new EventSource(`../api/events?after=${decisions.body.last}`);
  source.onmessage = async ({ data }) => {
    const { event } = JSON.parse(data);
    const { outcome, body } = event.decision === "undone" ? await api.subject(event.subject) : { outcome: "done", body: { standing: event } };
    if (outcome === "done") standing.set(name(event.subject), body.standing);
    draw(bar.querySelector(".editor-said")?.textContent ?? "");
  };
  for (const happened of ["pinned", "imageshown", "opened"]) document.addEventListener(happened, () => setTimeout(follow));
  addEventListener("hashchange", () => setTimeout(follow, 50));
  follow();
}

start();
