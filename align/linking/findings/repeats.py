"""Documents that are on the pages twice: copied out again, or bound in two copies, on pages that differ.

A page that was scanned twice is another matter, see places/competing_lines.py: there the lines are the same as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from align.linking.findings.catalogue.document_entries import DOCUMENT_FOUND_TWICE
from align.linking.places.placed_texts import Layer, PlacedTexts
from align.linking.places.placing import PlacedLine
from align.linking.words.collation import word_areas
from align.model import Finding, LineAt, Page, PageName, SourceText, WordAt, key
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Repeat:
    """A document that other lines (page and line index) show again."""

    text: SourceText
    lines: tuple[LineAt, ...]
    first: tuple[int, ...]


def repeats(found: PlacedTexts, tuning: LinkingTuning = LINKING) -> list[Repeat]:
    """The documents that stand on the pages twice, in the order of the texts."""
    repeated_share, repeated_letters = tuning.findings.repeated_share, tuning.findings.repeated_letters
    result = []
    for layer in found.layers:
        shown, again = (_by_text(layer, own) for own in (layer.placed, layer.rivals))
        for number, lines in sorted(again.items()):
            letters = sum(end - start for _, start, end in lines)
            if letters >= max(repeated_letters, repeated_share * sum(end - start for _, start, end in shown[number])):
                pages = sorted({place.page for place, *_ in shown[number]})
                result.append(Repeat(found.texts[number], tuple(place.at for place, *_ in lines), tuple(pages)))
    return result


def _by_text(layer: Layer, placed: Sequence[PlacedLine]) -> dict[int, list[tuple[PlacedLine, int, int]]]:
    """For each text (by number) the lines that show it, each with its range of the running text."""
    result: dict[int, list[tuple[PlacedLine, int, int]]] = defaultdict(list)
    for place in placed:
        for at, text, (start, end) in layer.running_text.within(place.start, place.end):
            result[layer.numbers[text]].append((place, at, at + end - start))
    return result


def repeat_findings(pages: Sequence[Page], found: Sequence[Repeat], tuning: LinkingTuning = LINKING) -> list[Finding]:
    """One finding for each document that stands on the pages twice."""
    return [_repeat_finding(pages, repeat, tuning) for repeat in found]


def _repeat_finding(pages: Sequence[Page], repeat: Repeat, tuning: LinkingTuning) -> Finding:
    again = sorted({p for p, _ in repeat.lines})
    words = [WordAt(p, i, k) for p, i in repeat.lines for k in range(len(pages[p].lines[i].words))]
    return Finding(
        code=DOCUMENT_FOUND_TWICE.code,
        severity=DOCUMENT_FOUND_TWICE.severity,
        values={
            "document": repeat.text.document,
            "first": _ends(pages, repeat.first),
            "again": _ends(pages, again),
        },
        subjects=(key(repeat.text.document), *(pages[p].key for p in again)),
        document=repeat.text.document,
        text=repeat.text.path,
        pages=tuple(pages[p].order for p in again),
        lines=tuple(pages[p].line_id(i) for p, i in repeat.lines),
        areas=word_areas(pages, words, tuning=tuning),
    )


def _ends(pages: Sequence[Page], indices: Sequence[int]) -> tuple[PageName, ...]:
    """The first and the last of these pages."""
    return tuple(PageName.of(pages[p]) for p in sorted({indices[0], indices[-1]}))
