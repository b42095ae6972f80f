// How far the work is: of all findings that the queue may hold, and by document.
import { byId } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { Pace } from "./pace.js";

const HOUR_S = 3600, MINUTE_S = 60;

export class Progress {
  // documents: what the server knows of them; its own estimate serves until this editor's pace is known.
  constructor(findings, queue, documents) {
    Object.assign(this, { findings, queue, documents });
    this.pace = new Pace();
  }

  // {n, done} of each document, of findings of these severities.
  byDocument({ severities }) {
    const counts = this.findings.index.documents.map(() => ({ n: 0, done: 0 }));
    this.findings.rows.forEach((own, row) => {
      if (own.document < 0 || own.change === "gone" || !severities.includes(own.severity)) return;
      counts[own.document].n += 1;
      if (this.queue.decided(row)) counts[own.document].done += 1;
    });
    return counts;
  }

  #all({ severities, document }) {
    const rows = this.findings.rows.map((_, row) => row).filter((row) => {
      const own = this.findings.rows[row];
      return own.change !== "gone" && severities.includes(own.severity) && (document < 0 || own.document === document);
    });
    return { n: rows.length, done: rows.filter((row) => this.queue.decided(row)).length };
  }

  show(wanted) {
    if (!wanted) return;
    const { n, done } = this.#all(wanted);
    const known = (this.documents ?? []).map((own) => own.seconds_left).filter((seconds) => typeof seconds === "number");
    const seconds = this.pace.left(n - done) ?? (known.length && wanted.document < 0 ? known.reduce((sum, own) => sum + own, 0) : null);
    byId("progress").max = Math.max(1, n);
    byId("progress").value = n ? done : 1;
    byId("progress-words").textContent = done < n && seconds !== null ? t("progress-left", { done, n, left: left(seconds) }) : t("of-count", { done, n });
  }
}

// A time in words, rounded as people say it.
export function left(seconds) {
  if (seconds < 1.5 * MINUTE_S) return t("left-minute");
  if (seconds < 1.5 * HOUR_S) return t("left-minutes", { n: Math.round(seconds / MINUTE_S / (seconds > 600 ? 5 : 1)) * (seconds > 600 ? 5 : 1) });
  return t("left-hours", { n: Math.round(seconds / HOUR_S) });
}
