// The known details of a document; unknown ones are left out.
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

// A detail that only a TEI header knows keeps the name that it has there.
export const factName = (name) => (t(`detail-${name}`) === `detail-${name}` ? name : t(`detail-${name}`));

export function details(open) {
  openDialog(t("details"), h("dl", { class: "facts" }, facts(open).map(([name, value]) => [h("dt", {}, factName(name)), h("dd", { dir: "auto" }, value)])));
}
