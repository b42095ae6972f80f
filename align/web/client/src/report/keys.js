// The keys of the report. The list that explains them stands in the page.
import { byId } from "../shared/dom.js";
import { keyOf } from "../shared/keyboard.js";

const typing = (target) => target.closest?.("input:not([type=checkbox]), select, textarea") || document.querySelector("dialog[open]");

// on: {apply, print}, what the report does.
export function listenToKeys({ filters, list, wholePage, on }) {
  const { q } = filters.form;
  const acts = {
    j: () => list.next(),
    k: () => list.previous(),
    "/": () => { q.focus(); q.select(); },
    "?": () => byId("keys").showModal(),
    n: () => { filters.toggleNotes(); on.apply({ keep: true }); },
    Escape: () => byId("findings").focus({ preventScroll: true }),
  };
  const inSearch = {
    Escape: () => { q.value = ""; on.apply().then(() => byId("findings").focus()); },
    Enter: () => on.apply().then(() => list.go(0)),
  };
  const onPage = {
    "+": () => wholePage.zoom(1),
    "-": () => wholePage.zoom(-1),
    ArrowLeft: () => wholePage.turn(-1),
    ArrowRight: () => wholePage.turn(1),
  };

  function act(event) {
    const key = keyOf(event);
    if (wholePage.isOpen) return wholePage.leaves.length > 1 || !key.startsWith("Arrow") ? onPage[key] : null;
    if (typing(event.target)) return event.target === q ? inSearch[event.key] : null;
    if (key === "Enter" && event.target.matches?.("article")) return () => wholePage.open(list.here(), 0);
    // Readers who speak to the machine may turn single letters off (WCAG 2.1.4).
    return key.length > 1 || byId("keys-on").checked ? acts[key] : null;
  }

  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    const run = control && keyOf(event).toLowerCase() === "p" ? on.print : control || event.altKey ? null : act(event);
    if (!run) return;
    event.preventDefault();
    run();
  });
}
