"""Annotation pages: the sentences of a page, each with its text and its place; and, separately, its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from align.export.iiif.addresses import Addresses, PageKind, annotation_path
from align.export.iiif.canvas import CanvasGrid, Json, selectors
from align.export.overlay.svg import url_path
from align.model import Area, Link, Page

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
# Its property textGranularity may be page, block, paragraph, line, word or glyph, but not sentence.
_TEXT_GRANULARITY = "http://iiif.io/api/extension/text-granularity/context.json"

LABELS: Mapping[PageKind, Mapping[str, list[str]]] = {
    "transcription": {"en": ["Transcription"], "ru": ["Транскрипция"]},
    "translation": {"en": ["Translation"], "ru": ["Перевод"]},
    "sentences": {"en": ["Sentences and their translations"], "ru": ["Предложения и их переводы"]},
    "lines": {"en": ["Lines as read by OCR"], "ru": ["Строки, прочитанные OCR"]},
}


def sentence_annotations(
    addresses: Addresses, page: Page, links: Iterable[Link], kind: Literal["transcription", "translation"]
) -> Json | None:
    """The annotation page of one kind of text: an annotation for each sentence with a place here, in the order given.

    A sentence that runs over a page end has an annotation on each page, with the whole sentence as the same body.
    None where there is no such sentence.
    """
    grid = CanvasGrid.of(page)
    if grid is None:
        return None
    identifier = addresses.url(annotation_path(page.key, kind))
    items = []
    for link in links:
        here = [area for area in link.areas if area.page == page.order]
        target = _target(addresses, page, grid, here) if link.kind == kind and here else None
        if target is not None:
            body = sentence_body(addresses, link)
            items.append(annotation(f"{identifier}#{url_path(link.sentence)}", body, target))
    return annotation_page(identifier, kind, items) if items else None


def line_annotations(addresses: Addresses, page: Page) -> Json | None:
    """The annotation page of the lines that were read on a page, in reading order; None where no line was read."""
    grid = CanvasGrid.of(page)
    if grid is None:
        return None
    identifier = addresses.url(annotation_path(page.key, "lines"))
    items = []
    for index, line in enumerate(page.lines):
        drawn = line.drawn or (line.polygon,)
        area = Area(page.order, tuple(outline.box for outline in drawn), drawn, (index,) * len(drawn), None)
        target = _target(addresses, page, grid, [area])
        if target is not None:
            made = annotation(f"{identifier}#{url_path(page.line_id(index))}", _text(line.text, page.language), target)
            items.append({**made, "textGranularity": "line"})
    return annotation_page(identifier, "lines", items) if items else None


def annotation_page(identifier: str, kind: PageKind, items: Sequence[Json]) -> Json:
    """The annotation page with these annotations."""
    return {
        "@context": [_TEXT_GRANULARITY, PRESENTATION] if kind == "lines" else PRESENTATION,
        "id": identifier,
        "type": "AnnotationPage",
        "label": LABELS[kind],
        "items": list(items),
    }


def annotation(identifier: str, body: Json | Sequence[Json], target: Json | str) -> Json:
    """An annotation that adds these texts to a place."""
    return {
        "id": identifier,
        "type": "Annotation",
        "motivation": ["supplementing"],
        "body": body,
        "target": target,
    }


def sentence_body(addresses: Addresses, link: Link) -> Json:
    """The text of a sentence, with the id that it has on every page."""
    return {"id": addresses.sentence(link.sentence), **_text(link.content, link.language)}


def _text(value: str, language: str | None) -> Json:
    stated = {"language": language} if language else {}
    return {"type": "TextualBody", "value": value, "format": "text/plain", **stated}


def _target(addresses: Addresses, page: Page, grid: CanvasGrid, areas: Sequence[Area]) -> Json | None:
    """The single target of an annotation: some viewers use only the first of several targets."""
    found = selectors(grid, (b for area in areas for b in area.boxes), (p for area in areas for p in area.polygons))
    if found is None:
        return None
    return {
        "type": "SpecificResource",
        "source": {
            "id": addresses.canvas(page),
            "type": "Canvas",
            "partOf": [{"id": addresses.manifest, "type": "Manifest"}],
        },
        "selector": found,
    }
