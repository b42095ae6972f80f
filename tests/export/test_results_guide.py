"""The guides to results and overlays say what the files hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.results_check import VOLUME_FILES, validator
from support.sample_volume import sample, write_results

from align.export.overlay.svg import overlay_svg

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "results.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*VOLUME_FILES, "run"])
def test_the_guide_names_every_field(name):
    """Each field of each schema stands in the guide to the result files."""
    named = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL)))
    todo = [validator(name).schema]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            assert set(part.get("properties", {})) <= named
            todo += part.values()
        elif isinstance(part, list):
            todo += part


@pytest.mark.parametrize("index", [0, 1])
def test_the_guide_s_programs_run(index, tmp_path, monkeypatch, capsys):
    """The programs that the guide shows run as they stand and print what it says."""
    write_results(sample(), tmp_path / "aligned")
    monkeypatch.chdir(tmp_path)
    exec(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)[index], {})
    expected = (
        "v.1934-12-18.ru.s0002 page 53 images/v/стр. 1#a.jpg [[80, 211, 440, 49]]",
        "Сегодня был у Петрова. = Today I called on Petrov.",
    )
    assert expected[index] in capsys.readouterr().out.splitlines()


def test_the_guide_names_every_class_of_an_overlay():
    """Each class of group that a picture holds stands in the guide to overlays."""
    guide = (DOCS / "overlays.md").read_text(encoding="utf-8")
    volume = sample()
    drawn = {c for page in volume.pages for c in re.findall(r'class="([^"]*)"', overlay_svg(page, volume.links))}
    assert drawn == {"sentence", "heading", "unmatched", "furniture"}
    assert all(f"`{name}`" in guide for name in (*drawn, "note"))
