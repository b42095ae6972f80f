"""Pages built from rows: a row is what a file states of one line, whatever the format, before it becomes a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from align.model import Rotation
from align.ocr.existing.building.drafts import Draft, DraftRegion, turn_along, turn_by_words
from align.ocr.existing.building.page_building import built_page
from align.ocr.existing.stated import Outline, Piece, StatedPage


@dataclass(frozen=True, slots=True)
class Row:
    """A line as stated: its words as pieces, its place, its block, and the turn and language stated for it.

    `turn`: the clockwise turn that makes the line upright, where the file states one. `text`: what the file says that
    the whole line is, beside its words; it counts where both disagree.
    """

    pieces: Sequence[Piece]
    outline: Outline | None = None
    region: int = 1
    turn: Rotation | None = None
    language: str | None = None
    text: str = ""

    def says_something(self) -> bool:
        """Whether the row has a text, of its own or in its pieces."""
        return bool(self.text.strip()) or any(piece.text.strip() for piece in self.pieces)


def page_of_rows(
    rows: Iterable[Row],
    width: float | None,
    height: float | None,
    *,
    pixels: bool = True,
    relative: bool = False,
    fault: str | None = None,
    regions: Mapping[int, DraftRegion] | None = None,
    said: str = "",
) -> StatedPage:
    """The page with a line for each row that has text and a place; sizes and places are in the same unit.

    `regions`: the blocks that have a text of their own, by the numbers that rows name; such a block without lines is a
    row without words. `said`: the text of the whole page. What rows lack of these texts is put where there is room, or
    told.
    """
    blocks = {**({_PAGE: DraftRegion(text=said)} if said else {}), **(regions or {})}
    drafts = [_draft(row, blocks) for row in rows]
    turns = Counter(draft.turn for draft in drafts if draft.turn is not None)
    usual = turns.most_common(1)[0][0] if turns else None
    drafts = [replace(draft, turn=usual) if not draft.content else draft for draft in drafts]
    page = built_page(drafts, blocks, (width, height), pixels=pixels)
    return replace(page, relative=relative, fault=fault)


# The number of the whole page among the blocks, which begin at 1.
_PAGE = 0


def _draft(row: Row, blocks: Mapping[int, DraftRegion]) -> Draft:
    turn = turn_by_words(row.pieces)
    return Draft(
        row.pieces,
        row.outline,
        row.text,
        region=row.region,
        within=frozenset({_PAGE, row.region} & blocks.keys()),
        turn=row.turn if turn is None else turn,
        language=row.language,
    )


def turn_of_corners(outlines: Iterable[Outline | None]) -> Rotation | None:
    """The turn that makes most of these words upright, if their first corner is the reader's top left; else None.

    Google, Microsoft and Amazon list the corners of a word clockwise from there, whichever way the page lies.
    """
    votes = Counter(turn_along(o[0], o[1]) for o in outlines if o is not None and len(o) == 4)
    return votes.most_common(1)[0][0] if votes else None
