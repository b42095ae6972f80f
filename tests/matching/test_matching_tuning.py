"""The tuned numbers of matching: handed through, and refused where the algorithm cannot hold them."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

import pytest
from support.tuning_watch import numbers_read

from align.matching.locate import locate
from align.tuning.matching import MATCHING, MatchingTuning


def noisy_volume() -> tuple[list[str], str]:
    """Lines and their text: two pages swapped, a head, a stray line, a short one, a misread one, a row of stars."""
    rng = Random(5)
    words = ["".join(rng.choices("абвгдежзиклмнопрст", k=rng.randint(3, 9))) for _ in range(400)]
    rows = [" ".join(words[n : n + 8]) for n in range(0, 400, 8)]
    rows[20], rows[34] = "* * *", "да нет."
    lines = [*rows[:19], *rows[31:45], "Дневник", *rows[19:25], "ъъъ щщ", *rows[26:31], "12", *rows[45:]]
    lines[5], lines[8] = lines[8], lines[5]
    lines[12] = "".join(c if rng.random() > 0.2 else "ю" for c in lines[12])
    return lines, "\n".join(rows)


def test_only_the_tuning_passed_in_is_read() -> None:
    """Every tuned number that locating reads comes from the tuning that it was given, and all numbers are read."""
    tuning = replace(MATCHING)
    with numbers_read(MatchingTuning) as read:
        locate(*noisy_volume(), tuning=tuning)
    assert read == {id(tuning): {field.name for field in fields(MatchingTuning)}}


def test_a_tuned_number_changes_what_is_claimed() -> None:
    """With fits that never gain nothing is located, and with the usual numbers most lines are."""
    lines, text = noisy_volume()
    assert not any(locate(lines, text, tuning=replace(MATCHING, chance_edits=0.0)))
    assert sum(located is not None for located in locate(lines, text)) > 45


@pytest.mark.parametrize(("name", "value"), [("seed_rare_places", 9), ("seed_rare_places", 0), ("cut_part", 65)])
def test_numbers_that_cannot_be_held_are_refused(name: str, value: int) -> None:
    """A number that would overflow the packed votes or a machine word is refused with its value."""
    with pytest.raises(ValueError, match=str(value)):
        replace(MATCHING, **{name: value})
