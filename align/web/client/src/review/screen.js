// One finding as an editor decides on it: what was decided, the finding's card, the proposed reading, the fields.
import { h, replace } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { askedBanner, sign, signed, worded } from "./said.js";

export class Screen {
  // on: reading(text), comment(text), settle(item, whose), confirm(earlier), cancel()
  constructor(element, { cards, queue, on }) {
    Object.assign(this, { element, cards, queue, on });
    this.field = null; // "reading" or "comment" while one is typed
  }

  show({ focus = true } = {}) {
    const { queue } = this;
    this.field = null;
    if (queue.row < 0) {
      replace(this.element, h("p", { class: "empty", id: "empty", tabindex: "-1" }, t("queue-empty")));
      if (focus) this.element.firstChild.focus();
      return;
    }
    this.article = this.cards.card(queue.row, queue.at, queue.rows.length);
    this.banner = h("div", { class: "banner" });
    this.reading = h("div", { class: "reading" });
    this.comment = h("div", { class: "comment" });
    this.article.querySelector(".reason").after(this.reading);
    this.article.querySelector("header").after(this.banner);
    this.article.append(this.comment);
    this.element.replaceChildren(this.article);
    this.renew();
    this.element.scrollTop = 0;
    if (focus) this.article.focus({ preventScroll: true });
  }

  get detail() {
    return this.cards.findings.detail(this.queue.row);
  }

  // What is decided, put into the page anew; what is being typed stays.
  renew() {
    if (!this.article || this.queue.row < 0) return;
    const event = this.queue.of(this.queue.row);
    const earlier = this.queue.earlier(this.queue.row);
    this.article.classList.toggle("is-decided", this.queue.decided(this.queue.row));
    replace(this.banner, event?.asked ? askedBanner(event, this.on.settle) : earlier ? this.#earlier(earlier) : this.#decision(event));
    if (this.field !== "reading") replace(this.reading, this.#proposal(event));
    if (this.field !== "comment") replace(this.comment, event?.comment ? [h("h4", {}, t("comment")), h("p", { dir: "auto" }, event.comment)] : null);
  }

  #decision(event) {
    if (!event || (!event.decision && !event.flag && !event.comment)) return null;
    return h("p", { class: `decided d-${event.decision || "open"}` },
      h("span", { class: "sign", "aria-hidden": "true" }, sign(event.decision) || "⚑"),
      h("strong", {}, worded(event)),
      event.flag && event.decision ? h("span", { class: "flagged" }, `⚑ ${t("decision-flag")}`) : null,
      h("span", { class: "soft" }, signed(event)));
  }

  // The proposed reading beside what the text has; or the reading that was accepted.
  #proposal(event) {
    const { proposed } = this.detail;
    const accepted = event?.value?.reading;
    if (!proposed && typeof accepted !== "string") return null;
    const lang = this.detail.passages.find((passage) => passage.file)?.lang ?? null;
    return h("dl", { class: "proposal" },
      proposed ? h("div", {}, h("dt", {}, t("text-has")), h("dd", { lang, dir: "auto" }, proposed.written || h("span", { class: "missing" }, t("nothing")))) : null,
      proposed ? h("div", {}, h("dt", {}, t("page-reads")), h("dd", { class: "read", lang, dir: "auto" }, proposed.reading || h("span", { class: "missing" }, t("nothing")))) : null,
      typeof accepted === "string" && accepted !== proposed?.reading ? h("div", {}, h("dt", {}, t("you-put")), h("dd", { class: "read", lang, dir: "auto" }, accepted)) : null);
  }

  #earlier({ event, now }) {
    return h("div", { class: "asked", role: "group", "aria-label": t("earlier") },
      h("p", {}, t("earlier-why", { decision: worded(event) }), " ", h("span", { class: "soft" }, signed(event))),
      h("dl", {},
        h("div", {}, h("dt", {}, t("earlier-text")), h("dd", { dir: "auto" }, event.content || t("nothing"))),
        h("div", {}, h("dt", {}, t("present-text")), h("dd", { dir: "auto" }, now?.content || t("nothing")))),
      h("div", { class: "choices" }, h("button", { type: "button", onclick: () => this.on.confirm({ event, now }) }, t("still-so"))));
  }

  // A field for the reading or the comment. Enter keeps it, Esc leaves it as it was.
  type(name) {
    if (this.queue.row < 0 || !this.article) return;
    const event = this.queue.of(this.queue.row);
    const { proposed } = this.detail;
    const value = name === "comment" ? event?.comment ?? "" : event?.value?.reading ?? proposed?.reading ?? proposed?.written ?? "";
    const lang = name === "reading" ? this.detail.passages.find((passage) => passage.file)?.lang ?? null : null;
    const input = h("input", { type: "text", id: "typed", dir: "auto", lang, autocomplete: "off", spellcheck: name === "comment" ? "true" : "false", maxlength: 10000 });
    input.value = value;
    const form = h("form", { class: "typing" },
      h("label", { for: "typed" }, t(name === "comment" ? "comment" : "reading")), input,
      h("button", { type: "submit" }, t("keep"), h("kbd", { "aria-hidden": "true" }, "↵")),
      h("button", { type: "button", onclick: () => this.#leave() }, t("cancel"), h("kbd", { "aria-hidden": "true" }, "Esc")));
    form.addEventListener("submit", (own) => {
      own.preventDefault();
      this.field = null;
      this.on[name](input.value);
    });
    input.addEventListener("keydown", (own) => own.key === "Escape" && (own.preventDefault(), own.stopPropagation(), this.#leave()));
    this.field = name;
    replace(this[name === "comment" ? "comment" : "reading"], form);
    input.focus();
    input.select();
    form.scrollIntoView({ block: "nearest" });
  }

  #leave() {
    this.field = null;
    this.renew();
    this.article.focus({ preventScroll: true });
  }
}
