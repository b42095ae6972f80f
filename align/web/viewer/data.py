"""The viewer's data: the results of a volume as plain values, which are written as JSON.

Places are in pixels of the upright page, from its top left corner. Only `box`, which citations name, is in pixels of
the scan. Texts come in pieces: JavaScript counts UTF-16 units, so scripts must not count code points. Usual values
(status linked, role body) are left out, since a volume may have a hundred thousand sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from align.export.documents import Title, details, titles
from align.export.overlay.scene import upright_transform
from align.model import Area, Box, Document, Link, Marker, Page, Transform, VolumeResult
from align.text.page_markers import find_markers
from align.web.viewer.blocks import Block, PageBreak, Run, blocks
from align.web.viewer.marks import agreement, pair_keys, sentence_findings, sentence_marks, to_look_at
from align.web.viewer.shares import shares

Payload = dict[str, Any]
# The transform from a scan to the upright page, and the page's box there.
Place = tuple[Transform, Box]


@dataclass(frozen=True, slots=True)
class Picture:
    """The name of the files of a page's images, and the sizes of the images in pixels."""

    file: str
    width: int
    height: int


def volume_payload(
    volume: VolumeResult, *, title: str | None, pictures: Mapping[int, Picture], digests: Mapping[str, str]
) -> Payload:
    """The table of contents and the pages: all that the viewer needs before a document is opened.

    `digests` are those of the documents' files, by the names of the documents.
    """
    named = titles(volume.documents, volume.links)
    kinds = {link.text: link.kind for link in volume.links}
    languages = {link.text: link.language for link in volume.links}
    upright = {page.order: page for page in volume.pages}
    unsure = to_look_at(volume)
    indices = {document.document: n for n, document in enumerate(volume.documents)}
    shared = {
        order: [[indices[share.document], *share.box.xywh] for share in runs]
        for order, runs in shares(volume, _places(volume)).items()
    }
    return {
        "name": volume.volume,
        "title": title,
        "pages": [_page(page, pictures.get(page.order), shared.get(page.order)) for page in volume.pages],
        "documents": [
            {
                "name": document.document,
                "data": digests[document.document],
                **_titled(named[document.document]),
                "details": details(document),
                "pages": [[order, *_placed(upright[order], box).xywh] for order, box in document.areas],
                "texts": [[kinds[text], languages[text]] for text in _ordered(document, kinds)],
                "look_at": unsure.get(document.document, 0),
            }
            for document in volume.documents
        ],
    }


NO_MARKERS: Mapping[str, tuple[Marker, ...]] = MappingProxyType({})


def document_payloads(
    volume: VolumeResult, *, markers: Mapping[str, tuple[Marker, ...]] = NO_MARKERS
) -> dict[str, Payload]:
    """The texts and sentences of each document by its name, the transcription first.

    `markers`: the page markers of texts in which not only the usual ones count, by the paths of the texts.
    """
    pages = {page.order: page for page in volume.pages}
    places = _places(volume)
    links: dict[str, list[Link]] = defaultdict(list)
    for link in volume.links:
        links[link.text].append(link)
    found, paired = sentence_findings(volume), pair_keys(volume)
    marks = {
        link.sentence: sentence_marks(found.get(link.sentence), agreement(link, volume), paired.get(link.sentence))
        for link in volume.links
    }
    return {
        document.document: _document(document, links, pages, places, volume.contents, markers, marks)
        for document in volume.documents
    }


def _places(volume: VolumeResult) -> dict[int, Place]:
    return {page.order: upright_transform(page.frame) for page in volume.pages if page.frame is not None}


def _ordered(document: Document, kinds: Mapping[str, str]) -> list[str]:
    """The texts of a document that have sentences, the transcription first."""
    return sorted((text for text in document.texts if text in kinds), key=lambda text: kinds[text])


def _titled(title: Title) -> Payload:
    known = {"title": title.text, "translated": title.translated, "date": title.date, "unsure": title.unsure or None}
    return {name: value for name, value in known.items() if value is not None}


def _page(page: Page, picture: Picture | None, shared: Sequence[Sequence[int]] | None) -> Payload:
    width, height = (0, 0)
    if page.frame is not None:
        _, paper = upright_transform(page.frame)
        width, height = paper.width, paper.height
    known: Payload = {
        "key": page.key,
        "label": page.label,
        "size": [width, height],
        "image": picture.file if picture else None,
        "shown": [picture.width, picture.height] if picture else None,
        "scan": page.scan.path,
        "index": page.scan.index,
        "status": page.status if page.status != "ok" else None,
        "language": page.language,
        "dpi": page.scan.dpi,
        "shares": shared,
        "to_scan": _to_scan(page),
        "scan_size": [page.scan.width, page.scan.height] if page.scan.width else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _to_scan(page: Page) -> list[float] | None:
    """The six numbers of the map from the upright page to its scan, row by row; None for a page without a frame."""
    if page.frame is None:
        return None
    upright, paper = upright_transform(page.frame)
    matrix = upright.then(Transform.shift(-paper.left, -paper.top)).inverse().matrix
    return [round(value, 6) for value in matrix[:6]]


def _document(
    document: Document,
    links: Mapping[str, Sequence[Link]],
    pages: Mapping[int, Page],
    places: Mapping[int, Place],
    contents: Mapping[str, str],
    known_markers: Mapping[str, tuple[Marker, ...]],
    marks: Mapping[str, Payload],
) -> Payload:
    paths = _ordered(document, {text: of_text[0].kind for text, of_text in links.items()})
    numbers = {link.sentence: n for n, link in enumerate(link for path in paths for link in links[path])}
    texts: list[Payload] = []
    first = 0
    for path in paths:
        links_of_text = links[path]
        content = contents[path]
        markers = known_markers[path] if path in known_markers else find_markers(content)
        texts.append(
            {
                "path": path,
                "kind": links_of_text[0].kind,
                "language": links_of_text[0].language,
                "first": first,
                "blocks": [_block(block, first) for block in blocks(content, links_of_text, markers, pages)],
            }
        )
        first += len(links_of_text)
    sentences = [{**_sentence(link, numbers, places), **marks[link.sentence]} for path in paths for link in links[path]]
    return {"name": document.document, "texts": texts, "sentences": sentences}


def _block(block: Block, first: int) -> list[object]:
    """A block as [role, continued, parts]. A part is a text alone, [text, sentence], [marker], or a page's order."""
    return [block.role, int(block.continued), [_part(part, first) for part in block.parts]]


def _part(part: Run | PageBreak, first: int) -> object:
    if isinstance(part, PageBreak):
        return part.page
    if part.marker:
        return [part.text]
    return part.text if part.sentence is None else [part.text, first + part.sentence]


def _sentence(link: Link, numbers: Mapping[str, int], places: Mapping[int, Place]) -> Payload:
    known: Payload = {
        "id": link.sentence,
        "key": link.key,
        "role": link.role if link.role != "body" else None,
        "status": link.status if link.status != "linked" else None,
        "score": round(link.score, 3),
        "reason": link.reason,
        "others": [numbers[other] for other in link.counterparts if other in numbers],
        "areas": [_area(area, places[area.page]) for area in link.areas if area.page in places],
    }
    return {name: value for name, value in known.items() if value is not None and value != []}


def _area(area: Area, place: Place) -> Payload:
    to_upright, paper = place
    return {
        "page": area.page,
        "box": list(Box.union(area.boxes).xywh),
        "outlines": [
            [round(v, 1) for x, y in to_upright.points(polygon.points) for v in (x - paper.left, y - paper.top)]
            for polygon in area.polygons
        ],
    }


def _placed(page: Page, box: Box) -> Box:
    """The box on the upright page, in pixels from the page's top left corner."""
    assert page.frame is not None
    to_upright, paper = upright_transform(page.frame)
    placed = Box.around(to_upright.points(box.corners))
    return Box(placed.left - paper.left, placed.top - paper.top, placed.right - paper.left, placed.bottom - paper.top)
