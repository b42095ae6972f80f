// What the queue holds: the choices above it, which stand in the address too, so that a queue can be passed on.
import { h, replace } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { codeTitle, pageName } from "../report/names.js";
import { STATES } from "./queue.js";

const ORDERS = ["rank", "score", "kind", "page"];

export class Filters {
  // on: changed()
  constructor(element, findings, on) {
    Object.assign(this, { element, findings, on, editors: [] });
    this.form = h("form", { class: "queue-filters", "aria-label": t("filters") });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => on.changed());
    element.replaceChildren(this.form);
    this.word();
  }

  // Puts the choices into the page in the reader's language; what was chosen stays.
  word() {
    const kept = this.wanted();
    const { index, rows } = this.findings;
    const count = (test) => rows.filter(test).length;
    const several = index.volumes > 1;
    const field = (name, label, options) => h("label", {}, h("span", {}, label), h("select", { name }, options.map(([value, words]) => h("option", { value }, words))));
    const any = ["", t("all")];
    replace(this.form,
      field("state", t("state"), STATES.map((state) => [state, t(`queue-${state}`)])),
      field("code", t("kind"), [any, ...index.codes.map((_, code) => [code, `${codeTitle(index, code)} (${count((row) => row.code === code)})`])]),
      field("document", t("document"), [any, ...index.documents.map(([volume, name, title], at) => [at, `${several ? `${volume}: ` : ""}${name} ${title}`])]),
      field("page", t("page"), [any, ...index.pages.map((page, at) => [at, `${several ? `${page.volume}: ` : ""}${pageName(page)}`])]),
      field("by", t("editor"), [any, ...this.editors.map((name) => [name, name])]),
      field("order", t("order"), ORDERS.map((order) => [order, t(`queue-order-${order}`)])),
      h("label", { class: "check" }, h("input", { type: "checkbox", name: "notes" }), t("with-notes")),
    );
    this.put(kept);
  }

  // The editors whose decisions stand.
  name(editors) {
    if (editors.join("\n") === this.editors.join("\n")) return;
    this.editors = editors;
    this.word();
  }

  wanted() {
    const { state, code, document, page, by, order, notes } = this.form.elements;
    const number = (field) => (!field || field.value === "" ? -1 : Number(field.value));
    return {
      state: state?.value ?? "undecided", code: number(code), document: number(document), page: number(page),
      by: by?.value ?? "", order: order?.value ?? "rank", severities: notes?.checked ? [0, 1, 2] : [0, 1],
    };
  }

  put(wanted) {
    const { elements } = this.form;
    const choose = (field, value) => { field.value = [...field.options].some((option) => option.value === String(value)) ? String(value) : field.options[0].value; };
    for (const name of ["state", "by", "order"]) choose(elements[name], wanted[name]);
    for (const name of ["code", "document", "page"]) choose(elements[name], wanted[name] < 0 ? "" : wanted[name]);
    elements.notes.checked = wanted.severities.includes(2);
  }

  toAddress(finding) {
    const { codes, documents, pages } = this.findings.index;
    const { state, code, document, page, by, order, severities } = this.wanted();
    const asked = new URLSearchParams();
    if (state !== "undecided") asked.set("state", state);
    if (code >= 0) asked.set("code", codes[code]);
    if (document >= 0) asked.set("document", documents[document].slice(0, 2).join("/"));
    if (page >= 0) asked.set("page", pages[page].id);
    if (by) asked.set("by", by);
    if (order !== "rank") asked.set("order", order);
    if (severities.includes(2)) asked.set("notes", "1");
    if (finding) asked.set("finding", finding);
    const hash = asked.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
  }

  // Takes the choices from the address; the key of the finding that it names, or "".
  fromAddress() {
    const { codes, documents, pages } = this.findings.index;
    const asked = new URLSearchParams(location.hash.slice(1));
    this.put({
      state: asked.get("state") ?? "undecided", by: asked.get("by") ?? "", order: asked.get("order") ?? "rank",
      code: codes.indexOf(asked.get("code")),
      document: documents.findIndex(([volume, name]) => [`${volume}/${name}`, name].includes(asked.get("document"))),
      page: pages.findIndex((page) => page.id === asked.get("page")),
      severities: asked.get("notes") ? [0, 1, 2] : [0, 1],
    });
    return asked.get("finding") ?? "";
  }
}
