// The buttons of the decisions, each with its key.
import { h, replace } from "../shared/dom.js";
import { t } from "../shared/messages.js";
import { shownKey } from "./keymap.js";
import { shortText } from "./texts.js";

const GROUPS = [["accept", "leave", "false-alarm", "cannot-tell"], ["edit", "comment", "flag", "alike"], ["skip", "undo"]];
const DECISION = { accept: "mend", leave: "leave", "false-alarm": "false-alarm", "cannot-tell": "cannot-tell" };

export class Bar {
  constructor(element, keymap, run) {
    Object.assign(this, { element, keymap, run });
  }

  // event: what is decided of the finding; proposed: its proposed reading; may: whether this editor may decide.
  show({ event, proposed, may, open }) {
    const words = (act) => (act === "accept" && proposed ? t("act-accept-reading", { reading: shortText(proposed.reading) || t("nothing") }) : t(`act-${act}`));
    replace(this.element, GROUPS.map((acts, at) => h("div", { class: `acts g${at}`, role: "group", "aria-label": t(`acts-${at}`) }, acts.map((act) => {
      const pressed = act in DECISION ? event?.decision === DECISION[act] : act === "flag" ? Boolean(event?.flag) : null;
      return h("button", {
        type: "button", class: `act a-${act}`, data: { act }, disabled: !may || (!open && act !== "undo"),
        "aria-pressed": pressed === null ? null : String(pressed), "aria-keyshortcuts": this.keymap.on || this.keymap.keys[act].length > 1 ? (this.keymap.keys[act] === " " ? "Space" : this.keymap.keys[act]) : null,
        onclick: () => this.run(act),
      }, h("kbd", { "aria-hidden": "true" }, shownKey(this.keymap.keys[act])), h("span", {}, words(act)));
    }))));
  }
}
