"""The whole sample collection from its sources, as a mapping from path to bytes; writing and checking of it."""

from __future__ import annotations

import argparse
import io
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from sample_collection.cases import resolve
from sample_collection.entries import Entry, read_entries
from sample_collection.layout import Sheet, type_volume
from sample_collection.machine import FONTS, Machine
from sample_collection.scans import Scan, scan
from sample_collection.texts import SourceText, line_starts, omit_line, page_starts, transcription, translation
from sample_collection.truth import gather

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
# Another version of the font or JPEG library moves single gray levels; a changed page moves far more.
SAME_PICTURE = 1.5


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _jsonl(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def build(*, texts_only: bool = False) -> dict[str, bytes]:
    """Every file of the collection and its truth, by path in the project; or the texts alone, which need no font."""
    plan = tomllib.loads((HERE / "volume.toml").read_text(encoding="utf-8"))
    entries = read_entries(HERE / "diary")
    names = ("first_label", "running_head", "columns", "rows")
    sheets = type_volume(entries, **{name: plan[name] for name in names})
    sides = sum(s["pages"] for s in plan["scan"])
    if sides != len(sheets):
        raise SystemExit(f"volume.toml has scans for {sides} pages, and the diary fills {len(sheets)}")
    texts = _texts(entries, sheets)
    files = _text_files(plan["name"], texts)
    if texts_only:
        return files
    scans = _scans(plan, sheets)
    truth = gather(entries, scans, texts)
    cases = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))["case"]
    files |= {f"images/{plan['name']}/{s.name}": s.data for s in scans}
    for document, rows in truth.lines.items():
        tei = f"tests/sample/plain/{document}.ru.txt" in files
        files[f"tests/sample/{'plain' if tei else 'truth'}/{document}.jsonl"] = _jsonl(rows)
    files["tests/sample/pages.json"] = _json(truth.pages)
    files["tests/sample/beads.jsonl"] = _jsonl(truth.beads)
    files["tests/sample/sentences.jsonl"] = _jsonl(truth.sentences)
    files["tests/sample/cases.json"] = _json(resolve(cases, texts, truth))
    return files


def _texts(entries: list[Entry], sheets: list[Sheet]) -> dict[tuple[str, str], SourceText]:
    """The source texts by document and language."""
    starts = page_starts(sheets)
    texts = {}
    for entry in entries:
        omit_line(entry, sheets)
        first = next(s.label for s in sheets if any(r.document == entry.document for r in s.rows))
        for text in (transcription(entry, starts, line_starts(sheets), first), translation(entry, starts)):
            if text:
                texts[entry.document, text.language] = text
    return texts


def _text_files(volume: str, texts: dict[tuple[str, str], SourceText]) -> dict[str, bytes]:
    """The source texts as files, what offsets count where that is not the file itself, and the page markers."""
    files = {f"transcripts/{volume}/{t.name}": t.data for t in texts.values()}
    for (document, language), text in texts.items():
        if not text.name.endswith(".txt"):
            files[f"tests/sample/plain/{document}.{language}.txt"] = text.plain.encode()
    markers = [
        {"document": d, "language": language, "text": t.name, "start": s, "end": e, "label": label}
        for (d, language), t in texts.items()
        for s, e, label in t.markers
    ]
    return files | {"tests/sample/markers.jsonl": _jsonl(markers)}


def _scans(plan: dict[str, Any], sheets: list[Sheet]) -> list[Scan]:
    """The drawn scans in order."""
    machines = {which: Machine(which, plan["seed"] + n) for n, which in enumerate(FONTS)}
    scans: list[Scan] = []
    done = 0
    for n, table in enumerate(plan["scan"], 1):
        here = sheets[done : done + table["pages"]]
        done += table["pages"]
        verso = sheets[done % len(sheets)]
        scans.append(scan(table, here, name=f"{n:04d}.jpg", seed=[plan["seed"], n], machines=machines, verso=verso))
    return scans


def _owned(project: Path, volume: str) -> set[str]:
    """The files that a build would replace, as they are."""
    folders = (f"images/{volume}", f"transcripts/{volume}", "tests/sample")
    return {p.relative_to(project).as_posix() for f in folders for p in (project / f).rglob("*") if p.is_file()}


def difference(name: str, old: bytes, new: bytes) -> str | None:
    """What is different in a file, or None; pictures may differ by what another library version does."""
    if old == new:
        return None
    if name.endswith(".jpg"):
        a, b = (np.asarray(Image.open(io.BytesIO(d)), np.int16) for d in (old, new))
        if a.shape == b.shape and float(np.abs(a - b).mean()) < SAME_PICTURE:
            return None
    return "differs"


def main(arguments: list[str] | None = None) -> int:
    """Write the collection, or with --check say what is not as a fresh build would be."""
    parser = argparse.ArgumentParser(prog="scripts/sample", description="Makes the sample collection and its truth.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; 1 if a file is not as a build would make it"
    )
    parser.add_argument("--texts", action="store_true", help="check the texts alone, which needs no font")
    parser.add_argument("--project", type=Path, default=PROJECT, help="the folder to write in or to check")
    given = parser.parse_args(arguments)
    if given.texts and not given.check:
        parser.error("--texts goes with --check alone: a collection is written whole")
    files = build(texts_only=given.texts)
    there = _owned(given.project, tomllib.loads((HERE / "volume.toml").read_text(encoding="utf-8"))["name"])
    if given.texts:
        there = {name for name in there if name.startswith("transcripts/") or name in files}
    if given.check:
        bad = {name: "is missing" for name in files if name not in there}
        bad |= dict.fromkeys(there - files.keys(), "is not part of the collection")
        for name in there & files.keys():
            found = difference(name, (given.project / name).read_bytes(), files[name])
            if found:
                bad[name] = found
        for name, what in sorted(bad.items()):
            print(f"{name}: {what}", file=sys.stderr)
        print(f"{len(files)} files, {len(bad)} not as built" + ("; run scripts/sample" if bad else ""), file=sys.stderr)
        return 1 if bad else 0
    for name in there - files.keys():
        (given.project / name).unlink()
    for name, data in files.items():
        path = given.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    size = sum(len(d) for n, d in files.items() if n.startswith("images/"))
    print(f"{len(files)} files, images {size / 1e6:.1f} MB", file=sys.stderr)
    return 0
