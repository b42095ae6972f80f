"""docs/architecture.md shows the house as it is: floors, rooms, and the modules that a page and a sentence pass."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from documentation import architecture

PAGE = architecture.PAGE.read_text(encoding="utf-8")
CONTRACTS = architecture.houses((architecture.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
STORIES = ("The life of a page", "The life of a sentence")


def section(title: str) -> str:
    """The text under this heading, up to the next one."""
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def test_the_picture_shows_the_floors_of_the_contracts():
    """The committed picture is what scripts/docs architecture draws from the import contracts."""
    assert architecture.PICTURE.read_text(encoding="utf-8") == architecture.picture(CONTRACTS)


def test_the_tree_names_every_room_and_what_it_answers():
    """The committed tree is what scripts/docs architecture makes of contracts and docstrings."""
    assert architecture.with_tree(PAGE, architecture.tree(CONTRACTS)) == PAGE


def test_every_package_has_its_line_in_the_tree():
    """Every package of align, at any depth, has a line in the tree."""
    named = set(re.findall(r"^ +(\w+)/", PAGE, re.MULTILINE))
    packages = (architecture.ROOT / "align").rglob("__init__.py")
    assert {path.parent.name for path in packages} == named


@pytest.mark.parametrize("title", STORIES)
def test_a_story_has_ten_steps(title):
    """The life of a page and the life of a sentence are told in ten numbered steps, each with a module."""
    steps = re.findall(r"^(\d+)\. (.*)$", section(title), re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, 11))
    assert all("`align/" in step for _, step in steps)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(align/[^`]*)`", PAGE))))
def test_every_module_that_the_page_names_exists(name):
    """Every file and folder of align that the page names is there."""
    assert (architecture.ROOT / name).exists()


def test_a_room_without_a_docstring_is_refused(tmp_path):
    """A room that does not say what it answers is named in the error."""
    (tmp_path / "align").mkdir()
    (tmp_path / "align/empty.py").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"align/empty.py has no docstring"):
        architecture.answer("align", "empty", tmp_path)
