"""The rows of the result files, key for key as design.md section 6 fixes them; scan pixels, code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from align.model import Area, Bead, Box, Finding, Line, Link, Match, Page, Polygon, SourceText, Span, ncname

Row = dict[str, object]

# What has a place of its own in a row of documents.jsonl; all else that is known goes into its details.
_NAMED_DETAILS = ("title", "date", "author")


def page_row(page: Page) -> Row:
    """The row of pages.jsonl; a scan that could not be opened has size 0 and the frame [0, 0, 0, 0]."""
    scan = page.scan
    frame = page.frame.box.xywh if page.frame else (0, 0, scan.width, scan.height)
    return {
        "page": page.order,
        "id": page.id,
        "key": page.key,
        "label": page.label,
        "label_source": page.label_source,
        "scan": scan.path,
        "scan_index": scan.index,
        "width": scan.width,
        "height": scan.height,
        "dpi": None if scan.dpi is None else _shortest(scan.dpi),
        "frame": list(frame),
        "rotation": page.frame.rotation if page.frame else 0,
        "language": page.language,
        "status": page.status,
        "duplicate_of": page.duplicate_of,
    }


def page_rows(pages: Iterable[Page]) -> Iterator[Row]:
    """The rows of pages.jsonl, in the order given."""
    return (page_row(page) for page in pages)


def line_rows(page: Page, matches: Mapping[int, Sequence[Match]]) -> Iterator[Row]:
    """The rows of lines.jsonl for one page, in reading order; matches by the 0-based index of their line."""
    return (_line_row(page, index, line, matches.get(index, ())) for index, line in enumerate(page.lines))


def _line_row(page: Page, index: int, line: Line, matches: Sequence[Match]) -> Row:
    return {
        "line": page.line_id(index),
        "page": page.order,
        "box": _box(line.box),
        "polygon": _polygon(line.polygon),
        "text": line.text,
        "confidence": _share(line.confidence),
        "role": line.role,
        "words": [{"text": w.text, "box": _box(w.box), "confidence": _share(w.confidence)} for w in line.words],
        "matches": [{"text": m.text, "span": list(m.span), "similarity": _share(m.similarity)} for m in matches],
    }


def link_rows(links: Iterable[Link], pages: Iterable[Page]) -> Iterator[Row]:
    """The rows of links.jsonl, in the order given; KeyError for an area on a page that is not among the pages."""
    by_order = {page.order: page for page in pages}
    return (_link_row(link, by_order) for link in links)


def _link_row(link: Link, pages: Mapping[int, Page]) -> Row:
    return {
        "sentence": link.sentence,
        "key": link.key,
        "document": link.document,
        "text": link.text,
        "kind": link.kind,
        "language": link.language,
        "role": link.role,
        "spans": _spans(link.spans),
        "content": link.content,
        "status": link.status,
        "score": _share(link.score),
        "reason": link.reason,
        "via": link.via,
        "counterparts": list(link.counterparts),
        "areas": [_area(area, pages) for area in link.areas],
    }


def bead_rows(beads: Iterable[Bead], *, transcription: SourceText, translation: SourceText) -> Iterator[Row]:
    """The rows of beads.jsonl for one pair of texts; a bead's left side is the transcription."""
    languages = f"{transcription.language}-{translation.language}"
    stem = ncname(f"{transcription.volume}.{transcription.document}.{languages}")
    return (
        {
            "bead": f"{stem}.b{number:04d}",
            "texts": [transcription.path, translation.path],
            "transcription": [transcription.sentences[i].id for i in bead.left],
            "translation": [translation.sentences[i].id for i in bead.right],
            "score": _share(bead.score),
        }
        for number, bead in enumerate(beads, start=1)
    )


def finding_rows(findings: Iterable[Finding], pages: Iterable[Page]) -> Iterator[Row]:
    """The rows of findings.jsonl, in the order given; KeyError for an area on a page that is not among the pages."""
    by_order = {page.order: page for page in pages}
    return (_finding_row(finding, by_order) for finding in findings)


def _finding_row(finding: Finding, pages: Mapping[int, Page]) -> Row:
    return {
        "finding": finding.id,
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity,
        "document": finding.document,
        "text": finding.text,
        "pages": list(finding.pages),
        "lines": list(finding.lines),
        "sentences": list(finding.sentences),
        "spans": _spans(finding.spans),
        "areas": [_area(area, pages) for area in finding.areas],
        "score": _share(finding.score),
        "message": finding.message,
        "evidence": {"scan_text": finding.scan_text, "source_text": finding.source_text},
        "suggestion": finding.suggestion,
    }


def document_rows(
    texts: Iterable[SourceText], links: Iterable[Link], *, details: Mapping[str, Mapping[str, str]] | None = None
) -> Iterator[Row]:
    """The rows of documents.jsonl, in the order in which the documents first come among the texts.

    What is said of a document comes from `details` (by document: what collection.toml says), then from its texts, the
    first that knows. Its area on a page is the box around all its links' areas there, in page order.
    """
    grouped: dict[str, list[SourceText]] = {}
    for text in texts:
        grouped.setdefault(text.document, []).append(text)
    boxes: dict[str, dict[int, list[Box]]] = {}
    for link in links:
        for area in link.areas:
            boxes.setdefault(link.document, {}).setdefault(area.page, []).extend(area.boxes)
    for document, own in grouped.items():
        known: dict[str, str] = {}
        for source in ((details or {}).get(document, {}), *(text.details for text in own)):
            for name, value in source.items():
                known.setdefault(name, value)
        yield {
            "document": document,
            **{name: known.pop(name, None) for name in _NAMED_DETAILS},
            "details": dict(sorted(known.items())),
            "texts": [text.path for text in own],
            "areas": [
                {"page": order, "box": _box(Box.union(found))}
                for order, found in sorted(boxes.get(document, {}).items())
            ],
        }


def _area(area: Area, pages: Mapping[int, Page]) -> Row:
    page = pages[area.page]
    return {
        "page": area.page,
        "label": page.label,
        "scan": page.scan.path,
        "scan_index": page.scan.index,
        "boxes": [_box(box) for box in area.boxes],
        "polygons": [_polygon(polygon) for polygon in area.polygons],
        "lines": [page.line_id(index) for index in area.lines],
        "spans": None if area.spans is None else _spans(area.spans),
    }


def _box(box: Box) -> list[int]:
    return list(box.xywh)


def _polygon(polygon: Polygon) -> list[list[float]]:
    # Adding zero turns the -0.0 of a point just outside the scan into 0.0.
    return [[round(x, 1) + 0.0, round(y, 1) + 0.0] for x, y in polygon.points]


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _share(value: float) -> float:
    return round(float(value), 4)


def _shortest(value: float) -> float:
    rounded = round(float(value), 2)
    return int(rounded) if rounded.is_integer() else rounded
