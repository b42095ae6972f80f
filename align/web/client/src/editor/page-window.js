// The window in which an editor states what a page is: its label, its place in the volume, that it is a copy, or blank.
import { h } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { openDialog } from "../viewer/dialog.js";
import { placeName } from "../viewer/names.js";

const AS_IT_IS = "", FIRST = "first"; // choices of the place that are no page's key

// keep(value): keeps what is stated.
export function pageWindow(volume, page, event, keep) {
  const stated = event?.value ?? {};
  const label = h("input", { type: "text", maxlength: 200, autocomplete: "off", name: "label" });
  const copy = h("input", { type: "text", autocomplete: "off", name: "copy" });
  const blank = h("input", { type: "checkbox", name: "blank" });
  const after = places(volume, page, stated);
  label.value = "label" in stated ? stated.label ?? "" : page.label ?? "";
  const known = volume.byKey.get(stated.copy_of);
  copy.value = known ? known.label ?? String(known.order) : "";
  blank.checked = Boolean(stated.blank);
  const said = h("p", { role: "status" });
  const form = h("form", { class: "choices" },
    h("label", {}, t("state-label"), label), h("label", {}, t("state-after"), after), h("label", {}, t("state-copy"), copy), h("label", {}, blank, " ", t("state-blank")), said, h("button", { type: "submit" }, t("keep")));
  form.addEventListener("submit", (own) => {
    own.preventDefault();
    const value = {}, words = label.value.trim();
    // What was stated holds on, also where the results have followed it meanwhile.
    if ("label" in stated || words !== (page.label ?? "")) value.label = words || null;
    if (after.value !== AS_IT_IS) value.after = after.value === FIRST ? null : after.value;
    if (copy.value.trim()) {
      const original = volume.find(copy.value);
      if (!original || original === page) return (said.textContent = t("state-no-page"));
      if (blank.checked) return (said.textContent = t("state-both"));
      value.copy_of = original.key;
    } else if (blank.checked) value.blank = true;
    if (!Object.keys(value).length) return (said.textContent = t("state-none"));
    dialog.close();
    return keep(value);
  });
  const dialog = openDialog(t("page"), form);
  label.focus();
}

// The places that the page may have: as it is, the first, or after one of the others.
function places(volume, page, stated) {
  const option = (value, words) => h("option", { value }, words);
  const others = volume.pages.filter((own) => own !== page).map((own) => option(own.key, t("state-after-page", { page: placeName(volume, own) })));
  const gone = typeof stated.after === "string" && !volume.byKey.has(stated.after) ? option(stated.after, t("state-after-gone")) : null;
  const select = h("select", { name: "after" }, option(AS_IT_IS, t("state-as-it-is")), option(FIRST, t("state-first")), gone, others);
  select.value = "after" in stated ? stated.after ?? FIRST : AS_IT_IS;
  return select;
}
