// The kinds, documents and pages that the filters offer, each with the number of its findings.
import { h } from "../shared/dom.js";
import { codeTitle, pageWithFile } from "./names.js";

export class Choices {
  constructor(findings, form) {
    this.findings = findings;
    this.form = form;
    this.long = false; // whether the documents and pages are there
  }

  kinds() {
    const { index, rows } = this.findings;
    this.#offer("code", index.codes.map((_, code) => `${codeTitle(index, code)} (${rows.filter((row) => row.code === code).length})`));
  }

  // The documents and pages, which may be thousands: they are put into the page once it has shown its first findings.
  documentsAndPages() {
    if (!this.long) this.#offerLong();
    this.long = true;
  }

  // The same choices in another language; what was chosen stays chosen.
  reworded() {
    this.kinds();
    if (this.long) this.#offerLong();
  }

  #offerLong() {
    const { index, rows } = this.findings;
    const ofDocument = new Map(), ofPage = new Map();
    for (const { document, pages } of rows) {
      ofDocument.set(document, (ofDocument.get(document) || 0) + 1);
      for (const page of pages) ofPage.set(page, (ofPage.get(page) || 0) + 1);
    }
    const inVolume = (volume) => (index.volumes > 1 && volume ? `${volume}: ` : "");
    this.#offer("document", index.documents.map(([volume, name, title], at) => `${inVolume(volume)}${name}${title ? ` ${title}` : ""} (${ofDocument.get(at) || 0})`));
    this.#offer("page", index.pages.map((page, at) => `${inVolume(page.volume)}${pageWithFile(page)}: ${ofPage.get(at) || 0}`));
  }

  // Puts the choices behind the first one, which is "all"; the value of each is its place in the data.
  #offer(name, texts) {
    const select = this.form[name];
    const chosen = select.value;
    select.replaceChildren(select.firstElementChild, ...texts.map((text, at) => h("option", { value: at }, text)));
    select.value = chosen;
  }
}
