// The filters above the list. They stand in the address after #, so that a list can be passed on.
import { byId } from "../shared/dom.js";

const USUAL = ["error", "warning"]; // severities that are shown at first

const number = (field) => (field.value === "" ? -1 : Number(field.value));

export class Filters {
  constructor(findings) {
    this.findings = findings;
    this.form = byId("filters").elements;
  }

  // What the reader asks for; -1 where a list has no choice.
  wanted() {
    const { severity, code, document, page, change, decided, order, q } = this.form;
    return {
      severities: [...severity].filter((box) => box.checked).map((box) => this.findings.index.severities.indexOf(box.value)),
      code: number(code),
      document: number(document),
      page: number(page),
      change: change ? change.value : "",
      decided: decided ? decided.value : "", // empty: what is not decided
      order: order.value,
      q: q.value.trim(),
    };
  }

  // Whether the filters let a row through; the search is another matter.
  passes(row, wanted, { anySeverity = false } = {}) {
    const { severity, code, document, pages, change, decided } = this.findings.rows[row];
    return (anySeverity || wanted.severities.includes(severity)) && (wanted.code < 0 || wanted.code === code) &&
      (wanted.document < 0 || wanted.document === document) && (wanted.page < 0 || pages.includes(wanted.page)) &&
      (wanted.change === "" || wanted.change === change) &&
      (wanted.decided === "all" || (wanted.decided === "decided") === (decided === "decided"));
  }

  #any(wanted, options) {
    return this.findings.rows.some((_, row) => this.passes(row, wanted, options));
  }

  checkAll() {
    for (const box of this.form.severity) box.checked = true;
  }

  toggleNotes() {
    const box = [...this.form.severity].find((severity) => severity.value === "note");
    box.checked = !box.checked;
  }

  // Chooses a page, or none where this page was chosen. A page that has notes alone shows them: else a reader would
  // choose it and see nothing.
  togglePage(page) {
    this.form.page.value = this.form.page.value === page ? "" : page;
    const wanted = this.wanted();
    if (wanted.page >= 0 && !this.#any(wanted) && this.#any(wanted, { anySeverity: true })) this.checkAll();
  }

  toggleDocument(document) {
    this.form.document.value = this.form.document.value === document ? "" : document;
  }

  toAddress(wanted) {
    const { severities, codes, documents, pages } = this.findings.index;
    const asked = new URLSearchParams();
    const names = wanted.severities.map((severity) => severities[severity]);
    if (names.join() !== USUAL.join()) asked.set("severity", names.join(" "));
    if (wanted.code >= 0) asked.set("code", codes[wanted.code]);
    if (wanted.document >= 0) asked.set("document", documents[wanted.document].slice(0, 2).join("/"));
    if (wanted.page >= 0) asked.set("page", pages[wanted.page].id);
    if (wanted.change) asked.set("change", wanted.change);
    if (wanted.decided) asked.set("decided", wanted.decided);
    if (wanted.order !== "rank") asked.set("order", wanted.order);
    if (wanted.q) asked.set("q", wanted.q);
    const hash = asked.toString();
    // No hashchange: it would come later, and take back what was typed meanwhile.
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
  }

  fromAddress() {
    const { codes, documents, pages } = this.findings.index;
    const asked = new URLSearchParams(location.hash.slice(1));
    const names = asked.has("severity") ? asked.get("severity").split(" ") : USUAL;
    for (const box of this.form.severity) box.checked = names.includes(box.value);
    const choose = (field, at) => { this.form[field].value = at < 0 ? "" : String(at); };
    choose("code", codes.indexOf(asked.get("code")));
    choose("document", documents.findIndex(([volume, name]) => [`${volume}/${name}`, name].includes(asked.get("document"))));
    choose("page", pages.findIndex((page) => page.id === asked.get("page")));
    if (this.form.change) this.form.change.value = asked.get("change") || "";
    if (this.form.decided) this.form.decided.value = ["decided", "all"].includes(asked.get("decided")) ? asked.get("decided") : "";
    this.form.order.value = ["page", "score"].includes(asked.get("order")) ? asked.get("order") : "rank";
    this.form.q.value = asked.get("q") || "";
  }
}
