// A text pane: blocks, sentences that light up and can be reached by keys, and marks where pages begin.
import { h } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { placeName } from "./names.js";
import { isGrave } from "./unsure.js";

// Number of blocks from which blocks out of sight are not laid out: a whole volume may be one document.
const LONG = 500;

export class TextPane {
  // on: sentence(number|null), pick(number), page(order)
  constructor(sentences, text, volume, on) {
    this.sentences = sentences;
    this.text = text;
    this.volume = volume;
    this.on = on;
    this.spans = new Map();
    // Each block has its own direction of writing: a common one would be found anew with every block that is added.
    this.element = h("div", { class: `text${text.blocks.length > LONG ? " long" : ""}`, lang: text.language }, text.blocks.map((block) => this.#block(block)));
    this.numbers = [...this.spans.keys()].sort((a, b) => a - b);
    this.#stop(this.numbers[0]);
    this.element.addEventListener("mouseover", (event) => this.#over(event));
    this.element.addEventListener("mouseleave", () => on.sentence(null));
    this.element.addEventListener("focusin", (event) => this.#focused(event));
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  #block([role, continued, parts]) {
    const block = h(role === "heading" ? "h2" : "p", { class: `block ${role}${continued ? " continued" : ""}`, dir: "auto" });
    if (role === "note" || role === "commentary") block.append(h("span", { class: "kind" }, t(`role-${role}`)));
    for (const part of parts) block.append(this.#part(part));
    return block;
  }

  #part(part) {
    if (typeof part === "number") return this.#pageMark(part);
    if (typeof part === "string") return document.createTextNode(part);
    if (part.length === 1) return h("span", { class: "marker", title: t("marker-unconfirmed") }, part[0]);
    const [words, number] = part;
    const sentence = this.sentences.all[number];
    const first = !this.spans.has(number);
    const span = h("span", { class: `s ${sentence.status}${sentence.findings ? (isGrave(sentence) ? " found grave" : " found") : ""}`, data: { s: number }, tabindex: first ? -1 : null }, words);
    if (first) this.spans.set(number, []);
    this.spans.get(number).push(span);
    return span;
  }

  #pageMark(order) {
    const page = this.volume.page(order);
    const [name, position] = placeName(this.volume, page).split(" · ");
    // Tab passes it by and leads from pane to pane: pages have keys of their own.
    return h("button", { type: "button", tabindex: "-1", class: "page-mark", data: { page: order } },
      h("span", {}, name), position ? h("span", { class: "image-number" }, position) : null);
  }

  light(numbers, pinned) {
    for (const span of this.element.querySelectorAll(".lit")) span.classList.remove("lit", "pinned");
    for (const span of this.element.querySelectorAll("[aria-current]")) span.removeAttribute("aria-current");
    for (const number of numbers) {
      for (const span of this.spans.get(number) || []) {
        span.classList.add("lit");
        if (pinned) {
          span.classList.add("pinned");
          span.setAttribute("aria-current", "true");
        }
      }
    }
  }

  // Brings the first of these sentences into view; nothing moves where it is in view.
  bring(numbers, scroller) {
    const first = numbers.find((number) => this.spans.has(number));
    if (first === undefined) return;
    this.#stop(first);
    // Where blocks out of sight are not laid out, only the browser can find the place.
    if (this.text.blocks.length > LONG) {
      this.spans.get(first)[0].scrollIntoView({ block: "center" });
      return;
    }
    const own = this.spans.get(first)[0].getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    const last = this.spans.get(first).at(-1).getBoundingClientRect();
    if (own.top >= view.top + 4 && last.bottom <= view.bottom - 4) return;
    scroller.scrollTop += own.top - view.top - Math.max(8, (view.height - (last.bottom - own.top)) / 3);
  }

  bringPage(order, scroller) {
    const mark = this.element.querySelector(`.page-mark[data-page="${order}"]`);
    if (mark && this.text.blocks.length > LONG) mark.scrollIntoView({ block: "start" });
    else if (mark) scroller.scrollTop += mark.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
  }

  focus(number) {
    const span = this.spans.get(number)?.[0];
    if (!span) return false;
    this.#stop(number);
    span.focus({ preventScroll: false });
    return true;
  }

  // One stop of Tab for each pane; arrow keys lead on from there.
  #stop(number) {
    if (number === undefined) return;
    this.spans.get(this.at)?.[0].setAttribute("tabindex", "-1");
    this.at = number;
    this.spans.get(number)[0].setAttribute("tabindex", "0");
  }

  #number(event) {
    const span = event.target.closest?.("[data-s]");
    return span ? Number(span.dataset.s) : null;
  }

  #over(event) {
    this.on.sentence(this.#number(event));
  }

  #focused(event) {
    const number = this.#number(event);
    if (number === null) return;
    this.#stop(number);
    this.on.focus(number);
  }

  #clicked(event) {
    const mark = event.target.closest(".page-mark");
    if (mark) this.on.page(Number(mark.dataset.page));
    else if (!String(getSelection())) {
      const number = this.#number(event);
      if (number !== null) this.on.pick(number);
    }
  }

  #key(event) {
    const number = this.#number(event);
    if (number === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.numbers.indexOf(number);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.numbers.length - 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") this.on.pick(number);
    else if (next === undefined || !this.focus(this.numbers[next])) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
