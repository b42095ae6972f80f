"""A page built from the drafts of its lines and regions, the same for all formats.

Each word, line and region is judged by itself: what is wrong with one never spoils those beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.model import Box
from align.ocr.existing.building.between import Type, gap, rows_between
from align.ocr.existing.building.claims import Surroundings, holds
from align.ocr.existing.building.drafts import Draft, DraftRegion, turn_of
from align.ocr.existing.building.fitting import fitted
from align.ocr.existing.building.region_text import with_region_texts
from align.ocr.existing.building.repairs import repaired
from align.ocr.existing.line_building import Built, built_line
from align.ocr.existing.stated import Outline, Piece, StatedLine, StatedPage, around, clean, rectangle
from align.ocr.existing.stated_language import tag
from align.ocr.judge import letters_and_digits


def built_page(
    drafts: Sequence[Draft],
    regions: Mapping[int, DraftRegion],
    size: tuple[float | None, float | None],
    *,
    pixels: bool = True,
) -> StatedPage:
    """The page of these lines, in the order of reading; `size` is its width and height in the file's units.

    `regions` are those that have a text or an outline, by the numbers that the drafts name, outer before inner ones.
    """
    page = rectangle(0.0, 0.0, *size)
    stated, usual = repaired(with_region_texts(drafts, regions), page)
    boxes = Counter(around([draft.outline]) for draft in stated if draft.outline is not None)
    made = _inside([_made(draft, regions, page, boxes) for draft in stated], page)
    made = list(_with_places(made, regions, page, usual))
    return StatedPage(
        *size,
        tuple(
            StatedLine(line.built.line, line.draft.turn, tag(line.draft.language))
            for line in made
            if line.built.line is not None
        ),
        pixels=pixels,
        misplaced=tuple(word for line in made for word in line.built.misplaced if not line.draft.estimated),
        estimated=tuple(m.draft.content for m in made if m.draft.estimated and m.built.line is not None),
        unused=tuple(m.draft.content for m in made if m.draft.estimated and m.built.line is None),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """A draft with the line that it became, None where it has no place."""

    draft: Draft
    built: Built


def _made(
    draft: Draft, regions: Mapping[int, DraftRegion], page: Outline | None, boxes: Mapping[Outline, int]
) -> _Made:
    """The draft with its line: its own text at the places of its words, as far as they are believed."""
    region = regions.get(draft.region)
    surroundings = Surroundings(
        page,
        region.outline if region else None,
        draft.baseline,
        shared=draft.outline is not None and boxes[around([draft.outline])] > 1,
    )
    pieces = fitted(draft.text, draft.pieces)
    built = built_line(
        pieces,
        draft.outline,
        region=draft.region,
        turn=turn_of(draft),
        around_it=surroundings,
        sure=bool(clean(draft.text)),
    )
    return _Made(draft, built)


def _inside(made: Sequence[_Made], page: Outline | None) -> list[_Made]:
    """The lines; those outside of the page have no place, unless most of the page is there: then its size is wrong."""
    if page is None:
        return list(made)
    bounds = Box.around(page)
    outside = {
        n for n, m in enumerate(made) if m.built.line is not None and m.built.line.box.intersection(bounds) is None
    }
    words = [len(m.built.line.words) if m.built.line else 0 for m in made]
    if 2 * sum(words[n] for n in outside) > sum(words):
        return list(made)
    return [
        _Made(replace(m.draft, absurd=True), Built(None, _told(m.draft.content))) if n in outside else m
        for n, m in enumerate(made)
    ]


def _told(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split() if letters_and_digits(word))


def _with_places(
    made: Sequence[_Made], regions: Mapping[int, DraftRegion], page: Outline | None, usual: Type
) -> Iterator[_Made]:
    """The lines; those without a place are put between the lines beside them, where there is room."""
    for (lacking, _, _), group in groupby(
        range(len(made)), key=lambda n: (made[n].built.line is None, made[n].draft.region, made[n].draft.estimated)
    ):
        run = list(group)
        found = _put_between(made, run, regions, page, usual) if lacking else []
        yield from found or [made[n] for n in run]


def _put_between(
    made: Sequence[_Made], run: Sequence[int], regions: Mapping[int, DraftRegion], page: Outline | None, usual: Type
) -> list[_Made]:
    """The lines of these drafts that stand one after the other, between their neighbours; empty without room."""
    draft = made[run[0]].draft
    turn = turn_of(draft)
    region = regions.get(draft.region)
    area = region.outline if region else None
    lines = [(n, m.draft.region, m.built.line) for n, m in enumerate(made) if m.built.line is not None]
    own = [line.box.corners for _, number, line in lines if number == draft.region]
    if area is not None and own and not any(holds(area, line) for line in own):
        area = None
    if area is not None:
        lines = [(n, number, line) for n, number, line in lines if number == draft.region]
    before = next((line.polygon.points for n, _, line in reversed(lines) if n < run[0]), None)
    after = next((line.polygon.points for n, _, line in lines if n > run[-1]), None)
    if area is None and (draft.estimated or (before and after)):
        area = gap(before, after, page, turn)
    if area is None:
        return []
    rows = rows_between(
        area,
        [made[n].draft.content for n in run],
        (before, after),
        turn,
        usual=usual,
        whole=not draft.estimated,
    )
    if draft.estimated:
        return [_laid(replace(draft, text=text), part) for text, part in rows]
    # Each draft is one row here. Its place was stated and cannot be used, or it states none.
    return [
        _laid(replace(made[n].draft, estimated=not made[n].draft.absurd), part, told=made[n].built.misplaced)
        for n, (_, part) in zip(run, rows, strict=False)
    ]


def _laid(draft: Draft, outline: Outline, told: tuple[str, ...] = ()) -> _Made:
    """The draft as a line over this outline."""
    built = built_line([Piece(draft.content)], outline, region=draft.region, turn=turn_of(draft))
    return _Made(draft, replace(built, misplaced=told))
