// The stemmers, in a script of their own that is loaded with the first question: they are larger than all else here.
import stemmers from "snowball-stemmers";

const made = { english: stemmers.newStemmer("english"), russian: stemmers.newStemmer("russian") };

globalThis.align.add("stems", (language, word) => made[language].stem(word));
