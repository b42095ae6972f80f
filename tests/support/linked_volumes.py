"""Small volumes for tests of linking: words on a letter grid, lines at an angle, pages, texts, prose to fill them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from align.linking.places.placing import PlacedLine
from align.model import (
    Box,
    Frame,
    Line,
    LineAt,
    Page,
    Polygon,
    RawText,
    ScanInfo,
    Sentence,
    SourceText,
    Transform,
    Word,
    key,
)
from align.text.source import structure

LETTER = 20, 40  # width and height of a letter, in pixels
PITCH = 60  # from line to line
SIZE = 1400, 2000  # of a page

Turn = Callable[[tuple[float, float]], tuple[float, float]]


def turned(angle_deg: float, about: tuple[float, float] = (0.0, 0.0)) -> Turn:
    return Transform.turn(angle_deg, about).point


def make_line(
    text: str, left: int = 100, top: int = 100, *, turn: Turn = lambda p: p, confidence: float = 0.9, region: int = 0
) -> Line:
    """The words of a text on a letter grid, in the reader's frame; `turn` leads from there to the scan."""
    words = []
    for found in re.finditer(r"\S+", text):
        a, b = (left + LETTER[0] * n for n in found.span())
        corners = [turn(p) for p in ((a, top), (b, top), (b, top + LETTER[1]), (a, top + LETTER[1]))]
        words.append(Word(found.group(), Box.around(corners), Polygon(tuple(corners)), confidence))
    return Line(tuple(words), Polygon(Box.union(w.box for w in words).corners), region)


def make_page(
    lines: Sequence[str | Line],
    *,
    order: int = 1,
    language: str | None = "ru",
    status: str = "ok",
    rotation: int = 0,
    file: str | None = None,
) -> Page:
    """A page with these lines one under another; a rotated page lies on its scan as its rotation says."""
    width, height = SIZE if rotation in (0, 180) else SIZE[::-1]
    # A scan that must be turned clockwise by so much to be read shows the reader's page turned the other way.
    shift = {0: (0, 0), 90: (0, SIZE[0]), 180: SIZE, 270: (SIZE[1], 0)}[rotation]
    lie = Transform.turn(-rotation).then(Transform.shift(*shift)).point
    made = tuple(
        make_line(line, 100, 100 + PITCH * n, turn=lie) if isinstance(line, str) else line
        for n, line in enumerate(lines)
        if isinstance(line, Line) or line.strip()
    )
    return Page(
        order=order,
        id=f"v.p{order:04d}",
        key=key("scan", str(order)),
        scan=ScanInfo(file or f"images/v/{order:04d}.jpg", None, width, height, None, f"{order:064x}"),
        frame=Frame(Box(0, 0, width, height), rotation) if status != "failed" else None,
        status=status,
        lines=made if status == "ok" else (),
        language=language if made and status == "ok" else None,
    )


def every_line(pages: Sequence[Page]) -> list[LineAt]:
    """The addresses of all lines of these pages, in order."""
    return [LineAt(p, i) for p, page in enumerate(pages) for i in range(len(page.lines))]


def make_pages(pages: Sequence[Sequence[str | Line]], *, language: str | None = "ru") -> list[Page]:
    """Pages in order; one without lines is blank."""
    return [
        make_page(lines, order=n, language=language, status="ok" if lines else "blank")
        for n, lines in enumerate(pages, start=1)
    ]


def make_text(content: str, *, document: str = "d", language: str = "ru", volume: str = "v") -> SourceText:
    """The content as the program structures it: sentences, markers, notes."""
    path = f"transcripts/{volume}/{document}.{language}.txt"
    return structure(RawText(path, volume, document, language, content, "utf-8"))


def cut_text(
    content: str, sentences: Sequence[tuple[str, Sequence[tuple[int, int]]]], *, document: str = "d"
) -> SourceText:
    """A source text whose sentences (role, spans) are given outright, for cases that no splitter would make."""
    return SourceText(
        f"transcripts/v/{document}.ru.txt",
        "v",
        document,
        "ru",
        content,
        tuple(
            Sentence(
                f"v.{document}.ru.s{n:04d}",
                key(document, str(n)),
                role,
                tuple(spans),
                " ".join(content[a:b] for a, b in spans),
            )
            for n, (role, spans) in enumerate(sentences, start=1)
        ),
    )


def wrapped(text: str, width: int = 50) -> list[str]:
    """The text in lines of at most this many letters, broken at spaces."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def paged(text: str, *, width: int = 50, lines: int = 20) -> list[list[str]]:
    """The text in pages of so many lines."""
    rows = wrapped(text, width)
    return [rows[n : n + lines] for n in range(0, len(rows), lines)]


def placed(page: int, line: int, start: int, end: int, similarity: float = 1.0) -> PlacedLine:
    return PlacedLine(page, line, start, end, similarity)


def prose(language: str) -> list[str]:
    """Invented sentences of at least three words, in a fixed order that is no text's order."""
    source = Path(__file__).parents[1] / "text" / f"sentences_{language}.txt"
    rows = source.read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()
    plain = [re.sub("[∅⏎␍␣¬]", " ", row).strip() for row in rows if row and not row.startswith("#")]
    found = sorted({" ".join(row.split()) for row in plain if len(row.split()) >= 3})
    Random(1934).shuffle(found)
    return found
