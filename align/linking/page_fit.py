"""Which pages went badly against their text, and how well a page's reading fits it.

A text says what should stand on a page: what lies between lines of that page and no line shows was missed there, and
lines that agree with it worse than the volume's lines do were misread. The text is used to ask for other readings and
to choose between them; what was read is never changed.

Example: of a page's text 1,900 letters were found on its lines and 300 between them on none: it is to be read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from align.linking.links.transcriptions import LOST_PAGE
from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import sentences_within
from align.model import Box, Line, Match, Page, Reread, SourceText, Span

# A page is asked for again where so many letters of its text are wanting, and this share of them: some lines lost or
# spoilt. One line or a word here and there is no reason: another preparation misses others.
LETTERS, SHARE = 60.0, 0.04
# Another reading must show so much more of the text to be preferred: the first is the one that most care was taken of.
BETTER = 1.01
# A reading taken whole must show so much more than that: its dirt and the boxes of its good lines come with it.
WHOLE = 1.5
# A line is replaced for at least so many letters more: for a word, not for a letter here or there.
WORTH = 5.0
# Where no line stood, so many letters: scraps at a page's edge may be given a word that was lost elsewhere.
WORTH_NEW = 12.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a page and its text agree, in letters: shown and read alike, missed, and read worse than is usual."""

    shown: float
    missed: float = 0.0
    misread: float = 0.0

    @property
    def wanting(self) -> bool:
        """True where the page went badly."""
        loss = self.missed + self.misread
        return loss >= LETTERS and loss >= SHARE * (self.shown + loss)


def rereads(
    pages: Sequence[Page], matches: Sequence[Mapping[int, Sequence[Match]]], texts: Sequence[SourceText]
) -> tuple[Reread, ...]:
    """The pages to be read again, in order: those that miss or spoil much of the text that should stand on them.

    `matches` are those of a finished linking, by page, then by line index; `texts` are the volume's.
    """
    asked = []
    for page, fit in zip(pages, page_fits(pages, matches, texts), strict=True):
        if page.duplicate_of is None and page.status != "failed" and fit.wanting:
            asked.append(Reread(page.order, None, "missed" if fit.missed >= fit.misread else "misread"))
    return tuple(asked)


def page_fits(
    pages: Sequence[Page], matches: Sequence[Mapping[int, Sequence[Match]]], texts: Sequence[SourceText]
) -> list[Fit]:
    """How each page agrees with the texts that were found on the volume's pages."""
    every = [match for own in matches for found in own.values() for match in found]
    usual = median(match.similarity for match in every) if every else 0.0
    missed = _missed(pages, matches, texts)
    return [
        Fit(
            shown=_shown(own),
            missed=missed[index],
            misread=sum(max(0.0, usual - m.similarity) * _length(m.span) for found in own.values() for m in found),
        )
        for index, own in enumerate(matches)
    ]


def best_readings(
    readings: Sequence[Sequence[Page]], asked: Collection[int], texts: Sequence[SourceText]
) -> tuple[Page, ...]:
    """The volume's pages, each of those asked for (by order) in the reading that shows most of the text.

    `readings` holds the whole volume's pages several times, first as they were read at first; pages that have no other
    reading are the same in all. `texts` are those that stand on the pages. A page's first reading is also tried with
    those of its lines replaced that another reading has better.
    """
    first = readings[0]
    # Neighbours are matched too: where a page begins and ends depends on them.
    near = [i for i, page in enumerate(first) if {page.order - 1, page.order, page.order + 1} & set(asked)]
    trials = [[pages[i] for i in near] for pages in readings]
    found = [PlacedTexts.of(trial, texts).matches for trial in trials]
    mixed = list(trials[0])
    for at, page in enumerate(trials[0]):
        if page.order in asked:
            kept: Mapping[int, Sequence[Match]] = found[0][at]
            for trial, matches in zip(trials[1:], found[1:], strict=True):
                mixed[at], kept = patched(mixed[at], kept, trial[at], matches[at])
    best = list(first)
    bars = {page.order: _shown(own) * BETTER for page, own in zip(trials[0], found[0], strict=True)}
    for trial, matches in [(mixed, PlacedTexts.of(mixed, texts).matches), *zip(trials[1:], found[1:], strict=True)]:
        for index, page, own in zip(near, trial, matches, strict=True):
            amount = _shown(own)
            bar = bars[page.order] * (1.0 if trial is mixed else WHOLE)
            if page.order in asked and page != first[index] and amount > bar:
                best[index], bars[page.order] = page, amount
    return tuple(best)


def patched(
    page: Page, matches: Mapping[int, Sequence[Match]], other: Page, others: Mapping[int, Sequence[Match]]
) -> tuple[Page, dict[int, Sequence[Match]]]:
    """The page with each line of another reading that shows clearly more of the text than the lines in its place.

    `matches` and `others` are the two readings' matches by line index; the new page's come back with it. Lines come in
    the place of those whose words they share, or else next to their neighbours in the other reading.
    """
    lines: list[tuple[Line, Sequence[Match]]] = [(line, matches.get(i, ())) for i, line in enumerate(page.lines)]
    for index, own in sorted(others.items()):
        line = other.lines[index]
        rivals = [at for at, (rival, _) in enumerate(lines) if _same_place(line, rival)]
        if _amount(own) < sum(_amount(lines[at][1]) for at in rivals) + (WORTH if rivals else WORTH_NEW):
            continue
        if not rivals and _covered(own, [match for _, found in lines for match in found]):
            continue
        place = rivals[0] if rivals else _place(other.lines, index, [rival for rival, _ in lines])
        lines = [entry for at, entry in enumerate(lines) if at not in rivals]
        lines.insert(place, (line, own))
    return replace(page, lines=tuple(line for line, _ in lines)), {i: own for i, (_, own) in enumerate(lines) if own}


def _place(lines: Sequence[Line], index: int, among: Sequence[Line]) -> int:
    """Where a line comes among those of another reading: after what stands before it in its own, or before the next."""
    for before in reversed(lines[:index]):
        at = [i for i, rival in enumerate(among) if _same_place(before, rival)]
        if at:
            return at[-1] + 1
    for after in lines[index + 1 :]:
        at = [i for i, rival in enumerate(among) if _same_place(after, rival)]
        if at:
            return at[0]
    return len(among)


def _same_place(one: Line, other: Line) -> bool:
    """Whether two readings' lines share a word's place: lines run askew, so that their boxes say little."""
    if one.box.intersection(other.box) is None:
        return False
    return any(_middle_in(a.box, b.box) or _middle_in(b.box, a.box) for a in one.words for b in other.words)


def _middle_in(box: Box, other: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return other.left <= x < other.right and other.top <= y < other.bottom


def _covered(own: Sequence[Match], known: Sequence[Match]) -> bool:
    """Whether more than a half of what a line shows is shown by others."""
    shared = sum(
        max(0, min(a.span[1], b.span[1]) - max(a.span[0], b.span[0])) for a in own for b in known if a.text == b.text
    )
    return shared > 0.5 * sum(_length(match.span) for match in own)


def _amount(matches: Sequence[Match]) -> float:
    """The letters of the text that a line shows, counted by how well it was read."""
    return sum(_length(match.span) * match.similarity for match in matches)


def _shown(matches: Mapping[int, Sequence[Match]]) -> float:
    """The letters of the text that a page's lines show, each counted by how well it was read."""
    return sum(_amount(found) for found in matches.values())


def _missed(
    pages: Sequence[Page], matches: Sequence[Mapping[int, Sequence[Match]]], texts: Sequence[SourceText]
) -> list[float]:
    """For each page the letters of the text that should stand on it and that no line shows."""
    missed = [0.0] * len(pages)
    places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for page, own in enumerate(matches):
        if pages[page].duplicate_of is None:
            for found in own.values():
                for match in found:
                    places[match.text].append((*match.span, page))
    for text in texts:
        own_places = sorted(places[text.path])
        a_page = _letters_a_page(own_places)
        reached, before = 0, None
        for start, end, page in own_places:
            if before is not None and any(c.isalnum() for c in text.content[reached:start]):
                letters = _running_letters(text, (reached, start))
                for index, share in _shares(pages, before, page, letters, a_page):
                    missed[index] += share
            if end >= reached:
                reached, before = end, page
    return missed


def _shares(pages: Sequence[Page], before: int, after: int, letters: float, a_page: float) -> list[tuple[int, float]]:
    """The pages on which a stretch of text that no line shows should stand, and how much of it on each."""
    if before == after:
        return [(before, letters)]
    between = [page for page in range(before + 1, after) if pages[page].status != "failed"]
    if between:
        return [(page, letters / len(between)) for page in between]
    # More than this was lost with a page that was not scanned.
    return [(before, letters / 2), (after, letters / 2)] if letters <= LOST_PAGE * a_page else []


def _letters_a_page(places: Sequence[tuple[int, int, int]]) -> float:
    counts: dict[int, int] = defaultdict(int)
    for start, end, page in places:
        counts[page] += end - start
    return median(counts.values()) if counts else 0.0


def _running_letters(text: SourceText, stretch: Span) -> float:
    """The letters and digits of a stretch that are in no marker, note or commentary."""
    return float(
        sum(
            character.isalnum()
            for sentence in sentences_within(text, [stretch])
            if sentence.role in ("body", "heading")
            for start, end in sentence.spans
            for character in text.content[max(start, stretch[0]) : min(end, stretch[1])]
        )
    )


def _length(span: Span) -> int:
    return span[1] - span[0]
