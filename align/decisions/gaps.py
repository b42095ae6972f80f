"""Where words belong that are on a page and in no text: between the words of a text that stand around them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from align.model import Area, Finding, Line, Match, Page, VolumeResult

_LINE_ENDS = ("\r\n", "\n", "\r")
_HYPHENS = "-\u2010\u00ac\u00ad"


class Gap(NamedTuple):
    """A place between words of a text, and the white space that comes before and after what is put there."""

    text: str
    at: int
    before: str
    after: str


class _Anchor(NamedTuple):
    """A place in a text beside the missing words, and the page on which its words stand (`near`: on the same line)."""

    text: str
    at: int
    page: int
    near: bool = False


def gap_of(finding: Finding, volume: VolumeResult) -> Gap | str:
    """Where the words of a finding belong; where that cannot be told, why, as a clause that ends a sentence."""
    pages = {page.order: (page, matches) for page, matches in zip(volume.pages, volume.matches, strict=True)}
    areas = [area for area in finding.areas if area.page in pages]
    if not areas:
        return "its place on the pages is not known"
    before = _before(volume, pages, areas[0])
    after = _after(volume, pages, areas[-1])
    texts = {anchor.text for anchor in (before, after) if anchor is not None}
    if before is not None and after is not None and len(texts) == 2:
        if before.near == after.near:
            return f"its words stand between two texts, {before.text} and {after.text}; write them into the right one"
        before, after = (before, None) if before.near else (None, after)
    anchor = before or after
    if anchor is None:
        return "no words of a text stand beside it on its page"
    content = volume.contents.get(anchor.text, "")
    start = _word_end(content, before.at) if before is not None else 0
    end = _word_start(content, after.at) if after is not None else len(content)
    if start > end or _is_inside_word(content, start, end):
        return "its words would stand inside a word"
    between = content[start:end]
    if _holds_words(volume, anchor.text, start, end):
        words = " ".join(between.split())
        return f"the text has other words there, “{words[:80]}”; mend the text itself"
    return _spaced(
        anchor.text, content, start, end, first=_is_first(before, after, areas), lines=_are_lines(finding, pages)
    )


def _is_first(before: _Anchor | None, after: _Anchor | None, areas: list[Area]) -> bool:
    """Whether the missing words go on from those before them, and not on to those after them."""
    if before is None or after is None:
        return before is not None
    if before.near != after.near:
        return before.near
    return before.page == areas[0].page or after.page != areas[-1].page


def _spaced(text: str, content: str, start: int, end: int, *, first: bool, lines: bool) -> Gap:
    between = content[start:end]
    space = " "
    if lines and text.lower().endswith(".txt"):
        # Lines of a page stay lines where the text keeps them, and where they are its first or last ones.
        outer = (start == 0) if not first else (end == len(content))
        ends = [line_end for line_end in _LINE_ENDS if line_end in content]
        space = between if between in _LINE_ENDS else ends[0] if outer and ends else " "
    if first:
        return Gap(text, start, space if start else "", "" if between or start == len(content) else space)
    return Gap(text, end, "" if between or not end else space, space if end < len(content) else "")


def _are_lines(finding: Finding, pages: Mapping[int, tuple[Page, Mapping[int, tuple[Match, ...]]]]) -> bool:
    return all(
        _missing(pages[area.page][0], area, line) == (0, len(pages[area.page][0].lines[line].words))
        for area in finding.areas
        for line in _lines_of(area)
    )


def _lines_of(area: Area) -> list[int]:
    return sorted({line for line in area.lines if line is not None})


def _missing(page: Page, area: Area, line: int) -> tuple[int, int]:
    """The half-open range of the words of a line that are in the area."""
    boxes = [box for box, of in zip(area.boxes, area.lines, strict=True) if of == line]
    words = page.lines[line].words
    inside = [
        n
        for n, word in enumerate(words)
        if any(box.left <= (word.box.left + word.box.right) / 2 <= box.right for box in boxes)
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, len(words))


def _before(
    volume: VolumeResult, pages: Mapping[int, tuple[Page, Mapping[int, tuple[Match, ...]]]], area: Area
) -> _Anchor | None:
    page, matches = pages[area.page]
    line = _lines_of(area)[0]
    first, end = _missing(page, area, line)
    if first and line in matches:
        match = matches[line][-1]
        return _Anchor(match.text, _cut(volume, page.lines[line], match, first, end)[0], page.order, near=True)
    for own, number in _lines_back(volume, page, line):
        found = pages[own.order][1].get(number)
        if found:
            return _Anchor(found[-1].text, found[-1].span[1], own.order)
    return None


def _after(
    volume: VolumeResult, pages: Mapping[int, tuple[Page, Mapping[int, tuple[Match, ...]]]], area: Area
) -> _Anchor | None:
    page, matches = pages[area.page]
    line = _lines_of(area)[-1]
    first, end = _missing(page, area, line)
    if end < len(page.lines[line].words) and line in matches:
        match = matches[line][0]
        return _Anchor(match.text, _cut(volume, page.lines[line], match, first, end)[1], page.order, near=True)
    for own, number in _lines_on(volume, page, line):
        found = pages[own.order][1].get(number)
        if found:
            return _Anchor(found[0].text, found[0].span[0], own.order)
    return None


def _lines_back(volume: VolumeResult, page: Page, line: int) -> Iterator[tuple[Page, int]]:
    """The lines before this one, on its page and the page before it."""
    yield from ((page, number) for number in range(line - 1, -1, -1))
    for own in (other for other in volume.pages if other.order == page.order - 1):
        yield from ((own, number) for number in range(len(own.lines) - 1, -1, -1))


def _lines_on(volume: VolumeResult, page: Page, line: int) -> Iterator[tuple[Page, int]]:
    yield from ((page, number) for number in range(line + 1, len(page.lines)))
    for own in (other for other in volume.pages if other.order == page.order + 1):
        yield from ((own, number) for number in range(len(own.lines)))


def _cut(volume: VolumeResult, line: Line, match: Match, first: int, end: int) -> tuple[int, int]:
    """Where the words before the missing ones of a line end in its text, and where those after them begin.

    The words of the text are divided so that both sides are most like the words read.
    """
    start, stop = match.span
    own = volume.contents.get(match.text, "")[start:stop]
    left = " ".join(word.text for word in line.words[:first])
    right = " ".join(word.text for word in line.words[end:])
    edges = [0, *(n for n in range(1, len(own)) if own[n].isspace() and not own[n - 1].isspace()), len(own)]
    best = max(edges, key=lambda edge: (_likeness(left, own[:edge]) + _likeness(right, own[edge:]), -edge))
    rest = own[best:]
    return start + best, start + best + len(rest) - len(rest.lstrip())


def _likeness(read: str, written: str) -> float:
    return SequenceMatcher(None, read, written.strip(), autojunk=False).ratio() * (len(read) + len(written))


def _word_end(content: str, at: int) -> int:
    """The place behind the points and quotes that follow a word directly."""
    while at > 0 and content[at - 1].isspace():
        at -= 1
    while at < len(content) and not content[at].isspace() and not content[at].isalnum():
        at += 1
    return at


def _word_start(content: str, at: int) -> int:
    """The place before the quotes that stand directly before a word."""
    while at < len(content) and content[at].isspace():
        at += 1
    while at > 0 and not content[at - 1].isspace() and not content[at - 1].isalnum():
        at -= 1
    return at


def _is_inside_word(content: str, start: int, end: int) -> bool:
    if 0 < start < len(content) and content[start - 1].isalnum() and content[start].isalnum():
        return True
    if 0 < end < len(content) and content[end - 1].isalnum() and content[end].isalnum():
        return True
    # A word that goes on after a hyphen at the line end.
    return bool(content[start - 1 : start]) and content[start - 1] in _HYPHENS and content[end : end + 1].islower()


def _holds_words(volume: VolumeResult, text: str, start: int, end: int) -> bool:
    """Whether words of a sentence stand in a range of a text: markers and notes are none, for sentences lack them."""
    content = volume.contents[text]
    return any(
        any(map(str.isalnum, content[max(a, start) : min(b, end)]))
        for link in volume.links
        if link.text == text
        for a, b in link.spans
        if a < end and start < b
    )
