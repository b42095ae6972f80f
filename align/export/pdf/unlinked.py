"""The text that could not be linked, on the page where it must stand: between the linked text before and behind it.

It goes onto the lines there that no text has, if they are about as long, or else into the white paper between its
neighbours. What an editor says apart is left out, but not its signs without letters, such as asterisks.

Example: the chapter number "II" was read as "П", which links nothing. Its text goes over this line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from align.export.overlay.scene import upright_transform
from align.model import Box, Line, LineRole, LineText, LineTexts, Link, Match, Page, Polygon, TextWord, Transform, Word
from align.model.source import Span

# The roles of lines that may be of a text: no running heads, page numbers, notes and stamps.
_OF_TEXT: frozenset[LineRole] = frozenset({"body", "heading", "other"})
# How many times as many letters a line may have as the text that is put onto it, or this as the line; and how many
# letters are added to both, as short lines are read worse.
_TIMES, _ADDED = 2.0, 3
# The lines in a row that are tried.
_MOST_LINES = 40
# The white paper between two rows, in heights of a line.
_BETWEEN = 0.3


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Sentences of a text in a row that have no place: the range of each in the text and what it says; their language.

    `before` and `behind` are the orders of the pages on which their linked neighbours stand, None where there is none.
    """

    text: str
    sentences: tuple[tuple[Span, str], ...]
    language: str
    before: int | None
    behind: int | None

    @property
    def span(self) -> Span:
        """The range of all of them."""
        return self.sentences[0][0][0], self.sentences[-1][0][1]

    @property
    def words(self) -> tuple[str, ...]:
        """Their words."""
        return tuple(word for _, content in self.sentences for word in content.split())

    def without(self, shown: Sequence[Span]) -> Unlinked | None:
        """Those that no line shows, None if there are none."""
        kept = [own for own in self.sentences if not any(a < own[0][1] and own[0][0] < b for a, b in shown)]
        return replace(self, sentences=tuple(kept)) if kept else None


def unlinked_sentences(links: Iterable[Link]) -> list[Unlinked]:
    """The sentences of transcriptions without a place, those of a row together."""
    by_text: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.kind == "transcription" and link.spans:
            by_text[link.text].append(link)
    return [own for some in by_text.values() for own in _of_text(sorted(some, key=lambda link: link.spans[0]))]


def _of_text(links: Sequence[Link]) -> Iterator[Unlinked]:
    before: int | None = None
    row: list[Link] = []
    for link in [*links, None]:
        if link is not None and not link.areas:
            if link.status != "apart" or not any(map(str.isalnum, link.content)):
                row.append(link)
            continue
        behind = min((area.page for area in link.areas), default=None) if link else None
        if row:
            sentences = tuple(((own.spans[0][0], own.spans[-1][1]), own.content) for own in row)
            yield Unlinked(row[0].text, sentences, row[0].language, before, behind)
            row = []
        before = max((area.page for area in link.areas), default=None) if link else None


def with_unlinked(
    page: Page,
    lines: Sequence[LineTexts],
    matches: Mapping[int, Sequence[Match]],
    unlinked: Sequence[Unlinked],
) -> tuple[Page, list[LineTexts], list[Unlinked]]:
    """The page and its lines with the unlinked text that is on it, and the rest of this text.

    Text between two pages goes to the first of them only if it has a free line there.
    """
    sheet, left = _Sheet.of(page, lines, matches), []
    for own in unlinked:
        here = page.frame is not None and page.order in (own.before, own.behind)
        if not here or not sheet.put(own, only_on_lines=own.behind not in (page.order, None)):
            left.append(own)
    return replace(page, lines=tuple(line for line, _, _ in sheet.rows)), [both for _, both, _ in sheet.rows], left


@dataclass(slots=True)
class _Sheet:
    """The lines of a page with what is written on them and their matches."""

    page: Page
    rows: list[tuple[Line, LineTexts, Sequence[Match]]]

    @classmethod
    def of(cls, page: Page, lines: Sequence[LineTexts], matches: Mapping[int, Sequence[Match]]) -> _Sheet:
        shown = [matches.get(index, ()) for index in range(len(page.lines))]
        return cls(page, list(zip(page.lines, lines, shown, strict=True)))

    def put(self, row: Unlinked, *, only_on_lines: bool) -> bool:
        """Write the text on the page, if no line shows it; whether it stands there now."""
        own = row.without([m.span for _, _, some in self.rows for m in some if m.text == row.text])
        if own is None:
            return True
        ends = [(m.span, n) for n, (_, _, some) in enumerate(self.rows) for m in some if m.text == own.text]
        before = max(((span, n) for span, n in ends if span[0] < own.span[0]), default=None)
        behind = min(((span, n) for span, n in ends if span[0] >= own.span[1]), default=None)
        if before is None and behind is None:
            return False
        first = before[1] + 1 if before else 0
        last = behind[1] if behind else len(self.rows)
        lines = self._free(first, last, own.words)
        if lines:
            for n, words in zip(lines, _shared(own.words, [self._letters(n) for n in lines]), strict=True):
                self._write(n, own, words)
            return True
        if only_on_lines:
            return False
        boxes = self._white(self.rows[first - 1][0] if before else None, self.rows[last][0] if behind else None, own)
        at = first if before else last
        for box, words in reversed(list(zip(boxes, _shared(own.words, [box.width for box in boxes]), strict=True))):
            if words:
                line = Line((Word(" ".join(words), box, Polygon(box.corners), None),), Polygon(box.corners))
                nothing = LineTexts(LineText((), own.language), None)
                self.rows.insert(at, (line, nothing, (Match(own.text, own.span, 0.0),)))
                self._write(at, own, words)
        return True

    def _letters(self, n: int) -> int:
        return len(self.rows[n][0].text)

    def _free(self, first: int, last: int, words: Sequence[str]) -> range:
        """The free lines between two lines whose letters are nearest to those of the words, none if far from it."""
        wanted = _ADDED + len(" ".join(words))
        found, least = range(0), _TIMES
        for start in range(first, last):
            letters = _ADDED - 1
            for n in range(start, min(last, start + _MOST_LINES)):
                line, both, some = self.rows[n]
                if both.written is not None or some or line.role not in _OF_TEXT:
                    break
                letters += 1 + self._letters(n)
                if (far := max(letters / wanted, wanted / letters)) <= least:
                    found, least = range(start, n + 1), far
        return found

    def _write(self, n: int, own: Unlinked, words: Sequence[str]) -> None:
        """Put words on a line: each onto one that was read, or each as wide as its letters."""
        line, both, _ = self.rows[n]
        boxes = [word.box for word in line.words]
        if len(boxes) != len(words):
            boxes = self._divided(Box.union(boxes), words)
        found = tuple(TextWord(text, box) for text, box in zip(words, boxes, strict=True))
        written = LineText(found, own.language, sure=False) if found else None
        self.rows[n] = line, replace(both, written=written), (Match(own.text, own.span, 0.0),)

    def _divided(self, box: Box, words: Sequence[str]) -> list[Box]:
        """Parts of a box along the line, one for each word."""
        upright, _ = self._upright()
        whole = Box.around(upright.points(box.corners))
        letter = whole.width / max(1, len(" ".join(words)))
        boxes, x = [], float(whole.left)
        for word in words:
            boxes.append(Box(round(x), whole.top, max(round(x + letter * len(word)), round(x) + 1), whole.bottom))
            x += letter * (len(word) + 1)
        back = upright.inverse()
        return [Box.around(back.points(own.corners)) for own in boxes]

    def _white(self, before: Line | None, behind: Line | None, own: Unlinked) -> list[Box]:
        """Rows of white paper between two lines; where there is none, the paper to the right of the first."""
        upright, page = self._upright()
        ends = [line for line in (before, behind) if line]

        def box_of(line: Line) -> Box:
            return Box.around(upright.points(line.polygon.box.corners))

        of_lines = [box_of(line) for line, _, _ in self.rows]
        high = max(2, round(median(box.height for box in of_lines)))
        letter = sum(box.width for box in of_lines) / max(1, sum(len(line.text) for line, _, _ in self.rows))
        wide = max(2, round(letter * len(" ".join(own.words))))
        near = box_of(ends[0])
        pitch = round(high * (1 + _BETWEEN))
        top = near.bottom if before else near.top - pitch
        bottom = box_of(behind).top if behind else near.bottom + pitch
        count = max(0, (bottom - top) // pitch)
        if count == 0:
            x = min(near.right + round(letter), page.right - 2)
            rows = [Box(x, near.top, max(min(x + wide, page.right), x + 2), near.bottom)]
        else:
            row = max(near.width, 2) if wide > near.width else wide
            wanted = min(count, -(-wide // row))
            start = top + ((bottom - top) - wanted * pitch) // 2 + round(high * _BETWEEN / 2)
            rows = [Box(near.left, start + n * pitch, near.left + row, start + n * pitch + high) for n in range(wanted)]
        back = upright.inverse()
        return [Box.around(back.points(box.corners)) for box in rows]

    def _upright(self) -> tuple[Transform, Box]:
        assert self.page.frame is not None
        return upright_transform(self.page.frame)


def _shared(words: Sequence[str], rooms: Sequence[int]) -> list[list[str]]:
    """The words in order, divided among rooms by their sizes."""
    letters, room = len(" ".join(words)), sum(rooms)
    shared: list[list[str]] = []
    at, filled, given = 0, 0, 0.0
    for own in rooms:
        given += own * letters / max(1, room)
        part = []
        while at < len(words) and (filled + len(words[at]) / 2 <= given or len(shared) == len(rooms) - 1):
            part.append(words[at])
            filled += len(words[at]) + 1
            at += 1
        shared.append(part)
    return shared
