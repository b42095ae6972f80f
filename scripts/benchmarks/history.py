"""What benchmarks measured over time: docs/benchmarks/history.jsonl, one row for each measurement."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HISTORY = ROOT / "docs/benchmarks/history.jsonl"
LONGEST_LIST = 12  # a longer list holds single measurements, and the figures next to it are their summary


def numbers(figures: object, name: str = "") -> Iterator[tuple[str, float]]:
    """The numbers in a benchmark's figures, each under the names and positions that lead to it.

    >>> dict(numbers({"pages": {"cpu_s": 2.5, "note": "warm"}, "rows": [{"mb": 7}]}))
    {'pages.cpu_s': 2.5, 'rows.0.mb': 7}
    """
    if isinstance(figures, bool):
        return
    if isinstance(figures, int | float):
        yield name, figures
        return
    if isinstance(figures, dict):
        parts = figures.items()
    elif isinstance(figures, list) and len(figures) <= LONGEST_LIST:
        parts = enumerate(figures)
    else:
        return
    for key, value in parts:
        yield from numbers(value, f"{name}.{key}" if name else str(key))


def row(benchmark: str, arguments: list[str], figures: object, *, date: str, commit: str, machine: str) -> str:
    """One row of the history, as a line of JSON."""
    fields = {"date": date, "commit": commit, "machine": machine, "benchmark": benchmark, "arguments": arguments}
    return json.dumps(fields | {"numbers": dict(numbers(figures))}, ensure_ascii=False) + "\n"


def note(benchmark: str, arguments: list[str], out: Path) -> None:
    """Append what this benchmark wrote to `out`; the commit ends in "+" where the checkout has changes of its own."""
    asked = (["rev-parse", "--short=12", "HEAD"], ["status", "--porcelain", "--untracked-files=no"])
    commit, changes = (
        subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        for words in asked
    )
    line = row(
        benchmark,
        arguments,
        json.loads(out.read_text(encoding="utf-8")),
        date=datetime.now(UTC).date().isoformat(),
        commit=commit + ("+" if changes else ""),
        machine=f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    )
    HISTORY.parent.mkdir(exist_ok=True)
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write(line)
