"""Whether it matters what reads the scans: Tesseract as program or as library, or its own ALTO put into ocr/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from align.ocr import tesseract_name

WAYS = ("tesseract", "tesserocr", "alto")
# What a row of the report counts: sentences whose link differs from that of the program; first by an eye's measure, the
# three before "elsewhere" together, then by a ruler's.
KINDS = ("status", "scans", "overlap", "elsewhere", "pixels")
# A share. Boxes that share less of the area that they cover together are different places (as in PASCAL VOC).
SAME_SHARE = 0.5
# A third of a small letter's height at 300 dpi (about 20 px): no reader of an overlay sees such a difference.
FEW_INCHES = 6 / 300
# The resolution of scans that state none.
USUAL_DPI = 300

Scan = tuple[str, int | None]
Boxes = list[list[int]]


def evaluate(
    work: Path, sources: Sequence[tuple[str, Path]], run: Callable[..., bool], faults: Callable[[Path], list[str]]
) -> int:
    """Read each collection in all ways, print how many sentences differ; 1 if a run fails or breaks the contract."""
    kinds = "".join(f"{kind:>10}" for kind in KINDS)
    print(f"{'collection':24}{'instead of the program':24}{'sentences':>10}{kinds}", flush=True)
    broken: list[str] = []
    for name, source in sources:
        program, *others = (work / f"engines-{name}-{way}" for way in WAYS)
        for way, copy_of_way in zip(WAYS, (program, *others), strict=True):
            copied(source, copy_of_way)
            if way == "alto":
                add_alto(copy_of_way, languages_of(program / "aligned"))
            if not run(copy_of_way, *([] if way == "alto" else ["--engine", way])):
                return 1
            broken += [f"{copy_of_way.name}: {fault}" for fault in faults(copy_of_way / "aligned")]
            if copy_of_way == program:
                continue
            counts, total = compared(program / "aligned", copy_of_way / "aligned")
            shares = "".join(f"{counts[kind] / total:10.4f}" for kind in KINDS)
            print(f"{name:24}{way:24}{total:10d}{shares}", flush=True)
    for line in broken:
        print(line)
    return 1 if broken else 0


def copied(source: Path, folder: Path) -> Path:
    """A copy of the collection, with the same scans and texts."""
    for part in ("images", "transcripts"):
        if not (folder / part).is_dir():
            shutil.copytree(source / part, folder / part)
    if (source / "collection.toml").is_file():
        shutil.copy(source / "collection.toml", folder)
    return folder


def languages_of(results: Path) -> list[str]:
    """The languages that were found on the pages, the most frequent first."""
    pages = [page for path in results.glob("*/pages.jsonl") for page in rows_of(path)]
    return [tag for tag, _ in Counter(page["language"] for page in pages if page["language"]).most_common()]


def add_alto(folder: Path, languages: Sequence[str]) -> None:
    """Put Tesseract's ALTO of each scan into the collection, made as one makes it by hand: of the scan as it is."""
    names = "+".join(tesseract_name(tag) for tag in languages)
    for scan in sorted(path for path in (folder / "images").rglob("*") if path.is_file()):
        base = folder / "ocr" / scan.relative_to(folder / "images").with_suffix("")
        if not base.with_suffix(".xml").is_file():
            base.parent.mkdir(parents=True, exist_ok=True)
            command = ["tesseract", str(scan), str(base), "--psm", "1", "-l", names, "alto"]
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})


def compared(base: Path, changed: Path) -> tuple[dict[str, int], int]:
    """How many sentences of two results differ, by kind, and how many there are.

    - status: the sentence has another status.
    - scans: it has the same status, and is on other scans. (Pages would not do: existing OCR has an opening of two
      pages as one page.)
    - overlap: it is on the same scans; on one of them all its boxes share less than half of the area that they cover.
    - elsewhere: one of these three.
    - pixels: it has another status, other scans, another number of boxes, or an edge of a box that is more than
      `FEW_INCHES` (6 px at 300 dpi) from the same edge in the other result.
    """
    counts, total = dict.fromkeys(KINDS, 0), 0
    for volume in sorted(path.name for path in base.iterdir() if (path / "links.jsonl").is_file()):
        few = {scan_of(row): FEW_INCHES * (row["dpi"] or USUAL_DPI) for row in rows_of(base / volume / "pages.jsonl")}
        ours, theirs = (rows_of(folder / volume / "links.jsonl") for folder in (base, changed))
        if [row["sentence"] for row in ours] != [row["sentence"] for row in theirs]:
            raise SystemExit(f"{volume}: the results are not about the same sentences")
        for row, like in zip(ours, theirs, strict=True):
            total += 1
            kind = difference(row, like)
            if kind is not None:
                counts[kind] += 1
                counts["elsewhere"] += 1
            counts["pixels"] += kind in ("status", "scans") or not within(places(row), places(like), few)
    return counts, total


def difference(row: dict, like: dict) -> str | None:
    """In what the places of a sentence differ first, by an eye's measure, if they do."""
    ours, theirs = places(row), places(like)
    if row["status"] != like["status"]:
        return "status"
    if ours.keys() != theirs.keys():
        return "scans"
    return "overlap" if any(overlap(boxes, theirs[scan]) < SAME_SHARE for scan, boxes in ours.items()) else None


def overlap(ours: Boxes, theirs: Boxes) -> float:
    """The area under both, over the area under either."""
    right, bottom = (max(box[k] + box[k + 2] for box in (*ours, *theirs)) for k in (0, 1))
    drawn = np.zeros((2, bottom, right), bool)
    for layer, boxes in zip(drawn, (ours, theirs), strict=True):
        for x, y, w, h in boxes:
            layer[y : y + h, x : x + w] = True
    return float(drawn.all(axis=0).sum() / drawn.any(axis=0).sum())


def within(ours: dict[Scan, Boxes], theirs: dict[Scan, Boxes], few: dict[Scan, float]) -> bool:
    """Whether there are as many boxes on each scan, and no edge further than these pixels from that of its like."""
    return all(
        len(boxes) == len(theirs[scan])
        and all(
            max(abs(x - a), abs(y - b), abs(x + w - a - c), abs(y + h - b - d)) <= few[scan]
            for (x, y, w, h), (a, b, c, d) in zip(boxes, theirs[scan], strict=True)
        )
        for scan, boxes in ours.items()
    )


def places(row: dict) -> dict[Scan, Boxes]:
    """The boxes of a link, by scan."""
    found: dict[Scan, Boxes] = {}
    for area in row["areas"]:
        found.setdefault(scan_of(area), []).extend(area["boxes"])
    return found


def scan_of(row: dict) -> Scan:
    """The scan of a page or an area."""
    return row["scan"], row["scan_index"]


def rows_of(path: Path) -> list[dict]:
    """The rows of a JSON-lines file."""
    return [json.loads(row) for row in path.read_text("utf-8").splitlines() if row]
