"""Tuned numbers of existing OCR: another instance given at the entry reaches every use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from support.tuning_watch import numbers_read

from align.ocr.existing.building.drafts import Draft, DraftRegion
from align.ocr.existing.building.page_building import built_page
from align.ocr.existing.stated import Outline, Piece, rectangle
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning
from align.tuning.numbers import numbers

LETTER, HEIGHT = 10.0, 20.0
SIZE = (1000.0, 1400.0)


def place(left: float, top: float, letters: int, height: float = HEIGHT) -> Outline:
    """A place of so many letters."""
    found = rectangle(left, top, LETTER * letters, height)
    assert found is not None
    return found


def pieces(text: str, top: float, left: float = 100) -> list[Piece]:
    """The words of a line that begins there."""
    made = []
    for word in text.split():
        made.append(Piece(word, place(left, top, len(word))))
        left += LETTER * (len(word) + 1)
    return made


def line(text: str, top: float, *, corrected: str = "", more: Sequence[Piece] = ()) -> Draft:
    """A line with its words and more pieces, and a text of its own where it was corrected."""
    return Draft([*pieces(text, top), *more], place(100, top, len(text)), corrected)


def page() -> list[Draft]:
    """Lines that each have something to judge: corrected words, places that cannot be, baselines, blocks."""
    long = "The harbour was quiet when we came down"
    return [
        line("Thc horbour was", 100, corrected="The harbour was"),
        line("Thc horbour was qui et", 140, corrected="The harbour was so quiet", more=[Piece("", place(400, 140, 5))]),
        line(long, 180, more=[Piece("hill", place(500, 100, 4, 120)), Piece("again", place(60, 180, 60))]),
        line(long, 220, more=[Piece("and", place(300, 900, 3)), Piece("hill", place(900, 220, 4))]),
        line(long, 260, more=[Piece("without")]),
        Draft(text=long, baseline=((100.0, 320.0), (490.0, 320.0))),
        Draft(text=long, outline=place(100, 340, 90), baseline=((100.0, 360.0), (490.0, 360.0))),
        Draft(text=f"{long} {long} {long}", outline=place(700, 400, 12, 400)),
    ]


def test_only_the_tuning_passed_is_read():
    """Building a page uses the numbers that it is given, and pages together use all of them."""
    tuning, long = ExistingOcrTuning(), "The harbour was quiet when we came down"
    lacking = {1: DraftRegion(place(100, 90, 80, 900), f"First a line.\n{'And another that lines lack. ' * 9}")}
    within = [replace(draft, within=frozenset({1})) for draft in page()[:2]]
    with numbers_read(ExistingOcrTuning) as read:
        built_page(page(), {}, SIZE, tuning=tuning)
        built_page(within, lacking, SIZE, tuning=tuning)
        built_page([line(long, 100), Draft(text=long), Draft(pieces(long, 180))], {}, SIZE, tuning=tuning)
        built_page([line(long, top) for top in (100, 140, 180)], {}, (1000.0, 130.0), tuning=tuning)
        built_page([Draft(text="Alone", baseline=((100.0, 320.0), (490.0, 320.0)))], {}, SIZE, tuning=tuning)
    assert read.keys() == {id(tuning)}
    assert read[id(tuning)] == {number.name for number in numbers(tuning)}


def test_another_number_changes_what_is_believed():
    """A word as high as four lines has no place by the usual numbers, and one by others."""
    drafts = [line("The harbour was quiet", 180, more=[Piece("hill", place(320, 170, 4, 80))])]
    assert built_page(drafts, {}, SIZE).misplaced == ("hill",)
    assert built_page(drafts, {}, SIZE, tuning=replace(EXISTING_OCR, tower=5.0)).misplaced == ()
