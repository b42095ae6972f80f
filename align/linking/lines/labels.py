"""Which label each page bears: assigned by the editor, printed on it, or claimed by the markers of a text.

Printed numbers run on from page to page, so a misread one is told by its neighbours: each run of pages agrees on the
difference between number and order, and a number that fits no run is not believed, unless it is one digit off the run
of the pages around it. A page whose own number could not be read keeps no printed label; a marker may give it one, if
it is the one expected there or none can be.

Example: pages whose edge lines read 47, 48, "4g", 50 get the labels 47, 48, none, 50.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from align.linking.lines.line_roles import edge_lines, page_number
from align.model import Page

LabelSource = Literal["printed", "marker", "assigned"]

# A run of printed numbers needs two that agree within so many pages of each other, or it is chance.
RUN_REACH = 8

# A run by the difference between number and position, in digits or not.
_Run = tuple[int, bool]

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

# So many numbers of a run must stand near before a misread one is put right by them.
MENDING = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A label and where it comes from."""

    text: str
    source: LabelSource


def printed_labels(pages: Sequence[Page], claimed: Sequence[Collection[int]] = ()) -> list[str | None]:
    """For each page the number printed at its edge, or None where none can be read that its neighbours bear out.

    `claimed`, for each page the lines that some text holds: a number beside words there is a date, not a page's.
    """
    candidates: list[dict[_Run, str]] = []
    alone: list[set[_Run]] = []
    for order, page in enumerate(pages):
        own = claimed[order] if order < len(claimed) else ()
        found: dict[_Run, str] = {}
        edges = edge_lines(page)
        for i in edges:
            text = page_number(page.lines[i].text)
            value = _value(text) if text is not None else None
            if text is not None and value is not None:
                found.setdefault((value - order, text.isdigit()), text)
        alone.append(set(found))
        for i in edges:
            for number in _numbers_beside_heads(page.lines[i].text) if i not in own else ():
                found.setdefault((int(number) - order, True), number)
        candidates.append(found)
    labels: list[str | None] = []
    mended: dict[int, str] = {}
    for order, found in enumerate(candidates):
        near = Counter(run for other in candidates[max(0, order - RUN_REACH) : order + RUN_REACH + 1] for run in other)
        # Text may begin or end with a number: one beside words must be of the strongest run hereabouts.
        least = max(near.values(), default=0)
        believed = [run for run in found if near[run] >= (2 if run in alone[order] else max(2, least))]
        if believed:
            labels.append(found[max(believed, key=lambda run: near[run])])
        else:
            labels.append(None)
            wanted = _mended(order, [found[run] for run in alone[order]], near)
            if wanted is not None and not _moved(order, int(wanted) - order, alone[order], candidates):
                mended[order] = wanted
    return [mended.get(order, label) for order, label in enumerate(labels)]


def numbered_heads(pages: Sequence[Page], claimed: Sequence[Collection[int]]) -> set[tuple[int, int]]:
    """The unclaimed edge lines (page and line index) that hold their page's printed number beside a few words."""
    heads = {
        (p, i): _numbers_beside_heads(page.lines[i].text)
        for p, page in enumerate(pages)
        for i in edge_lines(page)
        if i not in claimed[p] and any(c.isalpha() for c in page.lines[i].text)
    }
    labels = printed_labels(pages, claimed)
    sure = {(p, i) for (p, i), numbers in heads.items() if labels[p] is not None and labels[p] in numbers}
    # Where a volume has such heads, one whose number fits no run is a head as well: its page was moved or misread.
    short = {at for at, numbers in heads.items() if numbers and len(pages[at[0]].lines[at[1]].words) <= HEAD_WORDS}
    return sure | (short if len(sure) >= HEADED else set())


# A head has no more words than this, and where so many pages have one, others have.
HEAD_WORDS, HEADED = 7, 2


def expected_labels(
    printed: Sequence[str | None],
    claims: Mapping[int, Sequence[str]] | None = None,
    joined: Collection[int] = (),
) -> list[str | None]:
    """The labels with those put in that must stand between two that agree: 47, none, 49 makes 48.

    Only numbers in digits count. Before the first and after the last that is known pages may be missing, unless a text
    runs on over them: `joined` are the indices of pages that go on where the page before them ends. There the two
    nearest known numbers are counted on, or else those that markers claim for the pages around (`claims`, by index).
    """
    known = [(n, int(label)) for n, label in enumerate(printed) if label is not None and label.isdecimal()]
    result = list(printed)
    for n, label in enumerate(printed):
        if label is not None:
            continue
        at = bisect_left(known, (n, 0))
        if 0 < at < len(known):
            (before, one), (after, other) = known[at - 1 : at + 1]
            if other - one == after - before:
                result[n] = str(one + n - before)
                continue
        result[n] = _counted_on(n, known[max(0, at - 2) : at], known[at : at + 2], joined)
        result[n] = result[n] or _claimed_around(n, claims or {}, joined)
    return result


# Numbers are counted on over so many pages that bear none, and markers are compared with those of as many pages.
ONWARDS = 3

_Known = Sequence[tuple[int, int]]


def _counted_on(n: int, before: _Known, after: _Known, joined: Collection[int]) -> str | None:
    """The number of a page that two known ones before it, or behind it, lead to; None where text is missing between."""
    found = set()
    for pair, near in ((before, -1), (after, 0)):
        if len(pair) < 2 or pair[1][1] - pair[0][1] != pair[1][0] - pair[0][0]:
            continue
        index, value = pair[near]
        if abs(n - index) <= ONWARDS and all(p in joined for p in range(min(n, index) + 1, max(n, index) + 1)):
            found.add(value + n - index)
    return _as_label(found.pop()) if len(found) == 1 else None


def _claimed_around(n: int, claims: Mapping[int, Sequence[str]], joined: Collection[int]) -> str | None:
    """The number that the markers of the pages around ask for, if two agree, most do, and none bears out its own."""
    around: Counter[int] = Counter()
    for pages in (range(n - 1, n - 1 - ONWARDS, -1), range(n + 1, n + 1 + ONWARDS)):
        for p in pages:
            if (p + 1 if p < n else p) not in joined:
                break
            around.update(int(label) - p for label in claims.get(p, ()) if label.isdecimal())
    own = {int(label) - n for label in claims.get(n, ()) if label.isdecimal()}
    for difference, count in around.most_common(1):
        if count >= 2 and 2 * count > around.total() and own.isdisjoint(around):
            return _as_label(difference + n)
    return None


def _as_label(value: int) -> str | None:
    """The number as a label; None before page 1: what stands there has other numbers, or none."""
    return str(value) if value >= 1 else None


def _mended(order: int, read: Sequence[str], near: Counter[_Run]) -> str | None:
    """The number that the strongest run hereabouts asks for, if what was read differs from it in one digit alone."""
    for (difference, arabic), count in near.most_common(1):
        wanted = _as_label(difference + order)
        if wanted and arabic and count >= MENDING and any(_one_digit_off(wanted, number) for number in read):
            return wanted
    return None


def _moved(order: int, difference: int, read: Collection[_Run], candidates: Sequence[Collection[_Run]]) -> bool:
    """Whether a number read here is that of a page of the run whose place bears another: the two may be exchanged."""
    places = [order + own - difference for own, _ in read]
    return any(0 <= place < len(candidates) and (difference, True) not in candidates[place] for place in places)


def _one_digit_off(wanted: str, number: str) -> bool:
    same = len(wanted) == len(number) >= 2 and number.isdigit()
    return same and sum(a != b for a, b in zip(wanted, number, strict=True)) == 1


def _numbers_beside_heads(text: str) -> list[str]:
    """The number at the start or the end of an edge line that holds a head as well: "48 The Boy Apprenticed"."""
    words = text.split()
    if not 2 <= len(words) <= 12:
        return []
    return [n for n in (page_number(words[0]), page_number(words[-1])) if n is not None and n.isdigit()]


def _value(text: str) -> int | None:
    """The value of a number in digits or roman numerals; None for numerals out of order."""
    if text.isdigit():
        return int(text)
    values = [_ROMAN[c] for c in text]
    total = sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))
    return total if 0 < total < 400 and _roman(total) == text else None


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
) -> list[Label | None]:
    """For each page its label; `assigned` is the editor's word for each page, `claims` what markers say, by page index.

    `claimed` as in `printed_labels`, `joined` as in `expected_labels`.

    The editor's word counts first, then what is printed, then what the markers say.
    """
    printed = printed_labels(pages, claimed)
    expected = expected_labels(printed, claims, joined)
    labels: list[Label | None] = []
    for index in range(len(pages)):
        given = assigned[index] if index < len(assigned) else None
        marker = Counter(claims.get(index, ())).most_common(1)
        if given is not None:
            labels.append(Label(given, "assigned"))
        elif printed[index] is not None:
            labels.append(Label(str(printed[index]), "printed"))
        elif marker and expected[index] in (None, marker[0][0]):
            labels.append(Label(marker[0][0], "marker"))
        else:
            labels.append(None)
    return labels
