"""The written sides of a scan, as `align export` states them: a scan with two pages stays two when its OCR is put back.

ALTO has them as tags, which begin with the id of their page; PAGE in `custom`, hOCR in `data-sides`. Other programs
state none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml import etree

from align.model import Box, Frame, Line, Reading, ScanInfo, Transform
from align.ocr.existing.hocr_text import classes_of
from align.ocr.existing.stated import Sides, StatedPage, name_of, number, rectangle

# A scan shows two sides at most; a file that states more was made by somebody else.
_MOST = 2
_PAGE_SIDE = re.compile(r"\bside\s*\{([^{}]*)\}")
_VALUE = re.compile(r"\b(left|top|width|height)\s*:\s*([^;]*)")


def with_sides(pages: Sequence[StatedPage], root: etree._Element) -> tuple[StatedPage, ...]:
    """The pages of a file, each with the sides that are stated of it; without where they are none that can be."""
    elements = [element for element in root.iter() if name_of(element) == "Page" or "ocr_page" in classes_of(element)]
    if len(elements) != len(pages):
        return tuple(pages)
    # In a file of one page, all tags are of it, whatever their ids.
    ids = [element.get("ID", "") if len(elements) > 1 else "" for element in elements]
    tagged: dict[str, list[str]] = defaultdict(list)
    for tag in root.iter("{*}LayoutTag"):
        if tag.get("TYPE") == "side":
            owner = tag.get("ID", "").rpartition(".side.")[0] if len(elements) > 1 else ""
            tagged[owner].append(tag.get("DESCRIPTION", ""))
    return tuple(
        replace(page, sides=_stated(element, tagged[own]))
        for page, element, own in zip(pages, elements, ids, strict=True)
    )


def _stated(page: etree._Element, tagged: Iterable[str]) -> Sides:
    places = list(tagged)
    for rule in _PAGE_SIDE.findall(page.get("custom") or ""):
        values = dict(_VALUE.findall(rule))
        places.append(" ".join(values.get(name, "") for name in ("left", "top", "width", "height")))
    numbers = (page.get("data-sides") or "").split()
    places += [" ".join(numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
    sides = [_side(place) for place in places[: _MOST + 1]]
    known = [side for side in sides if side is not None]
    return tuple(known) if len(known) == len(sides) <= _MOST else ()


def _side(place: str) -> tuple[float, float, float, float] | None:
    numbers = [number(text) for text in place.split()]
    outline = rectangle(*numbers) if len(numbers) == 4 else None
    return None if outline is None else (*outline[0], *outline[2])


def by_side(reading: Reading, page: StatedPage, scan: ScanInfo) -> tuple[Reading, ...]:
    """The reading of each side, with the lines whose middle is on it, or nearest to it; the reading without sides."""
    frames = _frames(page, scan)
    if not frames:
        return (reading,)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in reading.lines:
        lines[min(range(len(frames)), key=lambda n: (_beyond(frames[n], line.box), n))].append(line)
    return tuple(
        replace(
            reading,
            frame=Frame(frame, reading.frame.rotation),
            status="ok" if lines[n] else "blank",
            language=reading.language if lines[n] else None,
            lines=tuple(lines[n]),
            misplaced=reading.misplaced if n == 0 else (),
            estimated=reading.estimated if n == 0 else (),
            unused=reading.unused if n == 0 else (),
        )
        for n, frame in enumerate(frames)
    )


def _frames(page: StatedPage, scan: ScanInfo) -> list[Box]:
    """The sides in pixels of the scan; none where one of them is not on it, or two of them are one."""
    scale = Transform()
    if page.width is not None and page.height is not None:
        scale = Transform.scale(scan.width / page.width, scan.height / page.height)
    whole = Box(0, 0, scan.width, scan.height)
    frames = [
        Box.around(scale.points(((left, top), (right, bottom)))).intersection(whole)
        for left, top, right, bottom in page.sides
    ]
    known = [frame for frame in frames if frame is not None]
    return known if len(known) == len(set(known)) == len(page.sides) else []


def _beyond(frame: Box, line: Box) -> float:
    """How far the middle of a line is beside a frame, in pixels."""
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return max(frame.left - x, x - frame.right, 0) + max(frame.top - y, y - frame.bottom, 0)
