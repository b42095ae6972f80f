// The sentences of an open document: their words, their areas by page, and what lights up with them.
import { bounds } from "./geometry.js";

export class Sentences {
  constructor(payload) {
    this.texts = payload.texts;
    this.all = payload.sentences.map((sentence, number) => ({
      number,
      status: "linked",
      role: "body",
      others: [],
      areas: [],
      ...sentence,
      text: 0,
      pieces: [],
    }));
    payload.texts.forEach((text, index) => {
      for (const [, , parts] of text.blocks) {
        for (const part of parts) {
          if (!Array.isArray(part) || part.length !== 2) continue;
          this.all[part[1]].text = index;
          this.all[part[1]].pieces.push(part[0]);
        }
      }
    });
    this.byKey = new Map(this.all.map((sentence) => [sentence.key, sentence]));
    this.onPage = new Map();
    // A translation has the same places as its transcription: there the pointer finds the transcription.
    const placed = (sentence) => sentence.others.some((other) => this.all[other].areas.length);
    for (const sentence of this.all) {
      if (this.texts[sentence.text].kind !== "transcription" && placed(sentence)) continue;
      for (const area of sentence.areas) {
        if (!this.onPage.has(area.page)) this.onPage.set(area.page, []);
        this.onPage.get(area.page).push({ ...area, bounds: bounds(area.outlines), sentence: sentence.number });
      }
    }
  }

  areasOn(order) {
    return this.onPage.get(order) || [];
  }

  content(number) {
    return this.all[number].pieces.join(" ").replace(/\s+/g, " ").trim();
  }

  // The sentence itself, then its counterparts in the other texts.
  litWith(number) {
    return [number, ...this.all[number].others];
  }

  // The number that a reader sees: the sentence's place in its own text.
  ordinal(number) {
    return number - this.texts[this.all[number].text].first + 1;
  }
}
