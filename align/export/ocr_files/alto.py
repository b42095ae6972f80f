"""ALTO 4.4: what other programs read as TextBlock, TextLine, String.

- A hyphen at a line end is part of CONTENT, as Tesseract and eScriptorium write it, since many readers drop HYP.
- Points are separated by spaces alone, since eScriptorium reads no commas.
- The sides of a spread are tags (LayoutTag, TYPE "side"); DESCRIPTION has left, top, width and height, and the ID
  begins with that of the page.
- Sentences are tags of words (OtherTag, TYPE "sentence"); DESCRIPTION has the ids of their counterparts. A line has at
  most one tag, its mark: eScriptorium takes the first tag of a line for its type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from align.export.ocr_files.elements import add, root_element, serialized
from align.export.ocr_files.ocr_page import Mark, OcrLine, OcrPage, OcrRegion, Points
from align.export.ocr_files.origin import SOFTWARE, Origin, language_tag
from align.model import Box, TextWord

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_MARKS: Mapping[Mark, str] = {
    "unsure": "It is not sure that the line shows these words.",
    "read": "No text has the line: these words were read.",
}


def alto(pages: Iterable[OcrPage], origin: Origin) -> bytes:
    """The file of these pages, which are those of one image file, in order."""
    root = root_element("alto", NAMESPACE, _SCHEMA)
    root.set("SCHEMAVERSION", "4.4")
    description, tags, layout = (add(root, name) for name in ("Description", "Tags", "Layout"))
    image = ""
    sentences: dict[str, tuple[str, ...]] = {}
    roles: dict[str, None] = {}
    for page in pages:
        image = image or page.image
        sentences.update(page.sentences)
        roles.update(dict.fromkeys(region.role for region in page.regions))
        _add_page(layout, page)
        for number, side in enumerate(page.sides, start=1):
            place = " ".join(map(str, side.xywh))
            name = f"{page.id}.side.{number}"
            about = {"ID": name, "TYPE": "side", "LABEL": f"side {number}", "DESCRIPTION": place}
            add(tags, "LayoutTag", about)
    _describe(description, image, origin)
    _add_tags(tags, sentences, roles)
    return serialized(root)


def _describe(description: etree._Element, image: str, origin: Origin) -> None:
    add(description, "MeasurementUnit", text="pixel")
    add(add(description, "sourceImageInformation"), "fileName", text=image)
    processing = add(description, "Processing", {"ID": "processing.1"})
    add(processing, "processingCategory", text="contentGeneration")
    add(processing, "processingDateTime", text=origin.time)
    add(processing, "processingStepDescription", text=origin.contents)
    software = add(processing, "processingSoftware")
    add(software, "softwareName", text=SOFTWARE)
    add(software, "softwareVersion", text=origin.version)


def _add_tags(tags: etree._Element, sentences: Mapping[str, tuple[str, ...]], roles: Iterable[str]) -> None:
    for role in roles:
        add(tags, "LayoutTag", {"ID": f"region.{role}", "TYPE": "region", "LABEL": role})
    for mark, meaning in _MARKS.items():
        add(tags, "OtherTag", {"ID": f"text.{mark}", "TYPE": "text", "LABEL": mark, "DESCRIPTION": meaning})
    for sentence, others in sentences.items():
        about = {"ID": sentence, "TYPE": "sentence", "LABEL": sentence, "DESCRIPTION": " ".join(others) or None}
        add(tags, "OtherTag", about)


def _add_page(layout: etree._Element, page: OcrPage) -> None:
    size = {"WIDTH": page.width, "HEIGHT": page.height}
    labels = {"PHYSICAL_IMG_NR": page.number, "PRINTED_IMG_NR": page.label}
    element = add(layout, "Page", {"ID": page.id, **size, **labels, "LANG": language_tag(page.language)})
    space = add(element, "PrintSpace", {"HPOS": 0, "VPOS": 0, **size})
    for region in page.regions:
        _add_region(space, region)


def _add_region(space: etree._Element, region: OcrRegion) -> None:
    about = {
        "ID": region.id,
        **_place(region.box),
        "ROTATION": region.rotation or None,
        "TAGREFS": f"region.{region.role}",
        "LANG": language_tag(region.language),
    }
    block = add(space, "TextBlock", about)
    for line in region.lines:
        _add_line(block, line, region.language)


def _add_line(block: etree._Element, line: OcrLine, language: str | None) -> None:
    about = {
        "ID": line.id,
        **_place(line.box),
        "BASELINE": _points(line.baseline),
        "TAGREFS": line.mark and f"text.{line.mark}",
        "LANG": None if line.language == language else language_tag(line.language),
    }
    element = add(block, "TextLine", about)
    add(add(element, "Shape"), "Polygon", {"POINTS": _points(line.outline)})
    if not line.words:
        # A line needs a String.
        add(element, "String", {**_place(line.box), "CONTENT": ""})
    for number, word in enumerate(line.words, 1):
        if number > 1:
            add(element, "SP")
        _add_word(element, word, f"{line.id}.w{number:03d}", "HypPart2" if number == 1 else "HypPart1")


def _add_word(line: etree._Element, word: TextWord, word_id: str, part: str) -> None:
    about = {
        "ID": word_id,
        **_place(word.box),
        "CONTENT": word.text,
        "SUBS_TYPE": None if word.whole is None else part,
        "SUBS_CONTENT": word.whole,
        "WC": None if word.confidence is None else f"{word.confidence:.4g}",
        "TAGREFS": word.sentence,
    }
    add(line, "String", about)


def _place(box: Box) -> dict[str, object]:
    return {"HPOS": box.left, "VPOS": box.top, "WIDTH": box.width, "HEIGHT": box.height}


def _points(points: Points) -> str:
    return " ".join(f"{x} {y}" for x, y in points)
