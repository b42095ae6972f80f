"""Lines that matching left over, settled by what is left of the text around them.

An engine puts a line into the wrong block, breaks one in two, or reads a stamp beside it as part of it; matching, which
sees lines as strings in reading order, then leaves it. Here the page helps: between two placed lines words of the text
are missing, and on the page stands a line that no text claims and that holds just these words, in part or with noise.

Only words that no line claims are given away, and only to lines of the pages on either side of the gap. Where the line
stands between the gap's neighbours on the page, less likeness is asked.

Example: the text goes "… wherein passage through Parliament …", the lines of "wherein" and "through Parliament" are
placed, and an unclaimed line reads "ie passage ." between them: it is given "passage".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from rapidfuzz import fuzz

from align.linking.lines.reader_view import middle_down, upright_box
from align.linking.places.placing import Placed
from align.linking.places.running_text import Haystack
from align.model import Page
from align.text.fold import fold

# Longer gaps are missing passages: matching has looked for them with better means.
LONGEST_GAP = 1500
# Likeness in per cent of the shorter in the longer of line and gap; between its neighbours a line needs less than
# elsewhere on the page.
BETWEEN, ELSEWHERE = 65.0, 80.0
ELSEWHERE_LETTERS = 10
# What unrelated prose of one language reaches by chance in one case of a hundred, see `by_chance`; the tests hold it.
CHANCE, CHANCE_SPREAD = 42.0, 50.0
# So many letters of a gap that a line does not hold are a misread word's, and go with it.
FEW = 3


@dataclass(frozen=True, slots=True)
class _Gap:
    """Words of the haystack between two placed lines that no line claims."""

    start: int
    end: int
    before: Placed | None
    after: Placed | None


def settled(
    pages: Sequence[Page],
    haystack: Haystack,
    placed: Sequence[Placed],
    *,
    without: Collection[tuple[int, int]] = (),
) -> list[Placed]:
    """The placed lines and those that fill gaps between them, in page order; never lines (page, index) of `without`."""
    result = list(placed)
    for _ in range(ROUNDS):
        taken = {(p.page, p.line) for p in result}
        free: dict[int, list[int]] = defaultdict(list)
        for page in {p.page for p in result}:
            free[page] = [
                i for i in range(len(pages[page].lines)) if (page, i) not in taken and (page, i) not in without
            ]
        found = list(_fillings(pages, haystack, _gaps(haystack, result), free))
        if not found:
            break
        result = sorted([*result, *found], key=lambda p: (p.page, p.line))
    return result


# A gap that held two lines is filled in two rounds, the second beside the first.
ROUNDS = 3


def _gaps(haystack: Haystack, placed: Iterable[Placed]) -> list[_Gap]:
    """The unclaimed stretches between lines that follow each other in the text."""
    gaps = []
    before: Placed | None = None
    reached = 0
    for after in [*sorted(placed, key=lambda p: (p.start, p.end)), None]:
        end = after.start if after else len(haystack.content)
        if reached < end and end - reached <= LONGEST_GAP and any(c.isalnum() for c in haystack.content[reached:end]):
            gaps.append(_Gap(reached, end, before, after))
        if after is None:
            break
        if after.end >= reached:
            before, reached = after, after.end
    return gaps


def _fillings(
    pages: Sequence[Page], haystack: Haystack, gaps: Sequence[_Gap], free: Mapping[int, Sequence[int]]
) -> Iterable[Placed]:
    """The best line for each gap, no line twice, the surest first."""
    letters: dict[tuple[int, int], str] = {}
    offers: list[tuple[float, int, Placed]] = []
    for number, gap in enumerate(gaps):
        folded = fold(haystack.content[gap.start : gap.end]).letters()
        for page in dict.fromkeys(p.page for p in (gap.before, gap.after) if p is not None):
            for index in free[page]:
                if (page, index) not in letters:
                    letters[page, index] = fold(pages[page].lines[index].text).letters().text
                read = letters[page, index]
                shorter = min(len(read), len(folded.text))
                if not shorter:
                    continue
                likeness = fuzz.partial_ratio_alignment(read, folded.text, score_cutoff=BETWEEN)
                if likeness is None:
                    continue
                longer = max(len(read), len(folded.text))
                if _between(pages[page], gap, page, index):
                    enough = max(BETWEEN, by_chance(shorter, longer))
                else:
                    enough = max(ELSEWHERE, by_chance(shorter, longer * len(free[page])))
                    if shorter < ELSEWHERE_LETTERS:
                        continue
                if likeness.score < enough:
                    continue
                if len(folded.text) - (likeness.dest_end - likeness.dest_start) <= FEW:
                    span = (0, gap.end - gap.start)
                else:
                    span = folded.source_span(likeness.dest_start, likeness.dest_end)
                start, end = _whole_words(haystack.content, gap, *span)
                place = Placed(page, index, start, end, likeness.score / 100)
                offers.append((likeness.score * shorter, number, place))
    used: set[int] = set()
    lines: set[tuple[int, int]] = set()
    for _, number, place in sorted(offers, key=lambda offer: (-offer[0], offer[1], offer[2].page, offer[2].line)):
        if number not in used and (place.page, place.line) not in lines and place.start < place.end:
            used.add(number)
            lines.add((place.page, place.line))
            yield place


def by_chance(letters: int, among: int) -> float:
    """The likeness, in per cent, that so many letters seldom reach with the best of so many places in unrelated text.

    The mean likeness and, for the best of many, so many standard deviations of a mean over the letters as the logarithm
    of their number asks for. Over 100 where so few letters are found anywhere.
    """
    return CHANCE + CHANCE_SPREAD * sqrt(log(among + 1) / letters)


def _between(page: Page, gap: _Gap, number: int, index: int) -> bool:
    """Whether a line stands on the page where the gap's words should: under the line before, above the line after."""
    here = middle_down(page, index)
    height = upright_box(page, index).height
    above = gap.before is None or gap.before.page != number or here > middle_down(page, gap.before.line) - 0.3 * height
    below = gap.after is None or gap.after.page != number or here < middle_down(page, gap.after.line) + 0.3 * height
    near = [p for p in (gap.before, gap.after) if p is not None and p.page == number]
    close = any(
        abs(here - middle_down(page, p.line)) <= 4 * max(height, upright_box(page, p.line).height) for p in near
    )
    return above and below and close


def _whole_words(content: str, gap: _Gap, start: int, end: int) -> tuple[int, int]:
    """The range (given from the gap's start) widened to whole words within the gap, without outer white space."""
    a, b = gap.start + start, gap.start + end
    while a > gap.start and not content[a - 1].isspace():
        a -= 1
    while b < gap.end and not content[b].isspace():
        b += 1
    while a < b and content[a].isspace():
        a += 1
    while b > a and content[b - 1].isspace():
        b -= 1
    return a, b
