// What stands around the desk: its words, its buttons, the language and the colours.
import { byId } from "../shared/dom.js";
import { languageButton, t } from "../shared/messages.js";
import { keep, recall } from "../shared/storage.js";

const THEMES = ["auto", "light", "dark"];

// Puts the messages of the reader's language into the elements that name them.
export function wordFrame() {
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-aria-label]")) element.setAttribute("aria-label", t(element.dataset.tAriaLabel));
  document.title = `${t("review")} · ${byId("title").textContent}`;
  paint();
}

function paint() {
  const theme = recall("theme") || "auto";
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const button = byId("theme");
  button.textContent = { auto: "◐", light: "☀", dark: "☾" }[theme] || "◐";
  button.setAttribute("aria-label", t(`theme-${theme}`));
  button.title = t(`theme-${theme}`);
}

function placeLanguage(switched) {
  const button = languageButton(() => {
    switched();
    placeLanguage(switched);
    byId("language").focus();
  }, { id: "language" });
  byId("language").replaceWith(button);
}

// run(act): what a button does.
export function wireFrame({ state, run, switched }) {
  byId("title").textContent = state.title || state.collection;
  byId("user").textContent = state.user.role === "reader" ? t("user-reader", { name: state.user.name }) : state.user.name;
  for (const [id, act] of [["queue-open", "queue"], ["documents-open", "documents"], ["earlier", "earlier"], ["conflicts", "conflicts"], ["keys-open", "help"]]) byId(id).addEventListener("click", () => run(act));
  byId("theme").addEventListener("click", () => {
    keep("theme", THEMES[(THEMES.indexOf(recall("theme") || "auto") + 1) % THEMES.length]);
    paint();
  });
  placeLanguage(switched);
  wordFrame();
}
