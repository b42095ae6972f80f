// Pictures of pages with outlines drawn over them, whole or a part.
import { svg } from "../shared/dom.js";

const PHONE = 640; // CSS pixels: a window up to this width shows a part of a line
const MARGIN = 80; // pixels of the picture on both sides of an outline together
const LEAST = 0.55; // of a line's width is shown at least

// The part of the page that is shown. On a phone a whole line is too small to read: where the outlines are narrower
// than the line, a part of the line is shown.
export function shownPart(view) {
  const [left, top, width, height] = view.box;
  if (innerWidth > PHONE || !view.outlines.length) return view.box;
  const xs = view.outlines.flatMap(([, points]) => points.split(" ").map((point) => Number(point.split(",")[0])));
  const from = Math.min(...xs), to = Math.max(...xs), narrow = Math.min(width, Math.max(to - from + MARGIN, width * LEAST));
  return [Math.min(Math.max((from + to - narrow) / 2, left), left + width - narrow), top, narrow, height];
}

export function picture(page, outlines, box, label) {
  const [width, height] = page.size;
  return svg("svg", { viewBox: box.join(" "), role: "img", "aria-label": label },
    svg("image", { href: page.image, width, height, preserveAspectRatio: "none" }),
    ...outlines.map(([mark, points]) => svg("polygon", { class: `o-${mark}`, points })));
}
