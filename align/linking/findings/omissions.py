"""Lines that are on the pages and in no text, and words within lines whose other words are in a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import mean, median

from align.linking.findings.catalogue.page_entries import LINE_NOT_IN_TEXT, WORDS_NOT_IN_TEXT
from align.linking.words.collation import Collation, word_areas
from align.linking.words.passages import ReadWord
from align.linking.words.trust import sure
from align.model import Box, Finding, LineAt, Page, PageName, WordAt
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Omission:
    """Words on the pages, in their order, that no text has; `lines` are the lines that consist of such words alone.

    `inside` says that a text stands both before and after them. `least` is the lowest confidence of a word. `known` is
    the share of letters, 0..1, in words that the texts have elsewhere.
    """

    places: tuple[WordAt, ...]
    text: str
    confidence: float
    least: float
    lines: tuple[LineAt, ...]
    known: float
    inside: bool


def omissions(
    pages: Sequence[Page], collations: Sequence[Collation], free: Collection[LineAt], tuning: LinkingTuning = LINKING
) -> list[Omission]:
    """All omissions in page order; `free` are the lines (page and line index) of running text that no text claims."""
    found = [omission for collation in collations for omission in _inside(collation, free)]
    seen = {
        place.of_line for c in collations for passage in c.passages for word in passage.read for place in word.places
    }
    run: list[LineAt] = []
    claimed: dict[int, list[int]] = defaultdict(list)
    for p, i in sorted(seen.difference(free)):
        claimed[p].append(i)
    for at in [*sorted(at for at in free if at not in seen), None]:
        if run and (at is None or at[0] != run[-1][0] or _between(claimed[at[0]], run[-1][1], at[1])):
            found += [_lines(pages, part) for part in _parts(pages, run, claimed[run[-1][0]], tuning)]
            run = []
        if at is not None:
            run.append(at)
    return sorted(found, key=lambda omission: omission.places)


def _between(claimed: Sequence[int], one: int, other: int) -> bool:
    return bisect_right(claimed, one) < bisect_left(claimed, other)


_Run = Sequence[LineAt]


def _parts(pages: Sequence[Page], run: _Run, claimed: Sequence[int], tuning: LinkingTuning) -> list[_Run]:
    """A run of lines in up to three parts: those that go on from the text above, others, those that lead below.

    Example: below a letterhead the first sentence of a letter was left out. It is a finding of its own.
    """
    page = pages[run[0][0]]
    least = _least_sure(page, claimed, tuning)
    legible = [sure(page.lines[i]) >= least for _, i in run]
    above = sum(1 for _ in takewhile(bool, legible)) if claimed and claimed[0] < run[0][1] else 0
    below = sum(1 for _ in takewhile(bool, reversed(legible))) if claimed and claimed[-1] > run[-1][1] else 0
    above = above if _is_worth(page, run[:above], tuning) else 0
    below = below if _is_worth(page, run[len(run) - below :], tuning) else 0
    if above + below >= len(run):
        return [run]
    return [part for part in (run[:above], run[above : len(run) - below], run[len(run) - below :]) if part]


def _is_worth(page: Page, run: _Run, tuning: LinkingTuning) -> bool:
    return sum(c.isalpha() for _, i in run for c in page.lines[i].text) >= tuning.findings.sure_line_letters


def _lines(pages: Sequence[Page], run: _Run) -> Omission:
    lines = [pages[p].lines[i] for p, i in run]
    return Omission(
        places=tuple(WordAt(p, i, k) for p, i in run for k in range(len(pages[p].lines[i].words))),
        text=" ".join(line.text for line in lines),
        confidence=mean(sure(line) for line in lines),
        least=min(sure(word) for line in lines for word in line.words),
        lines=tuple(run),
        known=0.0,
        inside=False,
    )


def _inside(collation: Collation, free: Collection[LineAt]) -> Iterator[Omission]:
    """The omissions within passages; words that the text has in another order are none."""
    known = {word.folded for passage in collation.passages for word in passage.written}
    absent = [
        "".join(w.folded for w in difference.written) for difference in collation.differences if not difference.read
    ]
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
    """One finding for each omission; what may be a stamp, dirt or a stroke of the pen is a note, or none in a line."""
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
    letters = sum(c.isalpha() for c in omission.text)
    if omission.lines and omission.confidence >= least and letters >= numbers.sure_line_letters:
        return True
    if omission.least >= max(least, numbers.no_dirt_confidence) and letters >= numbers.no_dirt_letters:
        return True
    if not omission.inside or omission.confidence < max(least, numbers.sure_words_confidence):
        return False
    return letters >= numbers.sure_words_letters or omission.known >= 0.5 or any(c.isdigit() for c in omission.text)


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
