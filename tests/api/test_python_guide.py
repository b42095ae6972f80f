"""The programs of the README and of the guide for programmers run, and the reference is as the code says."""

from __future__ import annotations

import re
import sys

import pytest
from support.command_line import CHECKOUT as ROOT

import align

sys.path.append(str(ROOT / "scripts"))

from documentation import reference


def programs(name: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


PROGRAMS = [
    pytest.param(program, id=f"{name}-{number}")
    for name in ("README.md", "docs/python.md")
    for number, program in enumerate(programs(name))
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_run(program, session, capsys):
    """Each program runs as it stands, in a folder with the collection `mydiary`, and prints something."""
    exec(compile(program, "a program of the docs", "exec"), {"__name__": "a program"})
    assert capsys.readouterr().out.strip()


def test_the_own_engine_reads(session, capsys):
    """The guide's engine of one's own reads a page and a collection, in no more than twenty lines."""
    (program,) = [own for own in programs("docs/python.md") if "class LineService" in own]
    exec(compile(program, "python.md", "exec"), {"__name__": "a program"})
    assert "1 line, 3 words" in capsys.readouterr().out
    assert align.open_results("by-service", collection="mydiary").run["engine"] == "line service 1"
    defined = program.split("class LineService")[1].split("\n\n\n")[0].rstrip().splitlines()
    assert len([line for line in defined if line.strip()]) <= 20


def test_the_readme_s_program_is_short():
    """The README reads, links, shows, runs and opens in twelve lines."""
    (program,) = programs("README.md")
    assert len([line for line in program.splitlines() if line.strip()]) <= 12


def test_the_reference_is_renewed():
    """The committed page docs/reference.md is the one that the code makes."""
    committed = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
    assert committed == reference.page(), f"docs/reference.md is behind the code: run {reference.COMMAND}"


def test_the_reference_has_every_name():
    """Each public name stands in the reference once, under a heading of its own."""
    headings = re.findall(r"^### (\w+)$", reference.page(), re.MULTILINE)
    assert sorted(headings)[: len(headings)] == sorted([*align.__all__, *reference.TABLES])


def test_the_guide_names_every_table():
    """The guide lists the tables that results have, as the reference does."""
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/python.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == list(reference.TABLES)
