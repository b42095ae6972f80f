// The data of the report. The list of all findings is there from the beginning; what each finding says stands in
// scripts of a hundred findings, which are loaded when they are needed.
import { loadScript } from "../shared/scripts.js";
import { pageWithFile } from "./names.js";

// Texts are compared by this form in a search.
export const plain = (text) => text.normalize("NFC").toLowerCase().replaceAll("ё", "е");

// All wordings of a field, which is a string or {en, ru}.
const wordings = (field) => (field !== null && typeof field === "object" ? Object.values(field) : [field || ""]);

export class Findings {
  constructor() {
    this.chunks = []; // by number: the details of the findings in it
    this.loading = new Map(); // by number: the promise that the chunk is there
    this.searched = new Map(); // by row: the text that a search looks in
  }

  // The value of the script that lists all findings.
  open(index) {
    this.index = index;
    this.rows = index.rows.map(([severity, code, document, pages, change, key, decided, byScore]) => ({ severity, code, document, pages, change, key, decided, byScore }));
  }

  // What a finding says; undefined while its chunk is not loaded.
  detail(row) {
    return this.chunks[Math.floor(row / this.index.chunk)]?.[row % this.index.chunk];
  }

  // A promise that the details of these rows are there.
  ready(rows) {
    return Promise.all([...new Set(rows.map((row) => Math.floor(row / this.index.chunk)))].map((number) => this.#load(number)));
  }

  everything() {
    return this.ready(this.rows.map((_, row) => row));
  }

  #load(number) {
    if (this.chunks[number]) return null;
    if (!this.loading.has(number)) {
      const file = this.index.chunks[number];
      const missing = { id: "", missing: file, reason: "", score: 0, passages: [], views: [] };
      this.loading.set(number, loadScript(file).catch(() => (this.chunks[number] = Array(this.index.chunk).fill(missing))));
    }
    return this.loading.get(number);
  }

  // The text of a finding that a search looks in. Its details must be there.
  text(row) {
    if (!this.searched.has(row)) {
      const { code, document, pages, key } = this.rows[row];
      const { index } = this;
      const detail = this.detail(row);
      this.searched.set(row, plain([
        detail.id, key, index.codes[code], ...wordings(index.titles?.[index.codes[code]]), detail.missing || "",
        ...wordings(detail.reason), ...wordings(detail.suggestion), ...(document < 0 ? [] : index.documents[document]),
        ...pages.map((page) => pageWithFile(index.pages[page])),
        ...detail.passages.map((passage) => `${passage.before} ${passage.pieces.map(([text]) => text).join("")} ${passage.after} ${passage.file || ""}`),
      ].join("\n")));
    }
    return this.searched.get(row);
  }

  // The names of pages are other words in another language.
  reworded() {
    this.searched.clear();
  }
}
