"""The history of benchmarks: one row a measurement, each with what is needed to compare it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from benchmarks import history

FIELDS = {"date", "commit", "machine", "benchmark", "arguments", "numbers"}


def test_numbers_are_named_by_the_way_to_them():
    """Numbers keep their names and positions; words, truth values and long lists are left out."""
    figures = {"cpu_s": 2.5, "note": "warm", "scaled": True, "rows": [{"mb": 7}, {"mb": None}], "all": list(range(13))}
    assert dict(history.numbers(figures)) == {"cpu_s": 2.5, "rows.0.mb": 7}


def test_a_row_is_one_line_with_all_fields():
    """A row is one line of JSON that says when, of which commit, on what machine, and how it was measured."""
    line = history.row("pages", ["--pages", "60"], {"s": 1}, date="2026-11-28", commit="abc", machine="x, 2 cores")
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert set(json.loads(line)) == FIELDS


def test_the_committed_history_can_be_read():
    """Every committed row has all fields and at least one number."""
    rows = [json.loads(line) for line in history.HISTORY.read_text(encoding="utf-8").splitlines()]
    assert all(set(row) == FIELDS and row["numbers"] for row in rows)
