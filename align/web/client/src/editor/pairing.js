// Sentences chosen by clicks in both texts, as those that belong together.
export class Pairing {
  constructor({ page, number, sentences }) {
    Object.assign(this, { sentences, element: page.element });
    this.chosen = new Set([number, ...sentences.all[number].others]);
    this.click = (event) => this.#click(event);
    this.element.addEventListener("click", this.click, true);
    this.key = (event) => (event.key === "Enter" || event.key === " ") && this.#click(event);
    this.element.addEventListener("keydown", this.key, true);
    this.#mark();
  }

  close() {
    this.element.removeEventListener("click", this.click, true);
    this.element.removeEventListener("keydown", this.key, true);
    this.chosen.clear();
    this.#mark();
  }

  #click(event) {
    const span = event.target.closest?.("[data-s]");
    if (!span) return;
    event.preventDefault();
    event.stopPropagation();
    const number = Number(span.dataset.s);
    if (!this.chosen.delete(number)) this.chosen.add(number);
    this.#mark();
  }

  #mark() {
    for (const span of this.element.querySelectorAll("[data-s]")) span.classList.toggle("chosen", this.chosen.has(Number(span.dataset.s)));
  }

  // {transcription, translation}: the keys of the sentences chosen, in the order of the texts.
  value() {
    const keys = { transcription: [], translation: [] };
    for (const number of [...this.chosen].sort((a, b) => a - b)) {
      const sentence = this.sentences.all[number];
      keys[this.sentences.texts[sentence.text].kind].push(sentence.key);
    }
    return keys;
  }
}
