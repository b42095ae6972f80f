// Drawings over the images: the lit sentence, all areas on request, and a veil over other documents.
import { svg } from "../shared/dom.js";
import { points } from "./geometry.js";
import { stroke } from "./unsure.js";

export class Overlay {
  constructor(host) {
    this.lit = svg("g", { class: "lit-areas" });
    this.base = svg("g", { class: "areas" });
    this.root = svg("g", {}, this.base, this.lit);
    this.element = svg("svg", { class: "overlay", "aria-hidden": "true" }, this.root);
    host.append(this.element);
  }

  move({ x, y, scale }) {
    this.root.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  }

  // Areas and veils of a page are drawn when it comes near the view.
  show(sheets, sentences, foreign) {
    this.sheets = new Map(sheets.map((sheet) => [sheet.page.order, sheet]));
    this.drawn = new Set();
    this.draw = (sheet) => {
      if (this.drawn.has(sheet)) return;
      this.drawn.add(sheet);
      this.base.append(this.#sheet(sheet, sentences, foreign(sheet.page)));
    };
    this.base.replaceChildren();
    this.lit.replaceChildren();
  }

  #sheet(sheet, sentences, foreign) {
    const group = svg("g", { transform: place(sheet), "data-page": sheet.page.order });
    const [width, height] = sheet.page.size;
    if (!sheet.page.image) {
      group.append(svg("rect", { class: "no-image", width: width || 1, height: height || sheet.height }));
    }
    for (const { box } of foreign) {
      const [left, top, w, h] = box;
      group.append(svg("rect", { class: "foreign", x: left, y: top, width: w, height: h }));
    }
    for (const area of sentences ? sentences.areasOn(sheet.page.order) : []) {
      const own = svg("g", { class: `area ${sentences.all[area.sentence].status}`, "data-sentence": area.sentence });
      for (const outline of area.outlines) own.append(svg("polygon", { points: points(outline) }));
      group.append(own);
    }
    return group;
  }

  // The place where a sentence without a place would stand: its neighbours in outline, and a stroke between them.
  #gap({ before, after }) {
    return [before, after].filter((own) => own && this.sheets.has(own.page)).map((own) => {
      const group = svg("g", { class: "gap", transform: place(this.sheets.get(own.page)), "data-page": own.page });
      group.append(svg("polygon", { class: "beside", points: points(own.outline) }));
      const atEnd = own === before;
      if (atEnd || before?.page !== after.page) group.append(svg("polygon", { class: "stroke", points: points(stroke(own.outline, atEnd)) }));
      return group;
    });
  }

  // gap: the places beside a sentence that has none.
  light(sentence, pinned, gap = null) {
    if (!sentence) {
      this.lit.replaceChildren();
      return;
    }
    const groups = sentence.areas
      .filter((area) => this.sheets.has(area.page))
      .map((area) => {
        const shapes = area.outlines.map((outline) => svg("polygon", { points: points(outline) }));
        const group = svg("g", { transform: place(this.sheets.get(area.page)), "data-page": area.page });
        group.append(...shapes);
        return group;
      });
    this.lit.setAttribute("class", `lit-areas${pinned ? " pinned" : ""}`);
    this.lit.setAttribute("data-sentence", sentence.number);
    this.lit.replaceChildren(...(gap ? this.#gap(gap) : groups));
  }
}

const place = (sheet) => `translate(0 ${sheet.top}) scale(${sheet.scale})`;
