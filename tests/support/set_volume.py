"""A volume set line by line, word by word, and written as a collection with its results: every word has a known box.

A line that ends in a hyphen goes on in the next one, on the next page at the end of a page. Each line of a page is a
sentence of its document, but a divided word is whole in the text. A translation has a sentence for each of them. Where
lines are paragraphs and end in a full stop, the source texts that are written have just these sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from align.files.store.result_store import ResultStore
from align.files.store.results import write_loose, write_volume
from align.model import (
    Area,
    Bead,
    Box,
    Document,
    Frame,
    Line,
    Link,
    Match,
    Page,
    PairedTexts,
    PlainText,
    Polygon,
    ScanInfo,
    VolumeResult,
    Word,
    key,
)
from align.records import SCHEMA_VERSION, json_document

VOLUME = "diary"
SIZE = (1000, 1400)
LETTER, HEIGHT, PITCH, LEFT, TOP = 18, 28, 60, 100, 120

Lines = Sequence[str]


@dataclass(frozen=True)
class SetDocument:
    """A document: its name, its pages as lines, and its title. A page after its first begins a new page.

    `between` stands between two lines in the text: a space, or an empty line where each is a paragraph.
    """

    name: str
    pages: Sequence[Lines]
    title: str | None = None
    between: str = " "


def jpeg_scan(seed: int) -> bytes:
    """A gray scan as a JPEG, another one for each seed."""
    buffer = BytesIO()
    Image.new("L", SIZE, 200 + seed % 50).save(buffer, "JPEG", quality=80, dpi=(100, 100))
    return buffer.getvalue()


def boxes_of(line: str, row: int) -> list[Box]:
    """The box of each word of the line with this number on its page."""
    boxes, x = [], LEFT
    for word in line.split():
        boxes.append(Box(x, TOP + row * PITCH, x + LETTER * len(word), TOP + row * PITCH + HEIGHT))
        x += LETTER * (len(word) + 1)
    return boxes


def write_set(
    root: Path, documents: Sequence[SetDocument], scan: Callable[[int], bytes] = jpeg_scan, suffix: str = "jpg"
) -> Path:
    """The collection under this folder, with its results in aligned/; returns the folder of the results."""
    out, folder = root / "aligned", root / "images" / VOLUME
    folder.mkdir(parents=True)
    out.mkdir()
    pages: list[Page] = []
    matches: list[dict[int, tuple[Match, ...]]] = []
    links: list[Link] = []
    texts: list[PlainText] = []
    pairs: list[PairedTexts[str]] = []
    stated: list[Document] = []
    for document in documents:
        own = _Setting(document, len(pages) + 1)
        for order, lines, shown in own.pages():
            data = scan(order)
            (folder / f"{order:04d}.{suffix}").write_bytes(data)
            pages.append(_page(order, lines, f"images/{VOLUME}/{order:04d}.{suffix}", sha256(data).hexdigest()))
            matches.append(shown)
        links += own.links
        texts += own.texts()
        pairs.append(own.pair())
        stated.append(own.document())
    for text in texts:
        source = root / text.path
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text.content, encoding="utf-8", newline="")
    volume = VolumeResult(
        VOLUME, tuple(pages), tuple(matches), tuple(stated), tuple(links), tuple(pairs), texts=tuple(texts)
    )
    write_volume(ResultStore(out), volume)
    write_loose(ResultStore(out), ())
    run = {"schema_version": SCHEMA_VERSION, "volumes": {VOLUME: {}}}
    (out / "run.json").write_text(json_document(run), encoding="utf-8")
    return out


class _Setting:
    """A document as it is set: its text grows with its lines."""

    def __init__(self, document: SetDocument, first: int) -> None:
        self.set, self.first = document, first
        self.content = ""
        self.links: list[Link] = []
        self.orders: list[int] = []
        self.path = f"transcripts/{VOLUME}/{document.name}.ru.txt"
        self.other = f"transcripts/{VOLUME}/{document.name}.en.txt"

    def pages(self):
        for order, lines in enumerate(self.set.pages, self.first):
            shown = {}
            for row, line in enumerate(lines):
                start = len(self.content)
                self.content += line.removesuffix("-")
                span = (start, len(self.content))
                shown[row] = (Match(self.path, span, 0.98),)
                self._link(order, row, line, span)
                self.content += "" if line.endswith("-") else self.set.between
            self.orders.append(order)
            yield order, lines, shown

    def _link(self, order: int, row: int, line: str, span: tuple[int, int]) -> None:
        boxes = boxes_of(line, row)
        box = Box.union(boxes)
        number, role = len(self.links) // 2 + 1, "body"
        names = [f"{VOLUME}.{self.set.name}.{language}.s{number:04d}" for language in ("ru", "en")]
        for path, kind, language, said, name, counterpart in (
            (self.path, "transcription", "ru", line.removesuffix("-"), *names),
            (self.other, "translation", "en", f"Sentence {number}.", *reversed(names)),
        ):
            spans = (span,) if kind == "transcription" else ((20 * number, 20 * number + len(said)),)
            area = Area(order, (box,), (Polygon(box.corners),), (row,), spans)
            self.links.append(
                Link(
                    name, key(name), self.set.name, path, kind, language, role, spans, said, "linked", 0.97, via="ocr",
                    counterparts=(counterpart,), areas=(area,),
                )
            )  # fmt: skip

    def texts(self) -> list[PlainText]:
        said = "".join(f"{link.content:18}\n\n" for link in self.links if link.text == self.other)
        return [
            PlainText(self.path, self.set.name, "ru", self.content),
            PlainText(self.other, self.set.name, "en", f"{'':18}\n\n{said}"),
        ]

    def pair(self) -> PairedTexts[str]:
        beads = tuple(Bead((n,), (n,), 0.9) for n in range(len(self.links) // 2))
        return PairedTexts(self.path, self.other, beads)

    def document(self) -> Document:
        areas = tuple((order, Box(LEFT, TOP, SIZE[0] - LEFT, SIZE[1] - TOP)) for order in self.orders)
        return Document(self.set.name, self.set.title, None, "Стрешин", {}, (self.path, self.other), areas)


def _page(order: int, lines: Lines, path: str, digest: str) -> Page:
    found = []
    for row, line in enumerate(lines):
        words = [
            Word(word, box, Polygon(box.corners), 0.9)
            for word, box in zip(line.split(), boxes_of(line, row), strict=True)
        ]
        box = Box.union(word.box for word in words)
        found.append(Line(tuple(words), Polygon(box.corners)))
    width, height = SIZE
    return Page(
        order, f"{VOLUME}.p{order:04d}", key(str(order)), ScanInfo(path, None, width, height, 100.0, digest),
        Frame(Box(0, 0, width, height)), "ok", tuple(found), "ru", str(52 + order) if order > 1 else None,
        "printed" if order > 1 else None,
    )  # fmt: skip
