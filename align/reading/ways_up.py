"""The way up and the language of a written side, tried on the part of it with the most letters."""

from __future__ import annotations

from dataclasses import replace

from align.model import Frame, Line
from align.ocr import evidence, legibility
from align.reading.side import Attempt, WrittenSide, half_turned


def which_side_up(side: WrittenSide, frame: Frame) -> tuple[Frame, str]:
    """The way up and the language in which a sideways page reads best, before any full reading."""
    tuning = side.tunings.reading
    prepared = side.prepared(frame)
    best: tuple[Frame, str] = (frame, side.languages[0])
    best_lines: tuple[Line, ...] = ()
    for language in side.languages:
        for half_turn in (False, True):
            lines = side.trial(prepared, prepared.band, language=language, half_turn=half_turn)
            if evidence(lines) > evidence(best_lines):
                best, best_lines = (half_turned(frame) if half_turn else frame, language), lines
            if legibility(lines) >= tuning.sure_trial:
                return best
        if legibility(best_lines) >= tuning.good:
            break
    return best


def better_way(side: WrittenSide, attempt: Attempt) -> tuple[Frame, str] | None:
    """Another way up or language in which a part of the page reads clearly better than in the attempt, or None."""
    tuning = side.tunings.reading
    prepared, frame = attempt.prepared, attempt.frame
    lines_of_band = tuple(line for line in attempt.lines if line.box.intersection(prepared.band))
    best_legibility, best_evidence = legibility(lines_of_band), evidence(lines_of_band)
    ways = [(frame, prepared, False, language) for language in side.languages if language != attempt.languages[0]]
    ways += [(half_turned(frame), prepared, True, language) for language in side.languages]
    if side.overview.letters.upright_share < tuning.direction_open and frame.rotation in (0, 180):
        sideways = replace(frame, rotation=90)
        prepared_sideways = side.prepared(sideways)
        ways += [(sideways, prepared_sideways, False, language) for language in side.languages]
        ways += [(half_turned(sideways), prepared_sideways, True, language) for language in side.languages]
    best: tuple[Frame, str] | None = None
    for way_up, image, half_turn, language in ways:
        lines = side.trial(image, image.band, language=language, half_turn=half_turn)
        legible, amount = legibility(lines), evidence(lines)
        if legible > best_legibility + tuning.surer and amount > tuning.more_evidence * best_evidence:
            best = way_up, language
            best_legibility, best_evidence = legible - tuning.surer, amount / tuning.more_evidence
        if legible >= tuning.sure_trial:
            break
    return best
