"""One written side of a scan and what it is read with: full readings of it, and trials on a part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from align.imaging import ImagingTuning, Overview, Prepared, cut, prepare, quarter_turned
from align.model import Box, Frame, Line, Rotation
from align.ocr import Engine, OcrTuning
from align.pixels import Pixels
from align.tuning.reading import ReadingTuning


@dataclass(frozen=True, slots=True)
class Tunings:
    """The tuned numbers of all that takes part in reading a scan."""

    reading: ReadingTuning
    imaging: ImagingTuning
    ocr: OcrTuning


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """One full reading of a written side: the frame with the way up, the languages, and the lines as read.

    The lines are in pixels of the prepared image.
    """

    frame: Frame
    languages: tuple[str, ...]
    prepared: Prepared
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WrittenSide:
    """One written side of a scan, with the engine and the languages (BCP 47, the likelier first) to read it with.

    `pixels`: the whole scan; `overview`: of this side alone.
    """

    pixels: Pixels
    overview: Overview
    engine: Engine
    languages: tuple[str, ...]
    tunings: Tunings

    def prepared(self, frame: Frame, *, even: bool | None = None) -> Prepared:
        """The working image of this side; `frame` says which way is up, `even` whether light is evened."""
        return prepare(self.pixels, frame, overview=self.overview, even=even, tuning=self.tunings.imaging)

    def attempt(self, frame: Frame, languages: tuple[str, ...], *, even: bool | None = None) -> Attempt:
        """A full reading of this side, the way up that `frame` says, in these languages."""
        prepared = self.prepared(frame, even=even)
        lines = self.engine.read(prepared.image, languages=languages, dpi=prepared.dpi)
        return Attempt(frame, languages, prepared, lines)

    def trial(self, prepared: Prepared, band: Box, *, language: str, half_turn: bool = False) -> tuple[Line, ...]:
        """The lines of a part of the working image, as it is or upside down."""
        part, _ = cut(prepared.image, band)
        turned, _ = quarter_turned(part, 180 if half_turn else 0)
        return self.engine.read(turned, languages=(language,), dpi=prepared.dpi)


def half_turned(frame: Frame) -> Frame:
    """The frame the other way up."""
    opposite: dict[Rotation, Rotation] = {0: 180, 90: 270, 180: 0, 270: 90}
    return replace(frame, rotation=opposite[frame.rotation])
