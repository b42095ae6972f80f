// The window in which an editor states what a page is: its label, that it is a copy, or blank.
import { h } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { openDialog } from "../viewer/dialog.js";

// keep(value): keeps what is stated.
export function pageWindow(volume, page, event, keep) {
  const stated = event?.value ?? {};
  const label = h("input", { type: "text", maxlength: 200, autocomplete: "off", name: "label" });
  const copy = h("input", { type: "text", autocomplete: "off", name: "copy" });
  const blank = h("input", { type: "checkbox", name: "blank" });
  label.value = "label" in stated ? stated.label ?? "" : page.label ?? "";
  const known = volume.byKey.get(stated.copy_of);
  copy.value = known ? known.label ?? String(known.order) : "";
  blank.checked = Boolean(stated.blank);
  const said = h("p", { role: "status" });
  const form = h("form", { class: "choices" },
    h("label", {}, t("state-label"), label), h("label", {}, t("state-copy"), copy), h("label", {}, blank, " ", t("state-blank")), said, h("button", { type: "submit" }, t("keep")));
  form.addEventListener("submit", (own) => {
    own.preventDefault();
    const value = {};
    if (label.value.trim() !== (page.label ?? "")) value.label = label.value.trim() || null;
    if (copy.value.trim()) {
      const original = volume.find(copy.value);
      if (!original || original === page) return (said.textContent = t("state-no-page"));
      value.copy_of = original.key;
    } else if (blank.checked) value.blank = true;
    if (!Object.keys(value).length) return (said.textContent = t("state-none"));
    dialog.close();
    keep(value);
  });
  const dialog = openDialog(t("page"), form);
  label.focus();
}
