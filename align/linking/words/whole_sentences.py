"""Matches of a page's lines with the words that no line has: so that a text shows its sentences whole.

A line may show less of a text than stands on it, because the engine lost words; a line may be lost altogether. Where a
linked sentence has words before and after the gap, these words are on the page. They go to the line before, or at the
beginning of a sentence to the line behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from align.model import Link, Match, PlainText, Span

_Lines = dict[int, list[Match]]


def with_whole_sentences(
    page: int, matches: Mapping[int, Sequence[Match]], links: Iterable[Link], texts: Mapping[str, PlainText]
) -> Mapping[int, Sequence[Match]]:
    """The matches of the lines of the page with this order, by index, grown by the gaps in the sentences of `links`."""
    grown: _Lines = {index: list(of_line) for index, of_line in matches.items()}
    for link in links:
        if link.text in texts:
            for gap in _gaps(page, link, grown):
                _fill(grown, link.text, gap, texts[link.text].content)
    return grown


def _gaps(page: int, link: Link, lines: _Lines) -> list[Span]:
    """The parts of a sentence that no line shows and that are on this page; outer ones if it is linked as a whole."""
    placed = sorted((start, end, area.page) for area in link.areas for start, end in area.spans or ())
    if not placed:
        return []
    shown = [match.span for of_line in lines.values() for match in of_line if match.text == link.text]
    covered = sorted([*shown, *((start, end) for start, end, _ in placed)])
    gaps = []
    for gap in _uncovered(link.spans, covered):
        before = [own for own in placed if own[0] < gap[0]]
        inner = bool(before) and before[-1] != placed[-1]
        if (inner or link.status == "linked") and (before[-1] if before else placed[0])[2] == page:
            gaps.append(gap)
    return gaps


def _uncovered(spans: Iterable[Span], covered: Sequence[Span]) -> list[Span]:
    """The parts of the spans outside all covered ones, which are in order."""
    left = []
    for start, end in spans:
        for a, b in covered:
            if b <= start or a >= end:
                continue
            if start < a:
                left.append((start, a))
            start = max(start, b)
        if start < end:
            left.append((start, end))
    return left


def _fill(lines: _Lines, path: str, gap: Span, content: str) -> None:
    """Give the gap to the match before it, or to the first one behind it."""
    if not content[slice(*gap)].strip():
        return
    known = [
        (match.span, index, n)
        for index, of_line in lines.items()
        for n, match in enumerate(of_line)
        if match.text == path
    ]
    before = max((own for own in known if own[0][1] <= gap[0]), default=None)
    behind = min((own for own in known if own[0][0] >= gap[1]), default=None)
    if before is not None and (behind is None or content[before[0][1] : gap[0]].strip() == ""):
        span, index, n = before
        near, whole, at = content[span[1] : gap[0]], (span[0], gap[1]), n + 1
    elif behind is not None:
        span, index, n = behind
        near, whole, at = content[gap[1] : span[0]], (gap[0], span[1]), n
    else:
        return
    match = lines[index][n]
    if near.strip():
        lines[index].insert(at, replace(match, span=gap))
    else:
        lines[index][n] = replace(match, span=whole)
