"""Stated pages placed on their scans: scaled, clipped, and with the way up in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atan2

from align.errors import ScanError
from align.model import Box, Frame, Line, Point, Polygon, Reading, Rotation, ScanInfo, Transform, Word
from align.ocr.engine import mapped
from align.ocr.existing.building.drafts import turn_along
from align.ocr.existing.markup import REMEDY, unreadable
from align.ocr.existing.stated import StatedLine, StatedPage, is_upright, right_to_left
from align.ocr.existing.stated_language import language_of
from align.ocr.judge import without_dirt
from align.tuning.ocr import OCR, OcrTuning

# Difference of proportions: programs round sizes and cut margins of some pixels; a page that differs by more is another
# image.
_PROPORTIONS = 0.02
# Of a side of the scan: lines that all stay before it are those of a smaller copy.
_LEAST_REACH = 0.5


@dataclass(frozen=True, slots=True)
class ExistingOcr:
    """A file of existing OCR: its name in messages, its name as an engine, and its pages."""

    name: str
    engine: str
    pages: tuple[StatedPage, ...]

    def pages_for(self, scans: Sequence[ScanInfo]) -> tuple[StatedPage, ...] | None:
        """The pages of these scans of one file, one each; None where the file has another number of pages.

        Of more pages, those count that name the image of the scan, or those that hold text.
        """
        named = tuple(page for page in self.pages if _stem(page.image) == _stem(scans[0].path))
        held = tuple(page for page in self.pages if page.lines or page.misplaced or page.unused or page.fault)
        return next((found for found in (self.pages, named, held) if len(found) == len(scans)), None)


def _stem(path: str) -> str:
    """The name of a file without its folders and its ending, whatever the system that wrote it."""
    return path.replace("\\", "/").rpartition("/")[2].partition(".")[0]


def place(
    page: StatedPage,
    scan: ScanInfo,
    *,
    name: str,
    engine: str,
    languages: tuple[str, ...],
    tuning: OcrTuning = OCR,
) -> Reading:
    """The reading of one scan, in its pixels; its frame is the whole scan, even where two pages are on it.

    `languages`: those that collection.toml names for the volume, if any. Raises ScanError "ocr-size" where the page has
    another size or shape than the scan.
    """
    if page.unused and not page.lines:
        raise unreadable(name, "has the text of regions and no lines, so that it cannot be placed")
    if page.fault is not None:
        raise unreadable(name, page.fault)
    if page.misplaced and not page.lines:
        raise unreadable(name, "has words without places that can be used, and no others")
    whole = Box(0, 0, scan.width, scan.height)
    page = _of_sound_size(page, scan, whole, name=name)
    rotation = _rotation(page.lines)
    frame = Frame(whole, rotation)
    transform = _scale(page, scan, name=name)
    inside = [mapped((stated.line,), transform, whole) for stated in page.lines]
    lines = tuple(line for found in inside for line in found)
    outside = [text for stated, found in zip(page.lines, inside, strict=True) for text in _lost(stated.line, found)]
    words = sum(len(stated.line.words) for stated in page.lines)
    if 2 * len(outside) > words:
        raise _elsewhere(len(outside), words, scan, name)
    misplaced = (*page.misplaced, *(text for text in outside if any(c.isalnum() for c in text)))
    turned = Transform.turn(rotation)
    clear = tuple(_upright(line, turned, rotation) for line in without_dirt(lines, tuning=tuning))
    return Reading(
        frame,
        "ok" if clear else "blank",
        language_of(page.lines, languages) if clear else None,
        clear,
        "existing",
        engine,
        misplaced=misplaced,
        estimated=page.estimated,
        unused=page.unused,
        ocr_file=name,
    )


def _of_sound_size(page: StatedPage, scan: ScanInfo, whole: Box, *, name: str) -> StatedPage:
    """The page; without its size where that cannot be, and its places fit the scan as they are.

    Raises ScanError "ocr-size" where its size cannot be, most words are outside of it, and they do not fit the scan.
    """
    other = page.in_pixels
    if other is None:
        return page
    boxes = [stated.line.box for stated in other.lines]
    taken = Box.union(boxes) if boxes else whole
    reach = max(taken.right / whole.right, taken.bottom / whole.bottom)
    if page.pixels and reach > _LEAST_REACH and Box.union([whole, taken]) == whole:
        return other
    words = [word.box for stated in other.lines for word in stated.line.words]
    outside = sum(
        box.left + box.right > 2 * (page.width or 0) or box.top + box.bottom > 2 * (page.height or 0) for box in words
    )
    if 2 * outside > len(words):
        raise _elsewhere(outside, len(words), scan, name)
    return page


def _elsewhere(outside: int, words: int, scan: ScanInfo, name: str) -> ScanError:
    return ScanError(
        f"{name} places {outside} of its {words} words outside of {_scan(scan)}, so it belongs to another image: "
        f"{REMEDY}.",
        cause="ocr-size",
    )


def _lost(line: Line, found: Sequence[Line]) -> list[str]:
    """The texts of the words of a line that are not in what was kept of it."""
    if sum(len(kept.words) for kept in found) == len(line.words):
        return []
    return list(
        (Counter(w.text for w in line.words) - Counter(w.text for kept in found for w in kept.words)).elements()
    )


def _scale(page: StatedPage, scan: ScanInfo, *, name: str) -> Transform:
    """The transform from the file's units to the scan's pixels."""
    if page.width is None or page.height is None:
        if not page.pixels:
            raise ScanError(
                f"{name} measures in millimetres or inches and does not state the size of its page, so its words "
                f"cannot be placed on {_scan(scan)}: {REMEDY}.",
                cause="ocr-size",
            )
        return Transform()
    sx, sy = scan.width / page.width, scan.height / page.height
    if not page.relative and abs(sx / sy - 1) > _PROPORTIONS:
        raise ScanError(
            f"{name} is about a page of {page.width:g} x {page.height:g}, which has other proportions than "
            f"{_scan(scan)} with {scan.width} x {scan.height} pixels: {REMEDY}.",
            cause="ocr-size",
        )
    return Transform.scale(sx, sy)


def _scan(scan: ScanInfo) -> str:
    return scan.path if scan.index is None else f"page {scan.index + 1} of {scan.path}"


def _rotation(lines: Sequence[StatedLine]) -> Rotation:
    """The turn that is stated for most of the text; where none is stated, by the direction in which words follow."""
    weights: Counter[Rotation] = Counter()
    if any(stated.rotation is not None for stated in lines):
        for stated in lines:
            weights[stated.rotation or 0] += len(stated.line.text)
    else:
        for stated in lines:
            turn = _direction(stated.line)
            if turn is not None:
                weights[turn] += len(stated.line.text)
    return weights.most_common(1)[0][0] if weights else 0


def _direction(line: Line) -> Rotation | None:
    """The turn that makes the line's words follow each other to the right; None where the words do not show it."""
    if len(line.words) < 2 or right_to_left(line.text):
        return None
    return turn_along(_middle(line.words[0]), _middle(line.words[-1]))


def _middle(word: Word) -> Point:
    return (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2


def _upright(line: Line, turn: Transform, rotation: Rotation) -> Line:
    """The line with a four-point outline of each word, clockwise from the reader's top left, as engines give them."""
    words = [Word(word.text, word.box, _quad(word, turn, rotation), word.confidence) for word in line.words]
    return replace(line, words=tuple(words))


def _quad(word: Word, turn: Transform, rotation: Rotation) -> Polygon:
    """The outline of a word as four points; `turn` is the map that the rotation makes."""
    if not rotation and is_upright(word.polygon.points):
        return word.polygon
    corners = word.polygon.points if len(word.polygon.points) == 4 else word.box.corners
    x, y = (sum(point[axis] for point in corners) / 4 for axis in (0, 1))
    clockwise = sorted(corners, key=lambda point: atan2(point[1] - y, point[0] - x))
    turned = turn.points(clockwise)
    first = min(range(4), key=lambda k: (round(sum(turned[k]), 6), k))
    return Polygon((*clockwise[first:], *clockwise[:first]))
