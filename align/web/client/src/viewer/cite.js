// Citations of a document, a page or a sentence, and addresses that go on leading there.
import { copyField, openDialog } from "./dialog.js";
import { h } from "../shared/dom.js";
import { dated, t } from "../shared/messages.js";
import { whole } from "../shared/address.js";

// The parts of a citation. Regions are pixels of the scan, as IIIF and Media Fragments write them.
export function cited({ site, volume, document, sentence, sentences, order, address }) {
  const areas = sentence ? sentence.areas : [];
  const orders = areas.length ? [...new Set(areas.map((area) => area.page))] : document && !sentence ? document.pages.map(([n]) => n) : order ? [order] : [];
  const pages = orders.map((n) => volume.page(n));
  const labels = pages.map((page) => page.label || `[${page.order}]`);
  return {
    author: document?.details.author || "",
    recipient: document?.details.recipient || "",
    title: document?.title || "",
    date: document?.date || "",
    volume: volume.title,
    collection: site.title || "",
    pages: labels.length > 1 ? `${labels[0]}-${labels.at(-1)}` : labels[0] || "",
    several: labels.length > 1,
    repository: document?.details.repository || "",
    identifier: document?.details.identifier || "",
    regions: areas.map((area) => {
      const page = volume.page(area.page);
      return `${page.scan}${page.index === undefined ? "" : `[${page.index}]`}#xywh=${area.box.join(",")}`;
    }),
    quote: sentence ? sentences.content(sentence.number) : "",
    key: [document?.name || volume.name, sentence?.key.slice(0, 6)].filter(Boolean).join("-"),
    // A place on a reader's own disk is no address for others.
    address: /^https?:/.test(address) ? address : "",
  };
}

const flat = (text) => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ").trim();

export function plain(of) {
  const sentence = (text) => (/[.?!…]["”»]?$/.test(text) ? text : `${text}.`);
  const listed = (...parts) => parts.filter(Boolean).join(", ");
  const year = /^\d{4}/.exec(of.date)?.[0];
  const date = year && of.title.includes(year) ? "" : dated(of.date);
  const pages = of.pages ? t(of.several ? "pages-short" : "page-short", { pages: of.pages.replace("-", "–") }) : "";
  const region = of.regions.length ? `${t("region")}: ${of.regions.join("; ")}` : "";
  return [of.author, of.title ? t("quoted", { title: of.title }) : "", date, listed(of.volume === of.title ? "" : of.volume, pages), listed(of.repository, of.identifier), region]
    .filter(Boolean).map((part) => sentence(flat(part))).concat(of.address || []).join(" ");
}

const TEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "%": "\\%", "$": "\\$", "#": "\\#", "&": "\\&", _: "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

export function bibtex(of) {
  const tex = (text) => flat(text).replace(/[\\{}%$#&_~^]/g, (sign) => TEX[sign]);
  const note = [of.recipient ? `To ${of.recipient}` : "", of.regions.length ? `${t("region")}: ${of.regions.join("; ")}` : ""].filter(Boolean).join(". ");
  const fields = {
    author: of.author ? `{${tex(of.author)}}` : "",
    title: tex(of.title || of.volume),
    date: tex(of.date),
    year: /^\d{4}/.test(of.date) ? of.date.slice(0, 4) : "",
    booktitle: tex(of.volume),
    pages: tex(of.pages).replace("-", "--"),
    institution: tex(of.repository),
    number: tex(of.identifier),
    note: tex(note),
    url: flat(of.address).replace(/[{}\\]/g, encodeURIComponent),
  };
  const name = of.key.replace(/[^A-Za-z0-9:-]+/g, "-") || "document";
  const rows = Object.entries(fields).filter(([, value]) => value).map(([field, value]) => `  ${field} = {${value}}`);
  return `@misc{${name},\n${rows.join(",\n")}\n}\n`;
}

export function ris(of) {
  const date = /^\d{4}(-\d\d){0,2}$/.test(of.date) ? `${of.date.replaceAll("-", "/")}${"/".repeat(3 - of.date.split("-").length)}` : of.date;
  const [first, last] = of.pages.split("-");
  const rows = [["TY", "MANSCPT"], ["AU", of.author], ["A2", of.recipient], ["TI", of.title || of.volume], ["T2", of.volume], ["DA", date], ["PY", /^\d{4}/.test(of.date) ? of.date.slice(0, 4) : ""],
    ["SP", first], ["EP", last], ["PB", of.repository], ["M1", of.identifier], ...of.regions.map((region) => ["N1", `${t("region")}: ${region}`]), ["UR", of.address]];
  return rows.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${flat(value)}\r\n`).join("") + "ER  - \r\n";
}

export function cite(open) {
  const of = cited(open);
  openDialog(t("cite"),
    h("p", { class: "soft" }, open.sentence ? t("cite-sentence") : t("cite-document")),
    copyField(t("cite-plain"), plain(of)), copyField("BibTeX", bibtex(of), 8), copyField("RIS", ris(of), 8));
}

export function share(open) {
  const { volume, document, order, sentence } = open;
  const page = order ? volume.page(order) : null;
  openDialog(t("share"),
    h("p", { class: "soft" }, location.protocol === "file:" ? t("share-local") : t("share-stays")),
    sentence ? copyField(t("share-sentence"), open.address, 2) : null,
    page ? copyField(t("share-page"), whole({ volume: volume.name, document: document?.name, page: page.key }), 2) : null,
    document ? copyField(t("share-document"), whole({ volume: volume.name, document: document.name }), 2) : null);
}
