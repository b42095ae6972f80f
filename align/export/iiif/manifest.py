"""A volume as IIIF Presentation 3: its manifest and its annotation pages, as texts by their paths.

The images are align.export.images.page_images. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from align.export.documents import titles, told_apart
from align.export.iiif.addresses import (
    MANIFEST,
    Addresses,
    PageKind,
    annotation_path,
    image_folder,
    image_path,
    thumbnail_path,
)
from align.export.iiif.annotations import LABELS, PRESENTATION, line_annotations, sentence_annotations
from align.export.iiif.canvas import CanvasGrid, Json
from align.export.iiif.flat import flat_annotations
from align.export.iiif.ranges import contents, nav_date, on_pages, page_metadata, volume_metadata
from align.export.images.page_images import thumbnail_size
from align.export.overlay.captions import plain
from align.model import Document, Link, Page
from align.records import json_document

# The form of a page's image: one file, or tiles with their info.json.
ImageKind = Literal["jpeg", "tiles"]
Kind = Literal["transcription", "translation"]
# Pixels: an A4 page at 500 dpi. Browsers open a JPEG of this size without delay; a larger image is cut into tiles.
LARGEST_JPEG = 24_000_000


def image_kind(width: int, height: int, *, tiles: bool) -> ImageKind:
    """The form in which the image of a page of this size is written; `tiles` asks for tiles at any size."""
    return "tiles" if tiles or width * height > LARGEST_JPEG else "jpeg"


def iiif_files(
    addresses: Addresses,
    title: str,
    *,
    pages: Iterable[tuple[Page, Sequence[Link]]],
    documents: Sequence[Document],
    headings: Iterable[Link],
    images: Mapping[int, ImageKind],
    lines: bool = False,
    flat: bool = False,
) -> Iterator[tuple[str, str]]:
    """Path and content of each JSON file of a volume, below the volume's folder; the manifest comes last.

    `pages` come in order, each with the links that have a place on it, and `headings` are the links from which
    documents without a title get one. `images` has the form of each page's image, by order. A page without an image
    has an empty canvas; a page without a size has no canvas. `lines` adds an annotation page of lines to each canvas;
    `flat` makes one annotation page of both languages instead of one for each.
    """
    named, together = told_apart(titles(documents, headings)), on_pages(documents)
    canvases, shown = [], []
    for page, links in pages:
        shown.append(replace(page, lines=()))
        grid = CanvasGrid.of(page)
        if grid is None:
            continue
        made = _annotations(addresses, page, links, flat=flat)
        if lines:
            made["lines"] = line_annotations(addresses, page)
        kinds = [kind for kind, annotations in made.items() if annotations is not None]
        for kind in kinds:
            yield annotation_path(page.key, kind), json_document(made[kind] or {})
        known = page_metadata(named[document] for document in together.get(page.order, ()))
        canvases.append(_canvas(addresses, page, grid, kinds, images.get(page.order), known))
    thumbnail = next((canvas["thumbnail"] for canvas in canvases if "thumbnail" in canvas), None)
    moments = sorted(filter(None, (nav_date(document.date) for document in documents)))
    known = volume_metadata(documents)
    yield (
        MANIFEST,
        json_document(
            {
                "@context": PRESENTATION,
                "id": addresses.manifest,
                "type": "Manifest",
                "label": {"none": [plain(title) or addresses.volume]},
                **({"metadata": known} if known else {}),
                **({"navDate": moments[0]} if moments else {}),
                **({"thumbnail": thumbnail} if thumbnail else {}),
                "behavior": ["individuals"],
                "items": canvases,
                **({"structures": ranges} if (ranges := contents(addresses, documents, shown, named)) else {}),
            }
        ),
    )


def _annotations(addresses: Addresses, page: Page, links: Sequence[Link], *, flat: bool) -> dict[PageKind, Json | None]:
    """The annotation pages of the sentences of a page; None for one that would be empty."""
    if flat:
        return {"sentences": flat_annotations(addresses, page, links)}
    kinds: tuple[Kind, ...] = ("transcription", "translation")
    return {kind: sentence_annotations(addresses, page, links, kind) for kind in kinds}


def _canvas(
    addresses: Addresses,
    page: Page,
    grid: CanvasGrid,
    kinds: Sequence[PageKind],
    image: ImageKind | None,
    known: Sequence[Json],
) -> Json:
    canvas = addresses.canvas(page)
    annotations = [
        {"id": addresses.url(annotation_path(page.key, kind)), "type": "AnnotationPage", "label": LABELS[kind]}
        for kind in kinds
    ]
    return {
        "id": canvas,
        "type": "Canvas",
        "label": _label(page),
        "width": grid.width,
        "height": grid.height,
        **({"metadata": list(known)} if known else {}),
        **({"thumbnail": [_thumbnail(addresses, page, grid)]} if image else {}),
        "items": [_painted(addresses, page, grid, image)] if image else [],
        **({"annotations": annotations} if annotations else {}),
    }


def _label(page: Page) -> Json:
    """The label of a page; without one its place in the volume, in brackets as archives write it."""
    label = plain(page.label) if page.label else f"[{page.order}]"
    return {"en": [f"Page {label}"], "ru": [f"Страница {label}"]}


def _painted(addresses: Addresses, page: Page, grid: CanvasGrid, image: ImageKind) -> Json:
    canvas, service = addresses.canvas(page), addresses.url(image_folder(page.key))
    tiled = {"service": [{"id": service, "type": "ImageService3", "profile": "level0"}]} if image == "tiles" else {}
    file = f"{service}/full/max/0/default.jpg" if image == "tiles" else addresses.url(image_path(page.key))
    body = {"id": file, "type": "Image", "format": "image/jpeg", "width": grid.width, "height": grid.height, **tiled}
    annotation = {
        "id": f"{canvas}/image",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": canvas,
    }
    return {"id": f"{canvas}/images", "type": "AnnotationPage", "items": [annotation]}


def _thumbnail(addresses: Addresses, page: Page, grid: CanvasGrid) -> Json:
    width, height = thumbnail_size(grid.width, grid.height)
    file = addresses.url(thumbnail_path(page.key))
    return {"id": file, "type": "Image", "format": "image/jpeg", "width": width, "height": height}
