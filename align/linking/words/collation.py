"""The texts of a volume beside what was read on its pages, word by word: the basis of all findings about words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from align.linking.places.fragments import Fragment, letters_of
from align.linking.places.outlines import letter_height, outlines
from align.linking.places.placed_texts import Layer, PlacedTexts
from align.linking.places.placing import PlacedLine
from align.linking.places.running_text import RunningText
from align.linking.words.differences import Difference, differences, unlike
from align.linking.words.passages import Passage, WrittenWord, passages
from align.model import Area, LineAt, Page, Sentence, SourceText, Span, WordAt
from align.tuning.linking import LINKING, LinkingTuning

InText = tuple[SourceText, Span]
"""A text and a half-open range of it."""


@dataclass(frozen=True)
class Collation:
    """Texts that were matched together: their passages on the pages, and where the words there differ.

    `tuning` are the numbers with which they were collated.
    """

    texts: tuple[SourceText, ...]
    running_text: RunningText
    placed: tuple[PlacedLine, ...]
    passages: tuple[Passage, ...]
    differences: tuple[Difference, ...]
    tuning: LinkingTuning = LINKING

    def within(self, start: int, end: int) -> list[InText]:
        """The parts of texts under a range of the running text, in order."""
        return [(self.texts[text], span) for _, text, span in self.running_text.within(start, end)]

    @cached_property
    def untouched(self) -> list[Span]:
        """The ranges of the running text with letters, ascending, that are in no passage and that no line claims."""
        taken = [(p.start, p.end) for p in self.placed]
        taken += [(p.written[0].start, p.written[-1].end) for p in self.passages if p.written]
        between: list[Span] = []
        at = 0
        for start, end in sorted(taken):
            if at < start:
                between.append((at, start))
            at = max(at, end)
        if at < len(self.running_text.content):
            between.append((at, len(self.running_text.content)))
        return [(a, b) for a, b in between if any(c.isalnum() for c in self.running_text.content[a:b])]

    @cached_property
    def _shown(self) -> list[int]:
        """Where in the running text, ascending, the words begin that words read stand for."""
        return sorted(
            word.start
            for passage in self.passages
            for step in passage.steps
            if step.paired and not unlike(passage, step, self.tuning)
            for word in passage.written[slice(*step.written)]
        )

    def is_shown(self, word: WrittenWord) -> bool:
        """Whether words read stand for this word, or for a part of it, in any passage: passages overlap in the text."""
        return bisect_left(self._shown, word.start) < bisect_left(self._shown, word.end)


def disagreements(collated: Sequence[Collation]) -> dict[str, float]:
    """For each sentence (id) with words that are missing or read otherwise, how many letters these words have."""
    wrong: dict[str, float] = defaultdict(float)
    for collation in collated:
        parts = [(d.written[0].start, d.written[-1].end, _wrong_share(d)) for d in collation.differences if d.written]
        parts += [(start, end, 1.0) for start, end in collation.untouched]
        for start, end, share in parts:
            for text, span in collation.within(start, end):
                for sentence in sentences_within(text, [span]):
                    inside = [(max(a, span[0]), min(b, span[1])) for a, b in sentence.spans]
                    wrong[sentence.id] += share * sum(letters_of(text.content[a:b]) for a, b in inside if a < b)
    return wrong


def _wrong_share(difference: Difference) -> float:
    letters = sum(len(word.folded) for word in difference.written)
    return min(1.0, difference.edits / letters) if difference.read else 1.0


def collations(
    pages: Sequence[Page], texts: PlacedTexts, open_lines: Collection[LineAt], tuning: LinkingTuning = LINKING
) -> list[Collation]:
    """The collations of all texts; `open_lines` are the lines of running text that no text claims."""
    return [_collation(pages, texts, layer, open_lines, tuning) for layer in texts.layers]


def _collation(
    pages: Sequence[Page], texts: PlacedTexts, layer: Layer, open_lines: Collection[LineAt], tuning: LinkingTuning
) -> Collation:
    passages_of_layer = tuple(passages(pages, layer.running_text, layer.placed, open_lines, tuning))
    return Collation(
        texts=tuple(texts.texts[number] for number in layer.numbers),
        running_text=layer.running_text,
        placed=layer.placed,
        passages=passages_of_layer,
        differences=tuple(
            d for passage in passages_of_layer for d in differences(pages, passage, layer.running_text.content, tuning)
        ),
        tuning=tuning,
    )


def sentences_within(text: SourceText, spans: Iterable[Span]) -> list[Sentence]:
    """The sentences of a text that meet these ranges, in text order."""
    inside: dict[int, Sentence] = {}
    for start, end in spans:
        # A note may stand inside a sentence, so that a sentence which begins further back may go on here.
        index = bisect_right(text.sentences, end, key=_beginning) - 1
        while index >= 0 and text.reached[index] > start:
            if any(a < end and start < b for a, b in text.sentences[index].spans):
                inside[index] = text.sentences[index]
            index -= 1
    return [inside[index] for index in sorted(inside)]


def _beginning(sentence: Sentence) -> int:
    return sentence.spans[0][0]


def word_areas(
    pages: Sequence[Page],
    places: Iterable[WordAt],
    spans: Sequence[Span] | None = None,
    tuning: LinkingTuning = LINKING,
) -> tuple[Area, ...]:
    """The places of words as areas: one area a page; neighbours in a line are one box."""
    runs: list[list[WordAt]] = []
    for place in dict.fromkeys(places):
        last = runs[-1][-1] if runs else None
        if last is not None and last.of_line == place.of_line and last.word + 1 == place.word:
            runs[-1].append(place)
        else:
            runs.append([place])
    by_page: dict[int, list[list[WordAt]]] = defaultdict(list)
    for run in runs:
        by_page[run[0].page].append(run)
    return tuple(_area(pages[p], runs_of_page, spans, tuning) for p, runs_of_page in by_page.items())


def _area(page: Page, runs: Sequence[Sequence[WordAt]], spans: Sequence[Span] | None, tuning: LinkingTuning) -> Area:
    height = letter_height(page)
    drawn = [
        (run[0].line, outline)
        for run in runs
        for outline in outlines(
            page.lines[run[0].line], Fragment(run[0].word, run[-1].word, 0.0, 1.0, 0, 0, 0.0), height, tuning=tuning
        )
    ]
    return Area(
        page.order,
        tuple(outline.box for _, outline in drawn),
        tuple(outline.polygon for _, outline in drawn),
        tuple(line for line, _ in drawn),
        tuple(spans) if spans else None,
    )
