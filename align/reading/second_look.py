"""Words in doubt looked at once more: cut out of the scan by themselves, and read at several sizes.

Where the engine misread a word, it mostly reads it otherwise when the word is larger, or in black and white. What the
page really has is read alike each time. All words of a page are read in one call of the engine. Each language of the
engine learnt digits from other print, so numbers are read in a second language too.

Example: the page reads "mearnations", and the text has "incarnations". The second look reads "incarnations" each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from align.errors import MissingDependencyError
from align.imaging import IMAGING, ImagingTuning, WordStrip, piled, undithered, word_strip
from align.model import Box, Frame, Line, Polygon, Reading, Word, WordsInDoubt
from align.model.language import primary
from align.ocr import BlockReader, Engine
from align.pixels import Pixels
from align.tuning.reading import READING, ReadingTuning

# Digits are alike in all languages. The engine's data of this one is nearly always installed.
DIGITS_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, eq=False)
class _Strip:
    """The image of a part of a doubt at one size: the numbers of the two, and the place of the words on the scan."""

    doubt: int
    size: int
    place: Box
    image: WordStrip


def look_again(
    pixels: Pixels,
    frame: Frame,
    doubts: Sequence[WordsInDoubt],
    *,
    engine: Engine,
    language: str,
    tuning: ReadingTuning = READING,
    imaging: ImagingTuning = IMAGING,
) -> Reading | None:
    """What the words in doubt are read as at the sizes of `tuning`; None where the engine reads no blocks.

    Each line of the reading is what was read for one of the doubts at one size. Its region is the number of the doubt,
    from 0. A doubt for which nothing was read at some size has a line less. Numbers are read in English too, where that
    language is installed.
    """
    if not isinstance(engine, BlockReader):
        return None
    strips = list(_strips(undithered(pixels, tuning=imaging), doubts, tuning, imaging))
    numbers = [strip for strip in strips if _is_number(doubts[strip.doubt])]
    lines = list(_read(strips, doubts, engine, language, tuning))
    if primary(language) != DIGITS_LANGUAGE:
        with suppress(MissingDependencyError):
            lines += _read(numbers, doubts, engine, DIGITS_LANGUAGE, tuning)
    return Reading(frame, "ok" if lines else "blank", language, tuple(lines), "second-look", engine.name)


def _read(
    strips: Sequence[_Strip], doubts: Sequence[WordsInDoubt], engine: BlockReader, language: str, tuning: ReadingTuning
) -> Iterator[Line]:
    """A line for each doubt and size of these strips of which all was read, in one call of the engine."""
    if not strips:
        return
    sheet, boxes = piled([strip.image for strip in strips], gap=tuning.look_gap)
    found = engine.read_block(sheet, languages=(language,), dpi=tuning.look_dpi)
    words = [word for line in found for word in line.words]
    read: dict[tuple[int, int], list[list[Word]]] = defaultdict(list)
    for strip, box in zip(strips, boxes, strict=True):
        inside = sorted((w for w in words if _is_inside(w.box, box, tuning)), key=lambda w: w.box.left)
        place = Polygon(strip.place.corners)
        read[strip.doubt, strip.size].append([replace(w, box=strip.place, polygon=place) for w in inside])
    for (number, _), parts in read.items():
        # A word divided at a line end has two strips; what was read in only one of them says nothing.
        if len(parts) == len(doubts[number]) and all(parts):
            line = tuple(word for part in parts for word in part)
            yield Line(line, Polygon(Box.union(word.box for word in line).corners), region=number)


def _strips(
    pixels: Pixels, doubts: Sequence[WordsInDoubt], tuning: ReadingTuning, imaging: ImagingTuning
) -> Iterator[_Strip]:
    """The strips of each doubt, at each size."""
    sizes = [*((height, False) for height in tuning.look_heights), (tuning.look_black_height, True)]
    for number, doubt in enumerate(doubts):
        for size, (height, black) in enumerate(sizes):
            for part in doubt:
                words = [word.polygon for word in part.line.words]
                image = word_strip(pixels, words, part.first, part.end, height=height, black=black, tuning=imaging)
                if image is not None:
                    yield _Strip(number, size, part.box, image)


def _is_number(doubt: WordsInDoubt) -> bool:
    """Whether all that was read has digits and no letters."""
    texts = [word.text for part in doubt for word in part.line.words[part.first : part.end]]
    return all(any(c.isdigit() for c in text) and not any(c.isalpha() for c in text) for text in texts)


def _is_inside(word: Box, strip: Box, tuning: ReadingTuning) -> bool:
    """Whether a word of the pile is one of the strip's own words, and not a neighbour of them."""
    middle = (word.top + word.bottom) / 2
    shared = min(word.right, strip.right) - max(word.left, strip.left)
    return strip.top <= middle < strip.bottom and shared > tuning.look_share * min(word.width, strip.width)
