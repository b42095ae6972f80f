// A window over the page, with a heading and a way to close it; the browser keeps the focus inside.
import { h } from "../shared/dom.js";
import { t } from "../shared/messages.js";

let count = 0;

export function openDialog(title, ...content) {
  const id = `dialog-${(count += 1)}`;
  const dialog = h("dialog", { "aria-labelledby": id },
    h("div", { class: "dialog-head" },
      h("h2", { id }, title),
      h("button", { type: "button", class: "plain", "aria-label": t("close"), onclick: () => dialog.close() }, "×")),
    h("div", { class: "dialog-body" }, ...content));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page that is opened from a folder may have no access to the clipboard.
    const area = h("textarea", { class: "hidden-copy", "aria-hidden": "true" });
    area.value = text;
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

export function copyField(label, text, rows = 3) {
  const area = h("textarea", { readonly: true, rows, "aria-label": label });
  area.value = text;
  const button = h("button", {
    type: "button",
    onclick: async () => {
      button.textContent = (await copied(text)) ? t("copied") : t("copy-failed");
    },
  }, t("copy"));
  return h("div", { class: "copy-field" }, h("h3", {}, label), area, button);
}

export function download(name, data, type) {
  const address = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type }));
  const link = h("a", { href: address, download: name.replace(/[\\/:*?"<>|\u0000-\u001f\u007f]+/g, "_").slice(0, 120) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
