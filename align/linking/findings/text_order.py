"""Passages that a text has in another order than the pages: paragraphs that a copyist exchanged or moved.

Each line of a page shows a place of a text. Of the lines in page order, the heaviest selection (by letters) that is in
the text's order stays; the lines between are moved. Whole pages that are moved are another matter, see page_order.py.
No line matches a short paragraph that was moved: its words are missing in one place, and the same words are, in no
text, in another.

Example: the pages have A B C, the text has A C B: B (or C, the shorter) is moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from align.linking.findings.absences import Absence
from align.linking.findings.catalogue.sentence_entries import TEXT_OUT_OF_ORDER
from align.linking.findings.omissions import Omission
from align.linking.lines.reader_view import reading_ranks, upright_box
from align.linking.places.placing import PlacedLine
from align.linking.words.collation import Collation, sentences_within, word_areas
from align.model import Around, Finding, Page, PageName, Sentence, SourceText, Span, WordAt
from align.text.fold import folded_letters
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Moved:
    """Words that stand elsewhere on the pages than in the text: their text and ranges there, and their places."""

    text: SourceText
    spans: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    places: tuple[WordAt, ...]


_Line = tuple[PlacedLine, SourceText, Span, int]
# With its place in the order of the pages.


def moved_lines(
    pages: Sequence[Page],
    collations: Sequence[Collation],
    misplaced: Collection[int] = (),
    tuning: LinkingTuning = LINKING,
) -> list[Moved]:
    """The runs of lines that are out of their text's order, in page order; not those on `misplaced` pages (orders)."""
    found = []
    for collation in collations:
        by_text: dict[str, list[_Line]] = defaultdict(list)
        ranks = {p: reading_ranks(pages[p], tuning) for p in {place.page for place in collation.placed}}
        for place in sorted(collation.placed, key=lambda p: (p.page, ranks[p.page][p.line])):
            parts = collation.within(place.start, place.end)
            if parts and pages[place.page].order not in misplaced:
                text, span = max(parts, key=lambda part: part[1][1] - part[1][0])
                by_text[text.path].append((place, text, span, len(by_text[text.path])))
        for own in by_text.values():
            found += _moved(pages, own, tuning)
    return found


def _moved(pages: Sequence[Page], lines: Sequence[_Line], tuning: LinkingTuning) -> list[Moved]:
    """The moved passages of a text: one for all lines that are out of order among each other."""
    kept = heaviest_rising([(span[0], span[1] - span[0]) for _, _, span, _ in lines])
    steady = [lines[k] for k in sorted(kept)]
    runs = [
        run
        for run in _runs(lines, kept, tuning.findings.apart_letters)
        # Headings and formulas recur.
        if sum(span[1] - span[0] for _, _, span, _ in run) >= tuning.findings.moved_letters
        and _out_of_column(pages, run, steady, tuning.findings.steady_lines)
    ]
    return [_passage(pages, own) for own in _tangles(runs, steady)]


def _runs(lines: Sequence[_Line], kept: Collection[int], apart_letters: int) -> list[list[_Line]]:
    """The lines that are not kept, in runs that follow each other on the pages and in the text."""
    runs: list[list[_Line]] = []
    previous = -1
    for index, line in enumerate(lines):
        if index in kept:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and previous == index - 1 and 0 <= line[2][0] - last[2][1] <= apart_letters:
            runs[-1].append(line)
        else:
            runs.append([line])
        previous = index
    return runs


def _tangles(runs: Sequence[list[_Line]], steady: Sequence[_Line]) -> list[list[list[_Line]]]:
    """The runs grouped: those between whose places on the pages and in the text nothing is in order are one tangle."""
    marked = sorted(
        [(line[3], line[2][0], -1) for line in steady]
        + [(line[3], line[2][0], n) for n, run in enumerate(runs) for line in run]
    )
    least = [at for _, at, _ in marked]
    for n in range(len(least) - 2, -1, -1):
        least[n] = min(least[n], least[n + 1])
    groups: list[dict[int, None]] = [{}]
    most = -1
    for n, (_, at, number) in enumerate(marked):
        if groups[-1] and most <= least[n]:
            groups.append({})
        most = max(most, at)
        if number >= 0:
            groups[-1][number] = None
    return [[runs[number] for number in group] for group in groups if group]


def _passage(pages: Sequence[Page], runs: Sequence[Sequence[_Line]]) -> Moved:
    text = runs[0][0][1]
    spans = tuple(sorted((run[0][2][0], run[-1][2][1]) for run in runs))
    places = [
        WordAt(p.page, p.line, w)
        for run in runs
        for p, *_ in run
        for w in range(len(pages[p.page].lines[p.line].words))
    ]
    return Moved(text, spans, tuple(sentences_within(text, spans)), tuple(places))


def _out_of_column(pages: Sequence[Page], run: Sequence[_Line], steady: Sequence[_Line], near: int) -> bool:
    """Whether the page itself contradicts the text: some steady line stands above (below) that comes after (before).

    An engine reads columns and margins in an order of its own; lines beside each other contradict nothing. The `near`
    nearest steady lines on either side are looked at.
    """
    place, _, (start, _), _ = run[0]
    at = bisect_left(steady, start, key=lambda line: line[2][0])
    before, after = steady[max(0, at - near) : at], steady[at : at + near]
    return any(_above(pages, place, line[0]) for line in before) or any(_above(pages, line[0], place) for line in after)


def _above(pages: Sequence[Page], one: PlacedLine, other: PlacedLine) -> bool:
    """Whether a line stands on an earlier page than another, or plainly above it in one column."""
    if one.page != other.page:
        return one.page < other.page
    page = pages[one.page]
    first, second = upright_box(page, one.line), upright_box(page, other.line)
    beside = min(first.right, second.right) - max(first.left, second.left) <= 0
    return not beside and first.bottom <= (second.top + second.bottom) / 2


def heaviest_rising(items: Sequence[tuple[int, int]]) -> set[int]:
    """The indices of a heaviest subsequence of (place, weight) with rising places (a Fenwick tree of maxima).

    >>> sorted(heaviest_rising([(1, 5), (9, 2), (3, 5), (4, 5)]))
    [0, 2, 3]
    """
    ranks = {place: n + 1 for n, place in enumerate(sorted({place for place, _ in items}))}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    weights: list[int] = []
    before: list[int] = []
    for index, (place, weight) in enumerate(items):
        best = (0, -1)
        at = ranks[place] - 1
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        weights.append(best[0] + weight)
        before.append(best[1])
        at = ranks[place]
        while at < len(tree):
            tree[at] = max(tree[at], (weights[index], index))
            at += at & -at
    kept: set[int] = set()
    last = max(range(len(items)), key=weights.__getitem__) if items else -1
    while last >= 0:
        kept.add(last)
        last = before[last]
    return kept


def moved_words(
    absent: Sequence[Absence], omitted: Sequence[Omission], tuning: LinkingTuning = LINKING
) -> tuple[list[Moved], list[Absence], list[Omission]]:
    """Each passage that is missing in one place, paired with the same words elsewhere; and what stays unpaired."""
    same_words_letters = tuning.findings.same_words_letters
    letters = [folded_letters(omission.text) for omission in omitted]
    moved: list[Moved] = []
    gone: set[int] = set()
    left = []
    by_length = sorted((len(text), n) for n, text in enumerate(letters) if len(text) >= same_words_letters)
    for absence in absent:
        wanted = folded_letters(absence.content)
        low = bisect_left(by_length, (int(0.7 * len(wanted)), 0))
        high = bisect_left(by_length, (int(1.4 * len(wanted)) + 1, 0))
        near = [n for _, n in by_length[low:high] if n not in gone] if len(wanted) >= same_words_letters else []
        best = max(near, key=lambda n: fuzz.ratio(wanted, letters[n]), default=None)
        if best is None or fuzz.ratio(wanted, letters[best]) < tuning.findings.same_words_percent:
            left.append(absence)
            continue
        gone.add(best)
        moved.append(Moved(absence.text, absence.spans, absence.sentences, omitted[best].places))
    return moved, left, [omission for n, omission in enumerate(omitted) if n not in gone]


def order_findings(
    pages: Sequence[Page], found: Sequence[Moved], transcriptions: Collection[str], tuning: LinkingTuning = LINKING
) -> list[Finding]:
    """One finding for each moved passage of these texts (paths)."""
    return [_order_finding(pages, moved, tuning) for moved in found if moved.text.path in transcriptions]


def _order_finding(pages: Sequence[Page], moved: Moved, tuning: LinkingTuning) -> Finding:
    content = " ".join(" ".join(moved.text.content[a:b] for a, b in moved.spans).split())
    start, end = moved.spans[0][0], moved.spans[-1][1]
    before = moved.text.content[max(0, start - NEIGHBOUR_LETTERS) : start].split()
    after = moved.text.content[end : end + NEIGHBOUR_LETTERS].split()
    touched = tuple(dict.fromkeys(p for p, *_ in moved.places))
    return Finding(
        code=TEXT_OUT_OF_ORDER.code,
        severity=TEXT_OUT_OF_ORDER.severity,
        values={
            "pages": tuple(PageName.of(pages[p]) for p in touched),
            "around": Around(
                " ".join(before[-NEIGHBOUR_WORDS:]) or None,
                " ".join(after[:NEIGHBOUR_WORDS]) or None,
            ),
            "text": content,
        },
        subjects=tuple(s.key for s in moved.sentences),
        document=moved.text.document,
        text=moved.text.path,
        pages=tuple(pages[p].order for p in touched),
        lines=tuple(dict.fromkeys(pages[p].line_id(i) for p, i, _ in moved.places)),
        sentences=tuple(s.id for s in moved.sentences),
        spans=moved.spans,
        areas=word_areas(pages, moved.places, moved.spans, tuning),
        scan_text=" ".join(pages[p].lines[i].words[w].text for p, i, w in moved.places),
        source_text=content,
    )


# The message quotes this number of words before and after the place in the text, sought in this number of letters.
NEIGHBOUR_WORDS, NEIGHBOUR_LETTERS = 4, 200
