// The queue as a list. Of thousands of rows only those in sight are in the page.
import { h, svg } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { codeTitle, pageName } from "../report/names.js";
import { sign, worded } from "./said.js";

const HEIGHT = 52; // CSS pixels of a row; review.css has the same number
const SPARE = 8; // rows above and below those in sight

export class QueueList {
  // pick(at): the row at this place of the queue was chosen.
  constructor(element, queue, pick) {
    Object.assign(this, { element, queue, pick });
    this.rows = h("ol", { class: "rows" });
    this.sheet = h("div", { class: "rows-sheet" }, this.rows);
    element.replaceChildren(this.sheet);
    element.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(element);
  }

  show() {
    this.sheet.style.height = `${this.queue.rows.length * HEIGHT}px`;
    this.bring();
    this.draw();
  }

  // Brings the open finding into sight.
  bring() {
    const { element, queue } = this;
    const top = queue.at * HEIGHT;
    if (top < element.scrollTop + HEIGHT || top + 2 * HEIGHT > element.scrollTop + element.clientHeight) element.scrollTop = top - element.clientHeight / 3;
  }

  draw() {
    const { element, queue } = this;
    const from = Math.max(0, Math.floor(element.scrollTop / HEIGHT) - SPARE);
    const to = Math.min(queue.rows.length, Math.ceil((element.scrollTop + element.clientHeight) / HEIGHT) + SPARE);
    const focused = this.rows.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    this.rows.style.top = `${from * HEIGHT}px`;
    this.rows.setAttribute("start", String(from + 1));
    this.rows.replaceChildren(...queue.rows.slice(from, to).map((row, i) => this.#row(row, from + i)));
    if (focused !== null) this.rows.querySelector(`[data-at="${focused}"]`)?.focus({ preventScroll: true });
  }

  #row(row, at) {
    const { findings } = this.queue;
    const { severity, code, document, pages } = findings.rows[row];
    const { index } = findings;
    const name = index.severities[severity];
    const event = this.queue.of(row);
    const state = event?.asked ? "!" : this.queue.earlier(row) ? "↻" : sign(event?.decision) || (event?.flag ? "⚑" : "");
    const said = event?.asked ? t("asked") : this.queue.earlier(row) ? t("earlier") : event ? worded(event) : t("decision-none");
    return h("li", {},
      h("button", { type: "button", class: `row s-${name}${event?.decision ? " is-decided" : ""}`, data: { at }, "aria-current": at === this.queue.at ? "true" : null, onclick: () => this.pick(at) },
        svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `#i-${name}` })),
        h("span", { class: "what" }, codeTitle(index, code)),
        h("span", { class: "where" }, [document >= 0 ? index.documents[document][1] : "", pages.length ? pageName(index.pages[pages[0]]) : ""].filter(Boolean).join(" · ")),
        h("span", { class: "state", "aria-hidden": "true", title: said }, state),
        h("span", { class: "visually-hidden" }, `, ${said}`)));
  }
}
