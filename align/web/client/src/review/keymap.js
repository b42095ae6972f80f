// Which key does what. Editors may give each act another key, or switch single letters off (WCAG 2.1.4).
import { keep, recall } from "../shared/storage.js";

export const ACTS = {
  accept: "a", leave: "l", "false-alarm": "x", "cannot-tell": "c",
  edit: "e", comment: "m", flag: "f", alike: "s",
  skip: " ", undo: "Backspace", next: "j", previous: "k",
  page: "Enter", viewer: "o", queue: "q", documents: "d", help: "?",
};

export class Keymap {
  constructor() {
    const kept = recall("keys");
    this.keys = { ...ACTS };
    for (const [act, key] of Object.entries(kept?.keys ?? {})) if (act in ACTS && typeof key === "string" && key) this.keys[act] = key;
    this.on = kept?.on !== false;
  }

  // The act of a key; single letters may be off, then only named keys such as Enter are left.
  act(key) {
    if (!this.on && key.length === 1) return null;
    return Object.keys(this.keys).find((act) => this.keys[act] === key) ?? null;
  }

  // Gives an act this key; the act that had it gets the other's.
  give(act, key) {
    const other = Object.keys(this.keys).find((own) => this.keys[own] === key);
    if (other) this.keys[other] = this.keys[act];
    this.keys[act] = key;
    this.#keep();
  }

  switch(on) {
    this.on = on;
    this.#keep();
  }

  reset() {
    this.keys = { ...ACTS };
    this.on = true;
    this.#keep();
  }

  #keep() {
    keep("keys", { keys: this.keys, on: this.on });
  }
}

const SHOWN = { " ": "␣", Backspace: "⌫", Enter: "↵", ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };
export const shownKey = (key) => SHOWN[key] || key;
