// Decisions on their way to the server, in order. Each stays in this browser until the server has acknowledged it: a
// closed laptop, a killed server or a second tab loses none. The same event that arrives twice is taken once.
import { api } from "./api.js";

const PAUSES_MS = [1000, 2000, 5000, 10000, 30000]; // between tries while no answer comes
export const WAITING = new Set(["offline", "busy", "disk-full", "signed-out", "failed"]); // sent again later, as it is
const ASKED = new Set(["stale", "clash", "refused", "not-allowed"]); // the editor says what becomes of it

// How long to wait before what had no answer is asked again, after so many tries.
const pauseMs = (tries) => PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
export const pause = (tries) => new Promise((resolve) => setTimeout(resolve, pauseMs(tries)));

const alike = (one, other) => one.kind === other.kind && one.key === other.key;

export class Outbox {
  // site: what the store belongs to; on: acknowledged(item, answer), trouble(outcome | null), asked(item), changed(),
  // untaken(item, outcome, answer): what was to be taken back could not be
  constructor(site, on) {
    this.prefix = `align.${site}.out.`;
    this.on = on;
    this.tries = 0;
    this.trouble = null;
    this.count = 0;
    this.memory = new Map(); // what a browser that keeps nothing holds until the page is closed
    addEventListener("storage", (event) => {
      if (event.key !== null && !event.key.startsWith(this.prefix)) return;
      this.known = null;
      on.changed();
    });
    addEventListener("online", () => this.send());
  }

  // All that is not acknowledged, of all tabs, in order.
  items() {
    return (this.known ??= this.#read());
  }

  #read() {
    const names = [];
    try {
      for (let i = 0; i < localStorage.length; i += 1) names.push(localStorage.key(i));
    } catch {
      return [...this.memory.values()];
    }
    const found = names.filter((own) => own.startsWith(this.prefix)).sort().map((own) => read(own)).filter(Boolean);
    return [...found, ...this.memory.values()];
  }

  // item: {subject, event: its name, base, body} for a decision, or {subject, event, undo: true} to take that back.
  put(item) {
    this.count += 1;
    // After all that waits, also where the clock was set back meanwhile.
    const latest = Math.max(0, ...this.items().map(({ place }) => Number(place.slice(0, 15)) || 0));
    const own = { ...item, place: `${String(Math.max(Date.now(), latest + 1)).padStart(15, "0")}.${String(this.count).padStart(6, "0")}.${item.event}${item.undo ? ".undo" : ""}` };
    this.#keep(own);
    this.send();
    return own;
  }

  #keep(item) {
    this.known = null;
    try {
      localStorage.setItem(this.prefix + item.place, JSON.stringify(item));
      this.memory.delete(item.place);
    } catch {
      this.memory.set(item.place, item);
    }
  }

  drop(item) {
    this.known = null;
    this.memory.delete(item.place);
    try {
      localStorage.removeItem(this.prefix + item.place);
    } catch {
      // it was in memory alone
    }
  }

  // Whether it could be taken out: nothing was sent, or the server refused it. What was sent, by any tab, may be kept.
  withdraw(event) {
    const item = this.items().find((own) => own.event === event && !own.undo);
    if (!item || (item.tried && !item.asked)) return false;
    this.drop(item);
    return true;
  }

  // The latest of these for a subject, or null: what the editor sees of the subject.
  latest(subject) {
    return this.items().findLast((own) => alike(own.subject, subject)) ?? null;
  }

  // Sends the item again, over what stands now.
  rebase(item, base) {
    this.#keep({ ...item, base, asked: null });
    this.send();
  }

  // Tells once all that can be sent now was sent, or no answer came.
  send() {
    clearTimeout(this.later);
    if (this.running) {
      this.again = true;
      return this.running;
    }
    const work = () => this.#sendAll();
    const locks = globalThis.navigator.locks;
    // One tab at a time; where the browser has no locks, the names of events keep doubles apart.
    const done = locks ? locks.request(`${this.prefix}sending`, work) : work();
    this.running = done.finally(() => {
      this.running = null;
      if (this.again) return (this.again = false, this.send());
    });
    return this.running;
  }

  // Null once the server knows all that was decided here, but for what the editor is asked about; else what keeps it here.
  async flush() {
    while (this.#next(new Set())) {
      await this.send();
      if (this.trouble) return this.trouble;
    }
    return null;
  }

  async #sendAll() {
    const passed = new Set(), failed = new Set();
    for (let item = this.#next(passed, failed); item; item = this.#next(passed, failed)) {
      passed.add(item.place);
      if (!item.tried) this.#keep({ ...item, tried: true });
      const { outcome, body } = item.undo ? await api.undo(item.subject, item.event) : await api.decide(item.subject, item.body, item.base);
      // A fault of the server may be about this one decision: those on other subjects are not to wait for it.
      if (outcome === "failed" && failed.size === 0) {
        failed.add(item.place);
        continue;
      }
      if (WAITING.has(outcome)) return this.#wait(outcome);
      if (!failed.size) {
        this.#say(null);
        this.tries = 0;
      }
      // An undo whose answer was lost on the way is done: what it took back does not stand.
      const undone = item.undo && outcome === "stale" && body?.standing?.event !== item.event && (body?.standing?.event ?? null) === item.base;
      if (outcome === "done" || undone) {
        this.on.acknowledged(item, body);
        this.drop(item);
      } else if (item.undo && ASKED.has(outcome)) {
        // There is nothing to ask: it stands no more, or cannot be taken back, and later wishes are not to wait for it.
        this.drop(item);
        this.on.untaken(item, outcome, body);
      } else if (ASKED.has(outcome)) {
        const asked = { ...item, tried: true, asked: { outcome, ...body } };
        this.#keep(asked);
        this.on.asked(asked);
      }
    }
    if (failed.size) return this.#wait("failed");
    this.#say(null);
  }

  // The first that has not had its turn; looked for anew each time, since meanwhile the editor may take one back. None of
  // a subject is sent while an earlier one of it waits for the editor, or met a fault.
  #next(passed, failed = new Set()) {
    const items = this.items();
    const held = (item, at) => items.slice(0, at).some((own) => (own.asked || failed.has(own.place)) && alike(own.subject, item.subject));
    return items.find((item, at) => !item.asked && !passed.has(item.place) && !held(item, at)) ?? null;
  }

  #wait(outcome) {
    this.#say(outcome);
    this.later = setTimeout(() => this.send(), pauseMs(this.tries));
    this.tries += 1;
  }

  #say(trouble) {
    this.trouble = trouble;
    this.on.trouble(trouble);
  }
}

function read(name) {
  try {
    const item = JSON.parse(localStorage.getItem(name));
    return item && typeof item === "object" && item.subject && item.event ? item : null;
  } catch {
    return null;
  }
}
