"""The best of several readings of a page, judged by the text that belongs on it.

A page's first reading was made with most care, so another must show clearly more of the text. It is taken whole, or
single lines of it come in the place of lines of the first reading.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from align.linking.page_fit import MatchesOfPage, letters_of_line, letters_shown, span_length
from align.linking.places.placed_texts import PlacedTexts
from align.model import Box, Line, Match, Page, SourceText
from align.tuning.linking import LINKING, LinkingTuning
from align.tuning.matching import MATCHING, MatchingTuning


def best_readings(
    readings: Sequence[Sequence[Page]],
    asked: Collection[int],
    texts: Sequence[SourceText],
    *,
    tuning: LinkingTuning = LINKING,
    matching: MatchingTuning = MATCHING,
) -> tuple[Page, ...]:
    """The volume's pages; each page whose order is in `asked` comes in the reading that shows most of the text.

    `readings` holds the whole volume's pages several times, the first reading first; pages that were read only once are
    the same in all. `texts` are the texts that stand on the pages. A page's first reading is also tried with those of
    its lines replaced that another reading has better.
    """
    first = readings[0]
    # Neighbours are matched too: where a page begins and ends depends on them.
    near = [i for i, page in enumerate(first) if {page.order - 1, page.order, page.order + 1} & set(asked)]
    trials = [[pages[i] for i in near] for pages in readings]
    place = partial(PlacedTexts.of, texts=texts, tuning=tuning, matching=matching)
    matches_of_trials = [place(trial).matches for trial in trials]
    mixed = list(trials[0])
    for at, page in enumerate(trials[0]):
        if page.order in asked:
            kept: MatchesOfPage = matches_of_trials[0][at]
            for trial, matches in zip(trials[1:], matches_of_trials[1:], strict=True):
                mixed[at], kept = patched(mixed[at], kept, trial[at], matches[at], tuning)
    best = list(first)
    bars = {
        page.order: letters_shown(of_page) * tuning.readings.better_times
        for page, of_page in zip(trials[0], matches_of_trials[0], strict=True)
    }
    tried = [
        (1.0, mixed, place(mixed).matches),
        *((tuning.readings.whole_times, trial, m) for trial, m in zip(trials[1:], matches_of_trials[1:], strict=True)),
    ]
    for times, trial, matches in tried:
        for index, page, of_page in zip(near, trial, matches, strict=True):
            letters = letters_shown(of_page)
            if page.order in asked and page != first[index] and letters > bars[page.order] * times:
                best[index], bars[page.order] = page, letters
    return tuple(best)


def patched(
    page: Page, matches: MatchesOfPage, other_page: Page, other_matches: MatchesOfPage, tuning: LinkingTuning = LINKING
) -> tuple[Page, dict[int, Sequence[Match]]]:
    """The page with each line of another reading that shows clearly more of the text than the lines in its place.

    `matches` and `other_matches` belong to the two readings; the new page's matches come back with it. A line takes the
    place of the lines whose words it shares, or else stands next to its neighbours in the other reading.
    """
    lines: list[tuple[Line, Sequence[Match]]] = [(line, matches.get(i, ())) for i, line in enumerate(page.lines)]
    for index, of_line in sorted(other_matches.items()):
        line = other_page.lines[index]
        rivals = [at for at, (rival, _) in enumerate(lines) if _same_place(line, rival)]
        worth = tuning.readings.worth_letters if rivals else tuning.readings.worth_new_letters
        if letters_of_line(of_line) < sum(letters_of_line(lines[at][1]) for at in rivals) + worth:
            continue
        if not rivals and _covered(of_line, [match for _, of_other in lines for match in of_other], tuning):
            continue
        place = rivals[0] if rivals else _place(other_page.lines, index, [rival for rival, _ in lines])
        lines = [entry for at, entry in enumerate(lines) if at not in rivals]
        lines.insert(place, (line, of_line))
    matches_of_page = {i: of_line for i, (_, of_line) in enumerate(lines) if of_line}
    return replace(page, lines=tuple(line for line, _ in lines)), matches_of_page


def _place(lines: Sequence[Line], index: int, among: Sequence[Line]) -> int:
    """Where a line of one reading comes among the lines of another.

    It comes after the line that is before it in its own reading, or else before the line that is after it.
    """
    for before in reversed(lines[:index]):
        at = [i for i, rival in enumerate(among) if _same_place(before, rival)]
        if at:
            return at[-1] + 1
    for after in lines[index + 1 :]:
        at = [i for i, rival in enumerate(among) if _same_place(after, rival)]
        if at:
            return at[0]
    return len(among)


def _same_place(line: Line, rival: Line) -> bool:
    """Whether lines of two readings share a word's place; lines are skewed, so that their own boxes say little."""
    if line.box.intersection(rival.box) is None:
        return False
    return any(_middle_in(a.box, b.box) or _middle_in(b.box, a.box) for a in line.words for b in rival.words)


def _middle_in(inner: Box, outer: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x < outer.right and outer.top <= y < outer.bottom


def _covered(matches: Sequence[Match], known: Sequence[Match], tuning: LinkingTuning) -> bool:
    """Whether most of what a line shows is shown by the lines with the known matches."""
    shared = sum(
        max(0, min(a.span[1], b.span[1]) - max(a.span[0], b.span[0]))
        for a in matches
        for b in known
        if a.text == b.text
    )
    return shared > tuning.readings.covered_share * sum(span_length(match.span) for match in matches)
