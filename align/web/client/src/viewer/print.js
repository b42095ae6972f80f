// Printing: a run of pages that the reader chose, each image with the texts that stand on it beside it.
import { openDialog } from "./dialog.js";
import { h, replace } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { fullTitle, pageName } from "./names.js";

const MOST = 200; // images at once; more would take a browser's memory

export function print(open) {
  const { volume, document, order } = open;
  const own = document?.pages.map(([n]) => n) || [];
  const select = (label, chosen) => h("label", {}, label, " ", h("select", {}, volume.pages.map((page) => h("option", { value: page.order, selected: page.order === chosen }, `${pageName(page)} [${page.order}]`))));
  const from = select(t("print-from"), own[0] ?? order ?? 1);
  const to = select(t("print-to"), own.at(-1) ?? order ?? 1);
  const kinds = ["transcription", "translation"].map((kind) => h("label", {}, h("input", { type: "checkbox", name: kind, checked: true }), " ", t(kind)));
  const said = h("p", { role: "status" });
  const dialog = openDialog(t("print"),
    h("form", { class: "choices", onsubmit: async (event) => {
      event.preventDefault();
      const [first, last] = [from, to].map((label) => Number(label.querySelector("select").value));
      const wanted = kinds.map((label) => label.querySelector("input")).filter((box) => box.checked).map((box) => box.name);
      if (last < first || last - first >= MOST) {
        said.textContent = t(last < first ? "print-order" : "print-most", { n: MOST });
        return;
      }
      said.textContent = t("working");
      await prepare(volume, first, last, wanted);
      dialog.close();
      globalThis.print();
    } }, h("div", { class: "tools" }, from, to), h("div", { class: "tools" }, kinds), h("button", { type: "submit" }, t("print"))),
    said);
}

export async function prepare(volume, first, last, kinds) {
  const sheets = [];
  for (let order = first; order <= last; order += 1) sheets.push(await sheet(volume, volume.page(order), kinds));
  let place = document.querySelector(".print");
  if (!place) document.body.append((place = h("div", { class: "print" })));
  replace(place, sheets);
  document.documentElement.classList.add("printing");
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    place.remove();
  }, { once: true });
  await Promise.all([...place.querySelectorAll("img")].map((image) => image.decode().catch(() => image.replaceWith(t("no-image")))));
}

async function sheet(volume, page, kinds) {
  const texts = h("div", { class: "print-texts" });
  const titles = [];
  for (const document of volume.documentsOn(page.order)) {
    const payload = await volume.texts(document);
    const columns = payload.texts.filter((text) => kinds.includes(text.kind))
      .map((text) => h("div", { lang: text.language, dir: "auto" }, blocksOn(text, page.order)));
    titles.push(fullTitle(volume, document));
    if (columns.some((column) => column.childNodes.length)) texts.append(h("h3", {}, titles.at(-1)), h("div", { class: "print-columns" }, columns));
  }
  return h("section", { class: "print-sheet" },
    h("header", {}, h("span", {}, volume.title), h("span", {}, pageName(page))),
    h("div", { class: "print-facing" },
      h("div", { class: "print-image" }, page.image ? h("img", { src: `images/${page.image}.jpg`, alt: "" }) : t("no-image")), texts));
}

// The blocks of a text that stand on this page, cut at its beginning and end.
export function blocksOn(text, order) {
  // The text before the first mark stands on the page on which the text begins.
  let at = text.blocks.flatMap(([, , parts]) => parts).find((part) => typeof part === "number");
  const shown = [];
  for (const [role, , parts] of text.blocks) {
    const own = [];
    for (const part of parts) {
      if (typeof part === "number") at = part;
      else if (at === order) own.push(typeof part === "string" ? part : part[0]);
    }
    if (own.join("").trim()) shown.push(h(role === "heading" ? "h4" : "p", { class: `block ${role}`, dir: "auto" }, own));
  }
  return shown;
}
