from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import EngineError
from align.model import Box, Line, Polygon, Transform, Word
from align.ocr import Engine, RecordedEngine, evidence, has_words, image_digest, legibility, mapped, without_dirt

BOUNDS = Box(0, 0, 1000, 800)


def word(text: str, confidence: float = 0.9, box: Box | None = None) -> Word:
    place = box or Box(100, 100, 200, 130)
    return Word(text, place, Polygon(place.corners), confidence)


def line(*words: Word) -> Line:
    return Line(words, Polygon(Box.union(w.box for w in words).corners))


def test_a_recording_is_found_by_pixels_and_languages() -> None:
    """A recorded engine gives back what was recorded for this image in these languages, and nothing for another."""
    image, lines = np.zeros((4, 6), np.uint8), (line(word("да")),)
    engine = RecordedEngine({image_digest(image, languages=("ru",)): lines})
    assert isinstance(engine, Engine)
    assert engine.read(image, languages=("ru",), dpi=300) == lines
    for other, languages in ((image, ("en",)), (image.T, ("ru",)), (image + np.uint8(1), ("ru",))):
        with pytest.raises(EngineError):
            engine.read(other, languages=languages, dpi=300)


@given(dx=st.integers(-50, 50), dy=st.integers(-50, 50), angle=st.sampled_from([0, 90, 180, 270]))
def test_words_keep_their_size_under_turns_and_shifts(dx: int, dy: int, angle: int) -> None:
    """Mapped by a quarter turn and a shift, a word's box is the same box elsewhere, and its polygon's box."""
    transform = Transform.turn(angle, (500, 400)).then(Transform.shift(dx, dy))
    box = Box(480, 390, 540, 410)
    ((moved,),) = (found.words for found in mapped((line(word("a", box=box)),), transform, BOUNDS))
    sides = (box.width, box.height) if angle in (0, 180) else (box.height, box.width)
    assert (moved.box.width, moved.box.height) == sides
    assert moved.box == moved.polygon.box


def test_what_leaves_the_scan_is_clipped_or_dropped() -> None:
    """Places are cut at the scan's edge; words wholly outside are gone, and lines without words."""
    lines = (
        line(word("in", box=Box(10, 10, 60, 30)), word("out", box=Box(2000, 10, 2050, 30))),
        line(word("gone", box=Box(0, 2000, 50, 2030))),
        line(word("edge", box=Box(980, 10, 1060, 30))),
    )
    kept = mapped(lines, Transform(), BOUNDS)
    assert [x.text for x in kept] == ["in", "edge"]
    assert kept[1].box == Box(980, 10, 1000, 30)


def test_legibility_weighs_letters() -> None:
    """A long sure word outweighs a short doubted one; nothing read is legibility 0."""
    assert legibility((line(word("a" * 9, 1.0), word("b", 0.0)),)) == pytest.approx(0.9)
    assert legibility(()) == 0.0
    assert evidence((line(word("abcd", 0.5)),)) == pytest.approx(1.0)


def test_only_sure_dirt_is_dropped() -> None:
    """A doubted mark and a hardly believed letter go; a dash that is sure, a page number and doubted words stay."""
    stay = (line(word("—", 0.9)), line(word("5", 0.6)), line(word("слово", 0.1)))
    dirt = (line(word("|", 0.2)), line(word("i", 0.1)))
    assert without_dirt(stay + dirt) == stay
    assert has_words(stay[:2]) is False
    assert has_words((line(word("да", 0.9)),)) is True


@given(side=st.floats(0.5, 9), angle=st.sampled_from([0, 90, 180, 270]))
def test_words_become_longer_along_their_line(side: float, angle: int) -> None:
    """Given a side, a word grows by it at either end of its line, whichever way up the page was, and not in height."""
    transform = Transform.turn(angle, (500, 400))
    ((plain,),) = (found.words for found in mapped((line(word("a", box=Box(480, 390, 540, 410))),), transform, BOUNDS))
    ((moved,),) = (
        found.words
        for found in mapped((line(word("a", box=Box(480, 390, 540, 410))),), transform, BOUNDS, side_bearing=side)
    )
    (left, top), (right, bottom) = moved.polygon.points[0], moved.polygon.points[2]
    (old_left, old_top), (old_right, old_bottom) = plain.polygon.points[0], plain.polygon.points[2]
    grown = abs(right - left) - abs(old_right - old_left), abs(bottom - top) - abs(old_bottom - old_top)
    assert grown == pytest.approx((2 * side, 0) if angle in (0, 180) else (0, 2 * side))
