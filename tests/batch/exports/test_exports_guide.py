"""The guide to exports names every format and table, and its program runs."""

from __future__ import annotations

import re
from pathlib import Path

from support.invented_volume import Entry, write_invented

from align.batch.exports import FORMATS
from align.batch.exports.tables import WRITTEN
from align.cli import main

GUIDE = (Path(__file__).parents[3] / "docs/exports.md").read_text(encoding="utf-8")


def test_the_guide_has_a_row_for_each_format_and_table():
    """Each format of the command, and each table that CSV and Parquet have, is explained in a row of the guide."""
    rows = {
        name for row in re.findall(r"^\| (`.*?) \|", GUIDE, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)
    }
    assert set(FORMATS) | set(WRITTEN) <= rows


def test_the_guide_s_program_runs(tmp_path, monkeypatch, capsys):
    """The program that the guide shows counts the sentences of a volume that was exported as CSV."""
    write_invented(tmp_path / "mydiary", (Entry("d", ["Раз.", "Два."], ["One.", "Two."]),))
    assert main(["export", str(tmp_path / "mydiary"), "--format", "csv"]) == 0
    capsys.readouterr()
    monkeypatch.chdir(tmp_path)
    program = next(found for found in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL) if "pandas" in found)
    exec(program.replace("csv/diary", "csv/v"), {})
    assert capsys.readouterr().out == "{('en', 'linked'): 2, ('ru', 'linked'): 2}\n"
