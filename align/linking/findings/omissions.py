"""Lines that are on the pages and in no text, and words within lines whose other words are in a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import mean, median

from align.linking.findings.catalogue.page_entries import LINE_NOT_IN_TEXT, WORDS_NOT_IN_TEXT
from align.linking.lines.line_blocks import line_blocks, set_off
from align.linking.words.collation import Collation, word_areas
from align.linking.words.legibility import legible_share, usual_height
from align.linking.words.letter_model import Familiarity
from align.linking.words.passages import ReadWord
from align.linking.words.trust import sure
from align.model import Box, Finding, LineAt, Page, PageName, WordAt
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Omission:
    """Words on the pages, in their order, that no text has; `lines` are the lines that consist of such words alone.

    `inside` says that a text stands both before and after them, `apart` that they are set off from the text of their
    page. `legible` is the share of the lines that can be read, 0..1. `least` is the lowest confidence of a word.
    `known` is the share of letters, 0..1, in words that the texts have elsewhere.
    """

    places: tuple[WordAt, ...]
    text: str
    confidence: float
    least: float
    lines: tuple[LineAt, ...]
    known: float
    inside: bool
    legible: float = 1.0
    apart: bool = False


def omissions(
    pages: Sequence[Page], collations: Sequence[Collation], free: Collection[LineAt], tuning: LinkingTuning = LINKING
) -> list[Omission]:
    """All omissions in page order; `free` are the lines (page and line index) of running text that no text claims."""
    legible = _Legible.of(pages, collations, tuning)
    readable = {LineAt(*at) for at in free if legible.share(at) >= tuning.findings.legible_share}
    found = [
        omission
        for collation in collations
        for omission in _inside(collation, free, legible)
        if not omission.lines or not _is_doubted(omission, tuning.findings.legible_within_share, tuning)
    ]
    seen = {
        place.of_line for c in collations for passage in c.passages for word in passage.read for place in word.places
    }
    claimed: dict[int, list[int]] = defaultdict(list)
    for p, i in sorted(seen.difference(free)):
        claimed[p].append(i)
    readable_on: dict[int, list[int]] = defaultdict(list)
    for p, i in readable:
        readable_on[p].append(i)
    for run in _runs(sorted(readable - seen), claimed):
        page, texts, own = pages[run[0].page], claimed[run[0].page], readable_on[run[0].page]
        for block in line_blocks(page, [at.line for at in run], texts, tuning):
            apart = set_off(page, block, own, texts, tuning)
            for part in _parts(page, block, texts, tuning):
                omission = _lines(pages, [LineAt(run[0].page, i) for i in part], legible, apart=apart)
                if sum(c.isalnum() for c in omission.text) >= tuning.findings.legible_letters:
                    found.append(omission)
    return sorted(found, key=lambda omission: omission.places)


@dataclass(frozen=True, slots=True)
class _Legible:
    """How much of each line can be read; `heights` are the usual heights of a word, page by page."""

    pages: Sequence[Page]
    familiar: Familiarity
    heights: Sequence[float]
    tuning: LinkingTuning

    @classmethod
    def of(cls, pages: Sequence[Page], collations: Sequence[Collation], tuning: LinkingTuning) -> _Legible:
        """By the words of these texts, and the lines of these pages that show them."""
        passages = [passage for collation in collations for passage in collation.passages]
        shown: dict[int, set[int]] = defaultdict(set)
        for passage in passages:
            for word in passage.read:
                for place in word.places:
                    shown[place.page].add(place.line)
        familiar = Familiarity.of((word.folded for passage in passages for word in passage.written), tuning)
        return cls(pages, familiar, [usual_height(page, shown[p]) for p, page in enumerate(pages)], tuning)

    def share(self, at: tuple[int, int]) -> float:
        """The share of a line, 0..1, that can be read."""
        p, i = at
        return legible_share(self.pages[p].lines[i], self.familiar, self.heights[p], self.tuning)

    def of_lines(self, lines: Sequence[LineAt]) -> float:
        """The share of several lines, 0..1, that can be read; 1 for none."""
        letters = [len(self.pages[p].lines[i].text) for p, i in lines]
        return sum(n * self.share(at) for n, at in zip(letters, lines, strict=True)) / sum(letters) if lines else 1.0


def _runs(lines: Sequence[LineAt], claimed: Mapping[int, Sequence[int]]) -> list[list[LineAt]]:
    """Lines in runs: those of one page with no line of a text between them."""
    runs: list[list[LineAt]] = []
    for at in lines:
        last = runs[-1][-1] if runs else None
        if last is not None and last.page == at.page and not _between(claimed[at.page], last.line, at.line):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _between(claimed: Sequence[int], one: int, other: int) -> bool:
    return bisect_right(claimed, one) < bisect_left(claimed, other)


def _parts(page: Page, block: Sequence[int], claimed: Sequence[int], tuning: LinkingTuning) -> list[Sequence[int]]:
    """A block of lines in up to three parts: those that go on from the text above, others, those that lead below.

    Example: below a letterhead the first sentence of a letter was left out. It is a finding of its own.
    """
    least = _least_sure(page, claimed, tuning)
    certain = [sure(page.lines[i]) >= least for i in block]
    above = sum(1 for _ in takewhile(bool, certain)) if claimed and claimed[0] < block[0] else 0
    below = sum(1 for _ in takewhile(bool, reversed(certain))) if claimed and claimed[-1] > block[-1] else 0
    above = above if _is_worth(page, block[:above], tuning) else 0
    below = below if _is_worth(page, block[len(block) - below :], tuning) else 0
    if above + below >= len(block):
        return [block]
    return [part for part in (block[:above], block[above : len(block) - below], block[len(block) - below :]) if part]


def _is_worth(page: Page, lines: Sequence[int], tuning: LinkingTuning) -> bool:
    return sum(c.isalpha() for i in lines for c in page.lines[i].text) >= tuning.findings.sure_line_letters


def _lines(pages: Sequence[Page], run: Sequence[LineAt], legible: _Legible, *, apart: bool) -> Omission:
    lines = [pages[p].lines[i] for p, i in run]
    return Omission(
        places=tuple(WordAt(p, i, k) for p, i in run for k in range(len(pages[p].lines[i].words))),
        text=" ".join(line.text for line in lines),
        confidence=mean(sure(line) for line in lines),
        least=min(sure(word) for line in lines for word in line.words),
        lines=tuple(run),
        known=0.0,
        inside=False,
        legible=legible.of_lines(run),
        apart=apart,
    )


def _inside(collation: Collation, free: Collection[LineAt], legible: _Legible) -> Iterator[Omission]:
    """The omissions within passages; words that the text has in another order are none."""
    known = {word.folded for passage in collation.passages for word in passage.written}
    absent = {
        "".join(w.folded for w in difference.written) for difference in collation.differences if not difference.read
    }
    for difference in collation.differences:
        if not difference.read or (difference.written and not difference.replaced):
            continue
        read = difference.read
        if "".join(w.folded for w in read) in absent and len({w.places[0].of_line for w in read}) == 1:
            continue
        places = tuple(place for word in read for place in word.places)
        own = [at for at in dict.fromkeys(place.of_line for place in places) if at in free]
        yield Omission(
            places=places,
            text=" ".join(word.text for word in read),
            confidence=_confidence(read),
            least=min(word.confidence for word in read),
            lines=tuple(own),
            known=sum(len(w.folded) for w in read if w.folded in known) / sum(len(w.folded) for w in read),
            inside=True,
            legible=legible.of_lines(own),
        )


def _confidence(words: Sequence[ReadWord]) -> float:
    """The median confidence by letters: one of several words may be misread."""
    return median(w.confidence for w in words for _ in w.folded)


def omission_findings(
    pages: Sequence[Page],
    found: Sequence[Omission],
    claimed: Sequence[Collection[int]],
    tuning: LinkingTuning = LINKING,
) -> list[Finding]:
    """One finding for each omission; what is set off from the text, or read with doubt, is a note."""
    least = [_least_sure(page, lines, tuning) for page, lines in zip(pages, claimed, strict=True)]
    findings = []
    for omission in found:
        certain = _is_sure(omission, least[omission.places[0][0]], tuning)
        if certain or omission.lines:
            findings.append(_omission_finding(pages, omission, tuning, certain=certain))
    return findings


def _least_sure(page: Page, claimed: Collection[int], tuning: LinkingTuning) -> float:
    """The confidence below which a line of the page was read worse than its text, or badly on any page."""
    read = [sure(page.lines[i]) for i in claimed if i < len(page.lines)]
    least = tuning.findings.sure_line_confidence
    return max(least, median(read) - tuning.findings.worse_line_confidence) if read else least


def _is_sure(omission: Omission, least: float, tuning: LinkingTuning) -> bool:
    """Whether the words are surely words that the text should have."""
    numbers = tuning.findings
    if omission.apart or (omission.lines and _is_doubted(omission, numbers.surely_legible_share, tuning)):
        return False
    letters = sum(c.isalpha() for c in omission.text)
    if omission.lines and omission.confidence >= least and letters >= numbers.sure_line_letters:
        return True
    if omission.least >= max(least, numbers.no_dirt_confidence) and letters >= numbers.no_dirt_letters:
        return True
    if not omission.inside or omission.confidence < max(least, numbers.sure_words_confidence):
        return False
    return letters >= numbers.sure_words_letters or omission.known >= 0.5 or any(c.isdigit() for c in omission.text)


def _is_doubted(omission: Omission, least: float, tuning: LinkingTuning) -> bool:
    """Whether less than this share of the lines can be read, and that with doubt."""
    return omission.legible < least and omission.confidence < tuning.findings.sure_words_confidence


def _omission_finding(pages: Sequence[Page], omission: Omission, tuning: LinkingTuning, *, certain: bool) -> Finding:
    touched = tuple(dict.fromkeys(p for p, *_ in omission.places))
    boxes = [Box.union(pages[p].lines[i].words[k].box for p, i, k in omission.places if p == page) for page in touched]
    return Finding(
        code=(LINE_NOT_IN_TEXT if omission.lines else WORDS_NOT_IN_TEXT).code,
        severity="warning" if certain else "note",
        values={
            "count": len(omission.lines) or len(omission.text.split()),
            "pages": tuple(PageName.of(pages[p]) for p in touched),
            "text": omission.text,
        },
        subjects=tuple(part for p, box in zip(touched, boxes, strict=True) for part in (pages[p].key, str(box.xywh))),
        pages=tuple(pages[p].order for p in touched),
        lines=tuple(dict.fromkeys(pages[p].line_id(i) for p, i, _ in omission.places)),
        areas=word_areas(pages, omission.places, tuning=tuning),
        score=round(omission.confidence, 4),
        scan_text=omission.text,
    )
