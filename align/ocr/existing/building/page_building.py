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
from align.ocr.existing.building.page_size import is_too_small
from align.ocr.existing.building.region_text import with_region_texts
from align.ocr.existing.building.repairs import on_page, repaired
from align.ocr.existing.building.usual_turn import with_usual_turn
from align.ocr.existing.line_building import Built, built_line
from align.ocr.existing.stated import Outline, Piece, StatedLine, StatedPage, around, clean, rectangle
from align.ocr.existing.stated_language import tag
from align.ocr.judge import letters_and_digits
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning


def built_page(
    drafts: Sequence[Draft],
    regions: Mapping[int, DraftRegion],
    size: tuple[float | None, float | None],
    *,
    pixels: bool = True,
    tuning: ExistingOcrTuning = EXISTING_OCR,
) -> StatedPage:
    """The page of these lines, in the order of reading; `size` is its width and height in the file's units.

    `regions` are those that have a text or an outline, by the numbers that the drafts name, outer before inner ones.
    """
    drafts = with_usual_turn(drafts, tuning)
    page = rectangle(0.0, 0.0, *size)
    built = _built(drafts, regions, size, page, pixels=pixels, tuning=tuning)
    if page is None or not is_too_small(drafts, page, tuning):
        return built
    return replace(built, in_pixels=_built(drafts, regions, (None, None), None, pixels=True, tuning=tuning))


def _built(
    drafts: Sequence[Draft],
    regions: Mapping[int, DraftRegion],
    size: tuple[float | None, float | None],
    page: Outline | None,
    *,
    pixels: bool,
    tuning: ExistingOcrTuning,
) -> StatedPage:
    regions = {
        n: replace(region, outline=on_page(region.outline, page) if region.outline else None)
        for n, region in regions.items()
    }
    stated, usual = repaired(with_region_texts(drafts, regions, tuning), page, tuning)
    beside = _surroundings(stated, regions, page)
    built = [_made(draft, around_it, tuning) for draft, around_it in zip(stated, beside, strict=True)]
    made = _once(list(_with_places(_inside(built, page), _Setting(regions, page, usual, tuning))))
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


def _surroundings(
    drafts: Sequence[Draft], regions: Mapping[int, DraftRegion], page: Outline | None
) -> list[Surroundings]:
    """What is said of the place of each line, but for its own outline and words."""
    places = [draft.outline for draft in drafts]
    boxes = Counter(around([place]) for place in places if place is not None)
    return [
        Surroundings(
            page,
            regions[draft.region].outline if draft.region in regions else None,
            draft.baseline,
            shared=draft.outline is not None and boxes[around([draft.outline])] > 1,
            places=places,
            number=n,
        )
        for n, draft in enumerate(drafts)
    ]


def _made(draft: Draft, around_it: Surroundings, tuning: ExistingOcrTuning) -> _Made:
    """The draft with its line: its own text at the places of its words, as far as they are believed."""
    pieces = fitted(draft.text, draft.pieces, tuning)
    built = built_line(
        pieces,
        draft.outline,
        region=draft.region,
        turn=turn_of(draft, tuning),
        around_it=around_it,
        sure=bool(clean(draft.text)),
        tuning=tuning,
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


def _once(made: Sequence[_Made]) -> list[_Made]:
    """The lines, each once; without a text of a region that a line at this place has too, as that of a catchword."""
    made = list({(m.built.line.box, m.draft.content) if m.built.line else n: m for n, m in enumerate(made)}.values())
    stated = [(m.built.line.box, f" {m.draft.content} ") for m in made if m.built.line and not m.draft.estimated]
    return [
        m
        for m in made
        if not (
            m.draft.estimated
            and m.built.line is not None
            and any(f" {m.draft.content} " in text and m.built.line.box.intersection(box) for box, text in stated)
        )
    ]


def _told(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split() if letters_and_digits(word))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all lines of a page have around them, what is usual for them, and the numbers by which they are placed."""

    regions: Mapping[int, DraftRegion]
    page: Outline | None
    usual: Type
    tuning: ExistingOcrTuning


@dataclass(frozen=True, slots=True)
class _Around:
    """What lines without a place are put between: the lines that have one, by their number in the order of reading."""

    lines: Mapping[int, tuple[int, Outline]]
    setting: _Setting

    def area(self, region: int) -> Outline | None:
        """The outline of a region, unless all its lines are elsewhere."""
        stated = self.setting.regions.get(region)
        area = stated.outline if stated else None
        own = [outline for number, outline in self.lines.values() if number == region]
        return None if area is None or (own and not any(holds(area, line) for line in own)) else area

    def neighbours(self, first: int, last: int, region: int | None) -> tuple[Outline | None, Outline | None]:
        """The lines before and after these numbers, of one region or of all."""
        before = [n for n, (own, _) in self.lines.items() if n < first and region in (own, None)]
        after = [n for n, (own, _) in self.lines.items() if n > last and region in (own, None)]
        return (self.lines[max(before)][1] if before else None, self.lines[min(after)][1] if after else None)


def _with_places(made: Sequence[_Made], setting: _Setting) -> Iterator[_Made]:
    """The lines; those without a place are put between the lines beside them, where there is room."""
    lines = {n: (m.draft.region, m.built.line.polygon.points) for n, m in enumerate(made) if m.built.line is not None}
    beside = _Around(lines, setting)
    for (lacking, _, _), group in groupby(
        range(len(made)), key=lambda n: (made[n].built.line is None, made[n].draft.region, made[n].draft.estimated)
    ):
        run = list(group)
        found = _put_between(made, run, beside) if lacking else []
        yield from found or [made[n] for n in run]


def _put_between(made: Sequence[_Made], run: Sequence[int], beside: _Around) -> list[_Made]:
    """The lines of these drafts that stand one after the other, between their neighbours; empty without room."""
    draft = made[run[0]].draft
    setting, tuning = beside.setting, beside.setting.tuning
    turn = turn_of(draft, tuning)
    area = beside.area(draft.region)
    sides = beside.neighbours(run[0], run[-1], draft.region if area is not None else None)
    if area is None and (draft.estimated or None not in sides):
        area = gap(*sides, setting.page, turn)
    if area is None:
        return []
    texts = [made[n].draft.content for n in run]
    rows = rows_between(area, texts, sides, turn, usual=setting.usual, whole=not draft.estimated, tuning=tuning)
    if draft.estimated:
        return [_laid(replace(draft, text=text), part, tuning) for text, part in rows]
    # Each draft is one row here. Its place was stated and cannot be used, or it states none.
    return [
        _laid(replace(made[n].draft, estimated=not made[n].draft.absurd), part, tuning, told=made[n].built.misplaced)
        for n, (_, part) in zip(run, rows, strict=False)
    ]


def _laid(draft: Draft, outline: Outline, tuning: ExistingOcrTuning, told: tuple[str, ...] = ()) -> _Made:
    """The draft as a line over this outline."""
    turn = turn_of(draft, tuning)
    built = built_line([Piece(draft.content)], outline, region=draft.region, turn=turn, tuning=tuning)
    return _Made(draft, replace(built, misplaced=told))
