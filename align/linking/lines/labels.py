"""Which label each page bears: assigned by the editor, printed on it, or claimed by the markers of a text.

Printed numbers go on from page to page, so that the neighbours show which number was misread. The pages of a run agree
on the difference between printed number and position. A number that fits no run is not believed; if it is one digit off
the run of the pages around it, it is put right. A page whose number could not be read gets no printed label. A marker
may give it a label: the label expected there, or any label if none is expected.

Example: pages whose edge lines read 47, 48, "4g", 50 get the labels 47, 48, none, 50.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from align.linking.lines.line_roles import edge_lines, page_number
from align.model import LineAt, Page
from align.tuning.linking import LINKING, LinkingTuning

LabelSource = Literal["printed", "marker", "assigned"]


class _Run(NamedTuple):
    """A run of page numbers: number less position (a page's index), and whether it is in digits or roman numerals."""

    difference: int
    digits: bool


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True)
class Label:
    """A label and where it comes from."""

    text: str
    source: LabelSource


def printed_labels(
    pages: Sequence[Page], claimed: Sequence[Collection[int]] = (), *, tuning: LinkingTuning = LINKING
) -> list[str | None]:
    """For each page the number printed at its edge, or None if there is none that its neighbours support.

    `claimed` holds for each page the lines that some text claims: a number beside words there is a date, and not the
    page's.
    """
    # For each page the numbers at its edges by the run they would belong to, and the runs of those without words.
    candidates: list[dict[_Run, str]] = []
    alone: list[set[_Run]] = []
    for index, page in enumerate(pages):
        claimed_here = claimed[index] if index < len(claimed) else ()
        numbers: dict[_Run, str] = {}
        edges = edge_lines(page, tuning)
        for i in edges:
            text = page_number(page.lines[i].text, tuning)
            value = _value(text, tuning) if text is not None else None
            if text is not None and value is not None:
                numbers.setdefault(_Run(value - index, text.isdigit()), text)
        alone.append(set(numbers))
        for i in edges:
            for number in _numbers_beside_heads(page.lines[i].text, tuning) if i not in claimed_here else ():
                numbers.setdefault(_Run(int(number) - index, True), number)
        candidates.append(numbers)
    labels: list[str | None] = []
    mended: dict[int, str] = {}
    for index, numbers in enumerate(candidates):
        around = candidates[max(0, index - tuning.lines.run_reach_pages) : index + tuning.lines.run_reach_pages + 1]
        near = Counter(run for numbers_of_page in around for run in numbers_of_page)
        # Text may begin or end with a number: a number beside words must be of the strongest run around.
        least = max(near.values(), default=0)
        believed = [run for run in numbers if near[run] >= (2 if run in alone[index] else max(2, least))]
        if believed:
            labels.append(numbers[max(believed, key=lambda run: near[run])])
        else:
            labels.append(None)
            wanted = _mended(index, [numbers[run] for run in alone[index]], near, tuning)
            if wanted is not None and not _moved(index, int(wanted) - index, alone[index], candidates):
                mended[index] = wanted
    return [mended.get(index, label) for index, label in enumerate(labels)]


def numbered_heads(
    pages: Sequence[Page], claimed: Sequence[Collection[int]], tuning: LinkingTuning = LINKING
) -> set[LineAt]:
    """The unclaimed edge lines that hold their page's printed number beside a few words."""
    heads = {
        LineAt(p, i): _numbers_beside_heads(page.lines[i].text, tuning)
        for p, page in enumerate(pages)
        for i in edge_lines(page, tuning)
        if i not in claimed[p] and any(c.isalpha() for c in page.lines[i].text)
    }
    labels = printed_labels(pages, claimed, tuning=tuning)
    sure = {at for at, numbers in heads.items() if labels[at.page] is not None and labels[at.page] in numbers}
    # If a volume has such heads, a line whose number fits no run is a head as well: its page was moved or misread.
    short = {
        at
        for at, numbers in heads.items()
        if numbers and len(pages[at.page].lines[at.line].words) <= tuning.lines.head_words
    }
    return sure | (short if len(sure) >= tuning.lines.headed_pages else set())


def expected_labels(
    printed: Sequence[str | None],
    claims: Mapping[int, Sequence[str]] | None = None,
    joined: Collection[int] = (),
    *,
    tuning: LinkingTuning = LINKING,
) -> list[str | None]:
    """The labels, with a label put in between two that agree: 47, none, 49 makes 48.

    Only numbers in digits count. Before the first known number and after the last, pages may be missing, unless a text
    goes on over them: `joined` are the indices of pages that go on where the page before ends. There the two nearest
    known numbers are counted on, or else the numbers that markers claim for the pages around (`claims`, by index).
    """
    known = [(n, int(label)) for n, label in enumerate(printed) if label is not None and label.isdecimal()]
    result = list(printed)
    for n, label in enumerate(printed):
        if label is not None:
            continue
        at = bisect_left(known, (n, 0))
        if 0 < at < len(known):
            (before, number_before), (after, number_after) = known[at - 1 : at + 1]
            if number_after - number_before == after - before:
                result[n] = str(number_before + n - before)
                continue
        result[n] = _counted_on(n, known[max(0, at - 2) : at], known[at : at + 2], joined, tuning)
        result[n] = result[n] or _claimed_around(n, claims or {}, joined, tuning)
    return result


_Known = Sequence[tuple[int, int]]
"""Pages with known numbers: index and number."""


def _counted_on(n: int, before: _Known, after: _Known, joined: Collection[int], tuning: LinkingTuning) -> str | None:
    """The number of a page counted on from two known numbers before it, or after it; None if text may be missing."""
    numbers = set()
    for pair, near in ((before, -1), (after, 0)):
        if len(pair) < 2 or pair[1][1] - pair[0][1] != pair[1][0] - pair[0][0]:
            continue
        index, value = pair[near]
        if abs(n - index) <= tuning.lines.counted_on_pages and all(
            p in joined for p in range(min(n, index) + 1, max(n, index) + 1)
        ):
            numbers.add(value + n - index)
    return _as_label(numbers.pop()) if len(numbers) == 1 else None


def _claimed_around(
    n: int, claims: Mapping[int, Sequence[str]], joined: Collection[int], tuning: LinkingTuning
) -> str | None:
    """The number counted on from the markers of the pages around.

    At least two of them and more than half must agree, and none of them may agree with the page's own markers.
    """
    around: Counter[int] = Counter()
    for pages in (
        range(n - 1, n - 1 - tuning.lines.counted_on_pages, -1),
        range(n + 1, n + 1 + tuning.lines.counted_on_pages),
    ):
        for p in pages:
            if (p + 1 if p < n else p) not in joined:
                break
            around.update(int(label) - p for label in claims.get(p, ()) if label.isdecimal())
    claimed_here = {int(label) - n for label in claims.get(n, ()) if label.isdecimal()}
    for difference, count in around.most_common(1):
        if count >= 2 and 2 * count > around.total() and claimed_here.isdisjoint(around):
            return _as_label(difference + n)
    return None


def _as_label(value: int) -> str | None:
    """The number as a label; None below 1: pages before page 1 have other numbers, or none."""
    return str(value) if value >= 1 else None


def _mended(index: int, read: Sequence[str], near: Counter[_Run], tuning: LinkingTuning) -> str | None:
    """The number that the strongest run around asks for, if what was read differs from it in one digit only."""
    for run, count in near.most_common(1):
        wanted = _as_label(run.difference + index)
        if (
            wanted
            and run.digits
            and count >= tuning.lines.mending_numbers
            and any(_one_digit_off(wanted, number) for number in read)
        ):
            return wanted
    return None


def _moved(index: int, difference: int, read: Collection[_Run], candidates: Sequence[Collection[_Run]]) -> bool:
    """Whether a number read here belongs to another page of the run, and that page has another number.

    The two pages may then have been exchanged.
    """
    places = [index + run.difference - difference for run in read]
    return any(0 <= place < len(candidates) and (difference, True) not in candidates[place] for place in places)


def _one_digit_off(wanted: str, number: str) -> bool:
    same = len(wanted) == len(number) >= 2 and number.isdigit()
    return same and sum(a != b for a, b in zip(wanted, number, strict=True)) == 1


def _numbers_beside_heads(text: str, tuning: LinkingTuning) -> list[str]:
    """The numbers at the start and the end of an edge line that also holds a head: "48 The Boy Apprenticed".

    Dashes about the number do not count: "- 47 - ARCHIVE".
    """
    words = [word for word in text.split() if any(c.isalnum() for c in word)]
    if not 2 <= len(words) <= tuning.lines.edge_words or page_number(text, tuning) is not None:
        return []
    return [n for n in (page_number(words[0], tuning), page_number(words[-1], tuning)) if n is not None and n.isdigit()]


def _value(text: str, tuning: LinkingTuning) -> int | None:
    """The value of a number in digits or roman numerals; None for numerals that are wrongly formed or too large."""
    if text.isdigit():
        return int(text)
    values = [_ROMAN[c] for c in text]
    total = sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))
    return total if 0 < total < tuning.lines.largest_roman and _roman(total) == text else None


def _roman(value: int) -> str:
    """The number in lower-case roman numerals."""
    steps = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for step, letters in steps:
        text += letters * (value // step)
        value %= step
    return text


def page_labels(
    pages: Sequence[Page],
    assigned: Sequence[str | None],
    claims: Mapping[int, Sequence[str]],
    *,
    claimed: Sequence[Collection[int]] = (),
    joined: Collection[int] = (),
    tuning: LinkingTuning = LINKING,
) -> list[Label | None]:
    """For each page its label: the editor's if there is one, else what is printed, else what the markers say.

    `assigned` are the editor's labels, page by page; `claims` are the markers' labels, by page index. `claimed` is
    as in `printed_labels`, `joined` as in `expected_labels`.
    """
    printed = printed_labels(pages, claimed, tuning=tuning)
    expected = expected_labels(printed, claims, joined, tuning=tuning)
    labels: list[Label | None] = []
    for index in range(len(pages)):
        by_editor = assigned[index] if index < len(assigned) else None
        marker = Counter(claims.get(index, ())).most_common(1)
        if by_editor is not None:
            labels.append(Label(by_editor, "assigned"))
        elif printed[index] is not None:
            labels.append(Label(str(printed[index]), "printed"))
        elif marker and expected[index] in (None, marker[0][0]):
            labels.append(Label(marker[0][0], "marker"))
        else:
            labels.append(None)
    return labels
