"""The notebook of first steps runs on the sample collection, and shows what it says."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from support.command_line import CHECKOUT
from support.notebook_runner import code_cells, run_notebook
from support.sample_run import results_under

from align.files.store.written import record_path

NOTEBOOK = CHECKOUT / "docs/notebooks/first-steps.ipynb"


def test_it_is_stored_without_outputs():
    """The notebook is stored as written: no outputs, no numbers of execution, and code that is Python."""
    for cell in code_cells(NOTEBOOK):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        ast.parse("".join(cell["source"]))


def test_a_page_takes_twelve_lines():
    """The first cell reads a page, links it and shows it in at most twelve lines."""
    first = "".join(code_cells(NOTEBOOK)[0]["source"])
    assert all(name in first for name in ("read_page(", "link_page(", "show()"))
    assert len([line for line in first.splitlines() if line.strip()]) <= 12


@pytest.mark.engine
def test_it_runs(tmp_path, tmp_path_factory, monkeypatch, capsys):
    """All cells run, in order, on a copy of the sample and its results; pictures and tables are shown."""
    results = results_under(tmp_path_factory)
    for name in ("images", "transcripts"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    shutil.copy(CHECKOUT / "collection.toml", tmp_path)
    shutil.copytree(Path(results.out), tmp_path / "aligned")
    (tmp_path / "aligned" / record_path(None)).unlink()  # It names the collection that these results are a copy of.
    (tmp_path / "docs/notebooks").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "docs/notebooks")
    page, outcome, volume, findings, misprint, place, table, bars = run_notebook(NOTEBOOK)
    assert "<Outcome: 0 scans read" in str(outcome["text"])
    assert "501 sentences" in str(volume["html"])
    assert "likely-misprint" in str(findings["html"])
    for shown in (page, misprint, place, bars):
        assert shown["png"][:4] == b"\x89PNG"
    assert str(table["html"]).count("<tr") == 15
    assert "<Sentence " in capsys.readouterr().out
