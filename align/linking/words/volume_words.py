"""What is known of a volume's words: which words it has, which were read surely, and what is misread in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import name, normalize

from rapidfuzz.distance import Levenshtein

from align.linking.words.differences import Difference
from align.linking.words.letter_model import Familiarity
from align.linking.words.letter_widths import LetterWidths
from align.linking.words.passages import Passage
from align.model import Page
from align.tuning.linking import LINKING, LinkingTuning

Chunk = tuple[str, str]
"""Letters as read, and as written in their place."""


@dataclass(frozen=True, slots=True)
class VolumeWords:
    """What is known of a volume's words.

    `familiar` are the words of the texts, `read` the words read surely, `same` the words read as they are written.
    `chunks` counts what was read for what, once for each pair of words; `words` and `misread` count, by page index, the
    words read and the differences; `alphabet` are the small letters that the texts are written in.
    """

    pages: Sequence[Page]
    widths: LetterWidths
    familiar: Familiarity
    read: Counter[str]
    same: Counter[str]
    chunks: Counter[Chunk]
    words: Counter[int]
    misread: Counter[int]
    alphabet: frozenset[str]

    def foreign(self, difference: Difference) -> bool:
        """Whether the text has letters there that are not in its alphabet (accents aside): no engine reads them."""
        return any(
            c.isalpha() and c not in self.alphabet
            for w in difference.written
            for c in normalize("NFD", w.text.casefold())
        )

    @classmethod
    def of(
        cls,
        pages: Sequence[Page],
        passages: Sequence[Passage],
        differences: Sequence[Difference],
        tuning: LinkingTuning = LINKING,
    ) -> VolumeWords:
        """What all passages of a volume and all their differences show."""
        known_confidence = tuning.words.known_confidence
        same: Counter[str] = Counter()
        for passage in passages:
            same.update(passage.written[s.written.start].folded for s in passage.steps if s.paired and not s.edits)
        chunks: Counter[Chunk] = Counter()
        misread: Counter[int] = Counter()
        pairs = set()
        for difference in differences:
            if difference.read and difference.written:
                pairs.add(letters(difference))
                misread[page_of(difference)] += 1
        # A name that differs in the same way everywhere counts once: it is no habit of the engine's.
        for pair in pairs:
            chunks.update(set(chunks_of(*pair)))
        return cls(
            pages,
            LetterWidths.of(pages, passages, tuning),
            Familiarity.of((word.folded for passage in passages for word in passage.written), tuning),
            Counter(w.folded for p in passages for w in p.read if w.confidence >= known_confidence),
            same,
            chunks,
            Counter(word.places[0].page for passage in passages for word in passage.read),
            misread,
            _alphabet((word.text for passage in passages for word in passage.written), tuning.words.rare_letter_share),
        )


def _alphabet(words: Iterable[str], rare_letter_share: float) -> frozenset[str]:
    """The small letters of the script that a text is written in, with letters that it has often."""
    counts = Counter(c for word in words for c in word.casefold() if c.isalpha())
    latin = sum(n for c, n in counts.items() if c in LATIN)
    if 2 * latin > counts.total():
        return frozenset(LATIN)
    frequent = {c for c, n in counts.items() if n > rare_letter_share * counts.total()}
    return frozenset(RUSSIAN) | {c for c in frequent if name(c, "").startswith("CYRILLIC")}


LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяѣіѳѵ"


def letters(difference: Difference) -> tuple[str, str]:
    """The letters of a difference, as read and as written, folded."""
    return "".join(w.folded for w in difference.read), "".join(w.folded for w in difference.written)


def page_of(difference: Difference) -> int:
    """The index of the page on which the words of a difference were read."""
    return difference.read[0].places[0].page


def chunks_of(read: str, written: str) -> Iterator[Chunk]:
    """The runs of letters that differ: as read, and as written in their place."""
    for op in Levenshtein.opcodes(read, written):
        if op.tag != "equal":
            yield read[op.src_start : op.src_end], written[op.dest_start : op.dest_end]
