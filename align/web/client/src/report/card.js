// One finding as an article: what it is, where it stands, its pictures, its texts, what to do.
import { h, svg } from "../shared/dom.js";
import { currentLanguage, decimal, languageOf, t, worded } from "../shared/messages.js";
import { codeTitle, fileName, pageWithFile } from "./names.js";
import { picture, shownPart } from "./picture.js";
import { viewerLink } from "./to-viewer.js";

const LONG = 700; // letters: a longer passage scrolls by itself
const NAMED = 3; // pages that a finding names; of more only the number is given
// Findings whose words the page may rightly lack: its mark shows the place, not a loss.
const PLACED = new Set(["commentary-not-on-scan", "note-in-sentence", "no-counterpart"]);

export class Cards {
  // openPage(at, index): what a click on a picture does.
  constructor(findings, openPage) {
    this.findings = findings;
    this.openPage = openPage;
  }

  // The article of a row, which stands at the place `at` of a list of this size.
  card(row, at, size) {
    const { severity, code, change, key } = this.findings.rows[row];
    const { index } = this.findings;
    const detail = this.findings.detail(row);
    const name = index.severities[severity], title = `f-${row}`;
    return h("article",
      { class: `finding s-${name}`, id: `finding-${row}`, tabindex: "-1", "aria-labelledby": title, "aria-posinset": at + 1, "aria-setsize": size },
      h("header", {},
        h("h3", { id: title }, icon(name), h("span", { class: "severity" }, `${t(`severity-${name}`)}: `), codeTitle(index, code)),
        h("span", { class: "place" }, this.#place(row)),
        change && change !== "same" ? h("span", { class: "change" }, t(`change-${change}`)) : null,
        h("span", { class: "rank", title: t("score-title") }, t("score", { score: decimal(detail.score) })),
        // What was decided of its kind here goes before the score, which stays beside it.
        typeof detail.calibrated === "number" ? h("span", { class: "rank", title: t("calibrated-title") }, t("calibrated", { score: decimal(detail.calibrated) })) : null),
      h("div", { class: "reason" }, said(detail.missing ? { [currentLanguage()]: t("file-missing", { file: detail.missing }) } : detail.reason, t("reason"))),
      this.#crops(at, detail, PLACED.has(index.codes[code])),
      texts(detail),
      detail.suggestion ? h("div", { class: "suggestion" }, said(detail.suggestion, t("suggestion"))) : null,
      decided(detail.decision, this.findings.rows[row].decided),
      h("p", { class: "open" }, viewerLink(index, this.findings.rows[row], detail)),
      h("p", { class: "foot" }, [detail.id, t("key", { key })].filter(Boolean).join(" · ")));
  }

  #place(row) {
    const { document, pages } = this.findings.rows[row];
    const { index } = this.findings;
    const places = [];
    if (document >= 0) {
      const [, id, title] = index.documents[document];
      places.push(h("bdi", {}, id), title ? h("bdi", {}, ` ${t("quoted", { title })}`) : null);
    }
    if (pages.length) {
      const named = pages.slice(0, NAMED).map((page) => pageWithFile(index.pages[page])).join(", ");
      const where = index.volumes > 1 ? t("of-volume", { pages: named, volume: index.pages[pages[0]].volume }) : named;
      places.push(document >= 0 ? " · " : null, h("bdi", {}, where));
      if (pages.length > NAMED) places.push(t("more-pages", { n: pages.length - NAMED }));
    }
    return places;
  }

  #crops(at, detail, placed) {
    if (!detail.views.length) return null;
    return h("div", { class: "crops" }, detail.views.map((view, index) => {
      const page = this.findings.index.pages[view.page];
      if (!page.image) return h("p", { class: "unseen", dir: "auto" }, `${t("not-shown", { file: fileName(page) })} ${problem(page)}`);
      const name = pageWithFile(page);
      const open = h("button", { type: "button", "aria-label": t("open-page", { page: name }), onclick: () => this.openPage(at, index) },
        picture(page, view.outlines, shownPart(view), t("part-of-page", { page: name })));
      const marks = new Set(view.outlines.map(([mark]) => mark));
      const caption = marks.has("gap") ? t(placed ? "caption-place" : "caption-gap", { page: name }) : marks.has("around") ? t("caption-around", { page: name }) : name;
      return h("figure", { class: view.whole ? "crop whole" : "crop" }, open, h("figcaption", {}, h("bdi", {}, caption)));
    }));
  }
}

// What an editor decided, by whom and when; or what was decided on an earlier text.
function decided(decision, state) {
  if (!decision) return null;
  const said = t(`decision-${decision.decision || "none"}`), { by, day, comment } = decision;
  return h("p", { class: "decision" }, t(state === "changed" ? "decided-earlier" : "decided-by", { said, by, day }), comment ? h("bdi", {}, ` ${t("quoted", { title: comment })}`) : null);
}

// Why there is no picture of a page; empty where that is not known.
export const problem = (page) => worded(page.problem) || (page.size[0] ? "" : t("not-opened"));

const icon = (name) => svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `#i-${name}` }));

// A long passage scrolls by itself, and so can be focused: it does not bury what follows it.
const scrolls = (text, name) => (text.length > LONG ? { class: "long", tabindex: "0", role: "group", "aria-label": name } : {});

// A sentence of the finding. Its language is marked where it is there in English alone, for screen readers.
function said(field, name) {
  const text = worded(field);
  const lang = languageOf(field);
  return h("p", { dir: "auto", lang: lang === currentLanguage() ? null : lang, ...scrolls(text, name) }, text);
}

function texts(detail) {
  if (!detail.passages.length) return null;
  return h("div", { class: "texts" }, detail.passages.map((passage) => {
    const label = t(`text-${passage.kind}`);
    const pieces = passage.pieces.map(([text, differs]) => (differs ? h("mark", {}, text) : text));
    const between = pieces.length ? pieces : h("span", { class: "missing", lang: currentLanguage() }, ` ▸ ${t("not-here")} ◂ `);
    const whole = passage.before + passage.pieces.map(([text]) => text).join("") + passage.after;
    return h("div", { class: "text" },
      h("h4", {}, label, passage.file ? h("bdi", { class: "file" }, ` ${passage.file.split("/").pop()}`) : null),
      h("blockquote", { lang: passage.lang, dir: "auto", ...scrolls(whole, label) },
        around(passage.before && `${passage.before} `), between, around(passage.after && ` ${passage.after}`)));
  }));
}

const around = (text) => (text ? h("span", { class: "around" }, text) : null);
