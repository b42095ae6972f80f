"""An invented volume of any size, written as a collection and its results: what a viewer is built from.

Sentences stand one below the other, a line each, over as many pages as they need; documents share pages. The last
sentence of a page goes on at the top of the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from align.files.store.result_store import ResultStore
from align.files.store.results import write_loose, write_volume
from align.model import (
    Area,
    Bead,
    Box,
    Frame,
    Line,
    Link,
    Page,
    PairedTexts,
    PlainText,
    Polygon,
    ScanInfo,
    Sentence,
    SourceText,
    VolumeResult,
    Word,
    documents_of,
    key,
)
from align.records import SCHEMA_VERSION, json_document

VOLUME = "v"
MARGIN = 0.1  # of a page's width, on each side


@dataclass(frozen=True)
class Entry:
    """A document: its sentences in Russian and English (None: it has no such text), its roles, its details.

    `second` are sentences of a second translation, one for each in Russian.
    """

    name: str
    russian: Sequence[str] | None
    english: Sequence[str] | None
    details: dict[str, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    second: Sequence[str] | None = None


@dataclass(frozen=True)
class Layout:
    """The size of pages in pixels, how many sentences stand on one, and the label of the first page."""

    size: tuple[int, int] = (900, 1200)
    lines: int = 12
    first: int = 53

    def box(self, row: int) -> Box:
        """Where the line with this number stands on its page."""
        width, height = self.size
        step = height / (self.lines + 2)
        top = round(step * (row + 1))
        return Box(round(MARGIN * width), top, round((1 - MARGIN) * width), top + max(2, round(step * 0.6)))


def write_invented(
    root: Path, entries: Sequence[Entry], layout: Layout = Layout(), *, title: str | None = None
) -> Path:
    """The collection under this folder, with its results in aligned/; returns the folder of the results."""
    out = root / "aligned"
    texts, links, beads, used = _linked(entries, layout)
    pages = [_page(order, layout) for order in range(1, used + 1)]
    (root / "images" / VOLUME).mkdir(parents=True)
    for page in pages:
        (root / page.scan.path).write_bytes(_scan(layout, page.order % 7))
    if title is not None:
        (root / "collection.toml").write_text(f"title = {title!r}\n", encoding="utf-8")
    result = VolumeResult(
        volume=VOLUME,
        pages=tuple(pages),
        matches=tuple({} for _ in pages),
        documents=documents_of(texts, links, details={entry.name: entry.details for entry in entries}),
        links=tuple(links),
        pairs=tuple(PairedTexts(russian.path, english.path, tuple(own)) for russian, english, own in beads),
        texts=tuple(PlainText(text.path, text.document, text.language, text.content) for text in texts),
    )
    out.mkdir()
    write_volume(ResultStore(out), result)
    write_loose(ResultStore(out), ())
    (out / "run.json").write_text(
        json_document({"schema_version": SCHEMA_VERSION, "volumes": {VOLUME: {}}}), encoding="utf-8"
    )
    return out


def _linked(
    entries: Sequence[Entry], layout: Layout
) -> tuple[list[SourceText], list[Link], list[tuple[SourceText, SourceText, list[Bead]]], int]:
    texts: list[SourceText] = []
    links: list[Link] = []
    beads = []
    row = 0
    for entry in entries:
        russian = _text(entry, "ru", entry.russian) if entry.russian else None
        english = _text(entry, "en", entry.english) if entry.english else None
        count = max(len(entry.russian or ()), len(entry.english or ()))
        areas = [tuple(_areas(row + n, layout)) for n in range(count)]
        row += count
        second = _text(entry, "en-x-second", entry.second) if entry.second else None
        for text, others, kind in (
            (russian, (english, second), "transcription"), (english, (russian,), "translation"),
            (second, (russian,), "translation"),
        ):  # fmt: skip
            if text is None:
                continue
            texts.append(text)
            for n, sentence in enumerate(text.sentences):
                counterparts = tuple(o.sentences[n].id for o in others if o is not None and n < len(o.sentences))
                links.append(
                    Link(
                        sentence.id, sentence.key, entry.name, text.path, kind, text.language, sentence.role,
                        sentence.spans, sentence.content, "linked", 0.97, via="ocr",
                        counterparts=counterparts, areas=areas[n],
                    )
                )  # fmt: skip
        if russian and english:
            beads.append(
                (
                    russian,
                    english,
                    [Bead((n,), (n,), 0.9) for n in range(min(len(russian.sentences), len(english.sentences)))],
                )
            )
    return texts, links, beads, max((a.page for own in links for a in own.areas), default=1)


def _text(entry: Entry, language: str, sentences: Sequence[str]) -> SourceText:
    found, at, seen = [], 0, Counter()
    for n, content in enumerate(sentences):
        role = entry.roles.get(n, "body")
        name = f"{VOLUME}.{entry.name}.{language}.s{n + 1:04d}"
        found.append(
            Sentence(
                name, key(entry.name, language, content, str(seen[content])), role, ((at, at + len(content)),), content
            )
        )
        seen[content] += 1
        at += len(content) + 2
    path = f"transcripts/{VOLUME}/{entry.name}.{language}.txt"
    return SourceText(path, VOLUME, entry.name, language, "\n\n".join(sentences) + "\n", tuple(found))


def _areas(row: int, layout: Layout) -> Iterator[Area]:
    page, line = divmod(row, layout.lines)
    boxes = [(page + 1, layout.box(line), line)]
    if line == layout.lines - 1:
        # The rest of it, above the first line of the next page.
        first = layout.box(0)
        boxes.append((page + 2, Box(first.left, 0, first.left + first.width // 3, first.top - 1), 0))
    for order, box, index in boxes:
        yield Area(order, (box,), (Polygon(box.corners),), (index,), None)


def _page(order: int, layout: Layout) -> Page:
    width, height = layout.size
    digest = _digest(layout, order % 7)
    lines = []
    for row in range(layout.lines):
        box = layout.box(row)
        lines.append(Line((Word("слово", box, Polygon(box.corners), 0.9),), Polygon(box.corners)))
    return Page(
        order, f"{VOLUME}.p{order:04d}", key(str(order)),
        ScanInfo(f"images/{VOLUME}/{order:05d}.jpg", None, width, height, 300.0, digest),
        Frame(Box(0, 0, width, height)), "ok", tuple(lines), "ru", str(layout.first + order - 1), "printed",
    )  # fmt: skip


@cache
def _digest(layout: Layout, seed: int) -> str:
    return sha256(_scan(layout, seed)).hexdigest()


@cache
def _scan(layout: Layout, seed: int) -> bytes:
    image = Image.new("L", layout.size, 235)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 8 * seed, 8), fill=40)
    for row in range(layout.lines):
        box = layout.box(row)
        for x in range(box.left, box.right - 10, max(12, layout.size[0] // (60 + seed))):
            draw.line(
                (x, box.top + 2, x + layout.size[0] // 120, box.bottom - 2),
                fill=40,
                width=max(1, layout.size[0] // 400),
            )
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
