"""W3C Web Annotations: sentence pairs as annotations of the scans themselves, in the pixels of the scans."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from align.export.iiif.canvas import CanvasGrid, Json, selectors
from align.export.iiif.flat import together
from align.export.overlay.captions import plain
from align.export.overlay.svg import url_path
from align.model import Link, Page, ScanInfo, Transform

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Section 3.3.5 of the Web Annotation Data Model: the annotation says what is in the place.
_MOTIVATION = "describing"


def annotation_collection(
    base: str, path: str, title: str, pages: Iterable[tuple[Page, Sequence[Link]]]
) -> Iterator[bytes]:
    """The parts of the file at this path below `base`: a collection with one page that holds all annotations.

    `base` is the URL below which the scans are too; `pages` come with the links that have a place on them.
    """
    name = f"{base}/{url_path(path)}"
    items = (item.encode("utf-8") for page, links in pages for item in _items(base, name, page, links))
    head: Json = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": plain(title) or path,
        "generator": {"type": "Software", "name": "align"},
    }
    yield _text(head)[:-1].encode("utf-8")
    first: Json = {"id": f"{name}#page", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    before = b', "first": ' + _text(first)[:-1].encode("utf-8") + b', "items": [\n'
    total = 0
    for item in items:
        yield (b",\n" if total else before) + item
        total += 1
    # The total comes last, so that no more than one annotation is held at a time.
    yield (b"\n]}" if total else b"") + f', "total": {total}}}\n'.encode()


def _items(base: str, name: str, page: Page, links: Sequence[Link]) -> Iterator[str]:
    """The annotations of one page as JSON: one for each pair of sentences that has a place on it."""
    scan = page.scan
    grid = CanvasGrid(scan.width, scan.height, Transform())
    source = _source(base, scan)
    for group in together([link for link in links if any(area.page == page.order for area in link.areas)]):
        areas = [area for link in group for area in link.areas if area.page == page.order]
        # A translation has the place of what it translates: each outline once.
        places = dict.fromkeys(place for area in areas for place in zip(area.boxes, area.polygons, strict=True))
        found = selectors(grid, (box for box, _ in places), (polygon for _, polygon in places))
        if found is not None:
            yield _text(
                {
                    "id": f"{name}#{url_path(group[0].sentence)}.p{page.order}",
                    "type": "Annotation",
                    "motivation": _MOTIVATION,
                    "body": [*(_body(name, link) for link in group), *_tags(group)],
                    "target": {"type": "SpecificResource", "source": source, "selector": found},
                }
            )


def _body(name: str, link: Link) -> Json:
    return {
        "id": f"{name}#{url_path(link.sentence)}",
        "type": "TextualBody",
        "value": link.content,
        "format": "text/plain",
        "language": link.language,
    }


def _tags(group: Sequence[Link]) -> Iterator[Json]:
    """What is not sure about the places: "doubtful" and "partial" as tags, which all programs show."""
    for status in dict.fromkeys(link.status for link in group if link.status != "linked"):
        yield {"type": "TextualBody", "purpose": "tagging", "value": status, "format": "text/plain", "language": "en"}


def _source(base: str, scan: ScanInfo) -> str:
    """The URL of a scan; of a file with several images, that of the image, counted from 1."""
    return f"{base}/{url_path(scan.path)}" + ("" if scan.index is None else f"#page={scan.index + 1}")


def _text(value: Json) -> str:
    # Half of a surrogate pair has no form in UTF-8.
    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
