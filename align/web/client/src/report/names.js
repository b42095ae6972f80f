// What pages, files, and kinds of findings are called.
import { t, worded } from "../shared/messages.js";

export const pageName = (page) => (page.label ? t("page-label", { label: page.label }) : t("page-order", { n: page.order }));

// The file of a page's scan, and which image of the file where it holds several.
export const fileName = (page) => (page.number ? t("file-image", { file: page.file, n: page.number }) : page.file);

export const pageWithFile = (page) => `${pageName(page)} (${fileName(page)})`;

// A page as the strip of pages describes it to those who do not see its colour.
export function pageDescribed(page, findings) {
  return `${pageWithFile(page)}: ${t(`state-${page.state}`)}${findings ? ` (${findings})` : ""}`;
}

// The title of a code: from the catalogue of findings where the data hold it, else the code itself in words.
export function codeTitle(index, code) {
  const title = worded(index.titles?.[index.codes[code]]);
  return title || (index.codes[code].charAt(0).toUpperCase() + index.codes[code].slice(1)).replaceAll("-", " ");
}
