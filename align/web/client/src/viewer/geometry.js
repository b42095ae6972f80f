// Places on an upright page: which sentence a point is on, and the rectangle around outlines.
export function bounds(outlines) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const outline of outlines) {
    for (let i = 0; i < outline.length; i += 2) {
      left = Math.min(left, outline[i]);
      right = Math.max(right, outline[i]);
      top = Math.min(top, outline[i + 1]);
      bottom = Math.max(bottom, outline[i + 1]);
    }
  }
  return { left, top, right, bottom };
}

// Even-odd rule (Shimrat 1962): a ray to the left crosses the outline an odd number of times.
export function within(outline, x, y) {
  let inside = false;
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [outline[i], outline[i + 1], outline[j], outline[j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function hit(areas, x, y, slack = 0) {
  let nearest = null;
  let least = slack;
  for (const area of areas) {
    const box = area.bounds;
    if (x < box.left - slack || x > box.right + slack || y < box.top - slack || y > box.bottom + slack) continue;
    for (const outline of area.outlines) {
      if (within(outline, x, y)) return area;
      // Between two lines of a sentence the pointer is still on it.
      const own = bounds([outline]);
      const apart = Math.max(own.left - x, x - own.right, own.top - y, y - own.bottom);
      if (apart <= least) [nearest, least] = [area, apart];
    }
  }
  return nearest;
}

export const points = (outline) => {
  const pairs = [];
  for (let i = 0; i < outline.length; i += 2) pairs.push(`${outline[i]},${outline[i + 1]}`);
  return pairs.join(" ");
};
