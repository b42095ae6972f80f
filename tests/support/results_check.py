"""Whether a folder of results keeps the contract: schemas, ids, references, places, spans and texts."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

Row = dict[str, Any]

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
VOLUME_FILES = ("documents", "pages", "lines", "links", "beads", "findings")


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator for rows of this file, "pages" say; the schema itself is checked first."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def schema_faults(name: str, row: object) -> list[str]:
    """What the schema of this file has against a row, each with its place in the row."""
    return list(_faults(name, json.dumps(row)))


@cache
def _faults(name: str, row: str) -> tuple[str, ...]:
    """What the schema has against a row, as JSON; the same rows come in many tests."""
    errors = validator(name).iter_errors(json.loads(row))
    return tuple(f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in errors)


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON-lines file; ValueError where it is not one object a line, UTF-8, each line ended by LF."""
    data = path.read_bytes()
    if data.startswith(b"\xef\xbb\xbf") or b"\r" in data or (data and not data.endswith(b"\n")):
        raise ValueError(f"{path} is not JSON lines: byte-order mark, CR, or no LF at the end")
    return [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]


def check_results(folder: Path) -> list[str]:
    """Every fault of a whole aligned/ folder, as "file:row: what is wrong"; empty when it keeps the contract."""
    faults: list[str] = []
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    faults += [f"run.json: {fault}" for fault in schema_faults("run", run)]
    ids: Counter[str] = Counter()
    if (folder / "findings.jsonl").exists():
        loose = read_rows(folder / "findings.jsonl")
        faults += [f"findings.jsonl:{n}: {f}" for n, row in enumerate(loose, 1) for f in schema_faults("findings", row)]
        faults += translation_faults(folder, loose)
        ids.update(row["finding"] for row in loose)
    for name in run.get("volumes", {}):
        if not (folder / name).is_dir():
            faults.append(f"run.json: volume {name} has no folder")
    for volume in sorted(p for p in folder.iterdir() if (p / "pages.jsonl").exists()):
        if volume.name not in run.get("volumes", {}):
            faults.append(f"{volume.name}: not among the volumes of run.json")
        faults += [f"{volume.name}/{fault}" for fault in _VolumeCheck(volume, ids).faults()]
    faults += [f"id {name} stands {n} times in the collection" for name, n in sorted(ids.items()) if n > 1]
    return faults


def translation_faults(folder: Path, findings: list[Row]) -> list[str]:
    """What is wrong with the Russian messages beside findings.jsonl; nothing where there are none."""
    path = folder / "findings.ru.jsonl"
    if not path.exists():
        return []
    rows = read_rows(path)
    faults = [f"{path.name}:{n}: {f}" for n, row in enumerate(rows, 1) for f in schema_faults("findings.ru", row)]
    names = [[(row["finding"], row["key"]) for row in own] for own in (rows, findings)]
    return faults if names[0] == names[1] else [*faults, f"{path.name}: its rows are not those of findings.jsonl"]


class _VolumeCheck:
    """One volume's files held against one another."""

    def __init__(self, folder: Path, ids: Counter[str]) -> None:
        self.folder = folder
        self.ids = ids
        self.rows: dict[str, list[Row]] = {}
        self.found: list[str] = []

    def faults(self) -> list[str]:
        for name in VOLUME_FILES:
            path = self.folder / f"{name}.jsonl"
            if not path.exists():
                return [f"{name}.jsonl: missing"]
            self.rows[name] = read_rows(path)
            for number, row in enumerate(self.rows[name], 1):
                self.found += [f"{name}.jsonl:{number}: {fault}" for fault in schema_faults(name, row)]
        if self.found:
            return self.found  # what follows takes the rows' shape for granted
        self.pages = {row["page"]: row for row in self.rows["pages"]}
        self.lines = {row["line"]: row for row in self.rows["lines"]}
        self.sentences = {row["sentence"]: row for row in self.rows["links"]}
        for name, field in (
            ("pages", "id"),
            ("lines", "line"),
            ("links", "sentence"),
            ("beads", "bead"),
            ("findings", "finding"),
        ):
            self.ids.update(row[field] for row in self.rows[name])
        self._documents()
        self.found += translation_faults(self.folder, self.rows["findings"])
        for name in ("pages", "lines", "links", "beads", "findings"):
            for number, row in enumerate(self.rows[name], 1):
                self.at = f"{name}.jsonl:{number}"
                getattr(self, f"_{name}")(row)
        return self.found

    def _say(self, fault: str) -> None:
        self.found.append(f"{self.at}: {fault}")

    def _need(self, holds: bool, fault: str) -> None:
        if not holds:
            self._say(fault)

    def _documents(self) -> None:
        self.texts: dict[str, str] = {}
        names = [row["document"] for row in self.rows["documents"]]
        self.at = "documents.jsonl"
        self._need(len(set(names)) == len(names), "a document has two rows")
        drawn: dict[tuple[str, int], list[list[int]]] = {}
        for link in self.rows["links"]:
            for area in link["areas"]:
                drawn.setdefault((link["document"], area["page"]), []).extend(area["boxes"])
        for number, row in enumerate(self.rows["documents"], 1):
            self.at = f"documents.jsonl:{number}"
            for path in row["texts"]:
                self._need(path not in self.texts, f"{path} belongs to two documents")
                self.texts[path] = self._text(row["document"], path)
            stated = {area["page"]: area["box"] for area in row["areas"]}
            real = {page: _around(boxes) for (document, page), boxes in drawn.items() if document == row["document"]}
            self._need(stated == real, f"areas {stated} are not what its links cover, {real}")

    def _text(self, document: str, path: str) -> str:
        stem = path.rpartition("/")[2].rpartition(".")[0]
        language = stem.rpartition(".")[2]
        file = self.folder / "texts" / f"{document}.{language}.txt"
        if not file.exists():
            self._say(f"no {file.name} in texts/ for {path}")
            return ""
        return file.read_bytes().decode("utf-8")

    def _pages(self, row: Row) -> None:
        x, y, w, h = row["frame"]
        self._need(x + w <= row["width"] and y + h <= row["height"], f"frame {row['frame']} is not on the scan")
        self._need((w > 0) == (row["width"] > 0), "a scan with a size has a frame, one without has none")
        self._need(row["duplicate_of"] in (None, *self.pages), f"duplicate of no page: {row['duplicate_of']}")
        self._need(row["duplicate_of"] != row["page"], "a duplicate of itself")

    def _lines(self, row: Row) -> None:
        page = self.pages.get(row["page"])
        if page is None:
            self._say(f"no page {row['page']}")
            return
        self._need(row["line"].startswith(page["id"] + ".l"), f"{row['line']} is not of {page['id']}")
        for box in (row["box"], *(word["box"] for word in row["words"])):
            self._on_scan(box, page)
        self._need(row["text"] == " ".join(word["text"] for word in row["words"]), "the text is not its words")
        for match in row["matches"]:
            self._spans([match["span"]], match["text"])

    def _links(self, row: Row) -> None:
        self._spans(row["spans"], row["text"])
        said = "".join(self.texts.get(row["text"], "")[a:b] for a, b in row["spans"])
        self._need(_letters(said) == _letters(row["content"]), f"content {row['content']!r} is not the text's {said!r}")
        for other in row["counterparts"]:
            self._need(other in self.sentences, f"no sentence {other}")
            self._need(self.sentences.get(other, {}).get("text") != row["text"], f"{other} is of the same text")
        for area in row["areas"]:
            self._area(area)
            self._spans(area["spans"] or [], row["text"])
            for a, b in area["spans"] or []:
                self._need(any(c <= a and b <= d for c, d in row["spans"]), f"area shows {a, b}, not of the sentence")

    def _beads(self, row: Row) -> None:
        for side, path in zip(("transcription", "translation"), row["texts"], strict=True):
            self._need(path in self.texts, f"no text {path}")
            for sentence in row[side]:
                self._need(self.sentences.get(sentence, {}).get("text") == path, f"{sentence} is not of {path}")

    def _findings(self, row: Row) -> None:
        placed = row["sentences"] or row["spans"] or row["areas"]
        # A text that could not be read has a finding, and its document then no row.
        if placed:
            self._need(row["document"] in (None, *(d["document"] for d in self.rows["documents"])), "no such document")
        self._need(all(p in self.pages for p in row["pages"]), f"no such page among {row['pages']}")
        self._need(all(line in self.lines for line in row["lines"]), f"no such line among {row['lines']}")
        self._need(all(s in self.sentences for s in row["sentences"]), f"no such sentence among {row['sentences']}")
        if row["spans"]:
            self._spans(row["spans"], row["text"])
        for area in row["areas"]:
            self._area(area)

    def _area(self, area: Row) -> None:
        page = self.pages.get(area["page"])
        if page is None:
            self._say(f"no page {area['page']}")
            return
        for field in ("label", "scan", "scan_index"):
            self._need(area[field] == page[field], f"{field} {area[field]!r} is not the page's {page[field]!r}")
        count = len(area["boxes"])
        self._need(len(area["polygons"]) == len(area["lines"]) == count, "one polygon and one line to a box")
        for box in area["boxes"]:
            self._on_scan(box, page)
        for line in filter(None, area["lines"]):
            self._need(self.lines.get(line, {}).get("page") == area["page"], f"{line} is not on page {area['page']}")

    def _on_scan(self, box: list[int], page: Row) -> None:
        x, y, w, h = box
        self._need(x + w <= page["width"] and y + h <= page["height"], f"box {box} is not on the scan")

    def _spans(self, spans: list[list[int]], path: str | None) -> None:
        if path not in self.texts:
            self._say(f"no text {path}")
            return
        flat = [v for span in spans for v in span]
        self._need(all(a < b for a, b in spans) and flat == sorted(flat), f"spans {spans} are empty or out of order")
        self._need(max(flat, default=0) <= len(self.texts[path]), f"spans {spans} reach over the end of {path}")


def _around(boxes: list[list[int]]) -> list[int]:
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return [left, top, max(b[0] + b[2] for b in boxes) - left, max(b[1] + b[3] for b in boxes) - top]


_HYPHENS = dict.fromkeys(map(ord, "-\u2010\u00ac\u00ad\u2e17="))


def _letters(text: str) -> str:
    """The text without white space and hyphens: where a marker was cut out or a word is divided, the rest is joined."""
    return "".join(text.split()).translate(_HYPHENS)
