// Where the pages of a document stand in the image view: one below the other, each with the width 1.
const GAP = 0.025;
const UNKNOWN = 1.4; // height of a page without an image, as a share of its width

export function laidOut(pages) {
  let top = 0;
  return pages.map((page) => {
    const [width, height] = page.size;
    const own = { page, top, height: width ? height / width : UNKNOWN, scale: width ? 1 / width : 1 };
    top += own.height + GAP;
    return own;
  });
}

// The page at a point of the view, and the point on that page.
export function placeAt(sheets, x, y) {
  if (x < 0 || x > 1) return null;
  const sheet = sheets.find((own) => y >= own.top && y <= own.top + own.height);
  return sheet ? { sheet, x: x / sheet.scale, y: (y - sheet.top) / sheet.scale } : null;
}

export function rectangle(sheet, { left, top, right, bottom }) {
  return {
    left: left * sheet.scale,
    right: right * sheet.scale,
    top: sheet.top + top * sheet.scale,
    bottom: sheet.top + bottom * sheet.scale,
  };
}

export function union(rectangles) {
  return {
    left: Math.min(...rectangles.map((r) => r.left)),
    right: Math.max(...rectangles.map((r) => r.right)),
    top: Math.min(...rectangles.map((r) => r.top)),
    bottom: Math.max(...rectangles.map((r) => r.bottom)),
  };
}
