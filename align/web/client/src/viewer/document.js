// The document page: image, transcription and translation side by side; a sentence lights up in all of them.
import { go, note } from "../shared/address.js";
import { h, replace } from "../shared/dom.js";
import { ImageView } from "./image.js";
import { languageName, t } from "../shared/messages.js";
import { fullTitle, pageName, placeName } from "./names.js";
import { Sentences } from "./sentences.js";
import { StatusBar } from "./status.js";
import { keep, recall } from "../shared/storage.js";
import { Strip } from "./strip.js";
import { TextPane } from "./text.js";
import { nextUnsure } from "./unsure.js";

const PANES = ["image", "transcription", "translation"];

export class DocumentPage {
  constructor(volume, { actions, marked }) {
    this.volume = volume;
    this.marked = marked;
    // A phone has room for the image and one text.
    const few = matchMedia("(max-width: 40rem)").matches ? ["translation"] : [];
    const kept = recall("hidden");
    this.hidden = new Set(Array.isArray(kept) ? kept.filter((kind) => PANES.includes(kind)).slice(0, 2) : few);
    this.pinned = this.lit = null;
    this.panes = {};
    const picture = h("div", { class: "osd" });
    this.panes.image = this.#pane("image", t("image"), picture);
    for (const kind of ["transcription", "translation"]) this.panes[kind] = this.#pane(kind, t(kind), h("div", { class: "scroll" }));
    this.status = new StatusBar(actions);
    this.strip = new Strip(volume, (page) => this.openPage(page));
    this.toggles = h("div", { class: "toggles", role: "group", "aria-label": t("panes") }, PANES.map((kind) => this.#toggle(kind)));
    this.element = h("div", { class: "document" },
      h("div", { class: "panes" }, PANES.map((kind) => this.panes[kind].element)), this.status.element, this.strip.element);
    this.picture = picture;
    this.showHidden();
  }

  #pane(kind, title, body) {
    const tools = h("div", { class: "pane-tools" });
    const heading = h("h2", { class: "pane-title" }, title);
    const element = h("section", { class: `pane ${kind}`, "aria-label": title }, h("header", { class: "pane-head" }, heading, tools), body);
    return { element, tools, heading, body };
  }

  #toggle(kind) {
    return h("button", { type: "button", data: { pane: kind }, onclick: () => this.togglePane(kind) }, t(kind));
  }

  togglePane(kind) {
    if (this.hidden.has(kind)) this.hidden.delete(kind);
    else if (this.hidden.size < PANES.length - 1) this.hidden.add(kind);
    keep("hidden", [...this.hidden]);
    this.showHidden();
  }

  showHidden() {
    for (const kind of PANES) {
      this.panes[kind].element.hidden = this.hidden.has(kind);
      this.toggles.querySelector(`[data-pane="${kind}"]`).setAttribute("aria-pressed", String(!this.hidden.has(kind)));
    }
    this.element.dataset.shown = PANES.filter((kind) => !this.hidden.has(kind)).length;
  }

  // The element must be in the page first: the image view measures it.
  begin() {
    this.image = new ImageView(this.picture, {
      sentence: (number) => this.hover(number),
      pick: (number) => this.pin(number, "image"),
      page: (order) => this.#pageShown(order),
      other: (document, order) => go({ volume: this.volume.name, document: document.name, page: this.volume.page(order).key }),
      shown: () => this.element.dispatchEvent(new CustomEvent("imageshown", { bubbles: true })),
    });
    replace(this.panes.image.tools,
      h("button", { type: "button", "aria-label": t("zoom-in"), title: t("zoom-in"), onclick: () => this.image.zoom(1.4) }, "+"),
      h("button", { type: "button", "aria-label": t("zoom-out"), title: t("zoom-out"), onclick: () => this.image.zoom(1 / 1.4) }, "−"),
      h("button", { type: "button", title: t("fit-width"), "aria-label": t("fit-width"), onclick: () => this.image.goTo(this.image.order) }, "↔"),
      (this.areasButton = h("button", { type: "button", "aria-pressed": "false", title: t("all-areas-long"), onclick: () => this.toggleAreas() }, t("all-areas"))));
  }

  toggleAreas() {
    const shown = this.picture.classList.toggle("all-areas");
    this.areasButton.setAttribute("aria-pressed", String(shown));
  }

  // document is null for a page that no document stands on.
  async open(document, { sentence, page }) {
    const volume = this.volume;
    const same = this.document === document && document && this.sentences;
    const asked = (this.asked = {});
    const payload = document ? await volume.texts(document) : { texts: [], sentences: [] };
    if (this.asked !== asked) return true; // meanwhile another document was opened
    const wanted = page ? volume.byKey.get(page) : null;
    if (!same) {
      this.document = document;
      this.pinned = this.lit = null;
      this.sentences = new Sentences(payload);
      this.pages = document ? document.pages.map(([order]) => volume.page(order)) : [];
      if (wanted && !this.pages.includes(wanted)) this.pages = document ? [...this.pages, wanted].sort((a, b) => a.order - b.order) : [wanted];
      this.own = new Set(this.pages.map((own) => own.order));
      this.image.show(this.pages, this.sentences, (shown) => this.#foreign(shown));
      this.image.label(t("image-of", { title: document ? fullTitle(volume, document) : pageName(wanted) }));
      this.panes.image.element.classList.toggle("empty", !this.pages.length);
      this.#showTexts();
      this.light(null);
      this.element.dataset.document = document?.name ?? "";
    }
    const found = sentence ? this.sentences.byKey.get(sentence) : null;
    if (sentence && !found) this.status.live.textContent = t("sentence-gone");
    if (!same || wanted) this.#start(wanted);
    if (found) this.pin(found.number, "address");
    return found || !sentence;
  }

  // A text that arrives later opens nothing: by then the address is another page's.
  leave() {
    this.asked = null;
  }

  #start(wanted) {
    const first = this.document?.pages[0];
    const page = wanted || (first && this.volume.page(first[0]));
    if (!page) return this.strip.show(1, this.own);
    const box = this.document?.pages.find(([order]) => order === page.order);
    // A document that begins in the middle of a page is shown from there.
    const from = !wanted && box && this.#foreign(page).length ? Math.max(0, box[2] - 0.03 * page.size[1]) : 0;
    this.image.goTo(page.order, from, true);
    this.strip.show(page.order, this.own);
    for (const kind of ["transcription", "translation"]) {
      if (wanted) this.panes[kind].text?.bringPage(page.order, this.panes[kind].body);
      else this.panes[kind].body.scrollTop = 0;
    }
  }

  // The parts of a page that belong to other documents, one for each run of lines.
  #foreign(page) {
    const shares = page.shares?.map(([index, ...box]) => ({ document: this.volume.documents[index], box })) ??
      this.volume.documentsOn(page.order).map((document) => ({ document, box: document.pages.find(([order]) => order === page.order).slice(1) }));
    return shares.filter(({ document }) => document !== this.document)
      .map((share) => ({ ...share, title: t("opens", { title: fullTitle(this.volume, share.document) }) }));
  }

  #showTexts() {
    for (const kind of ["transcription", "translation"]) {
      const own = this.sentences.texts.filter((text) => text.kind === kind);
      const pane = this.panes[kind];
      if (own.length > 1) {
        const chosen = h("select", { "aria-label": t("which-text"), onchange: () => this.#showText(kind, own[chosen.selectedIndex]) },
          own.map((text) => h("option", {}, languageName(text.language))));
        replace(pane.tools, chosen);
      } else replace(pane.tools, own.length ? h("span", { class: "soft", lang: own[0].language }, languageName(own[0].language)) : null);
      this.#showText(kind, own[0]);
    }
  }

  // Shows the text that an address names, where there are several translations.
  #choose(text) {
    const pane = this.panes[text.kind];
    if (pane.text?.text === text) return;
    const own = this.sentences.texts.filter((other) => other.kind === text.kind);
    pane.tools.querySelector("select").selectedIndex = own.indexOf(text);
    this.#showText(text.kind, text);
  }

  #showText(kind, text) {
    const pane = this.panes[kind];
    pane.text = null;
    pane.element.classList.toggle("empty", !text);
    if (!text) {
      replace(pane.body, h("p", { class: "absent" }, this.document ? t(`no-${kind}`) : t("no-document")));
      return;
    }
    pane.text = new TextPane(this.sentences, text, this.volume, {
      sentence: (number) => this.hover(number),
      focus: (number) => this.light(number, { spoken: true, from: kind, bring: true }),
      pick: (number) => this.pin(number, kind),
      page: (order) => this.showPage(order),
    });
    replace(pane.body, pane.text.element);
    this.marked?.(this);
    if (this.lit !== null) this.light(this.lit);
  }

  hover(number) {
    if (number === null) this.light(this.pinned);
    else if (number !== this.lit) this.light(number);
  }

  light(number, { spoken = false, from = null, bring = false } = {}) {
    this.lit = number;
    const pinned = number !== null && number === this.pinned;
    const numbers = number === null ? [] : this.sentences.litWith(number);
    for (const kind of ["transcription", "translation"]) {
      this.panes[kind].text?.light(numbers, pinned);
      if (bring && kind !== from) this.panes[kind].text?.bring(numbers, this.panes[kind].body);
    }
    this.image.light(number, pinned);
    if (bring && from !== "image" && number !== null) this.image.bring(number);
    this.status.show(this.sentences, this.volume, number, { pinned, spoken });
  }

  // Shows the sentence in all three panes, and keeps it lit; null keeps nothing lit.
  pin(number, from) {
    if (number !== null) this.#choose(this.sentences.texts[this.sentences.all[number].text]);
    this.pinned = number;
    this.light(number, { spoken: true, from, bring: true });
    if (number === null) {
      if (this.document) note({ volume: this.volume.name, document: this.document.name });
      return;
    }
    if (from === "address") for (const kind of ["transcription", "translation"]) this.panes[kind].text?.bring(this.sentences.litWith(number), this.panes[kind].body);
    note({ volume: this.volume.name, document: this.document.name, sentence: this.sentences.all[number].key });
    this.element.dispatchEvent(new CustomEvent("pinned", { bubbles: true }));
  }

  step(by) {
    const number = this.lit;
    const texts = this.sentences.texts;
    if (!texts.length) return;
    const text = texts[number === null ? 0 : this.sentences.all[number].text];
    const numbers = this.sentences.all.filter((sentence) => this.sentences.texts[sentence.text] === text).map((sentence) => sentence.number);
    const at = number === null ? (by > 0 ? -1 : numbers.length) : numbers.indexOf(number);
    const next = numbers[at + by];
    if (next !== undefined) this.pin(next, "key");
  }

  // Goes to the next sentence to look at, or the one before; false where this document has no further one.
  stepUnsure(by) {
    const next = this.sentences ? nextUnsure(this.sentences, this.pinned, by) : null;
    if (next !== null) this.pin(next, "address");
    return next !== null;
  }

  showPage(order) {
    this.image.goTo(order);
    this.strip.show(order, this.own);
  }

  stepPage(by) {
    const order = (this.image.order || this.pages[0]?.order || 1) + by;
    const page = this.volume.page(order);
    if (page) this.openPage(page);
  }

  // Shows a page of this document, or opens another document at its page.
  openPage(page) {
    if (this.own.has(page.order)) {
      this.showPage(page.order);
      for (const kind of ["transcription", "translation"]) this.panes[kind].text?.bringPage(page.order, this.panes[kind].body);
      if (this.document) note({ volume: this.volume.name, document: this.document.name, page: page.key });
      return;
    }
    const [other] = this.volume.documentsOn(page.order);
    go({ volume: this.volume.name, document: other?.name, page: page.key });
  }

  #pageShown(order) {
    this.strip.show(order, this.own);
    const page = this.volume.page(order);
    const [name, ...position] = placeName(this.volume, page).split(" · ");
    replace(this.panes.image.heading, name, position.length ? h("span", { class: "image-number" }, ` · ${position}`) : null);
  }
}
