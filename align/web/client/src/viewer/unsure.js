// Sentences that an editor should look at: doubtful ones and those that findings name; where one without a place would
// stand; and why all this is so, in words.
import { decimal, t, worded } from "../shared/messages.js";

const UNSURE = new Set(["doubtful", "partial", "unlinked"]);
const SHORT = 20; // letters: so few say little about the place of a sentence

export const isGrave = (sentence) => (sentence.findings || []).some((finding) => finding.severity !== "note");
export const isUnsure = (sentence) => UNSURE.has(sentence.status) || isGrave(sentence);

// A translation lights up with its transcription: who looks at the one sees the other.
const isSeen = (sentences, { text, others }) => sentences.texts[text].kind === "translation" && others.some((other) => isUnsure(sentences.all[other]));

// Why a sentence is doubtful, and what findings say of it, as one text each.
export function reasonsOf(sentences, number) {
  const sentence = sentences.all[number];
  const said = (sentence.findings || []).map((finding) => worded(finding.words));
  if (sentence.status !== "doubtful" || said.length) return said;
  if (sentence.agree !== undefined && sentence.agree < 0.95) said.push(t("why-agree", { share: decimal(sentence.agree) }));
  if (sentences.content(number).length < SHORT) said.push(t("why-short"));
  return said.length ? said : [t("why-weak")];
}

// The next sentence to look at from this one, by +1 or -1, in the order of the texts; null where there is none.
export function nextUnsure(sentences, number, by) {
  const at = number ?? (by > 0 ? -1 : sentences.all.length);
  for (let next = at + by; next >= 0 && next < sentences.all.length; next += by) {
    if (isUnsure(sentences.all[next]) && !isSeen(sentences, sentences.all[next])) return next;
  }
  return null;
}

// The places on both sides of a sentence without a place, from its neighbours in its own text: {before, after}, each
// {page, outline} or null.
export function gapOf(sentences, number) {
  const { text } = sentences.all[number];
  const placed = (by) => {
    for (let at = number + by; sentences.all[at]?.text === text; at += by) if (sentences.all[at].areas.length) return sentences.all[at];
    return null;
  };
  const before = placed(-1)?.areas.at(-1), after = placed(1)?.areas[0];
  return {
    before: before ? { page: before.page, outline: before.outlines.at(-1) } : null,
    after: after ? { page: after.page, outline: after.outlines[0] } : null,
  };
}

// A thin upright stroke just behind an outline, or before it, as the report draws it.
export function stroke(outline, atEnd) {
  const xs = outline.filter((_, i) => i % 2 === 0), ys = outline.filter((_, i) => i % 2);
  const em = Math.max(...ys) - Math.min(...ys), thin = Math.max(3, 0.12 * em);
  const x = atEnd ? Math.max(...xs) + 0.1 * em : Math.min(...xs) - 0.2 * em;
  const low = Math.min(...ys) - 0.15 * em, high = Math.max(...ys) + 0.15 * em;
  return [x, low, x + thin, low, x + thin, high, x, high];
}
