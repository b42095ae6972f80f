// What pages and documents are called in lists and citations.
import { dated, t } from "../shared/messages.js";

// "Page 53 · image 7 of 14"; for a page without a label "Image 7 of 14".
export function placeName(volume, page) {
  const position = t("image-number", { n: page.order, of: volume.pages.length });
  return page.label ? `${pageName(page)} · ${position}` : position.charAt(0).toUpperCase() + position.slice(1);
}

export function pageName(page) {
  return page.label ? t("page-label", { label: page.label }) : t("image-only", { n: page.order });
}

// "Page 53"; for several pages "pp. 53, 54".
export function pagesNamed(pages) {
  return pages.length > 1 ? t("pages-short", { pages: pages.map((page) => page.label || `[${page.order}]`).join(", ") }) : pageName(pages[0]);
}

// "pp. 53–54"; a page without a label is named by its position, "[3]".
export function pageRange(volume, document) {
  const pages = document.pages.map(([order]) => volume.page(order));
  if (!pages.length) return "";
  const named = pages.map((page) => page.label || `[${page.order}]`);
  const ends = named.length > 1 ? `${named[0]}–${named.at(-1)}` : named[0];
  return t(named.length > 1 ? "pages-short" : "page-short", { pages: ends });
}

// A title that no other document has: with date and pages where several documents have the same title.
export function fullTitle(volume, document) {
  if (!document.unsure) return document.title;
  const date = dated(document.date);
  // A title with which the date begins, as "5 September" and "5 September 1933", is not said twice.
  const title = date.startsWith(document.title) ? date : document.title;
  const known = [date, pageRange(volume, document)].filter((part) => part && part !== title);
  return known.length ? `${title} (${known.join(", ")})` : title;
}
