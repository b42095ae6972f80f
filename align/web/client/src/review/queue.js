// Which findings an editor goes through, and in which order. The order stays while one works: what was decided keeps
// its place until the queue is asked for anew.
export const STATES = ["undecided", "all", "decided", "flagged", "commented", "earlier", "asked"];

export class Queue {
  constructor(findings, decisions) {
    this.findings = findings;
    this.decisions = decisions;
    this.rows = [];
    this.at = -1; // index into rows
    this.skipped = new Set();
    this.changedBy = new Map(); // by key of a finding: its decision on an earlier text
  }

  subject(row) {
    return { kind: "finding", key: this.findings.rows[row].key };
  }

  of(row) {
    return this.decisions.of(this.subject(row));
  }

  decided(row) {
    return Boolean(this.of(row)?.decision) && !this.earlier(row);
  }

  // The decision on an earlier text of this finding, {event, now}, or null.
  earlier(row) {
    const event = this.decisions.standing.of(this.subject(row));
    return this.changedBy.get(this.findings.rows[row].key) ?? (event && this.decisions.standing.changed.get(event.event)) ?? null;
  }

  get row() {
    return this.rows[this.at] ?? -1;
  }

  // wanted: {severities, code, document, page, by, state, order}; the row that is open stays open if it can.
  ask(wanted) {
    const open = this.row;
    this.changedBy = new Map([...this.decisions.standing.changed.values()].filter((own) => own.now && own.event.subject.kind === "finding")
      .map((own) => [own.now.subject?.key ?? own.event.subject.key, own]));
    const rows = this.findings.rows.map((_, row) => row).filter((row) => this.#passes(row, wanted));
    const { rows: all } = this.findings;
    const first = (row) => (all[row].pages.length ? Math.min(...all[row].pages) : Infinity);
    const by = {
      rank: (a, b) => a - b,
      score: (a, b) => all[a].byScore - all[b].byScore,
      kind: (a, b) => all[a].severity - all[b].severity || all[a].code - all[b].code || a - b,
      page: (a, b) => (first(a) === first(b) ? a - b : first(a) - first(b)),
    }[wanted.order];
    // What is undecided comes first; of the rest what a second reader is asked for.
    const group = new Map(rows.map((row) => [row, !this.decided(row) ? 0 : this.of(row)?.flag ? 1 : 2]));
    this.rows = rows.sort((a, b) => group.get(a) - group.get(b) || by(a, b));
    this.skipped.clear();
    this.at = open >= 0 && this.rows.includes(open) ? this.rows.indexOf(open) : this.rows.length ? 0 : -1;
  }

  #passes(row, { severities, code, document, page, by, state }) {
    const own = this.findings.rows[row];
    if (own.change === "gone" || !severities.includes(own.severity)) return false;
    if ((code >= 0 && own.code !== code) || (document >= 0 && own.document !== document) || (page >= 0 && !own.pages.includes(page))) return false;
    const event = this.of(row);
    if (by && event?.by !== by) return false;
    return {
      all: true,
      undecided: !this.decided(row),
      decided: this.decided(row),
      flagged: Boolean(event?.flag),
      commented: Boolean(event?.comment),
      earlier: Boolean(this.earlier(row)),
      asked: Boolean(event?.asked),
    }[state];
  }

  go(at) {
    if (at >= 0 && at < this.rows.length) this.at = at;
  }

  open(row) {
    this.go(this.rows.indexOf(row));
  }

  // The next finding that is undecided and was not skipped; then those that were skipped. -1: all are decided.
  nextOpen() {
    const n = this.rows.length;
    let next = -1;
    for (let step = 1; step < n; step += 1) {
      const row = this.rows[(this.at + step) % n];
      if (this.decided(row)) continue;
      if (!this.skipped.has(row)) return row;
      if (next < 0) next = row;
    }
    // Only skipped ones are left: they come again.
    if (next >= 0) this.skipped.clear();
    return next;
  }

  // The rows that will be wanted soon: what they show is loaded ahead.
  near(before, after) {
    return this.rows.slice(Math.max(0, this.at - before), this.at + after + 1);
  }
}
