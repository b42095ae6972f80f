// Boxes that an editor draws on the pages: dragged open on the paper, moved, resized by a corner, removed. They stand in
// pixels of the upright page, so that they follow the image wherever it is moved.
import { h, svg } from "../shared/dom.js";
import { t } from "../shared/messages.js";

const LEAST = 8; // pixels of the screen: a smaller drag is a slip of the hand
const CORNER = 12; // pixels of the screen around the lower right corner, by which a box is resized

export class Boxes {
  // image: the viewer's image view; start: [{page, box: [left, top, width, height]}]
  constructor(image, start) {
    this.image = image;
    this.boxes = start.map(({ page, box }) => ({ page, box: [...box] }));
    this.layer = svg("svg", { class: "drawn", role: "img", "aria-label": t("drawn-boxes") });
    this.root = svg("g");
    this.layer.append(this.root);
    image.osd.canvas.append(this.layer);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) this.layer.addEventListener(name, (event) => this.#pointer(event));
    this.moved = () => this.draw();
    image.osd.addHandler("update-viewport", this.moved);
    this.draw();
  }

  close() {
    this.image.osd.removeHandler("update-viewport", this.moved);
    this.layer.remove();
  }

  #sheets() {
    return this.image.sheets.filter((sheet) => sheet.page.image);
  }

  // How pixels of the screen are got from units of the view, in which a page is 1 wide.
  #view() {
    const { x, y, width } = this.image.osd.viewport.getBounds(true);
    return { x, y, scale: this.image.osd.viewport.getContainerSize().x / width };
  }

  #shown({ page, box: [left, top, width, height] }) {
    const sheet = this.image.sheets.find((own) => own.page.order === page);
    if (!sheet) return null;
    const { x, y, scale } = this.#view(), k = sheet.scale * scale;
    return [left * k - x * scale, (sheet.top - y) * scale + top * k, width * k, height * k];
  }

  // {page, x, y} of a point of the screen; on the page that `only` names, whose edges hold it.
  #placed(event, only = null) {
    const frame = this.layer.getBoundingClientRect(), { x, y, scale } = this.#view();
    const at = { x: x + (event.clientX - frame.left) / scale, y: y + (event.clientY - frame.top) / scale };
    const sheet = this.#sheets().find((own) => (only ? own.page.order === only : at.x >= 0 && at.x <= 1 && at.y >= own.top && at.y <= own.top + own.height));
    if (!sheet) return null;
    const [width, height] = sheet.page.size;
    return { page: sheet.page.order, x: Math.min(Math.max(at.x / sheet.scale, 0), width), y: Math.min(Math.max((at.y - sheet.top) / sheet.scale, 0), height) };
  }

  #hit(event) {
    const frame = this.layer.getBoundingClientRect(), x = event.clientX - frame.left, y = event.clientY - frame.top;
    for (let i = this.boxes.length - 1; i >= 0; i -= 1) {
      const shown = this.#shown(this.boxes[i]);
      if (!shown) continue;
      const [left, top, width, height] = shown;
      if (Math.abs(x - left - width) <= CORNER && Math.abs(y - top - height) <= CORNER) return { i, how: "resize" };
      if (x >= left && x <= left + width && y >= top && y <= top + height) return { i, how: "move" };
    }
    return null;
  }

  #pointer(event) {
    event.stopPropagation();
    event.preventDefault();
    if (event.type === "pointerdown" && event.button === 0) this.#take(event);
    else if (event.type === "pointermove" && this.drag) this.#drag(event);
    else if (this.drag && event.type !== "pointermove") this.#leave();
  }

  #take(event) {
    const hit = this.#hit(event);
    const at = this.#placed(event, hit ? this.boxes[hit.i].page : null);
    if (!at) return;
    this.layer.setPointerCapture(event.pointerId);
    if (!hit) this.boxes.push({ page: at.page, box: [at.x, at.y, 0, 0] });
    const own = this.boxes[hit ? hit.i : this.boxes.length - 1];
    this.drag = { own, how: hit?.how ?? "draw", from: at, before: [...own.box] };
  }

  #drag(event) {
    const { own, how, from, before } = this.drag;
    const at = this.#placed(event, own.page);
    const [left, top, width, height] = before;
    if (how === "draw") own.box = [Math.min(from.x, at.x), Math.min(from.y, at.y), Math.abs(at.x - from.x), Math.abs(at.y - from.y)];
    else if (how === "resize") own.box = [left, top, Math.max(1, at.x - left), Math.max(1, at.y - top)];
    else own.box = [Math.max(0, left + at.x - from.x), Math.max(0, top + at.y - from.y), width, height];
    this.draw();
  }

  #leave() {
    const { own, how } = this.drag;
    this.drag = null;
    const [, , width, height] = this.#shown(own);
    if (how === "draw" && (width < LEAST || height < LEAST)) this.boxes.splice(this.boxes.indexOf(own), 1);
    this.draw();
    this.changed?.();
  }

  removeLast() {
    this.boxes.pop();
    this.draw();
    this.changed?.();
  }

  draw() {
    this.root.replaceChildren(...this.boxes.flatMap((own) => {
      const shown = this.#shown(own);
      if (!shown) return [];
      const [x, y, width, height] = shown;
      return [svg("rect", { x, y, width, height }), svg("circle", { cx: x + width, cy: y + height, r: 5 })];
    }));
  }

  // What is kept: [{page: key, boxes}] in whole pixels of the scans. A turned page gives the box around its corners.
  areas(volume) {
    const found = new Map();
    for (const { page: order, box: [left, top, width, height] } of this.boxes) {
      const page = volume.page(order), [a, b, c, d, e, f] = page.to_scan;
      const corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]].map(([x, y]) => [a * x + b * y + c, d * x + e * y + f]);
      const xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
      const from = [Math.max(0, Math.round(Math.min(...xs))), Math.max(0, Math.round(Math.min(...ys)))];
      const whole = [...from, Math.max(1, Math.round(Math.max(...xs)) - from[0]), Math.max(1, Math.round(Math.max(...ys)) - from[1])];
      if (!found.has(page.key)) found.set(page.key, []);
      found.get(page.key).push(whole);
    }
    return [...found].map(([page, boxes]) => ({ page, boxes }));
  }
}

export const hint = (keep, cancel, remove) => h("div", { class: "drawing", role: "group", "aria-label": t("place-here") }, h("span", {}, t("draw-how")), keep, remove, cancel);
