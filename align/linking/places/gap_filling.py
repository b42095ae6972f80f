"""Lines that matching left over, placed by the words of the text that are missing around them.

An engine may put a line into the wrong block, break it in two, or read a stamp beside it as part of it. Matching sees
lines as strings in reading order, and leaves such a line out. Here the page helps: between two placed lines words of
the text are missing, and on the page is a line that no text claims and that holds these words, in part or with noise.
(matching/gaps fills gaps of the text without looking at the page; this comes after it.)

Only words that no line claims are given away, and only to lines of the pages on either side of the gap. A line that
stands between the gap's neighbours on the page needs less similarity.

Example: the text goes "… wherein passage through Parliament …". The lines with "wherein" and "through Parliament"
are placed, and between them an unclaimed line reads "ie passage .": it gets "passage".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from rapidfuzz import fuzz

from align.linking.lines.reader_view import middle_down, upright_box
from align.linking.places.placing import PlacedLine
from align.linking.places.running_text import RunningText
from align.model import LineAt, Page, Span
from align.text.fold import fold, folded_letters
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class _Gap:
    """Words of the running text between two placed lines that no line claims."""

    start: int
    end: int
    before: PlacedLine | None
    after: PlacedLine | None


def with_filled_gaps(
    pages: Sequence[Page],
    running_text: RunningText,
    placed: Sequence[PlacedLine],
    *,
    without: Collection[LineAt] = (),
    tuning: LinkingTuning = LINKING,
) -> list[PlacedLine]:
    """The placed lines and the lines that fill gaps between them, in page order; no line of `without` fills a gap."""
    result = list(placed)
    for _ in range(tuning.places.gap_rounds):
        taken = {p.at for p in result}
        open_lines: dict[int, list[int]] = defaultdict(list)
        for page in {p.page for p in result}:
            open_lines[page] = [
                i for i in range(len(pages[page].lines)) if (page, i) not in taken and (page, i) not in without
            ]
        filling = list(_fillings(pages, running_text, _gaps(running_text, result, tuning), open_lines, tuning))
        if not filling:
            break
        result = sorted([*result, *filling], key=lambda p: p.at)
    return result


def _gaps(running_text: RunningText, placed: Iterable[PlacedLine], tuning: LinkingTuning) -> list[_Gap]:
    """The unclaimed stretches between lines that follow each other in the text."""
    gaps = []
    before: PlacedLine | None = None
    reached = 0
    for after in [*sorted(placed, key=lambda p: (p.start, p.end)), None]:
        end = after.start if after else len(running_text.content)
        if (
            reached < end
            and end - reached <= tuning.places.longest_gap_characters
            and any(c.isalnum() for c in running_text.content[reached:end])
        ):
            gaps.append(_Gap(reached, end, before, after))
        if after is None:
            break
        if after.end >= reached:
            before, reached = after, after.end
    return gaps


def _fillings(
    pages: Sequence[Page],
    running_text: RunningText,
    gaps: Sequence[_Gap],
    open_lines: Mapping[int, Sequence[int]],
    tuning: LinkingTuning,
) -> Iterable[PlacedLine]:
    """The best line for each gap, the surest first, no line twice; `open_lines` are the lines to choose from."""
    numbers = tuning.places
    letters: dict[LineAt, str] = {}
    offers: list[tuple[float, int, PlacedLine]] = []
    for number, gap in enumerate(gaps):
        folded = fold(running_text.content[gap.start : gap.end]).letters()
        for page in dict.fromkeys(p.page for p in (gap.before, gap.after) if p is not None):
            for index in open_lines[page]:
                at = LineAt(page, index)
                if at not in letters:
                    letters[at] = folded_letters(pages[page].lines[index].text)
                read = letters[at]
                shorter = min(len(read), len(folded.text))
                if not shorter:
                    continue
                likeness = fuzz.partial_ratio_alignment(read, folded.text, score_cutoff=numbers.between_percent)
                if likeness is None:
                    continue
                longer = max(len(read), len(folded.text))
                if _between(pages[page], gap, page, index, tuning):
                    enough = max(numbers.between_percent, by_chance(shorter, longer, tuning))
                else:
                    enough = max(numbers.elsewhere_percent, by_chance(shorter, longer * len(open_lines[page]), tuning))
                    if shorter < numbers.elsewhere_letters:
                        continue
                if likeness.score < enough:
                    continue
                if len(folded.text) - (likeness.dest_end - likeness.dest_start) <= numbers.rest_letters:
                    span = (0, gap.end - gap.start)
                else:
                    span = folded.source_span(likeness.dest_start, likeness.dest_end)
                start, end = _whole_words(running_text.content, gap, *span)
                place = PlacedLine(page, index, start, end, likeness.score / 100)
                offers.append((likeness.score * shorter, number, place))
    used: set[int] = set()
    lines: set[LineAt] = set()
    for _, number, place in sorted(offers, key=lambda offer: (-offer[0], offer[1], offer[2].at)):
        if number not in used and place.at not in lines and place.start < place.end:
            used.add(number)
            lines.add(place.at)
            yield place


def by_chance(letters: int, among: int, tuning: LinkingTuning = LINKING) -> float:
    """The similarity (per cent) that this many letters reach by chance in 1 of 100 cases at the best of `among` places.

    It is the mean similarity of unrelated text, plus a spread that shrinks with the root of the letters and grows with
    the root of the logarithm of the places. It is over 100 if so few letters are found anywhere.
    """
    return tuning.places.chance_percent + tuning.places.chance_spread_percent * sqrt(log(among + 1) / letters)


def _between(page: Page, gap: _Gap, number: int, index: int, tuning: LinkingTuning) -> bool:
    """Whether a line stands on the page where the gap's words should: under the line before, above the line after.

    `number` is the index of the page, `index` the index of the line.
    """
    middle = middle_down(page, index)
    height = upright_box(page, index).height
    slack = tuning.places.slope_heights * height
    under = gap.before is None or gap.before.page != number or middle > middle_down(page, gap.before.line) - slack
    above = gap.after is None or gap.after.page != number or middle < middle_down(page, gap.after.line) + slack
    neighbours = [p for p in (gap.before, gap.after) if p is not None and p.page == number]
    close = any(
        abs(middle - middle_down(page, p.line))
        <= tuning.places.close_heights * max(height, upright_box(page, p.line).height)
        for p in neighbours
    )
    return under and above and close


def _whole_words(content: str, gap: _Gap, start: int, end: int) -> Span:
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
