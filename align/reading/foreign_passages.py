"""Passages in another language than their page: the page is read in both languages."""

from __future__ import annotations

from align.model import Box, Line
from align.ocr import evidence, legibility
from align.reading.side import Attempt, WrittenSide
from align.tuning.reading import ReadingTuning


def with_passages(side: WrittenSide, attempt: Attempt) -> Attempt:
    """The attempt, or one in two languages where a run of its lines reads clearly better in another language."""
    tuning = side.tunings.reading
    doubted = _doubted(attempt.lines, tuning)
    other_languages = [language for language in side.languages if language not in attempt.languages]
    if not doubted or not other_languages or len(doubted) == len(attempt.lines):
        return attempt
    height, width = attempt.prepared.image.shape[:2]
    place = Box.union(line.box for line in doubted)
    pad = place.height // len(doubted)
    band = Box(0, max(0, place.top - pad), width, min(height, place.bottom + pad))
    place_in_band = Box(place.left, place.top - band.top, place.right, place.bottom - band.top)
    for language in other_languages:
        lines = side.trial(attempt.prepared, band, language=language)
        passage = tuple(line for line in lines if line.box.intersection(place_in_band))
        clearly_more = evidence(passage) > tuning.more_evidence * evidence(doubted)
        if legibility(passage) >= tuning.sure_trial and clearly_more:
            in_both = side.attempt(attempt.frame, (*attempt.languages, language))
            return in_both if evidence(in_both.lines) > evidence(attempt.lines) else attempt
    return attempt


def _doubted(lines: tuple[Line, ...], tuning: ReadingTuning) -> tuple[Line, ...]:
    """The longest run of neighbouring lines that were hardly legible; empty where it is too short for a passage."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if (line.confidence or 0.0) < tuning.passage_doubt:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=lambda run: sum(len(line.text) for line in run))
    return tuple(longest) if sum(len(line.text) for line in longest) >= tuning.passage_letters else ()
