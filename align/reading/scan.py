"""One scan read, from pixels to readings: cheap on good pages, stubborn on bad ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from align.imaging import (
    Prepared,
    Survey,
    cut,
    evening_is_open,
    find_frames,
    fitted_to_ink,
    is_blank,
    is_uneven,
    prepare,
    quarter_turned,
    survey,
    survey_frame,
)
from align.model import Box, Frame, Line, Reading, Rotation
from align.ocr import BlockReader, Engine, evidence, has_words, in_columns, legibility, mapped, without_dirt
from align.pixels import Pixels
from align.reading.missed_lines import read_missed

# A page read above this is in its language and upright: wrong ones stay under 0.45, see docs/decisions/preparation.md.
_GOOD = 0.6
# Pale marks read less surely than this are the other side's print.
_LEGIBLE = 0.45
# Typescripts read above this had 3 errors in 100 letters or fewer: below, another preparation is tried.
_WELL = 0.9
# A trial this sure ends the search.
_SURE = 0.75
# Another language or way up must be this much surer, and have read this many times as much, to be preferred.
_SURER, _MORE = 0.12, 1.3
# More languages than these are not tried on one page.
_MOST_LANGUAGES = 3
# A passage in another language: this many letters in lines below this confidence, read this surely in the other.
_PASSAGE_LETTERS, _PASSAGE_DOUBT = 30, 0.5
# Where letters have their nearest neighbour beside them less often, the direction of the lines is open.
_DIRECTION_OPEN = 0.65


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One full read of a frame."""

    frame: Frame
    languages: tuple[str, ...]
    prepared: Prepared
    lines: tuple[Line, ...]


def read_scan(pixels: Pixels, *, engine: Engine, languages: tuple[str, ...]) -> tuple[Reading, ...]:
    """One reading for each written side of the scan, in reading order, in scan pixels.

    `pixels`: uint8, (height, width) or (height, width, 3) RGB, EXIF orientation applied; `languages`: BCP 47, those
    the page may be in, the likelier first. A good upright page in the first language costs one call of the engine.
    """
    if not languages:
        raise ValueError("reading needs a language")
    tried = languages[:_MOST_LANGUAGES]
    whole = survey(pixels)
    frames = find_frames(pixels, surveyed=whole)
    readings: list[Reading] = []
    found: Rotation | None = None
    for frame in frames:
        seen = whole if len(frames) == 1 else survey_frame(pixels, frame)
        if is_blank(seen):
            readings.append(Reading(frame, "blank", None, (), "plain", engine.name))
            continue
        first = frame if found is None else replace(frame, rotation=found)
        reading = _read_frame(pixels, first, seen=seen, engine=engine, languages=tried, turn_known=found is not None)
        readings.append(reading)
        found = found if reading.status == "blank" else reading.frame.rotation
    return _in_order(tuple(readings), frames=frames, rotation=found)


def _in_order(
    readings: tuple[Reading, ...], *, frames: tuple[Frame, ...], rotation: Rotation | None
) -> tuple[Reading, ...]:
    """Left page first as one reads the opening: the other way round where it lay the other way up than supposed."""
    if rotation is None:
        return readings
    settled = tuple(
        replace(r, frame=replace(r.frame, rotation=rotation)) if r.status == "blank" else r for r in readings
    )
    return settled if rotation == frames[0].rotation else settled[::-1]


def _read_frame(
    pixels: Pixels, frame: Frame, *, seen: Survey, engine: Engine, languages: tuple[str, ...], turn_known: bool
) -> Reading:
    """The best reading of one written side, by the engine's own confidence."""
    start, language = frame, languages[0]
    if frame.rotation in (90, 270) and not turn_known:
        start, language = _which_side_up(pixels, frame, seen=seen, engine=engine, languages=languages)
    best = _attempt(pixels, start, seen=seen, engine=engine, languages=(language,))
    if legibility(best.lines) < _GOOD:
        other = _better_way(pixels, best, seen=seen, engine=engine, languages=languages)
        if other is not None:
            best = _attempt(pixels, other[0], seen=seen, engine=engine, languages=(other[1],))
    best = _evened_or_not(best, pixels, seen=seen, engine=engine)
    best = _with_passages(best, pixels, seen=seen, engine=engine, languages=languages)
    found = best.lines
    if isinstance(engine, BlockReader) and has_words(found):
        # What is taken for dirt counts as unread: a faint page number may be in it.
        found = read_missed(best.prepared, without_dirt(found), engine=engine, languages=best.languages)
    lines = without_dirt(found)
    unread = not has_words(lines) or legibility(lines) < _LEGIBLE
    if not lines or (unread and seen.letters.faint):
        return Reading(best.frame, "blank", None, (), best.prepared.steps, engine.name)
    lines = fitted_to_ink(in_columns(lines), best.prepared)
    in_scan = mapped(lines, best.prepared.to_scan, best.frame.box, side=best.prepared.side)
    return Reading(best.frame, "ok", best.languages[0], in_scan, best.prepared.steps, engine.name)


def _evened_or_not(attempt: _Attempt, pixels: Pixels, *, seen: Survey, engine: Engine) -> _Attempt:
    """The attempt, or one with the light evened where it was not and the reverse, whichever reads surer."""
    if not _GOOD <= legibility(attempt.lines) < _WELL or not evening_is_open(seen):
        return attempt
    even = not is_uneven(seen)
    other = _attempt(pixels, attempt.frame, seen=seen, engine=engine, languages=attempt.languages, even=even)
    return other if evidence(other.lines) > evidence(attempt.lines) else attempt


def _attempt(
    pixels: Pixels,
    frame: Frame,
    *,
    seen: Survey,
    engine: Engine,
    languages: tuple[str, ...],
    even: bool | None = None,
) -> _Attempt:
    prepared = prepare(pixels, frame, surveyed=seen, even=even)
    lines = engine.read(prepared.image, languages=languages, dpi=prepared.dpi)
    return _Attempt(frame, languages, prepared, lines)


def _trial(
    prepared: Prepared, band: Box, *, half_turn: bool, engine: Engine, languages: tuple[str, ...]
) -> tuple[Line, ...]:
    """The lines of a part of the working image, as it stands or upside down."""
    part, _ = cut(prepared.image, band)
    turned, _ = quarter_turned(part, 180 if half_turn else 0)
    return engine.read(turned, languages=languages, dpi=prepared.dpi)


def _which_side_up(
    pixels: Pixels, frame: Frame, *, seen: Survey, engine: Engine, languages: tuple[str, ...]
) -> tuple[Frame, str]:
    """The way up and the language in which a sideways page reads best, tried on a part of it."""
    prepared = prepare(pixels, frame, surveyed=seen)
    best: tuple[Frame, str] = (frame, languages[0])
    best_lines: tuple[Line, ...] = ()
    for language in languages:
        for half_turn in (False, True):
            lines = _trial(prepared, prepared.band, half_turn=half_turn, engine=engine, languages=(language,))
            if evidence(lines) > evidence(best_lines):
                best, best_lines = (_half_turned(frame) if half_turn else frame, language), lines
            if legibility(lines) >= _SURE:
                return best
        if legibility(best_lines) >= _GOOD:
            break
    return best


def _better_way(
    pixels: Pixels, attempt: _Attempt, *, seen: Survey, engine: Engine, languages: tuple[str, ...]
) -> tuple[Frame, str] | None:
    """Another language or way up in which a part of the page reads clearly better, or None."""
    prepared, frame = attempt.prepared, attempt.frame
    here = tuple(line for line in attempt.lines if line.box.intersection(prepared.band))
    now, amount = legibility(here), evidence(here)
    used = attempt.languages[0]
    ways = [(frame, prepared, False, tag) for tag in languages if tag != used]
    ways += [(_half_turned(frame), prepared, True, tag) for tag in languages]
    if seen.letters.upright_share < _DIRECTION_OPEN and frame.rotation in (0, 180):
        side = replace(frame, rotation=90)
        aside = prepare(pixels, side, surveyed=seen)
        ways += [(side, aside, False, tag) for tag in languages]
        ways += [(_half_turned(side), aside, True, tag) for tag in languages]
    best: tuple[Frame, str] | None = None
    for way, image, half_turn, tag in ways:
        lines = _trial(image, image.band, half_turn=half_turn, engine=engine, languages=(tag,))
        sure = legibility(lines)
        if sure > now + _SURER and evidence(lines) > _MORE * amount:
            best, now, amount = (way, tag), sure - _SURER, evidence(lines) / _MORE
        if sure >= _SURE:
            break
    return best


def _with_passages(
    attempt: _Attempt, pixels: Pixels, *, seen: Survey, engine: Engine, languages: tuple[str, ...]
) -> _Attempt:
    """The attempt, or one in two languages where a run of its lines reads clearly better in another."""
    run = _doubted(attempt.lines)
    others = [tag for tag in languages if tag not in attempt.languages]
    if not run or not others or len(run) == len(attempt.lines):
        return attempt
    height, width = attempt.prepared.image.shape[:2]
    place = Box.union(line.box for line in run)
    pad = place.height // len(run)
    band = Box(0, max(0, place.top - pad), width, min(height, place.bottom + pad))
    in_band = Box(place.left, place.top - band.top, place.right, place.bottom - band.top)
    for tag in others:
        lines = _trial(attempt.prepared, band, half_turn=False, engine=engine, languages=(tag,))
        inside = tuple(line for line in lines if line.box.intersection(in_band))
        if legibility(inside) >= _SURE and evidence(inside) > _MORE * evidence(run):
            both = _attempt(pixels, attempt.frame, seen=seen, engine=engine, languages=(*attempt.languages, tag))
            return both if evidence(both.lines) > evidence(attempt.lines) else attempt
    return attempt


def _doubted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The longest run of neighbouring lines that were hardly legible, if it is long enough to be a passage."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if line.confidence < _PASSAGE_DOUBT:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=lambda run: sum(len(line.text) for line in run))
    return tuple(longest) if sum(len(line.text) for line in longest) >= _PASSAGE_LETTERS else ()


def _half_turned(frame: Frame) -> Frame:
    opposite: dict[Rotation, Rotation] = {0: 180, 90: 270, 180: 0, 270: 90}
    return replace(frame, rotation=opposite[frame.rotation])
