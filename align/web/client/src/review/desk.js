// The desk: the open finding, the queue beside it, the keys; what each act does.
import { byId } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { keyOf } from "../shared/keyboard.js";
import { api } from "./api.js";
import { Bar } from "./bar.js";
import { Decisions } from "./decisions.js";
import { anyWindow, openAlike, openDocuments, openEarlier, openKeys, openWindow } from "./dialogs.js";
import { Filters } from "./filters.js";
import { wireFrame, wordFrame } from "./frame.js";
import { codeTitle } from "../report/names.js";
import { Keymap } from "./keymap.js";
import { QueueList } from "./list.js";
import { WAITING } from "./outbox.js";
import { Progress } from "./progress.js";
import { Queue } from "./queue.js";
import { openConflicts, worded } from "./said.js";
import { Screen } from "./screen.js";

const AHEAD = 4, BEHIND = 2; // findings whose details and pictures are loaded before they are asked for
const SETTLE_MS = 40; // after a decision, before the page follows: one picture for all that it brings
const COUNT_MS = 80; // after the last change, before what is decided is counted anew
const DECISIONS = { accept: "mend", leave: "leave", "false-alarm": "false-alarm", "cannot-tell": "cannot-tell" };

export class Desk {
  constructor(findings, state, results) {
    this.findings = findings;
    this.state = state;
    this.results = results;
    this.keymap = new Keymap();
    this.may = state.user.role !== "reader";
    this.decisions = new Decisions(state.collection, state.user, {
      changed: (subject, event) => this.changed(subject, event),
      trouble: (outcome) => this.trouble(outcome),
      results: () => this.notice(t("outdated")),
      again: () => this.#again(),
      waits: () => this.say(t("many-waits")),
      untaken: (words, by) => this.say(t(words, { by, n: 1 })),
      about: (subject) => this.#about(subject),
      content: ({ kind, key }) => (kind === "finding" ? this.findings.detail(this.rowOf.get(key))?.content ?? null : null),
    });
    this.queue = new Queue(findings, this.decisions);
    this.rowOf = new Map(findings.rows.map(({ key }, row) => [key, row]));
    this.progress = new Progress(findings, this.queue, state.documents);
    // What the window of the whole page asks of a list.
    const { queue } = this;
    this.pageList = { get rows() { return queue.rows; }, current: -1, go: () => this.screen.article?.focus({ preventScroll: true }) };
  }

  async begin() {
    this.screen = new Screen(byId("card"), { cards: this.cards, queue: this.queue, on: {
      reading: (reading) => this.decide({ decision: "mend", value: { reading } }),
      comment: (comment) => (this.decisions.decide(this.subject, { comment: comment.trim() }), this.say(t("said-comment")), this.focus()),
      settle: (item, whose) => (this.decisions.settle(item, whose), this.focus()),
      confirm: ({ event }) => this.decide({ decision: event.decision, value: event.value, comment: event.comment, flag: event.flag }),
    } });
    this.bar = new Bar(byId("bar"), this.keymap, (act) => this.run(act));
    this.filters = new Filters(byId("filters"), this.findings, { changed: () => this.ask() });
    this.list = new QueueList(byId("queue-list"), this.queue, (at) => (byId("desk").classList.remove("with-queue"), this.go(at)));
    wireFrame({ state: this.state, run: (act) => this.run(act), switched: () => this.reworded() });
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("hashchange", () => this.#fromAddress());
    const { outcome, body } = await api.decisions();
    if (outcome !== "done") return this.trouble(outcome);
    this.decisions.open(body);
    this.filters.name(this.#editors());
    this.#fromAddress();
    if (this.results !== this.state.results && this.state.results) this.notice(t("outdated"));
    setTimeout(() => this.findings.everything(), 500);
  }

  // Where a subject is found, and what it is called, in a window that asks about it later.
  #about({ kind, key }) {
    const { index, rows } = this.findings;
    if (kind === "document") return { about: index.documents.find((own) => own[3] === key)?.[2] ?? "" };
    const row = this.rowOf.get(key);
    if (row === undefined) return {};
    const { code, document } = rows[row];
    return { about: [codeTitle(index, code), document < 0 ? "" : index.documents[document][2]].filter(Boolean).join(" · ") };
  }

  // The server answers again: it may show the results of another run now.
  async #again() {
    const { outcome, body } = await api.state();
    if (outcome === "done" && body.results !== this.state.results) this.notice(t("outdated"));
  }

  #fromAddress() {
    const key = this.filters.fromAddress();
    this.queue.ask(this.filters.wanted());
    if (this.rowOf.has(key)) {
      const row = this.rowOf.get(key);
      if (!this.queue.rows.includes(row)) this.queue.rows.unshift(row);
      this.queue.open(row);
    }
    this.show();
  }

  get subject() {
    return this.queue.subject(this.queue.row);
  }

  #editors() {
    return [...new Set(this.decisions.standing.events().map((event) => event.by))].sort();
  }

  // The queue anew, for the choices above it.
  ask() {
    this.queue.ask(this.filters.wanted());
    this.show({ focus: false });
  }

  async show({ focus = true } = {}) {
    const { row } = this.queue;
    if (row >= 0 && !this.findings.detail(row)) await this.findings.ready([row]);
    if (row !== this.queue.row) return; // meanwhile another finding was opened
    this.screen.show({ focus });
    this.list.show();
    this.renew();
    this.filters.toAddress(row >= 0 ? this.findings.rows[row].key : "");
    this.#ahead();
  }

  // What is shown of decisions, put into the page anew.
  renew() {
    const { row } = this.queue;
    this.screen.renew();
    this.list.draw();
    this.bar.show({ event: row < 0 ? null : this.queue.of(row), proposed: row < 0 ? null : this.findings.detail(row)?.proposed, may: this.may, open: row >= 0 });
    // Counting thousands of findings can wait till the next one is there.
    clearTimeout(this.counting);
    this.counting = setTimeout(() => this.progress.show(this.filters.wanted()), COUNT_MS);
    this.trouble(this.decisions.outbox.trouble);
    const { size } = this.decisions.standing.changed;
    byId("earlier").hidden = !size;
    byId("earlier").textContent = t("earlier-count", { n: size });
    const n = this.decisions.asked().length;
    byId("conflicts").hidden = !n;
    byId("conflicts").textContent = t("conflicts-count", { n });
  }

  // The details and pictures of the findings that come next: they are there when they are asked for.
  async #ahead() {
    const rows = this.queue.near(BEHIND, AHEAD);
    await this.findings.ready(rows);
    const next = this.queue.nextOpen();
    for (const row of [next, ...rows]) {
      if (row < 0) continue;
      for (const { page } of this.findings.detail(row)?.views ?? []) this.#picture(this.findings.index.pages[page].image);
    }
  }

  #picture(address) {
    this.pictures ??= new Map();
    if (!address || this.pictures.has(address)) return;
    const image = new Image();
    image.src = address;
    image.decode?.().catch(() => null);
    this.pictures.set(address, image);
    if (this.pictures.size > 40) this.pictures.delete(this.pictures.keys().next().value);
  }

  go(at) {
    this.queue.go(at);
    return this.show();
  }

  focus() {
    this.renew();
    this.screen.article?.focus({ preventScroll: true });
  }

  // A decision was made, seen, taken back or given by somebody else.
  changed(subject, event = null) {
    if (!this.screen) return;
    if (event) {
      if (!this.filters.editors.includes(event.by)) this.filters.name(this.#editors());
      if (this.queue.row >= 0 && subject.key === this.subject.key && event.by !== this.state.user.name) this.say(t("said-other", { by: event.by, decision: worded(event) }));
    }
    clearTimeout(this.renewing);
    this.renewing = setTimeout(() => this.renew(), SETTLE_MS);
  }

  decide(change) {
    const { queue } = this;
    if (queue.row < 0 || !this.may) return;
    const event = this.decisions.of(this.subject);
    // The same decision again changes nothing.
    const same = event && event.decision === change.decision && JSON.stringify(event.value ?? null) === JSON.stringify(change.value ?? null) && !queue.earlier(queue.row);
    if (!same) this.decisions.decide(this.subject, change);
    this.progress.pace.decided();
    this.say(t("said-decided", { decision: worded(this.decisions.of(this.subject)) }));
    const next = queue.nextOpen();
    if (next < 0) return this.#end();
    queue.open(next);
    return this.show();
  }

  #end() {
    this.say(t("all-decided"));
    this.focus();
  }

  async undo() {
    const { nothing, subject, n, by } = await this.decisions.undo();
    if (nothing) this.say(t(nothing in { "nothing-to-undo": 1, "undo-overtaken": 1 } ? nothing : WAITING.has(nothing) ? "undo-waits" : `trouble-${nothing}`, { by: by ?? "", n: 1 }));
    else this.say(subject ? t("said-undone") : t("said-undone-batch", { n }));
    const row = subject && subject.kind === "finding" ? this.rowOf.get(subject.key) : undefined;
    if (row === undefined) return this.renew();
    if (!this.queue.rows.includes(row)) this.queue.rows.splice(Math.max(0, this.queue.at), 0, row);
    this.queue.open(row);
    return this.show();
  }

  // All findings alike: a preview first, then one act.
  async alike(known = null) {
    if (this.queue.row < 0) return;
    const selection = { alike: this.findings.rows[this.queue.row].key };
    const { outcome, body } = known ?? await this.decisions.preview({ selection, decision: "mend" });
    if (outcome !== "done") return this.say(body?.why ?? t(`trouble-${outcome}`, { n: 1 }));
    const keys = body.subjects.map(({ key }) => key);
    await this.findings.ready(keys.map((key) => this.rowOf.get(key)).filter((row) => row !== undefined));
    openAlike({
      findings: this.findings, decisions: this.decisions, rowOf: (key) => this.rowOf.get(key), keys, passedOver: body.passed_over ?? 0,
      decide: async (decision) => {
        const rows = keys.map((key) => this.rowOf.get(key));
        // Each is mended with its own reading: one may have a full stop where another has a comma.
        if (decision === "mend" && rows.some((row) => this.findings.detail(row)?.proposed)) return this.#mendEach(rows);
        const done = await this.decisions.many({ selection, decision, seen: body.seen });
        if (done.preview) return this.alike({ outcome: "done", body: done.preview });
        this.say(done.outcome === "done" ? t("said-many", { n: done.n }) : t(`trouble-${done.outcome}`, { n: 1 }));
        const next = this.queue.nextOpen();
        if (done.outcome === "done" && next >= 0) this.queue.open(next);
        this.show();
      },
    });
  }

  // The value that accepts the proposed reading of a finding; null where it proposes none.
  #proposed(row) {
    const { proposed } = this.findings.detail(row) ?? {};
    return proposed ? { reading: proposed.reading } : null;
  }

  #mendEach(rows) {
    this.decisions.each(rows.map((row) => [this.queue.subject(row), { decision: "mend", value: this.#proposed(row) }]));
    this.say(t("said-many", { n: rows.length }));
    const next = this.queue.nextOpen();
    if (next >= 0) this.queue.open(next);
    return this.show();
  }

  skip() {
    if (this.queue.row < 0) return;
    this.queue.skipped.add(this.queue.row);
    const next = this.queue.nextOpen();
    if (next < 0) return this.queue.decided(this.queue.row) ? this.#end() : this.say(t("only-this"));
    this.queue.open(next);
    this.show();
  }

  run(act) {
    const { queue } = this;
    const acts = {
      edit: () => this.may && this.screen.type("reading"),
      comment: () => this.may && this.screen.type("comment"),
      flag: () => this.may && queue.row >= 0 && (this.decisions.decide(this.subject, { flag: !queue.of(queue.row)?.flag }), this.say(t(queue.of(queue.row)?.flag ? "said-flag" : "said-unflag")), this.focus()),
      alike: () => this.may && this.alike(),
      skip: () => this.skip(),
      undo: () => this.may && this.undo(),
      next: () => this.go(Math.min(queue.at + 1, queue.rows.length - 1)),
      previous: () => this.go(Math.max(queue.at - 1, 0)),
      page: () => queue.row >= 0 && this.wholePage.open(queue.at, 0),
      viewer: () => this.screen.article?.querySelector("a.to-viewer")?.click(),
      queue: () => this.#toggleQueue(),
      documents: () => this.documents(),
      earlier: () => openEarlier([...this.decisions.standing.changed.values()], (key) => this.rowOf.get(key), (row) => this.#open(row)),
      conflicts: () => openConflicts(this.decisions, openWindow, () => this.renew()),
      help: () => openKeys(this.keymap, () => this.renew()),
    };
    if (act === "accept") {
      if (queue.row < 0) return;
      return this.decide({ decision: "mend", value: this.#proposed(queue.row) });
    }
    if (act in DECISIONS) return this.decide({ decision: DECISIONS[act], value: null });
    return acts[act]();
  }

  #toggleQueue() {
    const shown = byId("desk").classList.toggle("with-queue");
    byId("queue-open").setAttribute("aria-expanded", String(shown));
    if (shown) byId("filters").querySelector("select").focus();
  }

  #open(row) {
    if (!this.queue.rows.includes(row)) this.queue.rows.splice(Math.max(0, this.queue.at), 0, row);
    this.queue.open(row);
    this.show();
  }

  documents() {
    const subject = (at) => ({ kind: "document", key: this.findings.index.documents[at][3] });
    openDocuments({
      findings: this.findings, counts: this.progress.byDocument(this.filters.wanted()), may: this.may,
      stateOf: (at) => this.decisions.of(subject(at)),
      choose: (at, decision) => this.decisions.decide(subject(at), { decision }),
      only: (at) => {
        this.filters.put({ ...this.filters.wanted(), document: at });
        this.ask();
        this.focus();
      },
    });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (anyWindow() || event.target.closest?.("input, textarea, select")) return;
    const key = keyOf(event);
    // What has the focus keeps the keys that work it.
    if ((key === " " || key === "Enter") && event.target.closest?.("button, a, summary")) return;
    const act = this.keymap.act(key);
    if (!act || (event.repeat && !["next", "previous", "skip"].includes(act))) return;
    event.preventDefault();
    this.run(act);
  }

  say(words) {
    byId("said").textContent = words;
  }

  notice(words) {
    byId("notice").hidden = !words;
    byId("notice").textContent = words;
  }

  trouble(outcome) {
    const n = this.decisions.outbox.items().length;
    byId("trouble").hidden = !outcome;
    byId("trouble").textContent = outcome ? t(`trouble-${outcome}`, { n }) : "";
  }

  reworded() {
    wordFrame();
    this.filters.word();
    this.show({ focus: false });
  }
}

