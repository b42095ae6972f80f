"""A scan as files of OCR have it: regions with lines, lines with words, all in pixels of the scan.

Which words stand on a line is chosen.

- "human": those of the texts, and where no text has the line, those that were read. A line is marked where it is not
  sure that it shows the words ("unsure"), and where no text has it ("read").
- "sure": those of the texts, where it is sure that the line shows them letter by letter; others have no words.
- "ocr": those that were read.

Lines of one role that follow each other down the page are one region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from align.export.ocr_files.baselines import baseline
from align.model import Box, Line, LineRole, LineText, LineTexts, Page, Point, Rotation, TextWord, Transform

TextChoice = Literal["human", "sure", "ocr"]
Mark = Literal["unsure", "read"]
Points = tuple[tuple[int, int], ...]

# Heights of a line: what stands further below the line before it is another region.
_FAR = 3.0


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line: its words, its outline, and the line on which its letters stand, from its beginning to its end.

    `mark` says what is to be known of its words, as above.
    """

    id: str
    words: tuple[TextWord, ...]
    box: Box
    outline: Points
    baseline: Points
    language: str | None
    mark: Mark | None

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class OcrRegion:
    """Lines of one role that stand together, and the clockwise turn that makes them upright."""

    id: str
    role: LineRole
    lines: tuple[OcrLine, ...]
    rotation: Rotation

    @property
    def box(self) -> Box:
        """The box around all lines."""
        return Box.union(line.box for line in self.lines)

    @property
    def language(self) -> str | None:
        """The language of most lines."""
        known = Counter(line.language for line in self.lines if line.language)
        return known.most_common(1)[0][0] if known else None


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A scan: its image's name and size in pixels, its place in the volume from 1, its labels, and its regions.

    `sides` are where its written sides are on it, where these are not the whole scan: the two of a spread.
    `sentences` are those that its words are of, each with its counterparts in other languages, all by their ids.
    """

    id: str
    number: int
    image: str
    width: int
    height: int
    dpi: float | None
    label: str | None
    language: str | None
    regions: tuple[OcrRegion, ...]
    sides: tuple[Box, ...]
    sentences: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Side:
    """A page of a scan with what its lines say, and the counterparts of the sentences on it, by the sentences' ids."""

    page: Page
    lines: Sequence[LineTexts]
    counterparts: Mapping[str, tuple[str, ...]]


def ocr_page(sides: Sequence[Side], choice: TextChoice, *, image: str, id_prefix: bool = True) -> OcrPage:
    """The scan of these pages, which are one or the two of a spread; `image` is its name as the file gives it.

    Without `id_prefix`, ids are without the name of the volume: unique in the file alone.
    """
    first = sides[0].page
    regions = tuple(region for side in sides for region in _regions(side, choice, id_prefix=id_prefix))
    used = dict.fromkeys(
        word.sentence for region in regions for line in region.lines for word in line.words if word.sentence
    )
    counterparts = {sentence: others for side in sides for sentence, others in side.counterparts.items()}
    labels = [side.page.label for side in sides if side.page.label]
    return OcrPage(
        id=_id(first.id, id_prefix=id_prefix),
        number=first.order,
        image=image,
        width=first.scan.width,
        height=first.scan.height,
        dpi=first.scan.dpi,
        label=", ".join(labels) or None,
        language=next((side.page.language for side in sides if side.page.language), None),
        regions=regions,
        sides=_sides(sides),
        sentences={sentence: counterparts.get(sentence, ()) for sentence in used},
    )


def _sides(sides: Sequence[Side]) -> tuple[Box, ...]:
    """The frames of the pages, unless one is the whole scan."""
    frames = tuple(side.page.frame.box for side in sides if side.page.frame is not None)
    scan = sides[0].page.scan
    return () if all(frame.xywh == (0, 0, scan.width, scan.height) for frame in frames) else frames


def _id(own: str, *, id_prefix: bool) -> str:
    return own if id_prefix else own.rpartition(".")[2]


def _regions(side: Side, choice: TextChoice, *, id_prefix: bool) -> Iterator[OcrRegion]:
    page = side.page
    rotation = page.frame.rotation if page.frame else 0
    prefix = _id(page.id, id_prefix=id_prefix)
    groups: list[tuple[LineRole, list[OcrLine]]] = []
    before: Box | None = None
    for index, (line, texts) in enumerate(zip(page.lines, side.lines, strict=True)):
        made = _line(page, line, texts, choice, prefix + page.line_id(index).removeprefix(page.id))
        if made is None:
            continue
        upright = Box.around(Transform.turn(rotation).points(made.box.corners))
        if not groups or groups[-1][0] != line.role or before is None or _apart(before, upright):
            groups.append((line.role, []))
        groups[-1][1].append(made)
        before = upright
    for number, (role, lines) in enumerate(groups, 1):
        yield OcrRegion(f"{prefix}.r{number:02d}", role, tuple(lines), rotation)


def _apart(above: Box, below: Box) -> bool:
    """Whether a line begins a new region: it stands beside the line before it, over it, or far below it."""
    height = min(above.height, below.height)
    is_beside = min(above.right, below.right) <= max(above.left, below.left)
    return is_beside or below.top < above.top + height // 4 or below.top - above.bottom > _FAR * height


def _line(page: Page, line: Line, texts: LineTexts, choice: TextChoice, line_id: str) -> OcrLine | None:
    """The line; None for a speck of dirt without words."""
    said, mark = _said(texts, choice)
    if not line.drawn and not said.words:
        return None
    scan = Box(0, 0, page.scan.width, page.scan.height)
    words = tuple(
        TextWord(word.text, inside(word.box, scan), word.sentence, word.confidence, word.whole) for word in said.words
    )
    box = inside(Box.union(word.box for word in words) if words else line.box, scan)
    outline = _points((line.drawn[0] if len(line.drawn) == 1 else line.polygon).points, scan)
    if len(set(outline)) < 3:
        outline = _points(box.corners, scan)
    rotation = page.frame.rotation if page.frame else 0
    base = _points(baseline(line, words, rotation), scan)
    if len(set(base)) < 2:
        base = _points(baseline(line, (), 0), scan)
    return OcrLine(line_id, words, box, outline, base, said.language, mark)


def _said(texts: LineTexts, choice: TextChoice) -> tuple[LineText, Mark | None]:
    """What the line says by this choice, and its mark."""
    written = texts.written
    if choice == "ocr":
        return texts.read, None
    if choice == "sure":
        return (written, None) if written is not None and written.sure else (LineText((), texts.read.language), None)
    if written is None:
        return texts.read, "read"
    return written, None if written.sure else "unsure"


def inside(box: Box, scan: Box) -> Box:
    """The part of a box that is on the scan; a pixel at its edge for a box beside it."""
    left, top = min(max(box.left, 0), scan.right - 1), min(max(box.top, 0), scan.bottom - 1)
    return Box(left, top, min(max(box.right, left + 1), scan.right), min(max(box.bottom, top + 1), scan.bottom))


def _points(points: Sequence[Point], scan: Box) -> Points:
    """The points in whole pixels; those beyond the scan are moved onto its edge."""
    return tuple((min(max(round(x), 0), scan.right), min(max(round(y), 0), scan.bottom)) for x, y in points)
