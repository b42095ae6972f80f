// How long the rest will take, by how long this editor took for the last decisions.
const FEWEST = 5; // decisions from which a pace is known
const KEPT = 40; // decisions that the pace is taken from
const LONGEST_S = 180; // a longer pause was no work

export class Pace {
  constructor(now = () => Date.now()) {
    this.now = now;
    this.last = null;
    this.seconds = [];
  }

  decided() {
    const now = this.now();
    const taken = this.last === null ? null : (now - this.last) / 1000;
    if (taken !== null && taken <= LONGEST_S) this.seconds = [...this.seconds, taken].slice(-KEPT);
    this.last = now;
  }

  // Seconds for so many decisions more; null where no pace is known.
  left(n) {
    if (this.seconds.length < FEWEST) return null;
    const sorted = [...this.seconds].sort((a, b) => a - b);
    return n * sorted[sorted.length >> 1];
  }
}
