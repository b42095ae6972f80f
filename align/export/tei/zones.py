"""The zones of a sentence: one for each column of each page, with a zone in it for each part of a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from align.export.overlay.scene import upright_transform
from align.model import Area, Box, Link, Page, Polygon


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a line that shows words of a sentence; `line` is the 0-based index of the line, if one was read."""

    box: Box
    outline: Polygon
    line: int | None


@dataclass(frozen=True, slots=True)
class SentenceZone:
    """Where a sentence stands in one column of a page (by order); `id` is that of the zone."""

    id: str
    page: int
    fragments: tuple[Fragment, ...]

    @property
    def box(self) -> Box:
        """The box around all parts."""
        return Box.union(fragment.box for fragment in self.fragments)


def sentence_zones(link: Link, name: str, pages: Mapping[int, Page]) -> tuple[SentenceZone, ...]:
    """The zones of a sentence, in reading order; `name` is the sentence's xml:id, `pages` are those of the volume."""
    columns = (
        (area.page, column)
        for area in link.areas
        if area.page in pages and pages[area.page].frame is not None
        for column in _columns(area, pages[area.page])
    )
    return tuple(SentenceZone(f"{name}.z{n}", page, column) for n, (page, column) in enumerate(columns, start=1))


def zones_by_page(zones: Iterable[SentenceZone]) -> dict[int, list[SentenceZone]]:
    """The zones of each page, by its order."""
    found: dict[int, list[SentenceZone]] = {}
    for zone in zones:
        found.setdefault(zone.page, []).append(zone)
    return found


def _columns(area: Area, page: Page) -> Iterator[tuple[Fragment, ...]]:
    """The parts of an area, column by column: a part that stands wholly above the one before it begins a column."""
    assert page.frame is not None
    upright, _ = upright_transform(page.frame)
    column: list[Fragment] = []
    top = 0
    for box, outline, line in zip(area.boxes, area.polygons, area.lines, strict=True):
        place = Box.around(upright.points(box.corners))
        if column and place.bottom <= top:
            yield tuple(column)
            column = []
        column.append(Fragment(box, outline, line))
        top = place.top
    if column:
        yield tuple(column)
