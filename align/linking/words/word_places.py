"""Places of a line's words: boxes cut by the letters of their words, and words put into the room between boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.linking.words.text_words import Unit
from align.model import Box, Line, Rotation
from align.tuning.export import EXPORT, ExportTuning


@dataclass(frozen=True, slots=True)
class Direction:
    """How words follow one another on the scan: along x or along y, and towards lower numbers or higher ones."""

    along_x: bool = True
    backwards: bool = False

    @classmethod
    def of(cls, rotation: Rotation, text: str) -> Direction:
        """The direction of a text on a page that is turned clockwise by so many degrees to be read."""
        classes = [unicodedata.bidirectional(c) for c in text]
        right_to_left = sum(c in ("R", "AL") for c in classes) > classes.count("L")
        return cls(rotation in (0, 180), (rotation in (90, 180)) != right_to_left)

    def ends(self, box: Box) -> tuple[int, int]:
        """Where a box begins and ends along the line, in numbers that go up as the line is read."""
        low, high = (box.left, box.right) if self.along_x else (box.top, box.bottom)
        return (-high, -low) if self.backwards else (low, high)

    def part(self, box: Box, start: int, end: int) -> Box:
        """The box with these two ends along the line."""
        low, high = (-end, -start) if self.backwards else (start, end)
        return Box(low, box.top, high, box.bottom) if self.along_x else Box(box.left, low, box.right, high)

    def cut(self, box: Box, texts: Sequence[str]) -> list[Box]:
        """The parts of a box that belong to these texts, in proportion to their letters and the spaces between them.

        Where the box has not two pixels for each, each text gets all of it.
        """
        start, end = self.ends(box)
        if len(texts) == 1 or end - start < 2 * len(texts):
            return [box] * len(texts)
        total = sum(map(len, texts)) + len(texts) - 1
        parts = []
        at = 0
        for n, text in enumerate(texts):
            low = start + max(n, (end - start) * at // total)
            high = start + (end - start) * (at + len(text)) // total
            parts.append(self.part(box, min(low, end - 1), max(min(low, end - 1) + 1, high)))
            at += len(text) + 1
        return parts


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """A line with its direction and the usual width of its letters: it says where words of a text are on it."""

    line: Line
    direction: Direction
    letter: float
    tuning: ExportTuning

    @classmethod
    def of(cls, line: Line, rotation: Rotation, tuning: ExportTuning = EXPORT) -> WordPlaces:
        """The places on this line of a page that is turned clockwise by so much to be read."""
        direction = Direction.of(rotation, line.text)
        ends = [direction.ends(word.box) for word in line.words]
        width = sum(end - start for start, end in ends) / sum(len(word.text) for word in line.words)
        return cls(line, direction, width, tuning)

    def places(self, units: Sequence[Unit], texts: Sequence[str]) -> list[Box]:
        """A box for each of these texts; they are the tokens of the units, in order, and some unit has words read."""
        boxes: list[Box | None] = [None] * len(texts)
        for unit in units:
            if unit.read:
                whole = Box.union(self.line.words[n].box for n in unit.read)
                parts = self.direction.cut(whole, [texts[n] for n in unit.tokens])
                for n, part in zip(unit.tokens, parts, strict=True):
                    boxes[n] = part
        return self._filled(boxes, texts)

    def _filled(self, boxes: Sequence[Box | None], texts: Sequence[str]) -> list[Box]:
        """The boxes, with one for each text that had none."""
        known = [n for n, box in enumerate(boxes) if box is not None]
        result = [box or Box.union(b for b in boxes if b is not None) for box in boxes]
        for before, after in pairwise([-1, *known, len(boxes)]):
            missing = range(before + 1, after)
            if not missing:
                continue
            room = None
            if before >= 0 and after < len(boxes):
                room = self._between(result[before], result[after], [texts[n] for n in missing])
            if room is None:
                missing = range(before, after) if before >= 0 else range(after + 1)
                room = self.direction.cut(result[before if before >= 0 else after], [texts[n] for n in missing])
            result[missing.start : missing.stop] = room
        return result

    def _between(self, before: Box, after: Box, texts: Sequence[str]) -> list[Box] | None:
        """The boxes of these texts in the room between two boxes; None where it is too small."""
        space = round(self.letter / 2)
        start, end = self.direction.ends(before)[1] + space, self.direction.ends(after)[0] - space
        if end - start < max(2 * len(texts), self.tuning.room * self.letter * sum(map(len, texts))):
            return None
        return self.direction.cut(self.direction.part(Box.union([before, after]), start, end), texts)
