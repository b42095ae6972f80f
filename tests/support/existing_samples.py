"""Existing OCR as programs write it, made from lines whose places are known."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from align.model import Box, Line, Polygon, Word

ALTO_NAMESPACES = (
    "http://www.loc.gov/standards/alto/ns-v2#",
    "http://www.loc.gov/standards/alto/ns-v3#",
    "http://www.loc.gov/standards/alto/ns-v4#",
    "http://schema.ccs-gmbh.com/ALTO",
    "",
)
PAGE_VERSIONS = ("2013-07-15", "2016-07-15", "2017-07-15", "2018-07-15", "2019-07-15")


def typed(*lines: str, left: int = 100, top: int = 100, size: int = 20, confidence: float = 0.9) -> tuple[Line, ...]:
    """Lines one under the other, each letter as wide as `size`."""
    made = []
    for row, text in enumerate(lines):
        words, x = [], left
        for word in text.split():
            y = top + row * 2 * size
            box = Box(x, y, x + size * len(word), y + size)
            words.append(Word(word, box, Polygon(box.corners), confidence))
            x += size * (len(word) + 1)
        made.append(Line(tuple(words), Polygon(Box.union(w.box for w in words).corners)))
    return tuple(made)


def read_back(lines: Sequence[Line]) -> list[list[tuple[str, tuple[int, int, int, int]]]]:
    """Words and their boxes, line by line."""
    return [[(word.text, word.box.xywh) for word in line.words] for line in lines]


def alto(
    lines: Sequence[Line],
    size: tuple[float, float] | None = (1000, 1400),
    *,
    namespace: str = ALTO_NAMESPACES[1],
    unit: str = "pixel",
    factor: float = 1.0,
    page: str = "",
    words: bool = True,
) -> bytes:
    """ALTO with one block; `factor` is how many units a pixel has, `page` are more attributes of the page."""

    def place(box: Box) -> str:
        names = zip(("HPOS", "VPOS", "WIDTH", "HEIGHT"), box.xywh, strict=True)
        return " ".join(f'{name}="{value * factor:g}"' for name, value in names)

    rows = []
    for line in lines:
        strings = "<SP/>".join(
            f'<String {place(w.box)} WC="{w.confidence}" CONTENT={quoteattr(w.text)}/>' for w in line.words
        )
        whole = f"<String CONTENT={quoteattr(line.text)}/>"
        rows.append(f"<TextLine {place(line.box)}>{strings if words else whole}</TextLine>")
    stated = f'WIDTH="{size[0] * factor:g}" HEIGHT="{size[1] * factor:g}"' if size else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alto xmlns="{namespace}"><Description>'
        f"<MeasurementUnit>{unit}</MeasurementUnit></Description><Layout>"
        f'<Page ID="p" PHYSICAL_IMG_NR="1" {stated} {page}><PrintSpace><TextBlock ID="b">'
        f"{''.join(rows)}</TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


def page_line(line: Line, *, words: bool = True, more: str = "") -> str:
    """A TextLine of PAGE."""
    inner = "".join(
        f'<Word><Coords points="{corners(w.box)}"/><TextEquiv conf="{w.confidence}"><Unicode>{w.text}</Unicode>'
        "</TextEquiv></Word>"
        for w in line.words
    )
    text = f"<TextEquiv><Unicode>{line.text}</Unicode></TextEquiv>"
    return f'<TextLine><Coords points="{corners(line.box)}"/>{more}{inner if words else ""}{text}</TextLine>'


def corners(box: Box) -> str:
    """The corners of a box as PAGE writes points."""
    return " ".join(f"{x:g},{y:g}" for x, y in box.corners)


def page_xml(
    regions: str, size: tuple[int, int] = (1000, 1400), *, version: str = "2019-07-15", order: str = "", page: str = ""
) -> bytes:
    """PAGE with these regions."""
    namespace = f"http://schema.primaresearch.org/PAGE/gts/pagecontent/{version}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><PcGts xmlns="{namespace}"><Metadata/>'
        f'<Page imageFilename="1.jpg" imageWidth="{size[0]}" imageHeight="{size[1]}" {page}>'
        f"{order}{regions}</Page></PcGts>"
    ).encode()


def region(name: str, *lines: str, more: str = "") -> str:
    """A TextRegion of PAGE."""
    return f'<TextRegion id="{name}" {more}><Coords points="0,0 9,0 9,9"/>{"".join(lines)}</TextRegion>'


def hocr(*pages: Sequence[Line], size: tuple[int, int] = (1000, 1400), line_class: str = "ocr_line") -> bytes:
    """A file of hOCR with these pages, each one area and one paragraph."""

    def bbox(box: Box) -> str:
        return f"bbox {box.left} {box.top} {box.right} {box.bottom}"

    parts = []
    for number, lines in enumerate(pages):
        rows = "".join(
            f'<span class="{line_class}" title="{bbox(line.box)}; baseline 0 -2">'
            + " ".join(
                f"<span class='ocrx_word' title='{bbox(w.box)}; x_wconf {round(100 * w.confidence)}'>{w.text}</span>"
                for w in line.words
            )
            + "</span>"
            for line in lines
        )
        parts.append(
            f"<div class='ocr_page' title='image \"a;b.png\"; bbox 0 0 {size[0]} {size[1]}; ppageno {number}'>"
            f"<div class='ocr_carea'><p class='ocr_par' lang='rus'>{rows}</p></div></div>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head/>'
        f"<body>{''.join(parts)}</body></html>"
    ).encode()
