"""Results read back: what `align run` wrote of a volume, as the model's own types.

A volume is read whole, one at a time. What rows do not hold is left out of the types too: a scan's digest is empty, a
word's polygon is its box, and all lines are of region 0.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.errors import InputError
from align.files.paths import shown
from align.files.store.result_store import ResultStore
from align.model import (
    Area,
    Bead,
    Box,
    Document,
    Finding,
    Frame,
    Line,
    Link,
    Match,
    Page,
    Polygon,
    ScanInfo,
    Word,
    Wording,
)

__all__ = ["Document", "PairedTexts", "Results", "VolumeResults"]

# The contract that is read here: what `run.json` must name as its schema_version.
READABLE_VERSION = 1


@dataclass(frozen=True, slots=True)
class PairedTexts:
    """The beads of a transcription and a translation (their paths): indices of the sentences of each, in text order."""

    transcription: str
    translation: str
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class VolumeResults:
    """All that a run wrote of a volume. `matches` by page, then by line index; `contents` are texts by their path."""

    volume: str
    pages: tuple[Page, ...]
    matches: tuple[Mapping[int, tuple[Match, ...]], ...]
    documents: tuple[Document, ...]
    links: tuple[Link, ...]
    pairs: tuple[PairedTexts, ...]
    findings: tuple[Finding, ...]
    contents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a collection: `run` is run.json, `volumes` their names in order, `loose` belongs to no volume."""

    store: ResultStore
    run: Mapping[str, Any]
    volumes: tuple[str, ...]
    loose: tuple[Finding, ...]

    @classmethod
    def opened(cls, out: Path) -> Results:
        """The results under this folder; InputError ("no-results", "damaged") where there are none to read."""
        store = ResultStore(out)
        data = store.read_bytes("run.json")
        if data is None:
            raise InputError(
                f"{shown(str(out))} holds no results (there is no run.json): run align run first, or name the folder "
                "of the results with --out.",
                cause="no-results",
            )
        try:
            run = json.loads(data)
            version, names = run["schema_version"], tuple(run["volumes"])
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise _damaged(store, "run.json") from error
        if version != READABLE_VERSION:
            raise InputError(
                f"The results in {shown(str(out))} are of another version of this program: run align run again.",
                cause="damaged",
            )
        loose = _findings(store, "", _rows(store, "findings.jsonl"), {})
        return cls(store, run, names, loose)

    def volume(self, name: str) -> VolumeResults:
        """What was written of this volume; InputError ("damaged") where a file of it is missing or damaged."""
        return _parsed(self.store, name)


def _parsed(store: ResultStore, name: str) -> VolumeResults:
    rows = {
        part: _rows(store, f"{name}/{part}.jsonl")
        for part in ("pages", "lines", "documents", "links", "beads", "findings")
    }
    try:
        by_page: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in rows["lines"]:
            by_page[row["page"]].append(row)
        pages = tuple(_page(row, by_page[row["page"]]) for row in rows["pages"])
        indices = {row["line"]: n for own in by_page.values() for n, row in enumerate(own)}
        matches = tuple(
            {
                n: tuple(Match(m["text"], tuple(m["span"]), m["similarity"]) for m in row["matches"])
                for n, row in enumerate(by_page[page.order])
                if row["matches"]
            }
            for page in pages
        )
        links = tuple(_link(row, indices) for row in rows["links"])
        documents = tuple(_document(row) for row in rows["documents"])
        return VolumeResults(
            volume=name,
            pages=pages,
            matches=matches,
            documents=documents,
            links=links,
            pairs=_pairs(rows["beads"], links),
            findings=_findings(store, f"{name}/", rows["findings"], indices),
            contents=_contents(store, name, links, documents),
        )
    except (LookupError, ValueError, TypeError) as error:
        raise _damaged(store, name) from error


def _rows(store: ResultStore, path: str) -> list[dict[str, Any]]:
    data = store.read_bytes(path)
    try:
        rows = [json.loads(part) for part in (data or b"").split(b"\n") if part.strip()]
    except (ValueError, RecursionError) as error:
        raise _damaged(store, path) from error
    if data is None or not all(isinstance(row, dict) for row in rows):
        raise _damaged(store, path)
    return rows


def _damaged(store: ResultStore, path: str) -> InputError:
    return InputError(
        f"{shown(str(store.out / path))} is missing or damaged: run align run again, which writes it anew.",
        cause="damaged",
    )


def _page(row: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Page:
    width, height = row["width"], row["height"]
    frame = None if row["status"] == "failed" else Frame(Box.from_xywh(row["frame"]), row["rotation"])
    return Page(
        order=row["page"],
        id=row["id"],
        key=row["key"],
        scan=ScanInfo(row["scan"], row["scan_index"], width, height, row["dpi"], ""),
        frame=frame,
        status=row["status"],
        lines=tuple(_line(line) for line in lines),
        language=row["language"],
        label=row["label"],
        label_source=row["label_source"],
        duplicate_of=row["duplicate_of"],
    )


def _line(row: Mapping[str, Any]) -> Line:
    words = []
    for word in row["words"]:
        box = Box.from_xywh(word["box"])
        words.append(Word(word["text"], box, Polygon(box.corners), word["confidence"]))
    return Line(tuple(words), _polygon(row["polygon"]), 0, row["role"])


def _link(row: Mapping[str, Any], indices: Mapping[str, int]) -> Link:
    return Link(
        sentence=row["sentence"],
        key=row["key"],
        document=row["document"],
        text=row["text"],
        kind=row["kind"],
        language=row["language"],
        role=row["role"],
        spans=_spans(row["spans"]),
        content=row["content"],
        status=row["status"],
        score=row["score"],
        reason=row["reason"],
        via=row["via"],
        counterparts=tuple(row["counterparts"]),
        areas=tuple(_area(area, indices) for area in row["areas"]),
    )


def _area(row: Mapping[str, Any], indices: Mapping[str, int]) -> Area:
    return Area(
        page=row["page"],
        boxes=tuple(Box.from_xywh(box) for box in row["boxes"]),
        polygons=tuple(_polygon(points) for points in row["polygons"]),
        lines=tuple(indices[line] for line in row["lines"]),
        spans=None if row["spans"] is None else _spans(row["spans"]),
    )


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        document=row["document"],
        title=row["title"],
        date=row["date"],
        author=row["author"],
        details=row["details"],
        texts=tuple(row["texts"]),
        areas=tuple((area["page"], Box.from_xywh(area["box"])) for area in row["areas"]),
    )


def _pairs(rows: Sequence[Mapping[str, Any]], links: Sequence[Link]) -> tuple[PairedTexts, ...]:
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    for link in links:
        numbers[link.text][link.sentence] = len(numbers[link.text])
    found: dict[tuple[str, str], list[Bead]] = defaultdict(list)
    for row in rows:
        transcription, translation = row["texts"]
        bead = Bead(
            tuple(numbers[transcription][s] for s in row["transcription"]),
            tuple(numbers[translation][s] for s in row["translation"]),
            row["score"],
        )
        found[transcription, translation].append(bead)
    return tuple(PairedTexts(*texts, tuple(beads)) for texts, beads in found.items())


def _findings(
    store: ResultStore, folder: str, rows: Sequence[Mapping[str, Any]], indices: Mapping[str, int]
) -> tuple[Finding, ...]:
    """The findings of a folder, with their Russian words where the run wrote them."""
    name = f"{folder}findings.ru.jsonl"
    russian = {row["finding"]: row for row in (_rows(store, name) if store.read_bytes(name) is not None else ())}
    return tuple(_finding(row, indices, russian.get(row["finding"])) for row in rows)


def _finding(row: Mapping[str, Any], indices: Mapping[str, int], russian: Mapping[str, Any] | None) -> Finding:
    return Finding(
        translations={"ru": Wording(russian["message"], russian["suggestion"])} if russian else {},
        id=row["finding"],
        key=row["key"],
        code=row["code"],
        severity=row["severity"],
        message=row["message"],
        document=row["document"],
        text=row["text"],
        pages=tuple(row["pages"]),
        lines=tuple(row["lines"]),
        sentences=tuple(row["sentences"]),
        spans=_spans(row["spans"]),
        areas=tuple(_area(area, indices) for area in row["areas"]),
        score=row["score"],
        scan_text=row["evidence"]["scan_text"],
        source_text=row["evidence"]["source_text"],
        suggestion=row["suggestion"],
    )


def _contents(store: ResultStore, name: str, links: Sequence[Link], documents: Sequence[Document]) -> dict[str, str]:
    """The plain texts by the path of the text that they were extracted from."""
    languages = {link.text: (link.document, link.language) for link in links}
    contents = {}
    for path in dict.fromkeys(path for document in documents for path in document.texts):
        if path in languages:
            document, language = languages[path]
            data = store.read_bytes(f"{name}/texts/{document}.{language}.txt")
            if data is None:
                raise _damaged(store, f"{name}/texts/{document}.{language}.txt")
            contents[path] = data.decode("utf-8")
    return contents


def _polygon(points: Sequence[Sequence[float]]) -> Polygon:
    return Polygon(tuple((x, y) for x, y in points))


def _spans(rows: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in rows)
