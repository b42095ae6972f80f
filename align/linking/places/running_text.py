"""The one text that the lines of a volume are matched against, and the way back from it to the source texts.

All texts of a volume that may stand on its pages are laid end to end. Page markers, notes and commentary are cut out,
so that a sentence which a note interrupts is whole. Where each document begins need not be known. The lines left over
are then matched against the notes and commentary alone, and so are found where the page has them, at its foot.

Example: in the text "He was * a note late." the note is "* a note ". The running text is "He was late.", and the asides
are "* a note ".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from align.model import ASIDE, SourceText, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the running text that stands unbroken in one source text.

    It begins at `start` in the running text and at `source` in the text with the index `text`; both count characters.
    """

    start: int
    text: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class RunningText:
    """Texts joined into one. `pieces` are ascending and do not overlap; between two of them is a line end.

    `starts` are the starts of the pieces.
    """

    content: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[tuple[int, int, Span], ...]:
        """The parts of source texts under a half-open range, in order: (position here, text index, span there)."""
        parts: list[tuple[int, int, Span]] = []
        for at in range(max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)):
            piece = self.pieces[at]
            a, b = max(start, piece.start), min(end, piece.start + piece.length)
            if a < b:
                offset = piece.source - piece.start
                parts.append((a, piece.text, (a + offset, b + offset)))
        return tuple(parts)


def running_text_of(texts: Sequence[SourceText]) -> RunningText:
    """The running text of these texts, in their order."""
    return _joined([text.content for text in texts], [(index, _kept(text)) for index, text in enumerate(texts)])


def plain_text(content: str) -> RunningText:
    """The running text of one text that has neither markers nor notes."""
    return _joined([content], [(0, [(0, len(content))] if content else [])])


def asides(texts: Sequence[SourceText]) -> RunningText:
    """The notes and commentary of these texts, each on a line of its own."""
    return _joined(
        [text.content for text in texts],
        [
            (index, sentence.spans)
            for index, text in enumerate(texts)
            for sentence in text.sentences
            if sentence.role in ASIDE
        ],
    )


def _joined(contents: Sequence[str], parts: Sequence[tuple[int, Sequence[Span]]]) -> RunningText:
    """The running text of these parts of texts: each part is the index of a text and spans of its content."""
    content: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for index, spans in parts:
        before = spans[0][0] if spans else 0
        for start, end in spans:
            cut = contents[index][before:start]
            if cut[:1].isspace() or cut[-1:].isspace():
                # A form feed is white space as well as a marker: without any, the words beside it would become one.
                content.append("\n")
                length += 1
            before = end
            if contents[index][start:end].strip():
                pieces.append(Piece(length, index, start, end - start))
                content.append(contents[index][start:end])
                length += end - start
        content.append("\n")
        length += 1
    return RunningText("".join(content), tuple(pieces), tuple(p.start for p in pieces))


def _kept(text: SourceText) -> list[Span]:
    """The ranges of the text that are neither marker nor number of a line nor note nor commentary."""
    cut = sorted(
        [(m.start, m.end) for m in text.markers if m.start < m.end]
        + list(text.line_numbers)
        + [span for s in text.sentences if s.role in ASIDE for span in s.spans]
    )
    kept, at = [], 0
    for start, end in cut:
        if at < start:
            kept.append((at, start))
        at = max(at, end)
    if at < len(text.content):
        kept.append((at, len(text.content)))
    return kept
