// What stands around the list: the words of the page, its language and colours, the marks of what is chosen.
import { byId } from "../shared/dom.js";
import { languageButton, t } from "../shared/messages.js";
import { pageDescribed } from "./names.js";

const ATTRIBUTE = "aria-label";

// Puts the messages of the reader's language into the elements that name them in data-t; their numbers stand in data-n.
export function wordPage(root, pages) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t, element.dataset);
  for (const element of root.querySelectorAll(`[data-t-${ATTRIBUTE}]`)) {
    element.setAttribute(ATTRIBUTE, t(element.getAttribute(`data-t-${ATTRIBUTE}`), element.dataset));
  }
  for (const cell of root.querySelectorAll(".cell")) {
    const words = pageDescribed(pages[Number(cell.dataset.page)], cell.dataset.findings);
    cell.title = words;
    cell.setAttribute(ATTRIBUTE, words);
  }
}

// Puts the button for the other language before the button for the colours; switched() is called when it was pressed.
export function placeLanguageButton(switched) {
  const place = byId("language");
  const button = languageButton(() => {
    switched();
    placeLanguageButton(switched);
    byId("language").focus();
  }, { id: "language" });
  if (place) place.replaceWith(button);
  else byId("theme").before(button);
}

// The button for dark or light colours. It says the colours that a click gives; returned is what words it anew.
export function colourButton() {
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const { dataset } = document.documentElement;
  const dark = () => dataset.theme === "dark" || (!dataset.theme && system.matches);
  const name = () => { button.textContent = t(dark() ? "theme-light" : "theme-dark"); };
  button.addEventListener("click", () => { dataset.theme = dark() ? "light" : "dark"; name(); });
  system.addEventListener("change", name);
  name();
  return name;
}

// Marks the chosen page and document.
export function markChosen(wanted) {
  for (const element of document.querySelectorAll(".cell[aria-current], tr[aria-current]")) element.removeAttribute("aria-current");
  if (wanted.page >= 0) document.querySelector(`.cell[data-page="${wanted.page}"]`)?.setAttribute("aria-current", "true");
  if (wanted.document >= 0) document.querySelector(`a[data-document="${wanted.document}"]`)?.closest("tr").setAttribute("aria-current", "true");
}
