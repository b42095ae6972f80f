// The window that shows a whole page with the place of a finding outlined.
import { byId, h, replace } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { problem } from "./card.js";
import { pageName, pageWithFile } from "./names.js";
import { picture } from "./picture.js";

const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3]; // of the window's width, or of WIDEST where the window is wider
const WIDEST = 1000; // CSS pixels
const NARROW = 700; // CSS pixels: a window under this width begins with a larger page

export class WholePage {
  constructor(findings, list) {
    this.findings = findings;
    this.list = list;
    this.dialog = byId("page");
    this.sheet = byId("page-sheet");
    this.leaves = []; // {page, view}: the pages of the finding
    byId("page-close").addEventListener("click", () => this.dialog.close());
    byId("page-previous").addEventListener("click", () => this.turn(-1));
    byId("page-next").addEventListener("click", () => this.turn(1));
    byId("page-smaller").addEventListener("click", () => this.zoom(-1));
    byId("page-larger").addEventListener("click", () => this.zoom(1));
    this.dialog.addEventListener("close", () => list.go(this.at, { scroll: false }));
  }

  get isOpen() {
    return this.dialog.open;
  }

  // Opens the page of one view (by its index) of the finding at this place of the list.
  open(at, index) {
    const row = this.list.rows[at];
    const leaves = this.findings.detail(row).views.map((view) => ({ page: view.page, view }));
    for (const page of this.findings.rows[row].pages) if (!leaves.some((leaf) => leaf.page === page)) leaves.push({ page, view: null });
    if (!leaves.length) return;
    this.list.current = at;
    Object.assign(this, { at, leaves, index, step: innerWidth < NARROW ? 4 : 2 });
    if (!this.isOpen) this.dialog.showModal();
    this.sheet.focus();
    this.turn(0);
  }

  turn(step) {
    this.index = Math.min(Math.max(this.index + step, 0), this.leaves.length - 1);
    const leaf = this.leaves[this.index], view = leaf.view, page = this.findings.index.pages[leaf.page], sheet = this.sheet;
    byId("page-title").textContent = pageWithFile(page);
    for (const [id, end] of [["page-previous", 0], ["page-next", this.leaves.length - 1]]) {
      byId(id).disabled = this.index === end;
      byId(id).hidden = this.leaves.length === 1;
    }
    if (!page.image) {
      replace(sheet, h("p", { class: "told", dir: "auto" }, problem(page) || t("no-picture")));
      return;
    }
    replace(sheet, picture(page, view ? view.outlines : [], [0, 0, ...page.size], t("whole-page", { page: pageName(page) })));
    this.zoom(0);
    if (view && !view.whole) {
      const scale = sheet.firstChild.getBoundingClientRect().width / page.size[0];
      const [left, top, width, height] = view.box;
      sheet.scrollTo((left + width / 2) * scale - sheet.clientWidth / 2, (top + height / 2) * scale - sheet.clientHeight / 2);
    } else sheet.scrollTo(0, 0);
  }

  // Makes the page larger or smaller by one step; what is in the middle of the window stays there.
  zoom(step) {
    this.step = Math.min(Math.max(this.step + step, 0), ZOOMS.length - 1);
    const sheet = this.sheet, drawing = sheet.querySelector("svg");
    if (!drawing) return;
    const middle = [(sheet.scrollLeft + sheet.clientWidth / 2) / sheet.scrollWidth, (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight];
    drawing.style.width = `${Math.round(Math.min(sheet.clientWidth, WIDEST) * ZOOMS[this.step])}px`;
    sheet.scrollTo(middle[0] * sheet.scrollWidth - sheet.clientWidth / 2, middle[1] * sheet.scrollHeight - sheet.clientHeight / 2);
  }
}
