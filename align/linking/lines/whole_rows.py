"""Rows that an engine cut in two, made whole: where it took a strip of running text for a column of its own.

Such a cut goes through words: "ticul" on one side and "arly" on the other, a letter's distance apart, row after row.
Real columns are further apart, and no word goes on beyond the white between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from align.linking.lines.reader_view import upright
from align.model import Box, Line, Page, Polygon, Word, mean_confidence
from align.tuning.linking import LINKING, LinkingTuning


def with_whole_rows(page: Page, tuning: LinkingTuning = LINKING) -> Page:
    """The page, with the two lines of each row that was cut joined to one; most pages come back as they are.

    Rows count as cut where several words are cut at about the same place. A word that was cut is one word again. The
    joined line stands where its part outside of the strip stood; lines of the strip that are alone in their row stand
    between the lines above and below them.

    Example: "les i" and, beside it, "n all." give "les in all.", if other rows are cut there too.
    """
    pairs = _cut_pairs(page, tuning)
    if not pairs:
        return page
    letters = [sum(len(page.lines[n].text) for n in {getattr(p, side) for p in pairs}) for side in ("left", "right")]
    strip = "left" if letters[0] < letters[1] else "right"
    lines: dict[int, Line] = dict(enumerate(page.lines))
    at = list(range(len(lines)))
    # From the left to the right: a row that was cut twice is joined twice.
    for pair in sorted(pairs, key=lambda pair: pair.place):
        left, right = at[pair.left], at[pair.right]
        stays, goes = (right, left) if strip == "left" else (left, right)
        lines[stays] = _joined(lines[left], lines[right], region=page.lines[stays].region, near=pair.near)
        del lines[goes]
        at = [stays if own == goes else own for own in at]
    alone = [n for n in lines if n == at[n] and _is_of_strip(page, n, pairs, strip, tuning)]
    rest = [line for n, line in lines.items() if n not in alone]
    for n in alone:
        below = (k for k, line in enumerate(rest) if _middle(page, line) > _middle(page, lines[n]))
        rest.insert(next(below, len(rest)), lines[n])
    return replace(page, lines=tuple(rest))


def _is_of_strip(page: Page, n: int, pairs: Sequence[_Pair], strip: str, tuning: LinkingTuning) -> bool:
    """Whether a line that was joined to none is one of the strip: it ends, or begins, where rows were cut."""
    if any(n in (pair.left, pair.right) for pair in pairs):
        return False
    words = page.lines[n].words
    own = upright(page, words[-1 if strip == "left" else 0].box)
    edge, far = (own.right, upright(page, words[0].box).left) if strip == "left" else (own.left, own.right)
    widest = max(abs(pair.place - upright(page, page.lines[getattr(pair, strip)].words[0].box).left) for pair in pairs)
    return any(
        abs(edge - pair.place) <= tuning.lines.cut_reach_heights * pair.height and abs(edge - far) <= widest
        for pair in pairs
    )


def _middle(page: Page, line: Line) -> float:
    box = upright(page, line.words[0].box)
    return (box.top + box.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two lines that follow each other in one row; `place` is where, and `height` how high their words are there.

    `near`: nothing but the distance of two letters is between them; `cut`: and a word goes on.
    """

    left: int
    right: int
    place: float
    height: float
    near: bool
    cut: bool


def _cut_pairs(page: Page, tuning: LinkingTuning) -> list[_Pair]:
    """The pairs of lines to be joined: those at a place where several words were cut."""
    numbers = tuning.lines
    pairs = _pairs(page, tuning)
    cuts = [pair for pair in pairs if pair.cut]
    found = []
    for pair in pairs:
        reach = numbers.cut_reach_heights * pair.height
        cut = sum(abs(own.place - pair.place) <= reach for own in cuts)
        alike = sum(abs(own.place - pair.place) <= reach for own in pairs)
        if cut >= numbers.cut_rows and cut >= numbers.cut_share * alike:
            found.append(pair)
    return found


def _pairs(page: Page, tuning: LinkingTuning) -> list[_Pair]:
    """The pairs of lines, each with the nearest one to its right in its row, if that is no further than a word."""
    lines = page.lines
    if len(lines) < 2 * tuning.lines.cut_rows:
        return []
    firsts = [upright(page, line.words[0].box) for line in lines]
    lasts = [upright(page, line.words[-1].box) for line in lines]
    order = sorted(range(len(lines)), key=lambda n: firsts[n].top + firsts[n].bottom)
    space = _usual_space(page)
    middles = [(firsts[n].top + firsts[n].bottom) / 2 for n in order]
    best: dict[int, _Pair] = {}
    for left, last in enumerate(lasts):
        near = order[bisect_left(middles, last.top) : bisect_right(middles, last.bottom)]
        beside = [(firsts[n].left - last.right, n) for n in near if n != left and firsts[n].left > lasts[left].left]
        apart, right = min(beside, default=(0, -1), key=lambda own: (abs(own[0]), own[1]))
        if right < 0:
            continue
        pair = _pair(lines, left, right, (last, firsts[right]), space, tuning)
        known = best.get(right)
        if pair is not None and (known is None or abs(apart) < abs(firsts[right].left - lasts[known.left].right)):
            best[right] = pair
    return list(best.values())


def _pair(
    lines: Sequence[Line], left: int, right: int, ends: tuple[Box, Box], space: float, tuning: LinkingTuning
) -> _Pair | None:
    last, first = ends
    height = min(last.height, first.height)
    apart = first.left - last.right
    near = abs(apart) <= tuning.lines.near_share * space
    if not near and not 0 <= apart <= tuning.lines.cut_spaces * space:
        return None
    goes_on = lines[left].words[-1].text[-1].isalpha() and lines[right].words[0].text[0].islower()
    return _Pair(left, right, (last.right + first.left) / 2, height, near, near and goes_on)


def _usual_space(page: Page) -> float:
    """The usual white between two words of a line of this page, in pixels; 0 where no line has two words."""
    boxes = ([upright(page, word.box) for word in line.words] for line in page.lines)
    gaps = [b.left - a.right for of_line in boxes for a, b in pairwise(of_line)]
    return max(0.0, median(gaps)) if gaps else 0.0


def _joined(left: Line, right: Line, *, region: int, near: bool) -> Line:
    middle: tuple[Word, ...] = (left.words[-1], right.words[0])
    if near:
        a, b = middle
        whole = Polygon(_around(a.polygon, b.polygon))
        middle = (Word(a.text + b.text, Box.union((a.box, b.box)), whole, mean_confidence(middle, len)),)
    words = (*left.words[:-1], *middle, *right.words[1:])
    return replace(right, words=words, polygon=Polygon(_around(left.polygon, right.polygon)), region=region)


def _around(left: Polygon, right: Polygon) -> tuple[tuple[float, float], ...]:
    """The outline from the left edge of one to the right edge of another; points run clockwise from the top left."""
    if len(left.points) == len(right.points) == 4:
        return left.points[0], right.points[1], right.points[2], left.points[3]
    return Box.union((left.box, right.box)).corners
