"""How many sentences of a translation are placed on the right page and the right lines of a drawn typescript."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from evaluation import beads, chapters

Spans = list[list[int]]
# With its English text alone, and with its Russian one too.
WAYS = ("en", "ru + en")


@dataclass(frozen=True)
class Held:
    """Two texts aligned by hand: paragraphs of each, and for spans of the English one the Russian ones they render."""

    name: str
    russian: list[str]
    english: list[str]
    beads: list[tuple[Spans, Spans]]


def evaluate(work: Path, seeds: Sequence[int], shared: Path, scorer: ModuleType, run: Callable[[Path], bool]) -> int:
    """Draw each text once a seed, run with its translation alone and with both, print the shares; 1 if a run fails."""
    print(f"{'text':32}{'texts':9}{'sentences':>10}{'page':>8}{'pages':>8}{'line':>8}{'line_p':>8}{'alone':>8}")
    for name in HELD:
        held = hand_aligned(name, shared)
        for seed in seeds:
            drawn = draw(held, work / f"translation-{name}-{seed}", shared, seed)
            for way in WAYS:
                folder = collection(held, drawn, way)
                if not run(folder):
                    return 1
                shares = figures(held, drawn, folder, scorer)
                cells = "".join(f"{value:8.4f}" if value is not None else f"{'-':>8}" for value in shares[1:])
                print(f"{f'{name}-{seed}':32}{way:9}{shares[0]:10d}{cells}", flush=True)
    return 0


# Texts of `scripts/eval beads`: none is in the lexicon's training.
HELD = ("FathersAndSons-17", "CrimeAndPunishment-1", "aptekarsha", "khameleon", "malchik_u_khrista_na_yolke")


def hand_aligned(name: str, shared: Path) -> Held:
    """One of the texts that were aligned by hand."""
    bench, _ = beads.bench(shared)
    if name in chapters.names():
        held = chapters.chapter(name, shared / "parallel")
        sides = [held.russian.paragraphs, held.english.paragraphs]
    else:
        paths = [shared / "bench/beads" / f"{name}_{language}.txt" for language in chapters.LANGUAGES]
        sides = [
            [plain for line in path.read_text("utf-8").split("\n") if (plain := bench.clean(line))] for path in paths
        ]
    made = bench.build(name)
    ru, en = offsets(made["ru"], "\n\n".join(sides[0])), offsets(made["en"], "\n\n".join(sides[1]))
    spans = [([ru[i] for i in left], [en[j] for j in right]) for left, right, _ in made["gold"]]
    return Held(name, *sides, spans)


def offsets(sentences: Sequence[str], content: str) -> Spans:
    """The spans of these sentences, which are all of the content, in it; white space may differ."""
    places = [at for at, char in enumerate(content) if not char.isspace()]
    if "".join(content[at] for at in places) != re.sub(r"\s", "", "".join(sentences)):
        raise SystemExit("the sentences are not those of the text")
    spans, at = [], 0
    for sentence in sentences:
        count = sum(not char.isspace() for char in sentence)
        spans.append([places[at], places[at + count - 1] + 1])
        at += count
    return spans


def draw(held: Held, folder: Path, shared: Path, seed: int) -> Path:
    """The Russian text as pages of a typescript with truth, made where it is not there yet."""
    if not (folder / "truth").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / "text.txt"
        source.write_text("\n\n".join(held.russian), "utf-8")
        command = [sys.executable, str(shared / "bench/render.py"), str(source), "--lang", "rus", "--doc", held.name]
        command += ["--out", str(folder), "--seed", str(seed), "--preset", "typescript"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def collection(held: Held, drawn: Path, way: str) -> Path:
    """A collection of the drawn pages with its English text alone, or with both."""
    folder = drawn / way.replace(" + ", "-")
    shutil.rmtree(folder / "transcripts", ignore_errors=True)
    (folder / "transcripts").mkdir(parents=True)
    if not (folder / "images").is_dir():
        shutil.copytree(drawn / "images", folder / "images")
    (folder / "transcripts" / f"{held.name}.en.txt").write_text("\n\n".join(held.english), "utf-8")
    if "ru" in way:
        shutil.copy(drawn / "transcripts" / f"{held.name}.ru.txt", folder / "transcripts")
        # Readings go by the scans' content: those of one collection serve the other.
        if not (folder / "aligned").is_dir() and (drawn / "en/aligned/.readings").is_dir():
            shutil.copytree(drawn / "en/aligned/.readings", folder / "aligned/.readings")
    return folder


def figures(held: Held, drawn: Path, folder: Path, scorer: ModuleType) -> tuple[int, float, ...]:
    """Of the English body sentences that have counterparts on the pages: how many; shares on the right page and lines.

    page: claims pages, and none but those of its counterparts; pages: claims all of these;
    line: has a box on a right line; line_p: share of all claimed boxes on a right line;
    alone: share of the sentences without a counterpart that claim nothing (None where there are none).
    """
    russian = (drawn / "transcripts" / f"{held.name}.ru.txt").read_text("utf-8")
    truth = scorer.truth_lines(drawn / "truth" / f"{held.name}.jsonl")
    rows = [json.loads(r) for r in (folder / "aligned" / held.name / "links.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["language"] == "en" and row["role"] == "body"]
    count = page = pages = line = boxes = boxes_right = alone = alone_right = 0
    for row in rows:
        own = [left for left, right in held.beads if any(a < d and c < b for a, b in right for c, d in row["spans"])]
        places = scorer.true_places(truth, russian, [span for left in own for span in left])
        claimed = [(Path(area["scan"]).name, scorer.corners(box)) for area in row["areas"] for box in area["boxes"]]
        if not places:
            alone, alone_right = alone + 1, alone_right + (not claimed)
            continue
        on = [any(p == q and scorer.on_line(box, rect, up) for q, rect, up, _ in places) for p, box in claimed]
        count += 1
        page += bool(claimed) and {p for p, _ in claimed} <= {q for q, *_ in places}
        pages += {p for p, _ in claimed} >= {q for q, *_ in places}
        line += any(on)
        boxes, boxes_right = boxes + len(on), boxes_right + sum(on)
    shares = page / count, pages / count, line / count, boxes_right / max(1, boxes)
    return count, *shares, alone_right / alone if alone else None
