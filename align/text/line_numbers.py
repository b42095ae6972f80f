"""Numbers of lines in a column of their own, as editions print them: every line, or every fifth; they are no text.

What shows them is that they count: between two of them stand as many lines as their difference says. What does not
count lines (a date, a number in a sentence, the items of a list) is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from align.model import Marker, Span
from align.text.page_markers import LINE_ENDS
from align.text.paragraph_roles import is_interrupted
from align.tuning.text import TEXT, TextTuning

_LEFT = re.compile(r"(?P<before>[ \t\xa0]*)(?P<number>[(\[]?(?:\d{1,4}[.:/-]|[lлn]\.?[ ]?)?"
                   r"(?P<value>\d{1,5})[.):\]]?(?:[ \t]?\|)?)(?P<gap>[ \t\xa0]+|$)", re.IGNORECASE)  # fmt: skip
_RIGHT = re.compile(r"(?<=\S)(?P<gap>\t[ \t]*|[ \xa0]{2,}\t*)(?P<number>[(\[]?(?P<value>\d{1,5})[)\]]?)[ \t\xa0]*$")


class _Line(NamedTuple):
    """A line: where it is, its words without the number, how many lines with words come before, and on its page.

    `row` counts the lines before it that hold anything: editors of texts number empty lines too.
    """

    span: Span
    words: str
    filled: int
    on_page: int
    row: int
    value: int | None = None
    number: Span = (0, 0)
    apart: bool = False


def find_line_numbers(content: str, markers: Sequence[Marker] = (), *, tuning: TextTuning = TEXT) -> tuple[Span, ...]:
    r"""The ranges of line numbers in order, without the white space beside them.

    >>> find_line_numbers("1  Down the hill\n   we came, and\n3  nobody had lit\n   the lamps.\n5  He said so.")
    ((0, 1), (33, 34), (65, 66))
    """
    if not any(map(str.isdigit, content)):
        return ()
    found = {
        span for pattern in (_LEFT, _RIGHT) for span in _column(list(_lines(content, markers, pattern, tuning)), tuning)
    }
    return tuple(sorted(found))


def _lines(content: str, markers: Sequence[Marker], pattern: re.Pattern[str], tuning: TextTuning) -> Iterator[_Line]:
    """The lines of the text that are not page markers, each with the number that may stand beside it."""
    starts = {marker.start for marker in markers if marker.start < marker.end}
    pages = sorted(marker.end for marker in markers)
    at = filled = on_page = page = row = 0
    for stop, after in [*(found.span() for found in LINE_ENDS.finditer(content)), (len(content), len(content))]:
        line = content[at:stop]
        begin, at = at, after
        while page < len(pages) and pages[page] <= begin + len(line) - len(line.lstrip()):
            page, on_page = page + 1, 0
        words = line.strip()
        if not words or begin + line.index(words) in starts:
            continue
        found = pattern.match(line) if pattern is _LEFT else pattern.search(line)
        if found is None:
            yield _Line((begin, stop), words, filled, on_page, row)
        else:
            words = (line[found.end() :] if pattern is _LEFT else line[: found.start()]).strip()
            number = (begin + found.start("number"), begin + found.end("number"))
            apart = len(found["gap"].expandtabs(4)) >= tuning.number_gap and words != ""
            yield _Line((begin, stop), words, filled, on_page, row, int(found["value"]), number, apart)
        filled += words != ""
        on_page += words != ""
        row += 1


def _column(lines: Sequence[_Line], tuning: TextTuning) -> list[Span]:
    """The ranges of the numbers that count these lines, which lie on one side of them."""
    by_words = _runs(lines, lambda line: line.filled)
    # Editors of texts number empty lines too, but then each line has its number.
    by_rows = [run for run in _runs(lines, lambda line: line.row) if run[-1] - run[0] == len(run) - 1]
    runs = list(dict.fromkeys([*by_words, *by_rows]))
    counting = [run for run in runs if len(run) > 1 and _counts(lines, run, tuning)]
    if not counting:
        return []
    # A page with one number has it where its lines say.
    alone = [run for run in by_words if len(run) == 1 and lines[run[0]].value == lines[run[0]].on_page + 1]
    return [lines[index].number for run in [*counting, *alone] for index in run]


def _runs(lines: Sequence[_Line], before: Callable[[_Line], int]) -> list[tuple[int, ...]]:
    """The lines with numbers, by index, in runs in which the numbers rise as these counts of lines do."""
    runs: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.value is not None:
            runs[line.value - before(line)].append(index)
    return [tuple(run) for run in runs.values()]


def _counts(lines: Sequence[_Line], run: Sequence[int], tuning: TextTuning) -> bool:
    """Whether numbers that rise with the lines are their numbers, and not those of items, or equal by chance."""
    inside = lines[run[0] : run[-1] + 1]
    with_words = [line for line in inside if line.words]
    if len(run) * 2 > len(with_words):  # nearly every line: items of a list have numbers too, but do not run on
        ends = [_is_open(one.words, other.words, tuning) for one, other in pairwise(with_words)]
        enough = len(run) >= tuning.numbered_lines or (len(run) > 2 and lines[run[0]].value == 1)
        return enough and len(ends) > 0 and sum(ends) >= tuning.wrapped_share * len(ends)
    if len(run) > 2:
        return True
    if all(lines[index].apart for index in run) and all(line.value is None for line in inside[1:-1]):
        return True
    after = {index: lines[index].words or next((x.words for x in lines[index + 1 : index + 2]), "") for index in run}
    broken = any(index and _is_open(lines[index - 1].words, after[index], tuning) for index in run)
    return broken and all(lines[index].value == lines[index].on_page + 1 for index in run)


def _is_open(before: str, after: str, tuning: TextTuning) -> bool:
    """Whether a sentence goes on from one line to the next: in prose with a small letter, in verse after a comma."""
    return is_interrupted(before, after, tuning=tuning) or before.endswith(",")
