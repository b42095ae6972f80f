"""Where words of a line are drawn: outlines around their ink, and none over the white between words that stand apart.

An engine takes for one line what stands in one row: a salutation and a speck at the margin, the two sides of a stamp,
a heading and the page number far beside it. One box around all of it would lie over white paper. So a line is parted
where its words stand far apart. Each stretch of words has an outline by itself, and dirt beside a text has none.

Example: the row "Sir:", then white paper, then "/." of a pen. The outline is that of "Sir:".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import dist
from statistics import median

from align.linking.places.fragments import Fragment
from align.model import Box, Line, Page, Point, Polygon, Word
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Outline:
    """A box and a four-point polygon around words of a line, in scan pixels; the polygon follows the line's slope."""

    box: Box
    polygon: Polygon


def letter_height(page: Page) -> float:
    """The usual height of a word of a page, in pixels of its scan; 0 where no word was read."""
    heights = [(len(w.text) > 2, min(w.box.width, w.box.height)) for line in page.lines for w in line.words]
    of_words = [height for long, height in heights if long] or [height for _, height in heights]
    return median(of_words) if of_words else 0.0


def outlines(
    line: Line,
    fragment: Fragment,
    height: float,
    *,
    unread: Sequence[int] = (),
    tuning: LinkingTuning = LINKING,
) -> tuple[Outline, ...]:
    """The outlines of a fragment of a line, one for each stretch of its words; at least one.

    `height` is the page's letter height. `unread` counts for each word the letters of the text that stand after it and
    were not read: where these fill the space before the next word, it is no white paper, and parts no line.
    """
    stretches = _stretches(line.words, height, unread, tuning)
    parts = [(whole, _shared(whole, range(fragment.first, fragment.last + 1))) for whole in stretches]
    shown = [(whole, part) for whole, part in parts if part]
    inked = [k for k, (_, part) in enumerate(shown) if not _are_specks([line.words[n] for n in part], height, tuning)]
    with_letters = [k for k in inked if any(_has_letters(line.words[n]) for n in shown[k][1])]
    kept = with_letters or inked or [0]
    return tuple(_outline(line, shown[k][0], shown[k][1], fragment, height, tuning) for k in kept)


def with_outlines(page: Page, tuning: LinkingTuning = LINKING) -> Page:
    """The page with the outlines of its lines, as `Line.outlines` says; a line that is only a speck has none."""
    height = letter_height(page)
    return replace(page, lines=tuple(_with_outlines(line, height, tuning) for line in page.lines))


def _with_outlines(line: Line, height: float, tuning: LinkingTuning) -> Line:
    found = outlines(line, Fragment(0, len(line.words) - 1, 0.0, 1.0, 0, 0, 0.0), height, tuning=tuning)
    if len(found) == 1 and _are_specks(line.words, height, tuning):
        return replace(line, outlines=())
    if len(found) == 1 and len(line.polygon.points) > 4 and _fits(line.polygon.box, found[0].box, height):
        # An outline that bends with the line is more exact.
        return replace(line, outlines=None)
    return replace(line, outlines=tuple(own.polygon for own in found))


def _fits(own: Box, words: Box, height: float) -> bool:
    """Whether a line's own outline ends less than half a word's height beyond its words."""
    beyond = (words.left - own.left, words.top - own.top, own.right - words.right, own.bottom - words.bottom)
    return max(beyond) < 0.5 * height


def _stretches(words: Sequence[Word], height: float, unread: Sequence[int], tuning: LinkingTuning) -> list[range]:
    """The words in stretches, as ranges of their indices: between two stretches is white paper."""
    ux, uy = _direction(words)
    ends = [(min(us), max(us)) for us in ([x * ux + y * uy for x, y in _quad(word.polygon)] for word in words)]
    letter = sum(end - start for start, end in ends) / sum(len(word.text) for word in words)
    starts = [0]
    reach = ends[0]
    for index, (start, end) in enumerate(ends[1:], 1):
        white = max(start - reach[1], reach[0] - end)
        filled = letter * unread[index - 1] if unread else 0.0
        if white > tuning.places.apart_heights * height and filled < tuning.places.filled_share * white:
            starts.append(index)
            reach = (start, end)
        else:
            reach = (min(reach[0], start), max(reach[1], end))
    return [range(start, end) for start, end in pairwise([*starts, len(words)])]


def _shared(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _has_letters(word: Word) -> bool:
    return any(map(str.isalnum, word.text))


def _are_specks(words: Sequence[Word], height: float, tuning: LinkingTuning) -> bool:
    """Whether all of these words are specks: far lower than a letter, and no dash."""
    low = tuning.places.speck_heights * height
    for word in words:
        top_left, top_right, _, bottom_left = _quad(word.polygon)
        is_low = dist(top_left, bottom_left) < low
        if not is_low or (dist(top_left, top_right) >= low and not _has_letters(word)):
            return False
    return True


def _outline(
    line: Line, stretch: range, part: range, fragment: Fragment, height: float, tuning: LinkingTuning
) -> Outline:
    """The outline of a part of a stretch of a line's words.

    A word much higher than the words beside it has a stamp or a stroke in its outline. Only that part of it counts
    which is level with its nearest neighbour of usual height.
    """
    words = line.words[stretch.start : stretch.stop]
    along = _direction(words)
    levels = _levels([_quad(word.polygon) for word in words], along, height, tuning)
    quads, boxes = [], []
    for index in part:
        word, level = line.words[index], levels[index - stretch.start]
        start = fragment.cut_left if index == fragment.first else 0.0
        end = fragment.cut_right if index == fragment.last else 1.0
        whole = _quad(word.polygon)
        quad = _part(whole if level is None else _cropped(whole, level, along), start, end)
        quads.append(quad)
        boxes.append(word.box if level is None and (start, end) == (0.0, 1.0) else _within(word.box, quad))
    return Outline(Box.union(boxes), Polygon(_hull([p for q in quads for p in q], along=along)))


def _levels(
    quads: Sequence[Sequence[Point]], along: Point, height: float, tuning: LinkingTuning
) -> list[tuple[float, float] | None]:
    """For each word None, or, if it is much too high, the upper and lower level of its nearest word of usual height.

    `height` is the usual height of words where these are too few to say it.
    """
    ux, uy = along
    levels = [(min(v), max(v)) for v in ([-x * uy + y * ux for x, y in quad] for quad in quads)]
    heights = [low - high for high, low in levels]
    are_few = len(quads) < tuning.places.level_words
    usual = height if are_few else median(heights)
    least = tuning.places.speck_heights * height if are_few else 0.0
    most = tuning.places.too_high_times * usual
    usual_words = [k for k, own in enumerate(heights) if least <= own <= most]
    return [
        levels[min(usual_words, key=lambda j: (abs(j - k), j))] if own > most and usual_words else None
        for k, own in enumerate(heights)
    ]


def _cropped(quad: Sequence[Point], level: tuple[float, float], along: Point) -> tuple[Point, Point, Point, Point]:
    """The part of an outline between two levels across the reading direction; all of it if none of it is between."""
    ux, uy = along
    us = [x * ux + y * uy for x, y in quad]
    vs = [-x * uy + y * ux for x, y in quad]
    high, low = max(min(vs), level[0]), min(max(vs), level[1])
    if high >= low:
        high, low = min(vs), max(vs)
    u0, u1 = min(us), max(us)
    tl, tr, br, bl = ((u * ux - v * uy, u * uy + v * ux) for u, v in ((u0, high), (u1, high), (u1, low), (u0, low)))
    return tl, tr, br, bl


def _within(word: Box, points: Sequence[Point]) -> Box:
    """The box around points of a word, cut to the word's own box."""
    return Box.around(points).intersection(word) or word


def _quad(polygon: Polygon) -> tuple[Point, ...]:
    return polygon.points if len(polygon.points) == 4 else polygon.box.corners


def _part(quad: Sequence[Point], start: float, end: float) -> tuple[Point, ...]:
    """The part of a four-point outline (clockwise from the reader's top left) between two shares of its length."""
    tl, tr, br, bl = quad
    return _between(tl, tr, start), _between(tl, tr, end), _between(bl, br, end), _between(bl, br, start)


def _between(p: Point, q: Point, share: float) -> Point:
    return p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share


def _direction(words: Sequence[Word]) -> Point:
    """The unit vector of the reading direction, from the first word's left edge to the last word's right edge."""
    first, last = _quad(words[0].polygon), _quad(words[-1].polygon)
    x0, y0 = (first[0][0] + first[3][0]) / 2, (first[0][1] + first[3][1]) / 2
    x1, y1 = (last[1][0] + last[2][0]) / 2, (last[1][1] + last[2][1]) / 2
    if len(words) < 3:
        # One word that sits high or low would tilt so short a line: take the slope of the first word's outline.
        x0, y0, x1, y1 = first[0][0], first[0][1], first[1][0], first[1][1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    return ((x1 - x0) / length, (y1 - y0) / length) if length else (1.0, 0.0)


def _hull(points: Sequence[Point], *, along: Point) -> tuple[Point, Point, Point, Point]:
    """The rectangle around points whose sides run along a unit vector and across it, clockwise from its top left."""
    ux, uy = along
    us = [x * ux + y * uy for x, y in points]
    vs = [-x * uy + y * ux for x, y in points]
    u0, u1, v0, v1 = min(us), max(us), min(vs), max(vs)
    tl, tr, br, bl = ((u * ux - v * uy, u * uy + v * ux) for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1)))
    return tl, tr, br, bl
