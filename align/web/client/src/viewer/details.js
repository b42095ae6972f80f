// What is known of a document; what is unknown is left out.
import { openDialog } from "./dialog.js";
import { h } from "../shared/dom.js";
import { dated, languageName, t } from "../shared/messages.js";
import { pageRange } from "./names.js";

export function facts({ volume, document }) {
  const known = [["title", document?.title], ["translated-title", document?.translated], ["date", dated(document?.date)]];
  known.push(...Object.entries(document?.details || {}));
  known.push(["pages", document ? pageRange(volume, document) : ""]);
  known.push(["texts", (document?.texts || []).map(([kind, language]) => `${t(kind)}: ${languageName(language)}`).join("; ")]);
  known.push(["volume", volume.title]);
  return known.filter(([, value]) => value);
}

// Details that a TEI header names beyond those that all archives have keep its own name.
export const factName = (name) => (t(`detail-${name}`) === `detail-${name}` ? name : t(`detail-${name}`));

export function details(open) {
  openDialog(t("details"), h("dl", { class: "facts" }, facts(open).map(([name, value]) => [h("dt", {}, factName(name)), h("dd", { dir: "auto" }, value)])));
}
