#!/usr/bin/env python3
"""Score the sentence aligner on hand-aligned texts, ingredient by ingredient.

    scripts/eval_beads.py --seeds 3
    scripts/eval_beads.py --lexicon other.lexicon.gz --rows all

Texts: the three stories of ../shared/bench/beads and the chapter of tests/bitext/chapter.json; neither is in the
lexicon's training. Cases: as they are; with 20 % notes, omissions, merges and splits; Russian side as OCR with 5 % and
15 % noise. Figures are strict / lax / link / gap F1 in per cent, means by beads; `best` is the share of right beads
(lax) among the best-scored 90 % that link something. Breaks: paragraph starts given, stories alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from time import process_time

from align.bitext import Ingredients, align_with, shipped_lexicon
from align.bitext.lexicon import unpack

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CASES = {"clean": (0.0, 0.0), "20 % damage": (0.2, 0.0), "OCR 5 %": (0.0, 0.05), "OCR 15 %": (0.0, 0.15)}
ROWS = {
    "length": Ingredients(numbers=False, names=False, lexicon=False, relearning=False),
    "+ numbers, marks": Ingredients(names=False, lexicon=False, relearning=False),
    "+ names": Ingredients(lexicon=False, relearning=False),
    "+ lexicon": Ingredients(relearning=False),
    "+ relearning": Ingredients(),
    "no lexicon, relearning": Ingredients(lexicon=False),
}
CHAPTER = "chapter"


def bench():
    """The case maker and the scorer, with the chapter known to the maker as one more text."""
    sys.path.insert(0, str(SHARED / "bench"))
    import make_beads
    import score_beads

    blocks = chapter_blocks(make_beads)
    story, story_gold = make_beads.base, make_beads.gold_beads
    make_beads.base = lambda name: blocks if name == CHAPTER else story(name)
    make_beads.gold_beads = lambda name, given: (
        [[[list(range(len(r))), list(range(len(e))), "sure"]] for r, e in given]
        if name == CHAPTER
        else story_gold(name, given)
    )
    return make_beads, score_beads


def chapter_blocks(make_beads):
    """The hand-aligned chapter as (Russian sentences, English sentences) of each bead."""
    held = json.loads((ROOT / "tests" / "bitext" / "chapter.json").read_text(encoding="utf-8"))
    sides = {}
    for language, split in (("ru", make_beads.rus), ("en", make_beads.ens)):
        text = (SHARED / "parallel" / f"{held['work']}.{language}.txt").read_text(encoding="utf-8")
        lines = [make_beads.clean(line) for line in text.split("\n")]
        lines = lines[lines.index(held["heading"]) : lines.index(held["next_heading"])]
        sides[language] = [sentence for line in lines if line for sentence in split(line)]
        digest = hashlib.sha256("\n".join(sides[language]).encode()).hexdigest()
        if digest != held[f"{language}_sha256"]:
            raise SystemExit(f"{language}: the chapter is split otherwise than when it was aligned by hand")
    return [([sides["ru"][i] for i in r], [sides["en"][j] for j in e]) for r, e in held["beads"]]


def score_row(make_beads, score_beads, ingredients, lexicon, case, *, seeds, names, breaks=False):
    """Mean figures of one row and case, the share right among the best 90 %, CPU seconds."""
    totals, weight, scored, seconds = dict.fromkeys(("strict", "lax", "link", "gap"), 0.0), 0, [], 0.0
    inject, cer = CASES[case]
    for seed in range(1, seeds + 1) if inject or cer else (1,):
        for name in names:
            made = make_beads.build(name, inject, cer, seed)
            starts = {"left_paragraphs": made["ru_par"], "right_paragraphs": made["en_par"]} if breaks else {}
            began = process_time()
            beads = align_with(
                ingredients, made["ru"], made["en"], left_language="ru", right_language="en", lexicon=lexicon, **starts
            )
            seconds += process_time() - began
            figures = score_beads.score(made["gold"], [(b.left, b.right) for b in beads])
            for key in totals:
                totals[key] += figures["beads"] * figures[key]
            weight += figures["beads"]
            true = {(i, j) for r, e, _ in made["gold"] for i in r for j in e}
            scored += [
                (b.score, any((i, j) in true for i in b.left for j in b.right)) for b in beads if b.left and b.right
            ]
    scored.sort(key=lambda s: -s[0])
    best = scored[: max(1, int(0.9 * len(scored)))]
    return {key: value / weight for key, value in totals.items()}, sum(right for _, right in best) / len(best), seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=2, help="seeds of each damaged or noisy case")
    parser.add_argument("--rows", choices=["all", "last"], default="all")
    parser.add_argument("--lexicon", type=Path, help="instead of the shipped one")
    arguments = parser.parse_args()
    make_beads, score_beads = bench()
    lexicon = unpack(arguments.lexicon.read_bytes()) if arguments.lexicon else shipped_lexicon("ru", "en")
    names = [*make_beads.BIL, CHAPTER]
    rows = {k: v for k, v in ROWS.items() if arguments.rows == "all" or k == "+ relearning"}
    wanted = [(label, given, names, False) for label, given in rows.items()]
    wanted.append(("the same, stories alone", Ingredients(), make_beads.BIL, False))
    wanted.append(("+ breaks given", Ingredients(), make_beads.BIL, True))
    wanted += [(f"all, {name[:9]}", Ingredients(), [name], False) for name in names]
    print(
        f"{'strict/lax/link/gap':<24}" + "".join(f"{case:<24}" for case in CASES) + "best clean, 15 %   CPU s",
        flush=True,
    )
    for label, given, texts, breaks in wanted:
        cells, bests, seconds = [], {}, 0.0
        for case in CASES:
            mean, bests[case], took = score_row(
                make_beads, score_beads, given, lexicon, case, seeds=arguments.seeds, names=texts, breaks=breaks
            )
            seconds += took
            cells.append("/".join(f"{100 * v:.1f}" for v in mean.values()))
        tail = f"{100 * bests['clean']:.1f}  {100 * bests['OCR 15 %']:.1f}   {seconds:.1f}"
        print(f"{label:<24}" + "".join(f"{cell:<24}" for cell in cells) + tail, flush=True)


if __name__ == "__main__":
    main()
