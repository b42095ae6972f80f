"""The tuned numbers of all packages: printed, and swept over what they decide."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType

from evaluation import beads
from evaluation.volumes import Volume

from align.bitext import shipped_lexicon
from align.linking import link_volume
from align.matching.locate import locate_lines
from align.tuning.bitext import BitextTuning
from align.tuning.every import TUNINGS
from align.tuning.matching import MatchingTuning
from align.tuning.numbers import fingerprint, numbers, with_number

Figures = dict[str, float]
Measure = Callable[[object], Figures]

CHARACTERS = 100_000
"""Of each case of located lines."""
LONG_TEXT = 250_000
"""Bytes of a text from which such a case can be made."""


def print_all() -> None:
    """Print every tuned number with its value, unit, reason and source, and the fingerprint of each package."""
    for package, tuning in TUNINGS.items():
        print(f"{package}  (fingerprint {fingerprint(tuning)})")
        for number in numbers(tuning):
            print(f"  {number.name} = {number.value!r} {number.unit}")
            print(f"      {number.why} [{number.source}]")
    print(f"all  (fingerprint {fingerprint(*TUNINGS.values())})")


# Sweeps


def sweep(wanted: str, measures: Mapping[str, Callable[[str], Measure | None]], on: str) -> int:
    """Print the figures for each value of PACKAGE.NUMBER=VALUE,VALUE; 2 where there is no such number.

    The number of a part has the part in its name: linking.words.anchor_words=2,3.

    `measures` gives for each name of `--on` what to measure with a tuning of a package, or None.
    """
    name, _, values = wanted.partition("=")
    package, _, field = name.partition(".")
    tuning = TUNINGS.get(package)
    known = {number.name: number.value for number in numbers(tuning)} if tuning is not None else {}
    if field not in known or not values:
        listed = ", ".join(known) if known else "packages: " + ", ".join(TUNINGS)
        print(f"no number {name!r}; say PACKAGE.NUMBER=VALUE,VALUE ({listed})", file=sys.stderr)
        return 2
    measure = measures[on](package)
    if measure is None:
        print(f"--on {on} takes no tuning of {package}", file=sys.stderr)
        return 2
    usual = known[field]
    for value in (type(usual)(ast.literal_eval(value)) for value in values.split(",")):
        started = time.process_time()
        figures = measure(with_number(tuning, field, value))
        shown = "  ".join(f"{figure} {share:.4f}" for figure, share in figures.items())
        mark = "*" if value == usual else " "
        print(f"{name} = {value!r:>8}{mark} {shown}  ({time.process_time() - started:.1f} CPU s)", flush=True)
    return 0


def measures(
    shared: Path,
    work: Path,
    seeds: Sequence[int],
    scorer: Callable[[], ModuleType],
    volumes: Callable[[], Iterable[Volume]],
) -> dict[str, Callable[[str], Measure | None]]:
    """What a number can be swept over, by the name of `--on`; cases are made when they are asked for.

    `scorer` gives ../shared/bench/score_locate.py, `volumes` the volumes of the evaluation of findings.
    """

    def locate(package: str) -> Measure | None:
        if package != "matching":
            return None
        cases, score = [located_case(shared, work, seed) for seed in seeds], scorer()
        return lambda tuning: _mean([located(case, score, tuning) for case in cases])  # type: ignore[arg-type]

    def pair(package: str) -> Measure | None:
        return (lambda tuning: paired(shared, seeds, tuning)) if package == "bitext" else None  # type: ignore[arg-type]

    def link(on: str, package: str) -> Measure | None:
        parameter = _parameter_of(link_volume, package)
        if parameter is None:
            return None
        made = list(volumes())
        return lambda tuning: linked(made, on, {parameter: tuning})

    return {"locate": locate, "beads": pair, "links": partial(link, "links"), "findings": partial(link, "findings")}


def _parameter_of(function: Callable, package: str) -> str | None:
    """The parameter by which a function takes the tuning of a package: `matching_tuning`, or `tuning` of its own."""
    names = inspect.signature(function).parameters
    own = function.__module__.split(".")[1]
    wanted = [f"{package}_tuning", package, *(["tuning"] if package == own else [])]
    return next((name for name in wanted if name in names), None)


def located_case(shared: Path, work: Path, seed: int) -> Path:
    """A folder with damaged lines and their text, as noise.py makes them; made where it is not there yet."""
    folder = work / f"locate-{CHARACTERS}-{seed}"
    if (folder / "truth.npz").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    language = ("ru", "en")[seed % 2]
    texts = [p for p in sorted((shared / "parallel").glob(f"*.{language}.txt")) if p.stat().st_size > LONG_TEXT]
    command = [sys.executable, shared / "bench/noise.py", texts[seed // 2 % len(texts)], folder]
    command += ["--chars", str(CHARACTERS), "--cer", "0.12", "--damage", "full", "--seed", str(seed)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def located(folder: Path, scorer: ModuleType, tuning: MatchingTuning) -> Figures:
    """The figures that score_locate.py gives for the lines of a case, located with this tuning."""
    rows = [json.loads(row)["text"] for row in (folder / "ocr.jsonl").read_text("utf-8").splitlines()]
    text = (folder / "transcript.txt").read_bytes().decode("utf-8")
    scored = scorer.score(folder, locate_lines(rows, text, tuning=tuning))
    exact, tolerant = scored["line_exact_prf"][2], scored["line_tol2_prf"][2]
    shares = {name: scored[name] for name in ("char_right", "char_unclaimed_right") if scored[name] is not None}
    return {**shares, "line_exact_f1": exact, "line_tol2_f1": tolerant}


def paired(shared: Path, seeds: Sequence[int], tuning: BitextTuning) -> Figures:
    """The figures of the sentence aligner with this tuning on the texts aligned by hand, by case."""
    maker, scorer = beads.bench(shared)
    lexicon = shipped_lexicon("ru", "en")
    figures = {}
    for case in beads.CASES:
        row = beads.measured(
            maker, scorer, beads.ALL, lexicon, case, seeds=seeds, texts=[*maker.BIL, beads.DRAWN], tuning=tuning
        )
        figures |= {f"{case} {figure}": row.figures[figure] for figure in ("strict", "link")}
    return figures


def linked(volumes: Sequence[Volume], on: str, options: Mapping[str, object]) -> Figures:
    """Of undamaged volumes, linked with these options: shares of links by status, or the calm of findings."""
    links: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for volume in volumes:
        result = volume.linked(options=options)
        links.update(link.status for link in result.links)
        alarms.update(finding.code for finding in result.findings if finding.severity != "note")
    total = max(1, sum(links.values()))
    if on == "links":
        return {status: links[status] / total for status in ("linked", "partial", "doubtful", "unlinked", "apart")}
    return {"calm": 1 - sum(alarms.values()) / total, **{code: n / total for code, n in alarms.most_common()}}


def _mean(rows: Sequence[Figures]) -> Figures:
    return {name: sum(row[name] for row in rows if name in row) / len(rows) for name in rows[0]}
