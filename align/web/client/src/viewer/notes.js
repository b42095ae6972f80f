// A reader's notes, tags and bookmarks: kept in this browser, shown in the texts, written to a file and read from one.
import { addressOf, commentOf, made, quoteOf, read, tagsOf, written } from "./annotations.js";
import { download, openDialog } from "./dialog.js";
import { h, replace } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { fullTitle } from "./names.js";
import { keep, recall } from "../shared/storage.js";

export class Notes {
  constructor(site) {
    this.site = site;
  }

  all() {
    const stored = recall("notes");
    try {
      return stored ? read(JSON.stringify(stored)) : [];
    } catch {
      return [];
    }
  }

  #keep(annotations) {
    return keep("notes", annotations);
  }

  // A note on a page without a document belongs to the page; else it belongs to the document.
  #at({ target: own }) {
    const same = (target) => target.volume === own.volume && target.document === own.document && target.sentence === own.sentence && (own.document || target.page === own.page);
    return this.all().filter((annotation) => same(addressOf(annotation)));
  }

  // How many notes each document of a volume has, by its name.
  counts(volume) {
    const found = new Map();
    for (const target of this.all().map(addressOf)) {
      if (target.volume === volume && target.document) found.set(target.document, (found.get(target.document) || 0) + 1);
    }
    return found;
  }

  #made(open, values) {
    const { volume, sentence, sentences, target } = open;
    const regions = (sentence?.areas || []).map((area) => ({ scan: volume.page(area.page).scan, box: area.box }));
    return made({ ...values, target, regions, quote: sentence ? sentences.content(sentence.number) : "" });
  }

  bookmark(open) {
    const own = this.#at(open).filter((annotation) => annotation.motivation === "bookmarking");
    const others = this.all().filter((annotation) => !own.some((one) => one.id === annotation.id));
    this.#keep(own.length ? others : [...others, this.#made(open, { motivation: "bookmarking" })]);
    return !own.length;
  }

  edit(open, changed) {
    const before = this.#at(open).find((annotation) => annotation.motivation !== "bookmarking");
    const comment = h("textarea", { rows: 6, "aria-label": t("note-comment"), maxlength: 100000 });
    comment.value = before ? commentOf(before) : "";
    const tags = h("input", { type: "text", "aria-label": t("note-tags"), placeholder: t("note-tags") });
    tags.value = before ? tagsOf(before).join(", ") : "";
    const said = h("p", { role: "status" });
    const others = () => this.all().filter((annotation) => annotation.id !== before?.id);
    const done = (annotations) => {
      const kept = this.#keep(annotations);
      changed();
      if (kept) dialog.close();
      else said.textContent = t("note-not-kept");
    };
    const dialog = openDialog(t("annotate"),
      h("p", { class: "soft quote", dir: "auto" }, open.sentence ? open.sentences.content(open.number).slice(0, 300) : open.document ? fullTitle(open.volume, open.document) : ""),
      h("form", { class: "choices", onsubmit: (event) => {
        event.preventDefault();
        const values = { comment: comment.value.trim(), tags: [...new Set(tags.value.split(",").map((tag) => tag.trim()).filter(Boolean))] };
        if (!values.comment && !values.tags.length) done(others());
        else done([...others(), this.#made(open, { ...values, id: before?.id, created: before?.created })]);
      } }, h("label", {}, t("note-comment"), comment), h("label", {}, t("note-tags"), tags),
      h("div", { class: "row" }, h("button", { type: "submit" }, t("keep")), before ? h("button", { type: "button", onclick: () => done(others()) }, t("delete")) : null)),
      said);
    comment.focus();
  }

  // Marks the sentences of the open texts that have notes.
  mark(page, volume, document) {
    if (!document || !page.sentences) return;
    const noted = new Map();
    for (const annotation of this.all()) {
      const target = addressOf(annotation);
      if (target.volume !== volume.name || target.document !== document.name || !target.sentence) continue;
      const sentence = page.sentences.byKey.get(target.sentence);
      if (sentence) noted.set(sentence.number, [...(noted.get(sentence.number) || []), annotation]);
    }
    for (const kind of ["transcription", "translation"]) {
      for (const span of page.panes[kind].body.querySelectorAll("[data-s]")) {
        const own = noted.get(Number(span.dataset.s));
        span.classList.toggle("noted", Boolean(own));
        if (own) span.title = own.map((annotation) => commentOf(annotation) || tagsOf(annotation).join(", ") || t("bookmark")).join("\n");
        else span.removeAttribute("title");
      }
    }
  }

  list(volume, go) {
    const rows = h("ul", { class: "note-list" });
    const said = h("p", { role: "status" });
    const show = () => {
      const own = this.all().sort((a, b) => (a.modified < b.modified ? 1 : -1));
      replace(rows, own.length ? own.map((annotation) => this.#row(volume, annotation, (target) => (dialog.close(), go(target)), show)) : h("li", { class: "soft" }, t("no-notes")));
    };
    const file = h("input", { type: "file", class: "visually-hidden", tabindex: -1, accept: ".json,.jsonld,application/json,application/ld+json", "aria-label": t("import") });
    file.addEventListener("change", async () => {
      try {
        const fresh = read(await file.files[0].text());
        const merged = new Map(this.all().map((annotation) => [annotation.id, annotation]));
        for (const annotation of fresh) {
          const old = merged.get(annotation.id);
          if (!old || old.modified <= annotation.modified) merged.set(annotation.id, annotation);
        }
        const kept = this.#keep([...merged.values()]);
        said.textContent = t(kept ? "imported" : "note-not-kept", { n: fresh.length });
        show();
        dispatchEvent(new HashChangeEvent("hashchange"));
      } catch {
        said.textContent = t("import-failed");
      }
      file.value = "";
    });
    const dialog = openDialog(t("notes"),
      h("p", { class: "soft" }, t("notes-where")), rows,
      h("div", { class: "tools" },
        h("button", { type: "button", onclick: () => download("annotations.json", written(this.all(), this.site), "application/ld+json") }, t("export")),
        h("button", { type: "button", onclick: () => file.click() }, t("import")), file),
      said);
    show();
  }

  #row(volume, annotation, go, changed) {
    const target = addressOf(annotation);
    const document = target.volume === volume?.name ? volume.byName.get(target.document) : null;
    const where = document ? fullTitle(volume, document) : [target.volume, target.document].filter(Boolean).join(" / ");
    return h("li", {},
      h("p", { class: "note-words", dir: "auto" }, commentOf(annotation) || (annotation.motivation === "bookmarking" ? t("bookmark") : "")),
      tagsOf(annotation).length ? h("p", { class: "note-tags" }, tagsOf(annotation).map((tag) => h("span", {}, tag))) : null,
      quoteOf(annotation) ? h("blockquote", { dir: "auto" }, quoteOf(annotation).slice(0, 300)) : null,
      h("div", { class: "row" }, h("button", { type: "button", onclick: () => go(target) }, where),
        h("button", { type: "button", class: "plain", onclick: () => (this.#keep(this.all().filter((own) => own.id !== annotation.id)), changed()) }, t("delete"))));
  }
}
