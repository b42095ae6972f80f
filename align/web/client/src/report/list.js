// The list of findings: blocks that are filled when they come near the window and emptied when they are far from it.
import { byId, h } from "../shared/dom.js";

const BLOCK = 10; // findings that are put into the page, and taken out of it, together
const USUAL_HEIGHT = 420; // CSS pixels of a finding that was not measured yet
const NEAR = "1600px 0px", FAR = "9000px 0px";

export class List {
  constructor(findings) {
    this.findings = findings;
    this.cards = null; // makes the articles
    this.element = byId("list");
    this.rows = []; // the rows that the filters let through, in order
    this.current = -1; // index into rows
    this.blocks = []; // {element, from, to, filled}
    this.printing = false;
  }

  // Shows these rows. With keep, the row that was current stays current if it is among them.
  show(rows, { keep = false } = {}) {
    const row = keep && this.current >= 0 ? this.rows[this.current] : -1;
    this.rows = rows;
    this.current = row < 0 ? -1 : rows.indexOf(row);
    this.near?.disconnect();
    this.far?.disconnect();
    this.near = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && this.#fill(entry.target.block)), { rootMargin: NEAR });
    this.far = new IntersectionObserver((entries) => entries.forEach((entry) => !entry.isIntersecting && this.#empty(entry.target.block)), { rootMargin: FAR });
    this.blocks = [];
    for (let from = 0; from < rows.length; from += BLOCK) {
      const to = Math.min(from + BLOCK, rows.length);
      const element = h("div", { class: "block" });
      element.style.minHeight = `${(to - from) * USUAL_HEIGHT}px`;
      element.block = { element, from, to, filled: false };
      this.blocks.push(element.block);
    }
    this.element.replaceChildren(...this.blocks.map((block) => block.element));
    for (const block of this.blocks) {
      this.near.observe(block.element);
      this.far.observe(block.element);
    }
  }

  #put(block) {
    block.filled = true;
    const rows = this.rows.slice(block.from, block.to);
    block.element.replaceChildren(...rows.map((row, i) => this.cards.card(row, block.from + i, this.rows.length)));
    block.element.style.minHeight = "";
  }

  #known(block) {
    return this.rows.slice(block.from, block.to).every((row) => this.findings.detail(row));
  }

  async #fill(block) {
    if (block.filled) return;
    if (!this.#known(block)) await this.findings.ready(this.rows.slice(block.from, block.to));
    if (!block.filled && this.blocks.includes(block)) this.#put(block);
  }

  #empty(block) {
    if (!block.filled || block.element.contains(document.activeElement) || this.printing) return;
    block.element.style.minHeight = `${block.element.offsetHeight}px`;
    block.element.replaceChildren();
    block.filled = false;
  }

  // Makes the finding at this place current, and focuses it.
  async go(at, { scroll = true } = {}) {
    if (at < 0 || at >= this.rows.length) return;
    this.current = at;
    const block = this.blocks[Math.floor(at / BLOCK)];
    await this.#fill(block);
    if (this.current !== at || !block.filled) return;
    const element = block.element.children[at - block.from];
    element.focus({ preventScroll: true });
    if (scroll) element.scrollIntoView({ block: "start" });
  }

  next() {
    return this.go(Math.min(this.here() + 1, this.rows.length - 1));
  }

  previous() {
    return this.go(Math.max(this.here() - 1, 0));
  }

  // The place of the finding that has the focus, else of the current one.
  here() {
    const article = document.activeElement?.closest?.("article");
    return article ? Number(article.getAttribute("aria-posinset")) - 1 : this.current;
  }

  // Puts all findings into the page whose details are there, as printing needs them, and keeps them there.
  spread() {
    this.printing = true;
    for (const block of this.blocks) if (!block.filled && this.#known(block)) this.#put(block);
  }
}
