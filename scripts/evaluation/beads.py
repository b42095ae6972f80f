"""How well sentences of two languages are paired: ingredient by ingredient, on texts that a reader aligned.

Texts: the three stories of ../shared/bench/beads and the chapters of tests/bitext/chapters, none of them in the
lexicon's training. Cases: as they are; with 20 % notes, omissions, merges and splits put in; Russian side as OCR with
5 % and 15 % noise. Figures are strict / lax / link / gap F1 in per cent, means by beads (gap: of English sentences
without a counterpart); best is the share of right beads (lax) among the best-scored 90 % that link something.
Speed: a novel's first 500 and 6,000 sentences.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from evaluation import chapters

from align.bitext import Ingredients, align_sentences, shipped_lexicon
from align.bitext.lexicon.entries import Lexicon, unpack
from align.tuning.bitext import BITEXT, BitextTuning

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ("strict", "lax", "link", "gap")
CASES = {"clean": (0.0, 0.0), "20 % damage": (0.2, 0.0), "OCR 5 %": (0.0, 0.05), "OCR 15 %": (0.0, 0.15)}
ALL = Ingredients()
ROWS = {
    "length": Ingredients(numbers=False, names=False, lexicon=False, relearning=False),
    "+ numbers, marks": Ingredients(names=False, lexicon=False, relearning=False),
    "+ names": Ingredients(lexicon=False, relearning=False),
    "+ lexicon": Ingredients(relearning=False),
    "+ relearning": ALL,
    "no lexicon": Ingredients(lexicon=False),
    "no lexicon, no names": Ingredients(names=False, lexicon=False),
}
SIZES = (500, 6000)
_SPEED = """
import resource, sys, time
from pathlib import Path
from align.bitext import align_sentences, shipped_lexicon
from align.text.sentences import split_sentences
from evaluation.chapters import lines
novel, count = sys.argv[1], int(sys.argv[2])
left, right = (
    [p[a:b] for p in lines(Path(f"{novel}.{language}.txt")) for a, b in split_sentences(p, language)]
    for language in ("ru", "en")
)
left, right = left[:count], right[: round(count * len(right) / len(left))]
shipped_lexicon("ru", "en")
began = time.process_time()
align_sentences(left, right, left_language="ru", right_language="en")
took = time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{len(left)} + {len(right)} sentences: {took:.1f} CPU s, {peak:.0f} MB at most")
"""
# The chapter whose truth owes nothing to any aligner and that was drawn by lot; the others are shown by themselves.
DRAWN = "CrimeAndPunishment-1"


@dataclass(frozen=True)
class Row:
    """Mean figures of some texts in one case, the share right among the best-scored 90 %, and CPU seconds."""

    figures: dict[str, float]
    best: float
    seconds: float


def evaluate(shared: Path, seeds: Sequence[int], only: Sequence[str], lexicon: Path | None) -> dict[str, Row]:
    """Print the table; the rows of all ingredients on the stories and the drawn chapter, by case."""
    maker, scorer = bench(shared)
    known = unpack(lexicon.read_bytes()) if lexicon else shipped_lexicon("ru", "en")
    judged = [*maker.BIL, DRAWN]
    wanted = [(label, given, judged, False) for label, given in ROWS.items()]
    wanted.append(("+ relearning, breaks", ALL, judged, True))
    wanted += [(f"all, {name}", ALL, [name], False) for name in (*maker.BIL, *chapters.names())]
    print(f"{'/'.join(FIGURES):28}" + "".join(f"{case:26}" for case in CASES) + "best   CPU s", flush=True)
    kept = {}
    for label, given, texts, breaks in wanted:
        if only and not label.startswith(tuple(only)):
            continue
        rows = {
            case: measured(maker, scorer, given, known, case, seeds=seeds, texts=texts, breaks=breaks) for case in CASES
        }
        cells = ["/".join(f"{100 * row.figures[f]:.1f}" for f in FIGURES) for row in rows.values()]
        best = "/".join(f"{100 * row.best:.1f}" for row in rows.values())
        seconds = sum(row.seconds for row in rows.values())
        print(f"{label:28}" + "".join(f"{cell:26}" for cell in cells) + f"{best}   {seconds:.1f}", flush=True)
        if label == "+ relearning":
            kept = rows
    if not only or "speed".startswith(tuple(only)):
        for count in SIZES:
            print(speed(shared, count), flush=True)
    return kept


def speed(shared: Path, count: int) -> str:
    """CPU seconds and peak memory of one novel's first sentences with the like share of its translation.

    In a process of its own, so that nothing else counts; the lexicon is read before the clock starts.
    """
    done = subprocess.run(
        [sys.executable, "-c", _SPEED, str(shared / "parallel" / "TheBrothersKaramazov"), str(count)],
        env=dict(os.environ, PYTHONPATH=os.pathsep.join(map(str, (ROOT, ROOT / "scripts")))),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def bench(shared: Path) -> tuple[ModuleType, ModuleType]:
    """The case maker, with the chapters known to it as more texts, and the scorer."""
    sys.path.insert(0, str(shared / "bench"))
    import make_beads
    import score_beads

    held = {name: _paragraphs(chapters.chapter(name, shared / "parallel")) for name in chapters.names()}
    story, story_gold = make_beads.base, make_beads.gold_beads
    make_beads.base = lambda name: held[name][0] if name in held else story(name)
    make_beads.gold_beads = lambda name, given: held[name][1] if name in held else story_gold(name, given)
    return make_beads, score_beads


def _paragraphs(chapter: chapters.Chapter) -> tuple[list[tuple[list[str], list[str]]], list[list[list[Any]]]]:
    """The chapter as blocks of sentences and, for each, its beads: blocks begin where paragraphs of both sides do."""
    blocks: list[tuple[list[str], list[str]]] = []
    beads: list[list[list[Any]]] = []
    for (left, right), (russian, english) in zip(chapter.beads, chapter.blocks(), strict=True):
        begins = left and right and left[0] in chapter.russian.first and right[0] in chapter.english.first
        if begins or not blocks:
            blocks.append(([], []))
            beads.append([])
        one, two = blocks[-1]
        inside = [range(len(one), len(one) + len(left)), range(len(two), len(two) + len(right))]
        beads[-1].append([*map(list, inside), "sure"])
        one += russian
        two += english
    return blocks, beads


def measured(
    maker: ModuleType,
    scorer: ModuleType,
    ingredients: Ingredients,
    lexicon: Lexicon | None,
    case: str,
    *,
    seeds: Iterable[int],
    texts: Sequence[str],
    breaks: bool = False,
    tuning: BitextTuning = BITEXT,
) -> Row:
    """One row of the table in one case; an undamaged text is the same for every seed."""
    totals, weight, scored, seconds = dict.fromkeys(FIGURES, 0.0), 0, [], 0.0
    inject, noise = CASES[case]
    for seed in seeds if inject or noise else (0,):
        for name in texts:
            made = maker.build(name, inject, noise, seed)
            starts = {"left_paragraphs": made["ru_par"], "right_paragraphs": made["en_par"]} if breaks else {}
            began = process_time()
            beads = align_sentences(
                made["ru"],
                made["en"],
                left_language="ru",
                right_language="en",
                lexicon=lexicon,
                ingredients=ingredients,
                tuning=tuning,
                **starts,
            )
            seconds += process_time() - began
            found = scorer.score(made["gold"], [(b.left, b.right) for b in beads])
            for figure in FIGURES:
                totals[figure] += found["beads"] * found[figure]
            weight += found["beads"]
            true = {(i, j) for left, right, _ in made["gold"] for i in left for j in right}
            scored += [
                (b.score, any((i, j) in true for i in b.left for j in b.right)) for b in beads if b.left and b.right
            ]
    scored.sort(key=lambda s: -s[0])
    best = scored[: max(1, int(0.9 * len(scored)))]
    means = {figure: total / weight for figure, total in totals.items()}
    return Row(means, sum(right for _, right in best) / len(best), seconds)
