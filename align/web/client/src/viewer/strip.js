// The pages of the volume as a row of thumbnails; the pages of the open document are marked.
import { calm, h, replace } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { pageName } from "./names.js";

const NEAR = 24; // thumbnails on each side of the page that is shown; a volume may have a thousand

export class Strip {
  constructor(volume, pick) {
    this.volume = volume;
    this.pick = pick;
    this.row = h("ol", { class: "strip-row" });
    const input = h("input", { type: "text", size: 5, "aria-label": t("go-to-page"), placeholder: t("page-placeholder"), autocomplete: "off" });
    this.said = h("span", { class: "strip-said", role: "status" });
    const form = h("form", {
      class: "strip-form",
      onsubmit: (event) => {
        event.preventDefault();
        const page = volume.find(input.value);
        this.said.textContent = page ? "" : t("no-such-page", { page: input.value.slice(0, 20) });
        if (page) pick(page);
      },
    }, input, h("button", { type: "submit" }, t("go")), this.said);
    this.input = input;
    this.element = h("nav", { class: "strip", "aria-label": t("pages-of-volume") }, form, this.row);
  }

  show(order, own) {
    const pages = this.volume.pages.slice(Math.max(0, order - 1 - NEAR), order + NEAR);
    const focused = this.row.contains(document.activeElement);
    const [from, to] = [pages[0]?.order, pages.at(-1)?.order]; // near an end of the volume one of them does not change
    if (this.from !== from || this.to !== to || this.own !== own) {
      Object.assign(this, { from, to, own });
      replace(this.row, pages.map((page) => this.#item(page, own)));
    }
    for (const button of this.row.querySelectorAll("[aria-current]")) button.removeAttribute("aria-current");
    const current = this.row.querySelector(`[data-order="${order}"]`);
    current?.setAttribute("aria-current", "page");
    if (focused) current?.focus({ preventScroll: true });
    if (current) {
      const left = current.offsetLeft - (this.row.clientWidth - current.offsetWidth) / 2;
      this.row.scrollTo({ left, behavior: calm() ? "auto" : "smooth" });
    }
  }

  #item(page, own) {
    const picture = page.image
      ? h("img", { src: `thumbs/${page.image}.jpg`, alt: "", loading: "lazy", decoding: "async", draggable: "false" })
      : h("span", { class: "no-thumb" }, page.status === "failed" ? "×" : "");
    return h("li", {},
      h("button", {
        type: "button",
        class: own.has(page.order) ? "own" : "",
        data: { order: page.order },
        "aria-label": `${pageName(page)}${page.status === "blank" ? `, ${t("page-blank")}` : ""}`,
        onclick: () => this.pick(page),
      }, picture, h("span", { class: "thumb-label" }, page.label || `[${page.order}]`)));
  }
}
