"""One scan read, from pixels to readings: cheap on good pages, stubborn on bad ones."""

from __future__ import annotations

from dataclasses import replace

from align.imaging import (
    IMAGING,
    ImagingTuning,
    find_frames,
    fitted_to_ink,
    is_blank,
    is_unevenly_lit,
    may_need_evening,
    overview_of,
    overview_of_frame,
    undithered,
)
from align.model import Frame, Reading, Rotation
from align.ocr import (
    OCR,
    BlockReader,
    Engine,
    OcrTuning,
    evidence,
    has_words,
    in_columns,
    legibility,
    mapped,
    without_dirt,
)
from align.pixels import Pixels
from align.reading.foreign_passages import with_passages
from align.reading.missed_lines import read_missed
from align.reading.side import Attempt, Tunings, WrittenSide
from align.reading.ways_up import better_way, which_side_up
from align.tuning.reading import READING, ReadingTuning


def read_scan(
    pixels: Pixels,
    *,
    engine: Engine,
    languages: tuple[str, ...],
    tuning: ReadingTuning = READING,
    imaging: ImagingTuning = IMAGING,
    ocr: OcrTuning = OCR,
) -> tuple[Reading, ...]:
    """One reading for each written side of the scan, in reading order, in scan pixels.

    `pixels`: with EXIF orientation applied; `languages`: BCP 47, those that the page may be in, the likelier first;
    `tuning`, `imaging`, `ocr`: the tuned numbers of the three packages. A good upright page in the first language costs
    one call of the engine.
    """
    if not languages:
        raise ValueError("reading needs a language")
    tunings = Tunings(tuning, imaging, ocr)
    pixels = undithered(pixels, tuning=imaging)
    overview = overview_of(pixels, tuning=imaging)
    frames = find_frames(pixels, overview=overview, tuning=imaging)
    readings: list[Reading] = []
    way_up: Rotation | None = None  # of the first side that is not blank: both sides of an opening lie alike
    for frame in frames:
        overview_of_side = overview if len(frames) == 1 else overview_of_frame(pixels, frame, tuning=imaging)
        if is_blank(overview_of_side, tuning=imaging):
            readings.append(_blank(frame, "plain", engine))
            continue
        side = WrittenSide(pixels, overview_of_side, engine, languages[: tuning.most_languages], tunings)
        turned = frame if way_up is None else replace(frame, rotation=way_up)
        reading = _read_side(side, turned, turn_known=way_up is not None)
        readings.append(reading)
        way_up = way_up if reading.status == "blank" else reading.frame.rotation
    return _in_reading_order(tuple(readings), frames=frames, way_up=way_up)


def _in_reading_order(
    readings: tuple[Reading, ...], *, frames: tuple[Frame, ...], way_up: Rotation | None
) -> tuple[Reading, ...]:
    """The left page first: the sides change places where the opening lies the other way up than its frames say."""
    if way_up is None:
        return readings
    turned = tuple(replace(r, frame=replace(r.frame, rotation=way_up)) if r.status == "blank" else r for r in readings)
    return turned if way_up == frames[0].rotation else turned[::-1]


def _read_side(side: WrittenSide, frame: Frame, *, turn_known: bool) -> Reading:
    """The best reading of one written side, judged by the engine's own confidence."""
    ocr = side.tunings.ocr
    best = _best_attempt(side, frame, turn_known=turn_known)
    lines = best.lines
    if isinstance(side.engine, BlockReader) and has_words(lines, tuning=ocr):
        # Dirt counts as unread: a faint page number may be in it.
        lines = read_missed(
            best.prepared,
            without_dirt(lines, tuning=ocr),
            engine=side.engine,
            languages=best.languages,
            tunings=side.tunings,
        )
    lines = without_dirt(lines, tuning=ocr)
    unread = not has_words(lines, tuning=ocr) or legibility(lines) < side.tunings.reading.legible
    if not lines or (unread and side.overview.letters.faint):
        return _blank(best.frame, best.prepared.steps, side.engine)
    lines = fitted_to_ink(in_columns(lines, tuning=ocr), best.prepared, tuning=side.tunings.imaging)
    in_scan = mapped(lines, best.prepared.to_scan, best.frame.box, side_bearing=best.prepared.side_bearing)
    return Reading(best.frame, "ok", best.languages[0], in_scan, best.prepared.steps, side.engine.name)


def _blank(frame: Frame, steps: str, engine: Engine) -> Reading:
    return Reading(frame, "blank", None, (), steps, engine.name)


def _best_attempt(side: WrittenSide, frame: Frame, *, turn_known: bool) -> Attempt:
    """The full reading of one side in the way up, the languages and the light in which it reads best."""
    way_up, language = frame, side.languages[0]
    if frame.rotation in (90, 270) and not turn_known:
        way_up, language = which_side_up(side, frame)
    best = side.attempt(way_up, (language,))
    if legibility(best.lines) < side.tunings.reading.good:
        better = better_way(side, best)
        if better is not None:
            best = side.attempt(better[0], (better[1],))
    return with_passages(side, _evened_or_not(side, best))


def _evened_or_not(side: WrittenSide, attempt: Attempt) -> Attempt:
    """The attempt, or one with its light evened where it was not, or not evened where it was: the surer one."""
    tuning, imaging = side.tunings.reading, side.tunings.imaging
    legible = tuning.good <= legibility(attempt.lines) < tuning.well_read
    if not legible or not may_need_evening(side.overview, tuning=imaging):
        return attempt
    even = not is_unevenly_lit(side.overview, tuning=imaging)
    alternative = side.attempt(attempt.frame, attempt.languages, even=even)
    return alternative if evidence(alternative.lines) > evidence(attempt.lines) else attempt
