// The keys of the viewer and the list that explains them: both are made from one table.
import { h } from "../shared/dom.js";
import { keyOf } from "../shared/keyboard.js";
import { t } from "../shared/messages.js";

const SHOWN = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

export function listenToKeys(on) {
  const table = [
    ["j", "key-next", () => on.page()?.step(1)],
    ["k", "key-previous", () => on.page()?.step(-1)],
    ["n", "key-next-document", () => on.stepDocument(1)],
    ["p", "key-previous-document", () => on.stepDocument(-1)],
    ["x", "key-next-unsure", () => on.stepUnsure(1)],
    ["z", "key-previous-unsure", () => on.stepUnsure(-1)],
    ["]", "key-next-page", () => on.page()?.stepPage(1)],
    ["[", "key-previous-page", () => on.page()?.stepPage(-1)],
    ["1", "key-image", () => on.page()?.togglePane("image")],
    ["2", "key-transcription", () => on.page()?.togglePane("transcription")],
    ["3", "key-translation", () => on.page()?.togglePane("translation")],
    ["a", "key-areas", () => on.page()?.toggleAreas()],
    ["+", "key-zoom-in", () => on.page()?.image.zoom(1.4)],
    ["-", "key-zoom-out", () => on.page()?.image.zoom(1 / 1.4)],
    ["c", "key-contents", () => on.contents()],
    ["/", "key-search", () => on.frame().field.focus()],
    ["g", "key-go", () => on.page()?.strip.input.focus()],
    ["d", "key-details", () => on.page() && on.tools.details()],
    ["q", "key-cite", () => on.page() && on.tools.cite()],
    ["s", "key-share", () => on.page() && on.tools.share()],
    ["w", "key-save", () => on.page() && on.tools.save()],
    ["r", "key-print", () => on.page() && on.tools.print()],
    ["l", "key-notes", () => on.page() && on.tools.notes()],
    ["e", "key-annotate", () => on.page() && on.tools.annotate()],
    ["b", "key-bookmark", () => on.page() && on.tools.bookmark()],
    ["Escape", "key-unpin", () => on.page()?.pin(null, "key")],
    ["?", "key-help", help],
  ];
  const keys = new Map(table.map(([key, , run]) => [key, run]));

  function help() {
    on.help([
      ...table.map(([key, name]) => row([key], t(name))),
      row(["ArrowUp", "ArrowDown"], t("key-arrows")),
      row(["Enter"], t("key-enter")),
    ]);
  }

  addEventListener("askhelp", help);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape" && event.target.matches?.(".site input")) event.target.blur();
      return;
    }
    const run = keys.get(keyOf(event));
    if (!run) return;
    event.preventDefault();
    run();
  });
}

const row = (keys, words) => h("tr", {}, h("th", { scope: "row" }, keys.map((key) => [h("kbd", {}, SHOWN[key] || key), " "])), h("td", {}, words));
