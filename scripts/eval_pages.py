#!/usr/bin/env python3
"""Score the reading of pages against exact truth, beside bare Tesseract on the same pages.

    scripts/eval_pages.py --seed 7 --pages 6 --presets clean typescript hard spread rotated --languages ru en
    scripts/eval_pages.py --volume DIR        pages that render.py has made before, or another folder like them

A row a preset and language: words' errors in their boxes (letters wrong of 100, capped at the word), and the same with
all kinds of ellipses, quotation marks and dashes taken as one, which fonts draw alike and texts tell apart; lines found
(at least half of their letters right), words' iou with truth, wrong turns, wrong splits, calls of the engine a page,
seconds a page; after the bar the same for bare Tesseract where it applies.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from align.ocr import TesseractEngine
from align.reading.scan import read_scan

SHARED = Path(__file__).resolve().parents[2] / "shared"
RENDER_NAMES = {"ru": "rus", "en": "eng"}


@dataclass
class Counter:
    """An engine that counts its calls."""

    engine: TesseractEngine
    calls: int = 0

    @property
    def name(self):
        return self.engine.name

    def read(self, image, *, languages, dpi):
        self.calls += 1
        return self.engine.read(image, languages=languages, dpi=dpi)


@dataclass
class Tally:
    """Sums over pages."""

    letters: int = 0
    wrong: int = 0
    wrong_letters: int = 0
    lines: int = 0
    found: int = 0
    ious: list = field(default_factory=list)
    turns: int = 0
    splits: int = 0
    languages: int = 0
    blank: int = 0
    calls: int = 0
    pages: int = 0
    seconds: float = 0.0
    by_page: list = field(default_factory=list)

    def text(self):
        iou = sum(self.ious) / max(1, len(self.ious))
        errors, of_letters = (100 * wrong / max(1, self.letters) for wrong in (self.wrong, self.wrong_letters))
        return (
            f"errors {errors:6.3f} ({of_letters:.3f})"
            f"  lines {100 * self.found / max(1, self.lines):5.1f}"
            f"  iou {iou:.3f}"
        )


def overlap(a, b):
    """Shared area of two left, top, right, bottom boxes."""
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


def area(box):
    return (box[2] - box[0]) * (box[3] - box[1])


def one_kind(text):
    """The text with one kind each of ellipsis, quotation mark and dash."""
    return text.replace("…", "...").translate(_KINDS)


_KINDS = str.maketrans(dict.fromkeys('‘’‚‛“”„‟«»"', "'") | dict.fromkeys("—–⸺―‒−", "-"))


def score(tally, record, words):
    """Adds one page: each read word goes to the true word it shares most area with."""
    truth = []
    for number, line in enumerate(record["lines"]):
        for word in line["words"]:
            x, y, w, h = word["box"]
            if w > 0 and h > 0:
                truth.append((number, word["text"], (x, y, x + w, y + h)))
    boxes = np.array([t[2] for t in truth], dtype=float).reshape(-1, 4)
    words_of_line = [[] for _ in truth]
    for text, box in words:
        w = np.minimum(boxes[:, 2], box[2]) - np.maximum(boxes[:, 0], box[0])
        h = np.minimum(boxes[:, 3], box[3]) - np.maximum(boxes[:, 1], box[1])
        shared = np.clip(w, 0, None) * np.clip(h, 0, None)
        if len(shared) and shared.max() >= 0.25 * min(area(box), area(truth[int(shared.argmax())][2])):
            words_of_line[int(shared.argmax())].append((box[0], text, box))
    right = dict.fromkeys(range(len(record["lines"])), 0)
    total = dict.fromkeys(range(len(record["lines"])), 0)
    before = tally.wrong, tally.letters
    for (number, text, box), got in zip(truth, words_of_line, strict=True):
        read = "".join(t for _, t, _ in sorted(got))
        errors = min(len(text), Levenshtein.distance(text, read))
        tally.wrong_letters += min(len(text), Levenshtein.distance(one_kind(text), one_kind(read)))
        tally.letters += len(text)
        tally.wrong += errors
        right[number] += len(text) - errors
        total[number] += len(text)
        if len(got) == 1:
            shared = overlap(box, got[0][2])
            tally.ious.append(shared / (area(box) + area(got[0][2]) - shared))
    tally.lines += sum(1 for n in total.values() if n)
    tally.found += sum(1 for n in total if total[n] and right[n] >= total[n] / 2)
    tally.by_page.append(100 * (tally.wrong - before[0]) / max(1, tally.letters - before[1]))


def pixels_of(path):
    image = Image.open(path)
    return np.array(image.convert("L" if image.mode in ("1", "L") else "RGB"))


def evaluate(volume, languages, *, bare):
    """The tallies of one rendered volume: ours, bare Tesseract's."""
    ours, plain = Tally(), Tally()
    engine = Counter(TesseractEngine.installed())
    for truth in sorted((volume / "truth").glob("*.jsonl")):
        for row in truth.read_text(encoding="utf-8").splitlines():
            record = json.loads(row)
            if "image" not in record:
                continue
            pixels = pixels_of(volume / record["image"])
            engine.calls, start = 0, perf_counter()
            readings = read_scan(pixels, engine=engine, languages=languages)
            ours.seconds += perf_counter() - start
            ours.calls += engine.calls
            ours.pages += 1
            sides = {line["side"] for line in record["lines"]}
            ours.splits += len(readings) != (2 if "R" in sides or "L" in sides else 1)
            upright = (360 - record["rotation"]) % 360
            language = {v: k for k, v in RENDER_NAMES.items()}[record["lang"]]
            turned = any(r.frame.rotation != upright for r in readings)
            ours.turns += turned
            ours.languages += any(r.language not in (language, None) for r in readings)
            ours.blank += sum(r.status == "blank" for r in readings)
            score(ours, record, [(w.text, box_of(w)) for r in readings for x in r.lines for w in x.words])
            steps = "|".join(r.preparation for r in readings)
            note = f"{record['image'][-8:]} {engine.calls} calls {ours.by_page[-1]:6.2f} {steps}"
            if bare:
                start = perf_counter()
                lines = engine.read(pixels, languages=(language,), dpi=record["dpi"])
                plain.seconds += perf_counter() - start
                plain.pages += 1
                score(plain, record, [(w.text, box_of(w)) for x in lines for w in x.words])
                note += f" bare {plain.by_page[-1]:6.2f}"
            print("   ", note, file=sys.stderr, flush=True)
    return ours, plain


def box_of(word):
    return word.box.left, word.box.top, word.box.right, word.box.bottom


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--volume", type=Path, nargs="*", help="rendered volumes, instead of making them")
    parser.add_argument("--presets", nargs="*", default=["clean", "typescript", "hard", "spread", "rotated"])
    parser.add_argument("--languages", nargs="*", default=["ru", "en"], help="languages of the pages, likelier first")
    parser.add_argument("--text", default="FathersAndSons", help="a text of shared/parallel")
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-bare", action="store_true")
    options = parser.parse_args()
    if not options.volume and not (SHARED / "bench" / "render.py").is_file():
        sys.exit(f"No render.py in {SHARED}: name rendered volumes with --volume.")
    with tempfile.TemporaryDirectory() as folder:
        volumes = [(v.name, v) for v in options.volume or ()] or list(rendered(Path(folder), options))
        for name, volume in volumes:
            ours, plain = evaluate(volume, tuple(options.languages), bare=not options.no_bare)
            row = f"{name:16} {ours.pages:3} pages  {ours.text()}  turns {ours.turns} splits {ours.splits}"
            row += f" languages {ours.languages} blank {ours.blank}"
            row += f"  calls {ours.calls / ours.pages:.2f}  {ours.seconds / ours.pages:.2f} s"
            if not options.no_bare:
                row += f" | bare {plain.text()}  {plain.seconds / plain.pages:.2f} s"
            print(row, flush=True)


def rendered(folder, options):
    """Each preset in each language as a volume of render.py."""
    for preset in options.presets:
        for language in options.languages:
            out = folder / f"{preset}.{language}"
            text = SHARED / "parallel" / f"{options.text}.{language}.txt"
            command = [sys.executable, SHARED / "bench" / "render.py", text, "--lang", RENDER_NAMES[language]]
            command += ["--out", out, "--preset", preset, "--seed", str(options.seed), "--pages", str(options.pages)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            yield out.name, out


if __name__ == "__main__":
    main()
