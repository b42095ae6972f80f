// The bar that names the lit sentence: its number, its page, how sure its place is. A screen reader hears it too.
import { h, replace } from "../shared/dom.js";
import { decimal, languageName, t } from "../shared/messages.js";
import { pagesNamed } from "./names.js";
import { reasonsOf } from "./unsure.js";

export function describe(sentences, volume, number) {
  const sentence = sentences.all[number];
  const text = sentences.texts[sentence.text];
  const pages = [...new Set(sentence.areas.map((area) => area.page))].map((order) => volume.page(order));
  return {
    number: t("sentence-number", { n: sentences.ordinal(number) }),
    language: languageName(text.language),
    pages: pages.length ? pagesNamed(pages) : t(`reason-${sentence.reason || "none"}`),
    status: t(`status-${sentence.status}`),
    score: ["unlinked", "apart"].includes(sentence.status) ? "" : t("score", { score: decimal(sentence.score) }),
    reasons: reasonsOf(sentences, number),
    role: sentence.role === "body" ? "" : t(`role-${sentence.role}`),
  };
}

export class StatusBar {
  constructor(actions) {
    this.words = h("p", { class: "status-words" });
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.actions = h("div", { class: "status-actions" }, actions);
    this.element = h("section", { class: "status", "aria-label": t("current-sentence") }, this.words, this.actions, this.live);
    this.show(null);
  }

  show(sentences, volume, number, { pinned = false, spoken = false } = {}) {
    this.element.classList.toggle("pinned", pinned);
    this.actions.hidden = !pinned;
    if (!sentences || number === null) {
      replace(this.words, h("span", { class: "soft" }, t("hint")));
      return;
    }
    const said = describe(sentences, volume, number);
    const sentence = sentences.all[number];
    replace(this.words,
      h("strong", {}, said.number),
      [said.language, said.role, said.pages].filter(Boolean).map((part) => h("span", {}, part)),
      h("span", { class: `mark ${sentence.status}` }, said.status),
      said.score ? h("span", { class: "soft" }, said.score) : null,
      said.reasons.map((words) => h("span", { class: "said", dir: "auto" }, words)));
    if (spoken) {
      const others = sentence.others.map((other) => sentences.content(other)).join(" ");
      this.live.textContent = [said.number, said.role, said.pages, sentence.status === "linked" ? "" : said.status, ...said.reasons, others]
        .filter(Boolean).join(". ");
    }
  }
}
