"""hOCR 1.2 as XHTML: ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word.

What hOCR has no property for is in attributes of HTML: the sentence of a word (`data-sentence`), the mark of a line
(`data-mark`), and left, top, width and height of each side of a spread (`data-sides`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from align.export.ocr_files.ocr_page import OcrLine, OcrPage, OcrRegion, Points
from align.export.ocr_files.origin import SOFTWARE, Origin, language_tag
from align.export.xml_characters import legal
from align.model import Box, LineRole, TextWord

_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocr_header ocr_pageno ocrx_word ocrp_lang ocrp_poly"
_CLASSES: dict[LineRole, str] = {"running-head": "ocr_header", "page-number": "ocr_pageno"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<meta name="ocr-system" content="{system}"/>
<meta name="ocr-capabilities" content="{capabilities}"/>
<meta name="ocr-number-of-pages" content="{count}"/>
<meta name="ocr-langs" content="{languages}"/>
<meta name="description" content="{contents}"/>
<meta name="date" content="{time}"/>
</head>
<body>
"""


def hocr(pages: Iterable[OcrPage], origin: Origin) -> bytes:
    """The file of these pages, which are those of one image file, in order."""
    image, count, parts = "", 0, []
    languages: dict[str, None] = {}
    for page in pages:
        image = image or page.image
        spoken = [line.language for region in page.regions for line in region.lines]
        languages |= dict.fromkeys(tag for tag in map(language_tag, spoken) if tag)
        parts.append("".join(_page(page, count)).encode())
        count += 1
    head = _HEAD.format(
        title=_attribute(image),
        system=_attribute(f"{SOFTWARE} {origin.version}"),
        capabilities=_CAPABILITIES,
        count=count,
        languages=" ".join(languages) or "unknown",
        contents=_attribute(origin.contents),
        time=_attribute(origin.time),
    )
    return b"".join([head.encode(), *parts, b"</body>\n</html>\n"])


def _page(page: OcrPage, number: int) -> Iterator[str]:
    properties = [f"image {_quoted(page.image)}", _bbox(Box(0, 0, page.width, page.height)), f"ppageno {number}"]
    if page.label is not None:
        is_number = page.label.isascii() and page.label.isdigit()
        properties.append(f"lpageno {page.label if is_number else _quoted(page.label)}")
    if page.dpi is not None:
        # Whole numbers: programs take no others.
        properties.append(f"scan_res {round(page.dpi)} {round(page.dpi)}")
    sides = " ".join(str(number) for side in page.sides for number in side.xywh)
    yield _open("div", "ocr_page", page.id, properties, page.language, data=_data("sides", sides or None))
    for region in page.regions:
        yield from _region(region, page.language)
    yield "</div>\n"


def _region(region: OcrRegion, language: str | None) -> Iterator[str]:
    here = [_bbox(region.box)]
    yield _open("div", "ocr_carea", region.id, here, None)
    yield _open("p", "ocr_par", f"{region.id}.p", here, _other(region.language, language))
    for line in region.lines:
        yield from _line(line, region)
    yield "</p>\n</div>\n"


def _line(line: OcrLine, region: OcrRegion) -> Iterator[str]:
    properties = [_bbox(line.box), f"poly {_points(line.outline)}"]
    if region.rotation:
        properties.append(f"textangle {region.rotation}")
    else:
        properties.append(_baseline(line))
    named = _CLASSES.get(region.role, "ocr_line")
    language = _other(line.language, region.language)
    yield _open("span", named, line.id, properties, language, data=_data("mark", line.mark))
    yield from (_word(word, f"{line.id}.w{number:03d}") for number, word in enumerate(line.words, 1))
    yield "</span>\n"


def _word(word: TextWord, word_id: str) -> str:
    properties = [_bbox(word.box)]
    if word.confidence is not None:
        properties.append(f"x_wconf {100 * word.confidence:.4g}")
    opened = _open("span", "ocrx_word", word_id, properties, None, data=_data("sentence", word.sentence)).rstrip("\n")
    return f"{opened}{escape(legal(word.text), quote=False)}</span>\n"


def _open(name: str, kind: str, own_id: str, properties: Iterable[str], language: str | None, *, data: str = "") -> str:
    tag = language_tag(language)
    spoken = f' lang="{tag}" xml:lang="{tag}"' if tag else ""
    title = _attribute("; ".join(properties))
    return f'<{name} class="{kind}" id="{_attribute(own_id)}" title="{title}"{spoken}{data}>\n'


def _data(name: str, value: str | None) -> str:
    return "" if value is None else f' data-{name}="{_attribute(value)}"'


def _other(language: str | None, around: str | None) -> str | None:
    """The language where it is not that of the element around."""
    return None if language == around else language


def _baseline(line: OcrLine) -> str:
    """The slope of the base line, and how far it is below the left bottom of the line's box."""
    (x0, y0), (x1, y1) = line.baseline[0], line.baseline[-1]
    slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
    return f"baseline {slope:.4f} {y0 + slope * (line.box.left - x0) - line.box.bottom:.1f}"


def _bbox(box: Box) -> str:
    return f"bbox {box.left} {box.top} {box.right} {box.bottom}"


def _points(points: Points) -> str:
    return " ".join(f"{x} {y}" for x, y in points)


def _quoted(text: str) -> str:
    r"""The text as a string of hOCR, in which a quote cannot stand.

    >>> _quoted("a.jpg")
    '"a.jpg"'
    """
    return '"' + text.replace('"', "'") + '"'


def _attribute(text: str) -> str:
    return escape(legal(text).replace("\n", " "), quote=True)
