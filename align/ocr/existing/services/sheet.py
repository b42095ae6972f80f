"""A page of Google's services, whose places are pixels or shares of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.ocr.existing.building.drafts import DraftRegion
from align.ocr.existing.rows import Row, page_of_rows
from align.ocr.existing.services.json_values import corners, items, size, sureness
from align.ocr.existing.stated import Outline, Piece, StatedPage, around

# A page without a size has this width and height, if its places are shares of it.
WHOLE = 100_000.0
# Why a page fails that is not blank, although no word of it has letters.
UNPLACED = "has the text of a page and no words of it, so that it cannot be placed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size as stated, None where it is not: pixels of an image, points of a PDF."""

    width: float | None
    height: float | None

    @staticmethod
    def of(stated: object) -> Sheet:
        """The size in the fields `width` and `height`."""
        return Sheet(size(stated, 1, "width"), size(stated, 1, "height"))

    def outline(self, box: object) -> Outline | None:
        """The corners of a box: by shares of the page where these are stated, as for pages of files; else by pixels."""
        across, down = self._sides()
        return corners(items(box, "normalizedVertices"), across, down) or corners(items(box, "vertices"))

    def page(
        self, rows: Sequence[Row], boxes: Iterable[object], said: str, regions: Mapping[int, DraftRegion] | None = None
    ) -> StatedPage:
        """The page with these rows; `boxes` are those of its parts, `said` is its text, `regions` its blocks."""
        placeless = not any(block.outline is not None for block in (regions or {}).values())
        if said.strip() and placeless and not any(row.says_something() for row in rows):
            return StatedPage(None, None, (), fault=UNPLACED)
        if self._sized():
            return page_of_rows(rows, self.width, self.height, regions=regions, said=said)
        if any(items(box, "normalizedVertices") for box in boxes):
            return page_of_rows(rows, WHOLE, WHOLE, relative=True, regions=regions, said=said)
        return page_of_rows(rows, None, None, regions=regions, said=said)

    def _sized(self) -> bool:
        return self.width is not None and self.height is not None

    def _sides(self) -> tuple[float, float]:
        return (WHOLE, WHOLE) if self.width is None or self.height is None else (self.width, self.height)


def joined(first: Piece, second: Piece) -> Piece:
    """Two pieces that touch as one; it is as sure as the longer of both, because a comma says nothing of its word."""
    places = [piece.outline for piece in (first, second) if piece.outline is not None]
    longer = max((first, second), key=lambda piece: len(piece.text))
    outline = around(places) if places else None
    return Piece(first.text + second.text, outline, longer.confidence, absurd=outline is None and longer.absurd)


def stated_sureness(element: object) -> float | None:
    """The confidence of a word; 0 is what Google's programs write where none is stated."""
    return sureness(element, 1) or None
