"""Existing OCR as FineReader and OCR services write it, made from lines whose places are known.

The shapes are those of public documentation and of real files: FineReader10-schema-v1.xml and the XML of the Internet
Archive; google.cloud.vision.v1 AnnotateImageResponse and AnnotateFileResponse; google.cloud.documentai.v1 Document;
Azure's AnalyzeResult (2024-11-30), ReadResult (v3.2), readResult (Image Analysis 4.0) and OcrResult (v2.0); Textract's
Block.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from align.model import Box, Line, Word

SCHEMAS = ("FineReader6-schema-v1.xml", "FineReader8-schema-v2.xml", "FineReader10-schema-v1.xml")
SIZE = (1000, 1400)


def abbyy(
    *pages: Sequence[Line],
    size: tuple[int, int] = SIZE,
    schema: str = SCHEMAS[-1],
    first: str = 'wordStart="1"',
    page: str = 'originalCoords="1"',
    text: str = "",
    letters: bool = True,
) -> bytes:
    """FineReader's XML with one block; `first` marks the first letter of a word, `text` are attributes of the text."""
    namespace = f' xmlns="http://www.abbyy.com/FineReader_xml/{schema}"' if schema else ""
    made = ""
    for lines in pages:
        rows = "".join(
            f'<line baseline="{line.box.bottom}" {_ltrb(line.box)}><formatting lang="Russian" ff="Arial" fs="10.">'
            f"{_letters(line, first) if letters else line.text}</formatting></line>"
            for line in lines
        )
        made += (
            f'<page width="{size[0]}" height="{size[1]}" resolution="300" {page}><block blockType="Text" l="0" t="0" '
            f'r="9" b="9"><region><rect l="0" t="0" r="9" b="9"/></region><text {text}><par lineSpacing="890">{rows}'
            "</par></text></block></page>"
        )
    return f'<?xml version="1.0" encoding="UTF-8"?><document{namespace} version="1.0">{made}</document>'.encode()


def _ltrb(box: Box) -> str:
    return f'l="{box.left}" t="{box.top}" r="{box.right}" b="{box.bottom}"'


def _letters(line: Line, first: str) -> str:
    """Each letter with its share of the word's box, and a space without a confidence between words."""
    out = []
    for word in line.words:
        edges = [word.box.left + word.box.width * n // len(word.text) for n in range(len(word.text) + 1)]
        sure = round(100 * (word.confidence or 0))
        for n, letter in enumerate(word.text):
            place = Box(edges[n], word.box.top, edges[n + 1], word.box.bottom)
            out.append(
                f'<charParams {_ltrb(place)} {first if n == 0 else ""} charConfidence="{sure}" suspicious="1">'
                f"<charRecVariants><charRecVariant charConfidence='9'>?</charRecVariant></charRecVariants>{letter}"
                "</charParams>"
            )
        gap = Box(word.box.right, word.box.top, word.box.right + 1, word.box.bottom)
        out.append(f'<charParams {_ltrb(gap)} charConfidence="255"> </charParams>')
    return "".join(out[:-1])


def _vertices(item: Line | Word) -> list[dict[str, int]]:
    """The corners as Google gives them: a zero is left out."""
    return [{name: value for name, value in (("x", x), ("y", y)) if value} for x, y in _whole(item)]


def _whole(item: Line | Word) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in item.polygon.points]


def _shares(item: Line | Word, size: tuple[int, int]) -> list[dict[str, float]]:
    return [{"x": x / size[0], "y": y / size[1]} for x, y in _whole(item)]


def vision_page(lines: Sequence[Line], size: tuple[int, int] | None = SIZE, *, shares: bool = False) -> dict:
    """A fullTextAnnotation of one page: one block, one paragraph; words end with a break after their last letter."""
    words = []
    for line in lines:
        for n, word in enumerate(line.words):
            symbols: list[dict] = [{"text": letter, "confidence": 0.5} for letter in word.text]
            kind = "EOL_SURE_SPACE" if n + 1 == len(line.words) else "SPACE"
            symbols[-1]["property"] = {"detectedBreak": {"type": kind}}
            box = {"normalizedVertices": _shares(word, SIZE)} if shares else {"vertices": _vertices(word)}
            words.append({"boundingBox": box, "symbols": symbols, "confidence": word.confidence})
    page: dict = {"property": {"detectedLanguages": [{"languageCode": "ru"}]}}
    if size:
        page |= {"width": size[0], "height": size[1]}
    page["blocks"] = [{"blockType": "TEXT", "paragraphs": [{"words": words}]}]
    return {"pages": [page], "text": "\n".join(line.text for line in lines)}


def vision(lines: Sequence[Line], **more: object) -> bytes:
    """The answer for one image, as `gcloud ml vision detect-document` prints it."""
    return dumped({"responses": [{"fullTextAnnotation": vision_page(lines, **more)}]})


def vision_file(*pages: Sequence[Line]) -> bytes:
    """The answer for a file in a bucket (AnnotateFileResponse), whose places are shares of pages in points."""
    answers = [
        {"fullTextAnnotation": vision_page(lines, (500, 700), shares=True), "context": {"uri": "gs://b/1.pdf",
         "pageNumber": number}}
        for number, lines in enumerate(pages, start=1)
    ]  # fmt: skip
    return dumped({"inputConfig": {"mimeType": "application/pdf"}, "responses": answers})


def document_ai(*pages: Sequence[Line], size: tuple[int, int] = SIZE) -> bytes:
    """A Document: its text, and layouts that point into it with indices written as texts, without zeros."""
    whole, made = "", []
    for number, lines in enumerate(pages, start=1):
        page: dict = {"pageNumber": number, "dimension": {"width": size[0], "height": size[1], "unit": "pixels"}}
        page |= {"detectedLanguages": [{"languageCode": "ru", "confidence": 1}], "lines": [], "tokens": []}
        for line in lines:
            start = len(whole)
            for n, word in enumerate(line.words):
                said = word.text + ("\n" if n + 1 == len(line.words) else " ")
                page["tokens"].append(
                    {"layout": _layout(len(whole), len(whole) + len(said), word, size, word.confidence or 0)}
                )
                whole += said
            page["lines"].append({"layout": _layout(start, len(whole), line, size, 0.5)})
        made.append(page)
    return dumped({"mimeType": "application/pdf", "text": whole, "pages": made})


def _layout(start: int, end: int, item: Line | Word, size: tuple[int, int], confidence: float) -> dict:
    segment = {"startIndex": str(start), "endIndex": str(end)} if start else {"endIndex": str(end)}
    polygon = {"vertices": _vertices(item), "normalizedVertices": _shares(item, size)}
    return {
        "textAnchor": {"textSegments": [segment]},
        "boundingPoly": polygon,
        "confidence": confidence,
        "orientation": "PAGE_UP",
    }


def azure(*pages: Sequence[Line], size: tuple[int, int] = SIZE, inches: bool = False, key: str = "polygon") -> bytes:
    """AnalyzeResult of Document Intelligence: words and lines in two lists, tied by spans of the whole text."""
    unit = 100 if inches else 1
    whole, made = "", []
    for number, lines in enumerate(pages, start=1):
        page: dict = {"pageNumber": number, "angle": 0.0, "width": size[0] / unit, "height": size[1] / unit}
        page |= {"unit": "inch" if inches else "pixel", "words": [], "lines": []}
        for line in lines:
            begin = len(whole)
            for word in line.words:
                span = {"offset": len(whole), "length": len(word.text)}
                page["words"].append(
                    {"content": word.text, key: _flat(word, unit), "confidence": word.confidence, "span": span}
                )
                whole += word.text + " "
            spans = [{"offset": begin, "length": len(whole) - 1 - begin}]
            page["lines"].append({"content": line.text, key: _flat(line, unit), "spans": spans})
            whole = whole[:-1] + "\n"
        made.append(page)
    result = {"apiVersion": "2024-11-30", "modelId": "prebuilt-read", "content": whole, "pages": made}
    result["languages"] = [{"locale": "ru", "confidence": 1, "spans": [{"offset": 0, "length": len(whole)}]}]
    return dumped({"status": "succeeded", "analyzeResult": result})


def _flat(item: Line | Word, unit: int) -> list[float]:
    return [value / unit for corner in item.polygon.points for value in corner]


def azure_read(*pages: Sequence[Line]) -> bytes:
    """The answer of Read 3.2: readResults, whose lines hold their words."""
    made = [
        {
            "page": number,
            "angle": 0,
            "width": SIZE[0],
            "height": SIZE[1],
            "unit": "pixel",
            "language": "ru",
            "lines": [
                {
                    "boundingBox": _flat(line, 1),
                    "text": line.text,
                    "words": [
                        {"boundingBox": _flat(w, 1), "text": w.text, "confidence": w.confidence} for w in line.words
                    ],
                }
                for line in lines
            ],
        }
        for number, lines in enumerate(pages, start=1)
    ]
    return dumped({"status": "succeeded", "analyzeResult": {"version": "3.2.0", "readResults": made}})


def azure_image(lines: Sequence[Line]) -> bytes:
    """The answer of Image Analysis 4.0: readResult with blocks, and polygons of points."""
    rows = [
        {
            "text": line.text,
            "boundingPolygon": _points(line),
            "words": [{"text": w.text, "boundingPolygon": _points(w), "confidence": w.confidence} for w in line.words],
        }
        for line in lines
    ]
    size = {"width": SIZE[0], "height": SIZE[1]}
    return dumped({"modelVersion": "2023-10-01", "metadata": size, "readResult": {"blocks": [{"lines": rows}]}})


def _points(item: Line | Word) -> list[dict[str, int]]:
    return [{"x": x, "y": y} for x, y in _whole(item)]


def azure_regions(lines: Sequence[Line]) -> bytes:
    """The answer of the oldest OCR: regions, with boxes written as texts and no confidence."""

    def box(place: Box) -> str:
        return ",".join(str(value) for value in place.xywh)

    rows = [
        {"boundingBox": box(line.box), "words": [{"boundingBox": box(w.box), "text": w.text} for w in line.words]}
        for line in lines
    ]
    return dumped({"language": "ru", "textAngle": 0.0, "orientation": "Up", "regions": [{"lines": rows}]})


def textract_blocks(lines: Sequence[Line], page: int | None = None, size: tuple[int, int] = SIZE) -> list[dict]:
    """The blocks of a page; `page` is its number, which the service states for files alone."""
    numbered = {"Page": page} if page else {}
    blocks: list[dict] = [{"BlockType": "PAGE", "Id": f"p{page}", **numbered}]
    words: list[dict] = []
    for n, line in enumerate(lines):
        names = [f"w{page}-{n}-{m}" for m in range(len(line.words))]
        blocks.append(
            {"BlockType": "LINE", "Id": f"l{page}-{n}", "Text": line.text, "Confidence": 50.0, **numbered,
             "Geometry": _geometry(line, size), "Relationships": [{"Type": "CHILD", "Ids": names}]}
        )  # fmt: skip
        words += [
            {"BlockType": "WORD", "Id": name, "Text": word.text, "TextType": "PRINTED", **numbered,
             "Confidence": 100 * (word.confidence or 0), "Geometry": _geometry(word, size)}
            for name, word in zip(names, line.words, strict=True)
        ]  # fmt: skip
    blocks[0]["Relationships"] = [{"Type": "CHILD", "Ids": [block["Id"] for block in blocks[1:]]}]
    return blocks + words


def _geometry(item: Line | Word, size: tuple[int, int]) -> dict:
    box = item.box
    width, height = size
    return {
        "BoundingBox": {
            "Left": box.left / width,
            "Top": box.top / height,
            "Width": box.width / width,
            "Height": box.height / height,
        },
        "Polygon": [{"X": x / width, "Y": y / height} for x, y in _whole(item)],
    }


def textract(lines: Sequence[Line], size: tuple[int, int] = SIZE) -> bytes:
    """The answer of DetectDocumentText for one image."""
    return dumped({"DocumentMetadata": {"Pages": 1}, "Blocks": textract_blocks(lines, size=size)})


def dumped(value: object) -> bytes:
    """The value as JSON."""
    return json.dumps(value, ensure_ascii=False).encode()
