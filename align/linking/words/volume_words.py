"""What a volume says of its words: which it has, which were read surely, and what is misread in it."""

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

# A word read with less confidence tells nothing of what is known elsewhere.
SURELY_READ = 0.85

Chunk = tuple[str, str]
"""Letters as read, and as written in their place."""


@dataclass(frozen=True, slots=True)
class VolumeWords:
    """What a volume says of a word: its words, those read surely, those read as written, and what is misread in it."""

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
        """Whether the text has letters there that an engine set to its language does not know, accents apart."""
        return any(
            c.isalpha() and c not in self.alphabet
            for w in difference.written
            for c in normalize("NFD", w.text.casefold())
        )

    @classmethod
    def of(cls, pages: Sequence[Page], passages: Sequence[Passage], found: Sequence[Difference]) -> VolumeWords:
        """What all passages of a volume and all their differences say."""
        same: Counter[str] = Counter()
        for passage in passages:
            same.update(passage.written[s.written[0]].folded for s in passage.steps if s.paired and not s.edits)
        chunks: Counter[Chunk] = Counter()
        misread: Counter[int] = Counter()
        pairs = set()
        for difference in found:
            if difference.read and difference.written:
                pairs.add(letters(difference))
                misread[page_of(difference)] += 1
        # A name that a text always has otherwise is one matter, and no habit of the engine's.
        for pair in pairs:
            chunks.update(set(chunks_of(*pair)))
        return cls(
            pages,
            LetterWidths.of(pages, passages),
            Familiarity.of(word.folded for passage in passages for word in passage.written),
            Counter(w.folded for p in passages for w in p.read if w.confidence >= SURELY_READ),
            same,
            chunks,
            Counter(word.places[0][0] for passage in passages for word in passage.read),
            misread,
            _alphabet(word.text for passage in passages for word in passage.written),
        )


# Letters that make up less than this share of a text are not of its alphabet.
RARE_LETTER = 0.0002


def _alphabet(words: Iterable[str]) -> frozenset[str]:
    """The small letters that a text is written in: of its script, less those that it has by way of exception."""
    counts = Counter(c for word in words for c in word.casefold() if c.isalpha())
    latin = sum(n for c, n in counts.items() if c in LATIN)
    if 2 * latin > counts.total():
        return frozenset(LATIN)
    often = {c for c, n in counts.items() if n > RARE_LETTER * counts.total()}
    return frozenset(RUSSIAN) | {c for c in often if name(c, "").startswith("CYRILLIC")}


LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяѣіѳѵ"


def letters(difference: Difference) -> tuple[str, str]:
    """The letters of a difference, as read and as written, folded."""
    return "".join(w.folded for w in difference.read), "".join(w.folded for w in difference.written)


def page_of(difference: Difference) -> int:
    """The index of the page on which the words of a difference were read."""
    return difference.read[0].places[0][0]


def chunks_of(read: str, written: str) -> Iterator[Chunk]:
    """The letters that differ: as read, and as written in their place."""
    for op in Levenshtein.opcodes(read, written):
        if op.tag != "equal":
            yield read[op.src_start : op.src_end], written[op.dest_start : op.dest_end]
