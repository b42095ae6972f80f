// What stands around every page: title, way to the contents, search, tools, language and colours.
import { h, replace } from "../shared/dom.js";
import { dated, languageButton, t } from "../shared/messages.js";
import { outdated } from "../shared/outdated.js";
import { keep, recall } from "../shared/storage.js";

const SHOWN_MS = 12000; // how long a notice lies over the panes: time to read it twice
const THEMES = ["auto", "light", "dark"];

export class Frame {
  constructor(site, on) {
    this.site = site;
    this.on = on;
    this.heading = h("h1", { tabindex: "-1" });
    this.sub = h("p", { class: "subtitle" });
    this.contents = h("button", { type: "button", onclick: on.contents }, t("contents"));
    this.previous = h("button", { type: "button", class: "step", onclick: () => on.step(-1) }, "‹ ", h("span", {}, t("previous")));
    this.next = h("button", { type: "button", class: "step", onclick: () => on.step(1) }, h("span", {}, t("next")), " ›");
    this.field = h("input", { type: "search", "aria-label": t("search"), placeholder: t("search"), autocomplete: "off", spellcheck: "false", onfocus: on.asking });
    const form = h("form", { class: "search", role: "search", onsubmit: (event) => (event.preventDefault(), this.field.value.trim() && on.search(this.field.value.trim())) }, this.field, h("button", { type: "submit" }, t("find")));
    this.tools = h("div", { class: "tools", role: "group", "aria-label": t("tools") },
      ["details", "cite", "share", "save", "print"].map((name) => h("button", { type: "button", data: { tool: name }, onclick: () => on.tools[name]() }, t(name))));
    this.notes = h("button", { type: "button", onclick: () => on.tools.notes() }, t("notes"));
    this.place = h("div", { class: "toggle-place" });
    this.announced = h("p", { class: "notice", role: "status", onclick: () => this.say("") });
    this.main = h("div", { class: "main" });
    this.element = h("div", { class: "site" },
      h("header", { class: "top" },
        h("div", { class: "titles" }, this.heading, this.sub),
        h("nav", { class: "way", "aria-label": t("documents") }, this.contents, this.previous, this.next),
        form,
        h("div", { class: "row" }, this.place, this.tools, h("div", { class: "tools" }, this.notes, this.#help(), languageButton(this.on.rebuilt, { class: "plain language" }), this.#theme()))),
      outdated() ? h("p", { class: "outdated", role: "status" }, t("outdated")) : null,
      this.announced, this.main);
    this.#paint();
  }

  show({ title, document: own, volume, inDocument, query = null }) {
    replace(this.heading, title);
    window.document.title = [title, volume?.title !== title ? volume?.title : null].filter(Boolean).join(" · ");
    const known = own ? [own.translated, own.unsure ? null : dated(own.date), own.details.author, volume.title] : [volume && volume.title !== title ? volume.title : this.site.title];
    replace(this.sub, [...new Set(known.filter((part) => part && part !== title))].join(" · "));
    for (const element of [this.previous, this.next, this.tools]) element.hidden = !inDocument;
    this.contents.hidden = volume ? !inDocument && query === null : query === null;
    this.field.value = query ?? "";
    this.notes.hidden = !volume;
    this.previous.disabled = !own || own.index === 0;
    this.next.disabled = !own || own.index === volume.documents.length - 1;
    this.say("");
  }

  content(element, toggles) {
    replace(this.place, toggles);
    if (this.main.firstChild !== element) replace(this.main, element);
  }

  say(words) {
    this.announced.textContent = words;
    clearTimeout(this.silence);
    if (words) this.silence = setTimeout(() => this.say(""), SHOWN_MS);
  }

  #help() {
    return (this.helpButton = h("button", { type: "button", onclick: () => dispatchEvent(new CustomEvent("askhelp")), "aria-label": t("keys"), title: t("keys") }, "?"));
  }

  #theme() {
    const button = h("button", { type: "button", class: "plain theme", onclick: () => {
      keep("theme", THEMES[(THEMES.indexOf(recall("theme") || "auto") + 1) % THEMES.length]);
      this.#paint();
    } });
    this.themeButton = button;
    return button;
  }

  #paint() {
    const theme = recall("theme") || "auto";
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    this.themeButton.textContent = { auto: "◐", light: "☀", dark: "☾" }[theme] || "◐";
    const name = t(`theme-${theme}`);
    this.themeButton.setAttribute("aria-label", name);
    this.themeButton.title = name;
  }
}
