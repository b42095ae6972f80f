// The stemmers, in a script of their own: they are larger than the viewer's own code, and load with the first question.
import stemmers from "snowball-stemmers";

const made = { english: stemmers.newStemmer("english"), russian: stemmers.newStemmer("russian") };

globalThis.align.add("stems", (language, word) => made[language].stem(word));
