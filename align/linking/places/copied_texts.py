"""Which texts of a volume are copies of another document's text, and which of them takes the pages.

Of texts that are the same, or nearly, the pages choose: the text that their lines show best is the original, the others
are copies, and no line is matched to a copy. Example: of a letter, the same letter cut after its first page, and the
same letter with misprints, the first is the original. Two texts are no copies of each other if the pages show both: a
letter that was sent twice is two documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from align.linking.places.fragments import letters_of
from align.linking.places.placed_texts import PlacedTexts
from align.linking.places.running_text import running_text_of
from align.linking.places.same_texts import WordRuns, words_of
from align.matching.locate import Located, locate
from align.model import LineAt, Page, SourceText
from align.model.language import primary
from align.tuning.linking import LINKING, LinkingTuning
from align.tuning.matching import MATCHING, MatchingTuning

CopyKind = Literal["left", "both", "translation"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text that is the same as the text of another document; `whole` says that no word differs.

    `kind` says what became of it. "left": it could stand on the pages, and leaves them to the original. "both": the
    pages show both. "translation": it stands on no page, and its document has a transcription of its own.
    """

    text: SourceText
    original: SourceText
    whole: bool
    kind: CopyKind


@dataclass(frozen=True)
class Copies:
    """The copies of a volume, in the order of its texts."""

    found: tuple[Copy, ...]

    @cached_property
    def texts(self) -> frozenset[str]:
        """The paths of the texts that leave their pages to the text of another document."""
        return frozenset(copy.text.path for copy in self.found if copy.kind == "left")

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents that leave their pages to another document."""
        return frozenset(copy.text.document for copy in self.found if copy.kind == "left")


def copied_texts(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    placed: PlacedTexts,
    *,
    tuning: LinkingTuning = LINKING,
    matching: MatchingTuning = MATCHING,
) -> Copies:
    """The copies among these texts, in their order; `placed` are those that may be transcriptions, copies among them.

    Only texts of one language are compared, and a document's texts are no copies of each other.
    """
    by_language: dict[str, list[SourceText]] = defaultdict(list)
    for text in texts:
        by_language[primary(text.language)].append(text)
    draft = _Draft(pages, placed, tuning, matching)
    # Copies among transcriptions decide between translations.
    may_be_placed = {language: any(t.path in placed.numbers for t in own) for language, own in by_language.items()}
    for language in sorted(by_language, key=lambda name: not may_be_placed[name]):
        draft.add(by_language[language])
    return Copies(tuple(draft.copies[text.path] for text in texts if text.path in draft.copies))


class _Draft:
    """Copies in the making, one language after the other."""

    def __init__(
        self, pages: Sequence[Page], placed: PlacedTexts, tuning: LinkingTuning, matching: MatchingTuning
    ) -> None:
        self.pages = pages
        self.placed = placed
        self.tuning = tuning
        self.matching = matching
        self.copies: dict[str, Copy] = {}
        self._both: set[frozenset[str]] = set()
        self._transcribed = {text.document for text in placed.texts}

    def add(self, texts: Sequence[SourceText]) -> None:
        """Find the copies among texts of one language."""
        words = [words_of(" ".join(sentence.content for sentence in text.sentences)) for text in texts]
        runs = WordRuns.of(words)
        for group in runs.groups(self.tuning):
            if len({texts[n].document for n in group}) == 1:
                continue
            shown = _Shown.of(self.pages, self.placed, [texts[n] for n in group], self.matching)
            originals: list[int] = []
            for number in sorted(group, key=lambda n: self._rank(texts[n], words[n], shown)):
                text = texts[number]
                for original in originals:
                    both = frozenset((text.document, texts[original].document))
                    if len(both) > 1 and both not in self._both and runs.alike(original, number, self.tuning):
                        kind = self._kind(text, texts[original], shown)
                        self.copies[text.path] = Copy(text, texts[original], words[number] == words[original], kind)
                        if kind != "both":
                            break
                        self._both.add(both)
                else:
                    originals.append(number)

    def _rank(self, text: SourceText, words: Sequence[str], shown: _Shown) -> tuple[bool, float, int, int, int]:
        """What sorts the originals first: the pages show them best, and have nothing less in between.

        Of texts that are equal in this the one with most words, each counted once, comes first.
        """
        aside = text.path not in self.placed.numbers and not self._stands(text.document)
        return aside, -shown.score(text), shown.left_out(text), -len(set(words)), len(words)

    def _stands(self, document: str) -> bool:
        """Whether the document has a transcription that is no copy."""
        copied = {copy.text.document for copy in self.copies.values() if copy.kind == "left"}
        return document in self._transcribed and document not in copied

    def _kind(self, text: SourceText, original: SourceText, shown: _Shown) -> CopyKind:
        if text.path not in self.placed.numbers and text.document in self._transcribed:
            return "translation"
        return "both" if shown.twice(text, original, self.tuning) else "left"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the lines that show any of some texts show of each of them alone, by the text's path.

    `lines` are those that were given to each text when all were matched together; `letters` counts those of each.
    """

    lines: Mapping[str, frozenset[LineAt]]
    places: Mapping[str, Mapping[LineAt, Located]]
    letters: Mapping[LineAt, int]

    @classmethod
    def of(
        cls, pages: Sequence[Page], placed: PlacedTexts, texts: Sequence[SourceText], matching: MatchingTuning
    ) -> _Shown:
        """Match the lines of these texts to each text by itself; a text that cannot stand on the pages has none."""
        own = [text for text in texts if text.path in placed.numbers]
        paths = {text.path for text in own}
        lines: dict[str, set[LineAt]] = defaultdict(set)
        for page, matches_of_page in enumerate(placed.matches):
            for line, matches in matches_of_page.items() if page not in placed.copies else ():
                for match in matches:
                    if match.text in paths:
                        lines[match.text].add(LineAt(page, line))
        every = sorted(set().union(*lines.values()))
        readings = [pages[at.page].lines[at.line].text for at in every]
        places = {}
        for text in own:
            located = locate(readings, running_text_of([text]).content, tuning=matching)
            places[text.path] = {at: place for at, place in zip(every, located, strict=True) if place is not None}
        letters = {at: letters_of(reading) for at, reading in zip(every, readings, strict=True)}
        return cls({path: frozenset(of_text) for path, of_text in lines.items()}, places, letters)

    def score(self, text: SourceText) -> float:
        """The letters of the lines that show the text, each line's as many as it is similar."""
        return sum(self.letters[at] * place.similarity for at, place in self.places.get(text.path, {}).items())

    def left_out(self, text: SourceText) -> int:
        """The letters of the text that no line shows, between its first and its last place."""
        spans = sorted(place.span for place in self.places.get(text.path, {}).values())
        content = running_text_of([text]).content
        return sum(letters_of(content[before[1] : after[0]]) for before, after in pairwise(spans))

    def twice(self, text: SourceText, original: SourceText, tuning: LinkingTuning) -> bool:
        """Whether the pages show both texts: the lines of one show again what those of the other show."""
        places = self.places.get(original.path, {})
        first, second = (
            _covered(places[at].span for at in self.lines.get(path, ()) if at in places)
            for path in (original.path, text.path)
        )
        shorter = min(len(text.content), len(original.content))
        return len(first & second) >= tuning.places.twice_share * shorter


def _covered(spans: Iterable[tuple[int, int]]) -> set[int]:
    """The characters that these spans cover."""
    return {at for start, end in spans for at in range(start, end)}
