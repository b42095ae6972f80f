"""The tuned numbers as scripts/eval shows them, and the page that scripts/docs makes of them."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from align.tuning.every import TUNINGS
from align.tuning.numbers import fingerprint, numbers

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
tuning = importlib.import_module("evaluation.tuning")
tuning_page = importlib.import_module("documentation.tuning")
sys.path.remove(str(ROOT / "scripts"))


def test_the_page_of_tuned_numbers_is_that_of_the_code():
    """docs/tuning.md is what the dataclasses of tuned numbers say now."""
    written = tuning_page.PAGE.read_text(encoding="utf-8")
    assert written == tuning_page.page(), f"renew docs/tuning.md with {tuning_page.COMMAND}"


def test_all_numbers_are_printed(capsys):
    """Every number is printed with its value, unit, reason and source, and every fingerprint."""
    tuning.print_all()
    printed = capsys.readouterr().out
    for package, tuned in TUNINGS.items():
        assert f"{package}  (fingerprint {fingerprint(tuned)})" in printed
        for number in numbers(tuned):
            assert f"  {number.name} = {number.value!r} {number.unit}\n" in printed
            assert f"      {number.why} [{number.source}]\n" in printed


@pytest.mark.parametrize("package", TUNINGS)
def test_each_number_is_explained(package):
    """Every number has a unit and a reason of one sentence, and a source."""
    for number in numbers(TUNINGS[package]):
        assert number.unit
        assert number.why.endswith(".")
        assert number.source


def test_a_sweep_measures_each_value(capsys):
    """Each value is measured with a tuning that differs in it alone; the value of the program is marked."""
    measured = []

    def measure(tuned):
        measured.append(tuned.jump_cost)
        return {"share": tuned.jump_cost / 100}

    assert tuning.sweep("matching.jump_cost=14.0,18.0", {"locate": lambda package: measure}, "locate") == 0
    assert measured == [14.0, 18.0]
    first, second = capsys.readouterr().out.splitlines()
    assert "14.0  share 0.1400" in first
    assert "18.0* share 0.1800" in second


def test_a_number_of_a_part_is_swept(capsys):
    """A number of a part is named with its part, and the tuning measured differs in it alone."""
    measured = []

    def measure(tuned):
        measured.append(tuned)
        return {"share": tuned.words.anchor_words / 10}

    assert tuning.sweep("linking.words.anchor_words=2,3", {"links": lambda package: measure}, "links") == 0
    linking = TUNINGS["linking"]
    assert measured == [replace(linking, words=replace(linking.words, anchor_words=n)) for n in (2, 3)]
    assert "3* share 0.3000" in capsys.readouterr().out


@pytest.mark.parametrize("package", ["linking", "matching", "bitext"])
def test_linking_takes_the_tunings_that_it_uses(package):
    """A sweep on links finds the parameter of link_volume for each package that linking uses."""
    wanted = {"linking": "tuning", "matching": "matching", "bitext": "bitext"}
    assert tuning._parameter_of(tuning.link_volume, package) == wanted[package]


@pytest.mark.parametrize(
    ("wanted", "said"), [("matching.jump=1", "jump_cost"), ("nothing.x=1", "matching"), ("matching.jump_cost", "VALUE")]
)
def test_a_number_that_is_not_there_is_refused(wanted, said, capsys):
    """A sweep of an unknown number, or without values, ends with 2 and says what there is."""
    assert tuning.sweep(wanted, {}, "locate") == 2
    assert said in capsys.readouterr().err
