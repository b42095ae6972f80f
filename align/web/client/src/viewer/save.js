// What can be saved: the image of a sentence, the texts, a page as PDF.
import { download, openDialog } from "./dialog.js";
import { h } from "../shared/dom.js";
import { bounds } from "./geometry.js";
import { loadOnce } from "./load.js";
import { languageName, t } from "../shared/messages.js";
import { fullTitle, pageName } from "./names.js";
import { factName, facts } from "./details.js";
import { pdfOf } from "./pdf.js";

// In a page that is opened from a folder no script may read the pixels of an image; so the copy comes as a script.
async function copyOf(page) {
  const { jpeg, width, height } = await loadOnce(`copies/${page.image}`);
  const bytes = Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0));
  return { bytes, width, height };
}

async function imageOf(page) {
  const { bytes, width, height } = await copyOf(page);
  const address = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  return { image, scale: width / page.size[0], width, height };
}

const MARGIN = 12;

// The sentence cut out of its pages: one piece for each page, one below the other.
export async function crop(volume, sentence) {
  const pieces = [];
  for (const area of sentence.areas) {
    const page = volume.page(area.page);
    if (!page.image) continue;
    const { image, scale, width, height } = await imageOf(page);
    const box = bounds(area.outlines);
    const left = Math.max(0, Math.floor(box.left * scale) - MARGIN);
    const top = Math.max(0, Math.floor(box.top * scale) - MARGIN);
    const right = Math.min(width, Math.ceil(box.right * scale) + MARGIN);
    const bottom = Math.min(height, Math.ceil(box.bottom * scale) + MARGIN);
    pieces.push({ image, left, top, width: right - left, height: bottom - top });
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, ...pieces.map((piece) => piece.width));
  canvas.height = Math.max(1, pieces.reduce((sum, piece) => sum + piece.height, 0));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  let at = 0;
  for (const { image, left, top, width, height } of pieces) {
    context.drawImage(image, left, top, width, height, 0, at, width, height);
    at += height;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

export function textOf({ volume, document, sentences }) {
  const lines = facts({ volume, document }).map(([name, value]) => `${factName(name)}: ${value}`);
  for (const text of sentences.texts) {
    lines.push("", `== ${t(text.kind)}, ${languageName(text.language)} ==`, "");
    for (const [, , parts] of text.blocks) lines.push(parts.map((part) => words(volume, part)).join(""), "");
  }
  return lines.join("\n");
}

function words(volume, part) {
  if (typeof part === "number") return `[${pageName(volume.page(part))}]\n`;
  return typeof part === "string" ? part : part[0];
}

export function save(open) {
  const { volume, document, sentence, order } = open;
  const page = order ? volume.page(order) : null;
  const said = h("p", { role: "status" });
  const button = (label, run) => h("button", { type: "button", onclick: async () => {
    said.textContent = t("working");
    try {
      await run();
      said.textContent = t("saved");
    } catch {
      said.textContent = t("save-failed");
    }
  } }, label);
  const name = document?.name || volume.name;
  const placed = sentence?.areas.some((area) => volume.page(area.page).image);
  openDialog(t("save"),
    h("div", { class: "choices" },
      placed ? button(t("save-crop"), async () => download(`${name}-${sentence.key}.png`, await crop(volume, sentence))) : h("p", { class: "soft" }, t("save-crop-how")),
      document ? button(t("save-text"), async () => download(`${name}.txt`, textOf(open), "text/plain;charset=utf-8")) : null,
      page?.image ? button(t("save-pdf", { page: pageName(page) }), async () => {
        const { bytes, width, height } = await copyOf(page);
        const dpi = page.dpi ? (page.dpi * width) / page.size[0] : width / 8.27;
        const title = `${document ? fullTitle(volume, document) : volume.title}, ${pageName(page)}`;
        download(`${name}-${page.label || page.order}.pdf`, pdfOf({ jpeg: bytes, width, height, dpi, title }));
      }) : null),
    said);
}
