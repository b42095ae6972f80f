// The image view: the pages of a document one below the other, moved and zoomed by OpenSeadragon.
import OpenSeadragon from "openseadragon";
import { calm } from "../shared/dom.js";
import { bounds, hit } from "./geometry.js";
import { gapOf } from "./unsure.js";
import { Overlay } from "./overlay.js";
import { laidOut, placeAt, rectangle, union } from "./sheet.js";

const AHEAD = 0.6; // how far beyond the view images are loaded, in heights of the view
const MARGIN = 0.02;

export class ImageView {
  // on: sentence(number|null), pick(number), page(order), other(document, order), shown(order)
  constructor(element, on) {
    this.element = element;
    this.on = on;
    this.sheets = [];
    this.images = new Map();
    this.osd = OpenSeadragon({
      element,
      drawer: "canvas",
      showNavigationControl: false,
      animationTime: calm() ? 0 : 0.5,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true },
      visibilityRatio: 0,
      minZoomLevel: 0.05,
      maxZoomPixelRatio: 4,
      zoomPerScroll: 1.25,
      imageLoaderLimit: 2,
      preserveImageSizeOnResize: true,
      preserveViewport: true, // else the first image that arrives would move the view to itself
    });
    this.overlay = new Overlay(this.osd.canvas);
    this.osd.addHandler("update-viewport", () => this.#moved());
    this.osd.addHandler("animation-finish", () => this.#settled());
    // Until a reader moves, a window of another size shows the same place, as wide as it is.
    this.osd.addHandler("resize", () => setTimeout(() => (this.placed && this.placed(), this.#settled())));
    for (const name of ["canvas-drag", "canvas-scroll", "canvas-pinch", "canvas-double-click"]) this.osd.addHandler(name, () => (this.placed = null));
    this.osd.addHandler("canvas-click", (event) => this.#clicked(event));
    this.osd.addHandler("canvas-key", (event) => {
      // Letters are keys of the viewer: OpenSeadragon would turn and flip the page with some of them.
      if (!/^(Arrow|[+=_-]$)/.test(event.originalEvent.key)) event.preventDefaultAction = true;
    });
    element.addEventListener("pointermove", (event) => this.#hovered(event));
    element.addEventListener("pointerleave", () => this.on.sentence(null));
  }

  label(text) {
    this.osd.canvas.setAttribute("role", "img");
    this.osd.canvas.setAttribute("aria-label", text);
  }

  show(pages, sentences, foreign) {
    this.osd.world.removeAll();
    this.images.clear();
    this.sheets = laidOut(pages);
    this.sentences = sentences;
    this.foreign = foreign;
    this.current = null;
    this.overlay.show(this.sheets, sentences, foreign);
  }

  // The page from its top, as wide as the view; or from where the document begins on it.
  goTo(order, top = 0, immediately = false) {
    const sheet = this.sheets.find((own) => own.page.order === order);
    if (!sheet) return;
    this.placed = () => this.#place(sheet, top, true);
    this.#place(sheet, top, immediately);
  }

  #place(sheet, top, immediately) {
    const size = this.osd.viewport.getContainerSize();
    const height = (1 + 2 * MARGIN) * (size.y / Math.max(1, size.x));
    const from = sheet.top + Math.max(0, Math.min(top * sheet.scale, sheet.height - height)) - MARGIN;
    this.#fit(-MARGIN, from, 1 + 2 * MARGIN, height, immediately || calm());
    this.#load();
  }

  light(number, pinned) {
    this.overlay.light(number === null ? null : this.sentences.all[number], pinned, this.#gap(number));
  }

  // Where a sentence that should have a place and has none would stand.
  #gap(number) {
    const sentence = number === null ? null : this.sentences.all[number];
    return sentence && !sentence.areas.length && sentence.status === "unlinked" ? gapOf(this.sentences, number) : null;
  }

  // Brings the areas of the sentence into view, or the gap where it would stand; nothing moves where it is in view.
  bring(number) {
    const { before, after } = this.#gap(number) ?? {};
    const gap = [before, after].filter((own) => own && own.page === (before ?? after).page).map(({ page, outline }) => ({ page, outlines: [outline] }));
    const areas = [...this.sentences.all[number].areas, ...gap].filter((area) => this.#sheet(area.page)?.page.image);
    if (!areas.length) return;
    const wanted = union(areas.map((area) => rectangle(this.#sheet(area.page), bounds(area.outlines))));
    const view = this.osd.viewport.getBounds();
    const inside =
      wanted.left >= view.x && wanted.right <= view.x + view.width &&
      wanted.top >= view.y && wanted.bottom <= view.y + view.height;
    if (inside) return;
    this.placed = null;
    const room = 0.04;
    const width = Math.max(view.width, wanted.right - wanted.left + 2 * room);
    const needed = wanted.bottom - wanted.top + 2 * room;
    const grown = Math.max(1, needed / (width * (view.height / view.width)));
    const [w, h] = [width * grown, width * grown * (view.height / view.width)];
    const kept = wanted.left >= view.x && wanted.right <= view.x + w ? view.x : (wanted.left + wanted.right - w) / 2;
    const left = w >= 1 ? (1 - w) / 2 : kept; // a page that is narrower than the view stands in its middle
    this.#fit(left, (wanted.top + wanted.bottom - h) / 2, w, h, calm());
    this.#load();
  }

  zoom(factor) {
    this.placed = null;
    this.osd.viewport.zoomBy(factor);
  }

  get order() {
    return this.current;
  }

  #sheet(order) {
    return this.overlay.sheets.get(order);
  }

  #fit(x, y, width, height, immediately) {
    this.osd.viewport.fitBounds(new OpenSeadragon.Rect(x, y, width, height), immediately);
  }

  #moved() {
    const { x, y, width } = this.osd.viewport.getBounds(true);
    const scale = this.osd.viewport.getContainerSize().x / width;
    this.overlay.move({ x: -x * scale, y: -y * scale, scale });
  }

  #settled() {
    this.#moved();
    this.#load();
    const view = this.osd.viewport.getBounds();
    const middle = view.y + Math.min(view.height / 2, 0.5);
    const sheet = this.sheets.find((own) => own.top + own.height >= middle) || this.sheets.at(-1);
    if (sheet && sheet.page.order !== this.current) {
      this.current = sheet.page.order;
      this.on.page(sheet.page.order);
    }
  }

  // Only images near the view are loaded: a document may have a thousand pages.
  #load() {
    const view = this.osd.viewport.getBounds();
    const [from, to] = [view.y - AHEAD * view.height, view.y + (1 + AHEAD) * view.height];
    for (const sheet of this.sheets) {
      const near = sheet.top <= to && sheet.top + sheet.height >= from;
      const { order, image } = sheet.page;
      if (near) this.overlay.draw(sheet);
      if (near && image && !this.images.has(order)) {
        this.images.set(order, null);
        this.#add(sheet);
      } else if (!near && this.images.get(order)) {
        this.osd.world.removeItem(this.images.get(order));
        this.images.delete(order);
      }
    }
  }

  #add(sheet) {
    const { order, image } = sheet.page;
    const sheets = this.sheets;
    this.osd.addSimpleImage({
      url: `images/${image}.jpg`,
      x: 0,
      y: sheet.top,
      width: 1,
      success: ({ item }) => {
        if (this.sheets !== sheets) this.osd.world.removeItem(item);
        else {
          this.images.set(order, item);
          this.on.shown(order);
        }
      },
    });
  }

  #at(point) {
    const place = this.osd.viewport.pointFromPixel(point, true);
    return placeAt(this.sheets, place.x, place.y);
  }

  #sentenceAt(place) {
    if (!place || !this.sentences) return null;
    const slack = place.sheet.page.size[0] * 0.006;
    const found = hit(this.sentences.areasOn(place.sheet.page.order), place.x, place.y, slack);
    return found ? found.sentence : null;
  }

  #hovered(event) {
    if (event.pointerType === "touch" || event.buttons) return;
    const box = this.element.getBoundingClientRect();
    const place = this.#at(new OpenSeadragon.Point(event.clientX - box.left, event.clientY - box.top));
    const number = this.#sentenceAt(place);
    this.on.sentence(number);
    const other = number === null ? this.#otherAt(place) : null;
    this.element.title = other ? other.title : "";
    this.element.classList.toggle("on-sentence", number !== null || Boolean(other));
  }

  #otherAt(place) {
    if (!place) return null;
    return this.foreign(place.sheet.page).find(({ box: [left, top, width, height] }) =>
      place.x >= left && place.x <= left + width && place.y >= top && place.y <= top + height) || null;
  }

  #clicked(event) {
    if (!event.quick) return;
    const place = this.#at(event.position);
    const number = this.#sentenceAt(place);
    if (number !== null) this.on.pick(number);
    else {
      const other = this.#otherAt(place);
      if (other) this.on.other(other.document, place.sheet.page.order);
      else this.on.pick(null);
    }
  }
}
