// The windows over the page: the keys, all that is alike, the documents with their states.
import { byId, h, replace } from "../shared/dom.js";
import { currentLanguage, t } from "../shared/messages.js";
import { codeTitle, pageName } from "../report/names.js";
import { ACTS, shownKey } from "./keymap.js";
import { worded } from "./said.js";
import { shortText } from "./texts.js";

const SHOWN = 200; // findings of a preview that are listed; of more only the number is given

export function openWindow(title, ...content) {
  const dialog = h("dialog", { class: "window", "aria-labelledby": "window-title" },
    h("header", {}, h("h2", { id: "window-title" }, title), h("button", { type: "button", class: "close", onclick: () => dialog.close() }, t("close"), h("kbd", { "aria-hidden": "true" }, "Esc"))),
    h("div", { class: "window-body" }, ...content));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// The list of keys, in which each can be given another and letters can be switched off.
export function openKeys(keymap, changed) {
  const list = h("dl", { class: "keys" });
  const said = h("p", { role: "status", class: "soft" });
  const put = () => replace(list, Object.keys(ACTS).map((act) => {
    const button = h("button", { type: "button", class: "key", data: { act }, "aria-label": t("key-change", { act: t(`act-${act}`), key: shownKey(keymap.keys[act]) }), onclick: () => take(act, button) }, h("kbd", {}, shownKey(keymap.keys[act])));
    return h("div", {}, h("dt", {}, button), h("dd", {}, t(`act-${act}`)));
  }));
  function take(act, button) {
    said.textContent = t("key-press", { act: t(`act-${act}`) });
    button.classList.add("waiting");
    button.addEventListener("keydown", (event) => {
      if (["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key !== "Escape") keymap.give(act, event.key);
      said.textContent = "";
      put();
      list.querySelector(`[data-act="${act}"]`).focus();
      changed();
    }, { once: true });
  }
  put();
  const on = h("input", { type: "checkbox", onchange: () => (keymap.switch(on.checked), changed()) });
  on.checked = keymap.on;
  openWindow(t("keys"), h("p", { class: "soft" }, t("keys-how")), list, said,
    h("p", {}, h("label", {}, on, t("keys-on"))),
    h("p", {}, h("button", { type: "button", onclick: () => (keymap.reset(), (on.checked = true), put(), changed()) }, t("keys-reset"))));
}

// All findings alike: which and how many, then one act that can be taken back as one.
export function openAlike({ findings, keys, passedOver, decide, rowOf, decisions }) {
  const n = keys.length;
  const rows = keys.map(rowOf).filter((row) => row !== undefined);
  const list = h("ol", { class: "alike" }, rows.slice(0, SHOWN).map((row) => {
    const { code, document, pages, key } = findings.rows[row];
    const { index } = findings;
    const own = findings.detail(row)?.proposed;
    const event = decisions.of({ kind: "finding", key });
    return h("li", {}, h("strong", {}, codeTitle(index, code)), own ? h("span", { class: "change" }, ` ${shortText(own.written)} → ${shortText(own.reading)}`) : null,
      h("span", { class: "soft" }, ` ${[document >= 0 ? index.documents[document][1] : "", pages.length ? pageName(index.pages[pages[0]]) : ""].filter(Boolean).join(" · ")}`),
      event?.decision ? h("span", { class: "soft" }, ` (${worded(event)})`) : null);
  }));
  const dialog = openWindow(t("alike"),
    h("p", {}, n > 1 ? t("alike-count", { n }) : t("alike-none"), passedOver ? ` ${t("alike-passed", { n: passedOver })}` : null), n > 1 ? list : null, rows.length > SHOWN ? h("p", { class: "soft" }, t("alike-more", { n: rows.length - SHOWN })) : null,
    n > 1 ? h("div", { class: "choices" }, ["mend", "leave", "false-alarm", "cannot-tell"].map((decision) =>
      h("button", { type: "button", data: { decision }, onclick: () => (dialog.close(), decide(decision)) }, t(`alike-${decision}`)))) : null);
  dialog.querySelector(".choices button")?.focus();
}

export const DOCUMENT_STATES = ["to-do", "in-work", "second-reader", "done"];

// The documents with what is decided of each, and their states.
export function openDocuments({ findings, counts, stateOf, choose, may, only }) {
  const { index } = findings;
  const row = ([volume, name, title], at) => {
    const { n, done } = counts[at];
    const event = stateOf(at), known = findings.rows.some((row) => row.document === at && row.severity < 2 && row.change !== "gone");
    const select = h("select", { "aria-label": t("state-of", { name }), disabled: !may, onchange: () => choose(at, select.value) },
      // A document without any finding is not to do; its state can be stated all the same.
      [...(known || event?.decision ? [] : ["nothing"]), ...DOCUMENT_STATES].map((state) => h("option", { value: state, disabled: state === "nothing" }, t(`document-${state}`))));
    select.value = event?.decision ?? (known ? "to-do" : "nothing");
    return h("tr", {},
      h("th", { scope: "row" }, h("button", { type: "button", class: "link", onclick: () => (dialog.close(), only(at)) }, h("bdi", {}, name)), h("bdi", { class: "soft" }, ` ${title}`)),
      h("td", { class: "number" }, t("of-count", { done, n })),
      h("td", {}, h("progress", { max: Math.max(1, n), value: n ? done : 1, "aria-label": t("of-count", { done, n }) })),
      h("td", {}, select, event?.by ? h("span", { class: "soft by" }, [event.by, event.time ? new Date(event.time).toLocaleDateString(currentLanguage() === "en" ? "en-GB" : currentLanguage()) : ""].filter(Boolean).join(", ")) : null));
  };
  const dialog = openWindow(t("documents"), h("div", { class: "wide", tabindex: "0", role: "group", "aria-label": t("documents") }, h("table", {},
    h("thead", {}, h("tr", {}, ["document", "decided", "progress", "state"].map((name) => h("th", { scope: "col" }, t(name))))),
    h("tbody", {}, index.documents.map(row)))));
}

// Decisions whose subject is gone or is another one now.
export function openEarlier(changed, rowOf, open) {
  const dialog = openWindow(t("earlier-all"), h("p", { class: "soft" }, t("earlier-how")), h("ol", { class: "alike" }, changed.map(({ event, now }) => {
    const row = now ? rowOf(now.subject?.key ?? event.subject.key) : undefined;
    return h("li", { class: "earlier" }, h("strong", {}, worded(event)), h("span", { class: "soft" }, ` ${event.by}`),
      h("p", { dir: "auto" }, h("span", { class: "soft" }, `${t("earlier-text")}: `), event.content.split("\n@ ")[0]),
      h("p", { dir: "auto" }, h("span", { class: "soft" }, `${t("present-text")}: `), now?.content?.split("\n@ ")[0] ?? t("earlier-gone")),
      row === undefined ? null : h("button", { type: "button", onclick: () => (dialog.close(), open(row)) }, t("open-finding")));
  })));
}

export const anyWindow = () => Boolean(document.querySelector("dialog[open]")) || byId("page")?.open;
