// Boxes that an editor draws on the pages: dragged open on the paper, moved, resized by a corner, removed. They stand in
// pixels of the upright page, so that they follow the image wherever it is moved.
import { svg } from "../shared/dom.js";
import { keyOf } from "../shared/keyboard.js";
import { t } from "../shared/messages.js";

const LEAST = 8; // pixels of the screen: a smaller drag is a slip of the hand
const STEP = 8; // pixels of the screen that an arrow moves a box by
const IDENTITY = [1, 0, 0, 0, 1, 0];
const CORNER = 12; // pixels of the screen around the lower right corner, by which a box is resized

export class Boxes {
  // image: the viewer's image view; start: [{page, box: [left, top, width, height]}]
  constructor(image, start) {
    this.image = image;
    this.boxes = start.map(({ page, box }) => ({ page, box: [...box] }));
    this.layer = svg("svg", { class: "drawn", role: "application", tabindex: 0, "aria-label": t("drawn-boxes"), "aria-roledescription": t("drawn-keys") });
    this.root = svg("g");
    this.layer.append(this.root);
    image.osd.canvas.append(this.layer);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) this.layer.addEventListener(name, (event) => this.#pointer(event));
    this.layer.addEventListener("keydown", (event) => this.#key(event));
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
    else own.box = this.#within(own.page, [left + at.x - from.x, top + at.y - from.y, width, height]);
    this.draw();
  }

  // The box moved back onto its page, and no larger than it.
  #within(page, [left, top, width, height]) {
    const [most, deep] = this.image.sheets.find((own) => own.page.order === page).page.size;
    const size = [Math.min(Math.max(1, width), most), Math.min(Math.max(1, height), deep)];
    return [Math.min(Math.max(0, left), most - size[0]), Math.min(Math.max(0, top), deep - size[1]), ...size];
  }

  // By keys: Insert or "n" puts a box into the middle of the view, the arrows move the last box, with Shift they resize
  // it, Delete takes it away.
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const own = this.boxes.at(-1), key = keyOf(event);
    if (event.key === "Insert" || key === "n") this.#add();
    else if ((event.key === "Delete" || event.key === "Backspace") && own) this.removeLast();
    else if (by && own) this.#step(own, by, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #add() {
    const frame = this.layer.getBoundingClientRect();
    const at = this.#placed({ clientX: frame.left + frame.width / 2, clientY: frame.top + frame.height / 2 });
    if (!at) return;
    const pixels = this.#pixels(at.page);
    this.boxes.push({ page: at.page, box: this.#within(at.page, [at.x - 60 * pixels, at.y - 10 * pixels, 120 * pixels, 20 * pixels]) });
    this.draw();
  }

  #step(own, [x, y], resizes) {
    const [left, top, width, height] = own.box, by = STEP * this.#pixels(own.page);
    own.box = this.#within(own.page, resizes ? [left, top, width + x * by, height + y * by] : [left + x * by, top + y * by, width, height]);
    this.draw();
  }

  // Pixels of the page in a pixel of the screen.
  #pixels(page) {
    return 1 / (this.image.sheets.find((own) => own.page.order === page).scale * this.#view().scale);
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
      const page = volume.page(order), [a, b, c, d, e, f] = page.to_scan ?? IDENTITY, [most, deep] = page.scan_size ?? page.size;
      const corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]].map(([x, y]) => [a * x + b * y + c, d * x + e * y + f]);
      const xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
      const within = (value, least, largest) => Math.min(Math.max(least, Math.round(value)), largest);
      const from = [within(Math.min(...xs), 0, most - 1), within(Math.min(...ys), 0, deep - 1)];
      const whole = [...from, within(Math.max(...xs) - from[0], 1, most - from[0]), within(Math.max(...ys) - from[1], 1, deep - from[1])];
      if (!found.has(page.key)) found.set(page.key, []);
      found.get(page.key).push(whole);
    }
    return [...found].map(([page, boxes]) => ({ page, boxes }));
  }

  // Boxes that were kept, in pixels of the upright pages: what areas() makes, the other way.
  static upright(areas, volume) {
    return areas.flatMap(({ page: key, boxes }) => {
      const page = volume.byKey.get(key), [a, b, c, d, e, f] = page.to_scan ?? IDENTITY, k = a * e - b * d;
      return boxes.map(([left, top, width, height]) => {
        const corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]].map(([x, y]) => [(e * (x - c) - b * (y - f)) / k, (a * (y - f) - d * (x - c)) / k]);
        const xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
        const from = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys))];
        return { page: page.order, box: [...from, Math.min(Math.max(...xs), page.size[0]) - from[0], Math.min(Math.max(...ys), page.size[1]) - from[1]] };
      });
    });
  }
}
