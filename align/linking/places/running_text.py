"""The one text that the lines of a volume are matched against, and the way back from it to the source texts.

All texts of a volume that may stand on its pages are laid end to end, with page markers, notes and commentary cut out:
a sentence that a note interrupts is thereby whole, and nothing needs to be known of where a document stands. The lines
left over are then matched against the notes and commentary alone, and so found where the page has them, at its foot.

Example: with the text "He was * a note late." whose note covers "* a note " the running text is "He was late.", the
asides are "* a note ".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from align.model import SourceText, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the haystack that stands unbroken in one source text."""

    start: int
    text: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class Haystack:
    """The joined text; `pieces` are ascending and do not overlap; what lies between them is a line end."""

    content: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[tuple[int, int, Span], ...]:
        """The source text under a half-open range: (position in the haystack, text index, span there), in order."""
        found: list[tuple[int, int, Span]] = []
        for at in range(max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)):
            piece = self.pieces[at]
            a, b = max(start, piece.start), min(end, piece.start + piece.length)
            if a < b:
                offset = piece.source - piece.start
                found.append((a, piece.text, (a + offset, b + offset)))
        return tuple(found)


def running_text(texts: Sequence[SourceText]) -> Haystack:
    """The running text of these texts, in their order."""
    return _joined(texts, [(index, _kept(text)) for index, text in enumerate(texts)])


def asides(texts: Sequence[SourceText]) -> Haystack:
    """The notes and commentary of these texts, each on a line of its own."""
    return _joined(
        texts,
        [
            (index, sentence.spans)
            for index, text in enumerate(texts)
            for sentence in text.sentences
            if sentence.role in ("note", "commentary")
        ],
    )


def _joined(texts: Sequence[SourceText], parts: Sequence[tuple[int, Sequence[Span]]]) -> Haystack:
    content: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for index, spans in parts:
        before = spans[0][0] if spans else 0
        for start, end in spans:
            cut = texts[index].content[before:start]
            if cut[:1].isspace() or cut[-1:].isspace():
                # A form feed is white space and a marker, too: without it the words on both sides would be one.
                content.append("\n")
                length += 1
            before = end
            if texts[index].content[start:end].strip():
                pieces.append(Piece(length, index, start, end - start))
                content.append(texts[index].content[start:end])
                length += end - start
        content.append("\n")
        length += 1
    return Haystack("".join(content), tuple(pieces), tuple(p.start for p in pieces))


def _kept(text: SourceText) -> list[Span]:
    """The ranges of the text that are neither marker nor note nor commentary."""
    cut = sorted(
        [(m.start, m.end) for m in text.markers if m.start < m.end]
        + [span for s in text.sentences if s.role in ("note", "commentary") for span in s.spans]
    )
    kept, at = [], 0
    for start, end in cut:
        if at < start:
            kept.append((at, start))
        at = max(at, end)
    if at < len(text.content):
        kept.append((at, len(text.content)))
    return kept
