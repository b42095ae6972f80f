// What the editor sees and does: decisions that are shown at once, sent in order, and taken back one by one.
import { keep, recall } from "../shared/storage.js";
import { api, freshName } from "./api.js";
import { Outbox, WAITING, pause } from "./outbox.js";
import { Standing } from "./standing.js";

const MOST_ACTS = 500; // acts that can be taken back after the page was opened anew

export class Decisions {
  // user: {name, role}; on: changed(subject | null), trouble(outcome | null), results(), again(), waits(), untaken(words of
  // what went wrong, by whom); content(subject): what the editor sees of it, or null; about(subject): {at, about}, its
  // address and its words, for a window that asks about it later
  constructor(site, user, on) {
    this.user = user;
    this.on = on;
    this.standing = new Standing();
    this.acts = (recall("acts") || []).filter((act) => act && (act.subject || act.batch));
    this.outbox = new Outbox(site, {
      acknowledged: (item, answer) => this.#acknowledged(item, answer),
      trouble: on.trouble,
      asked: (item) => this.#asked(item),
      untaken: (item, outcome, answer) => this.#untaken(item, outcome, answer),
      changed: () => on.changed(null),
    });
  }

  open(answer) {
    this.standing.open(answer);
    this.on.changed(null);
    this.outbox.send();
    this.#listen();
  }

  // The decision that an editor sees of a subject, or null. `pending`: not acknowledged yet; `asked`: the server
  // answered that the editor must say what is to become of it.
  of(subject) {
    const item = this.outbox.latest(subject);
    if (!item) return this.standing.of(subject);
    return item.undo ? item.shows : this.#pending(item);
  }

  #pending(item) {
    return { ...item.body, subject: item.subject, by: this.user.name, time: null, pending: item, asked: item.asked ?? null };
  }

  // The decisions of which the editor must say what is to become of them.
  asked() {
    return this.outbox.items().filter((item) => item.asked && !item.undo).map((item) => this.#pending(item));
  }

  // Adds a decision; `change` has what is other than in the decision that stands.
  decide(subject, change) {
    const before = this.of(subject);
    const { decision = null, value = null, comment = "", flag = false } = { ...before, ...change };
    if (!decision && !comment && !flag) {
      if (!before) return null;
      // A decision that says nothing is the one before it taken back, where that was the first.
      if ((before.pending ? before.pending.base : before.based_on) === null) {
        this.#forget(before.event);
        return this.#takeBack(before, null);
      }
    }
    const event = freshName();
    this.#did({ subject, event, before });
    this.outbox.put({ subject, event, ...this.on.about(subject), base: before?.event ?? null, body: { event, decision, value, comment, flag, content: this.on.content(subject) } });
    this.on.changed(subject);
  }

  // Takes back the latest own act. Returns {subject} or {batch}, what was taken back, or {nothing: reason}.
  async undo() {
    const act = this.acts.pop();
    keep("acts", this.acts);
    if (!act) return { nothing: "nothing-to-undo" };
    if (act.batch) return this.#undoBatch(act);
    const now = this.of(act.subject);
    if (now?.event !== act.event) return { nothing: "undo-overtaken", subject: act.subject, by: now?.by };
    this.#takeBack(now, act.before ?? null);
    return { subject: act.subject };
  }

  // Takes back what stands of a subject, whoever decided it.
  takeBack(subject) {
    const now = this.of(subject);
    if (!now) return;
    const act = this.acts.find((own) => own.event === now.event);
    this.#forget(now.event);
    this.#takeBack(now, act?.before ?? null);
  }

  // Takes back the event that stands; `shows` is what stood before it.
  #takeBack({ subject, event }, shows) {
    if (!this.outbox.withdraw(event)) this.outbox.put({ subject, event, undo: true, base: shows?.event ?? null, shows });
    this.on.changed(subject);
  }

  async #undoBatch(act) {
    const waiting = this.outbox.items().filter((item) => item.body?.batch === act.batch);
    for (const item of waiting) this.#takeBack(item, this.standing.of(item.subject));
    if (waiting.length === act.n) return { batch: act.batch, n: act.n };
    const { outcome } = await api.undoBatch(act.batch);
    // "refused": nothing of it stands any more, as after an answer that was lost on the way.
    if (outcome !== "done" && outcome !== "refused") {
      this.#did(act);
      return { nothing: outcome };
    }
    await this.renew();
    return { batch: act.batch, n: act.n };
  }

  // What would be decided with all of a selection. The server is asked only once it knows all that was decided here:
  // what is still on its way would count as undecided, and be decided twice.
  async preview(wanted) {
    const trouble = await this.outbox.flush();
    return trouble ? { outcome: trouble, body: null } : api.preview(wanted);
  }

  // Decides on all that were shown, as one act. `wanted.seen` names what was shown; where that is no longer so, the
  // outcome is "stale", and `preview` is what would be decided now. While no answer comes it is asked again, under the
  // same name: what was done before its answer was lost is not done twice.
  async many(wanted) {
    const batch = freshName();
    let { outcome, body } = await api.many({ ...wanted, batch });
    for (let tries = 0; WAITING.has(outcome); tries += 1) {
      this.on.waits();
      await pause(tries);
      ({ outcome, body } = await api.many({ ...wanted, batch }));
    }
    if (outcome === "done") {
      this.#did({ batch: body.batch ?? batch, n: body.count });
      await this.renew();
    }
    return { outcome, n: body?.count ?? 0, preview: outcome === "stale" ? body : null };
  }

  // Decides on each of these, [subject, change], as one act.
  each(decided) {
    const batch = freshName();
    for (const [subject, change] of decided) {
      const before = this.of(subject);
      const event = freshName();
      this.outbox.put({ subject, event, ...this.on.about(subject), base: before?.event ?? null, body: { event, decision: null, value: null, comment: before?.comment ?? "", flag: before?.flag ?? false, batch, content: this.on.content(subject), ...change } });
    }
    this.#did({ batch, n: decided.length });
    this.on.changed(null);
  }

  // "mine": the decision is sent over the other's; "theirs": it is given up.
  settle(item, whose) {
    const other = item.asked?.standing ?? null;
    if (whose === "mine") this.outbox.rebase(item, other?.event ?? null);
    else {
      for (const own of this.outbox.items().filter((one) => one.subject.key === item.subject.key && one.subject.kind === item.subject.kind)) this.outbox.drop(own);
      this.#forget(item.event);
    }
    this.on.changed(item.subject);
    this.outbox.send();
  }

  // Asks the server anew for all that stands.
  async renew() {
    const { outcome, body } = await api.decisions();
    if (outcome === "done") this.standing.open(body);
    this.on.changed(null);
    return outcome;
  }

  #did(act) {
    this.acts = [...this.acts, act].slice(-MOST_ACTS);
    keep("acts", this.acts);
  }

  #forget(event) {
    this.acts = this.acts.filter((act) => act.event !== event);
    keep("acts", this.acts);
  }

  #acknowledged(item, answer) {
    if (answer && "standing" in answer) this.standing.put(item.subject, answer.standing, answer.number);
    this.on.changed(item.subject);
  }

  #asked(item) {
    const { outcome, standing } = item.asked;
    if (outcome === "stale") this.standing.put(item.subject, standing ?? null);
    this.on.changed(item.subject);
  }

  #untaken(item, outcome, answer) {
    if (outcome === "stale") this.standing.put(item.subject, answer?.standing ?? null);
    this.on.untaken(outcome === "stale" ? "undo-overtaken" : `trouble-${outcome}`, (answer?.standing ?? answer?.other)?.by ?? "");
    this.on.changed(item.subject);
  }

  async #fetch(subject) {
    const { outcome, body } = await api.subject(subject);
    if (outcome !== "done") return;
    this.standing.put(subject, body.standing);
    this.on.changed(subject);
  }

  // What others decide arrives by itself; after a break the browser asks for what came meanwhile.
  #listen() {
    this.source?.close();
    this.source = new EventSource(`../api/events?after=${this.standing.last}`);
    this.source.onmessage = ({ data }) => {
      const { number, event } = JSON.parse(data);
      this.standing.last = Math.max(this.standing.last, number);
      if (!this.standing.take(event, number)) this.#fetch(event.subject);
      this.on.changed(event.subject, event);
    };
    let before = false;
    this.source.onopen = () => {
      this.outbox.send();
      // A server that was started again says nothing of a run before its start.
      if (before || this.refused) this.on.again();
      before = true;
      this.refused = 0;
    };
    // A browser tries again by itself where no answer comes, and not where the answer is a refusal, as of a proxy before a
    // server that is started anew.
    const { source } = this;
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED || source !== this.source) return;
      pause(this.refused = (this.refused ?? 0) + 1).then(() => source === this.source && this.#listen());
    };
    this.source.addEventListener("results", () => this.on.results());
  }
}
