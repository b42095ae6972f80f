"""Words as read beside words as written: the steps lead through both, cheaply, and keep missing sentences whole."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from align.linking.words.word_alignment import Step, Steps, WordRange, collate
from align.tuning.linking_parts.linking_words import WORDS as TUNING

WORDS = st.lists(st.text("абв", min_size=1, max_size=4), max_size=14)


@settings(deadline=None)
@given(WORDS, WORDS, st.slices(8), st.integers(-9, 9))
def test_kept_steps_are_a_sequence_like_a_list(read, written, part, at):
    """Steps kept as numbers are what a list of them is: one by one, in parts, from the end, and out of range."""
    steps = collate(read, written)
    kept = Steps(steps[:1])
    kept += steps[1:]
    assert (list(kept), len(kept), kept[part], list(reversed(kept))) == (steps, len(steps), steps[part], steps[::-1])
    if -len(steps) <= at < len(steps):
        assert kept[at] == steps[at]
    else:
        with pytest.raises(IndexError):
            kept[at]


@settings(deadline=None)
@given(WORDS, WORDS)
def test_steps_lead_through_both_sides(read, written):
    """Every word of either side is in one step, in order, and a step without edits holds the same letters."""
    steps = collate(read, written)
    at = (0, 0)
    for step in steps:
        assert (step.read[0], step.written[0]) == at
        at = step.read[1], step.written[1]
        assert at != (step.read[0], step.written[0])
        if step.paired and not step.edits:
            assert "".join(read[slice(*step.read)]) == "".join(written[slice(*step.written)])
    assert at == (len(read), len(written))


@settings(deadline=None)
@given(WORDS)
def test_equal_words_stand_for_each_other(words):
    """A text beside itself is all pairs of one word without an edit."""
    assert collate(words, words) == [Step((n, n + 1), (n, n + 1), 0) for n in range(len(words))]


def test_a_missing_sentence_stays_whole():
    """Of a sentence that only the text has no word is paired with its like around it."""
    read = ["он", "пришёл", "и", "сел", "потом", "он", "встал", "и", "ушёл", "домой"]
    written = [
        "он",
        "пришёл",
        "и",
        "сел",
        "и",
        "он",
        "сказал",
        "и",
        "он",
        "ушёл",
        "потом",
        "он",
        "встал",
        "и",
        "ушёл",
        "домой",
    ]
    steps = collate(read, written)
    alone = [n for n, step in enumerate(steps) if not step.paired]
    assert alone == list(range(alone[0], alone[-1] + 1))
    steps = [steps[n] for n in alone]
    assert (steps[0].written[0], steps[-1].written[1]) == (4, 10)
    assert all(step.read[0] == step.read[1] for step in steps)


def test_parted_and_joined_words():
    """Two words for one, on either side, are one step without an edit."""
    assert collate(["came", "la", "te", "hesat"], ["came", "late", "he", "sat"]) == [
        Step((0, 1), (0, 1), 0),
        Step((1, 3), (1, 2), 0),
        Step((3, 4), (2, 4), 0),
    ]


def test_a_changed_word_is_one_pair():
    """A word replaced by another of its length stands for it, edits counted."""
    read, written = (
        ["утром", "шёл", "сильный", "дождь", "с", "градом"],
        ["утром", "шёл", "слабенький", "дождь", "с", "градом"],
    )
    changed = [step for step in collate(read, written) if step.edits]
    assert [(step.read, step.written) for step in changed] == [((2, 3), (2, 3))]


def test_vast_differences_are_not_compared():
    """Where a thousand words meet a thousand others they stand alone, at once."""
    steps = collate([f"а{n}" for n in range(1000)], [f"б{n}" for n in range(1000)])
    assert len(steps) == 2000
    assert not any(step.paired for step in steps)


def cost_of(steps: list[Step], read: list[str], written: list[str]) -> float:
    """What steps cost by the rules of the module: edits, words joined, and runs on one side with their letters."""
    total, before = 0.0, ""
    for step in steps:
        side = "" if step.paired else "read" if step.read[0] < step.read[1] else "written"
        if step.paired:
            total += step.edits + (
                TUNING.joined_edits if step.read[1] - step.read[0] + step.written[1] - step.written[0] > 2 else 0
            )
        else:
            letters = sum(map(len, (*read[slice(*step.read)], *written[slice(*step.written)])))
            total += TUNING.alone_edits * letters + (TUNING.run_edits if side != before else 0)
        before = side
    return total


def least_cost(read: list[str], written: list[str]) -> float:
    """The least cost of any steps, by trying all of them."""

    @cache
    def rest(i: int, k: int, before: str) -> float:
        if (i, k) == (len(read), len(written)):
            return 0.0
        costs = []
        for a, b in ((1, 1), (2, 1), (1, 2)):
            if i + a <= len(read) and k + b <= len(written):
                edits = Levenshtein.distance("".join(read[i : i + a]), "".join(written[k : k + b]))
                costs.append(edits + (TUNING.joined_edits if a + b > 2 else 0) + rest(i + a, k + b, ""))
        for side, words, at, after in (("read", read, i, (i + 1, k)), ("written", written, k, (i, k + 1))):
            if at < len(words):
                run = TUNING.run_edits if side != before else 0
                costs.append(TUNING.alone_edits * len(words[at]) + run + rest(*after, side))
        return min(costs)

    return rest(0, 0, "")


@settings(deadline=None)
@given(
    st.lists(st.text("абв", min_size=1, max_size=4), max_size=6),
    st.lists(st.text("абв", min_size=1, max_size=4), max_size=6),
)
def test_no_way_is_cheaper(read, written):
    """The steps cost no more than the cheapest that trying all of them finds, where no run of equal words is sure."""
    size = TUNING.anchor_words
    runs = [{tuple(words[n : n + size]) for n in range(len(words) - size + 1)} for words in (read, written)]
    assume(runs[0].isdisjoint(runs[1]))
    assert cost_of(collate(read, written), read, written) <= least_cost(read, written) + 1e-9


def test_a_scrap_is_not_joined_with_a_word_that_fits_better_without_it():
    """Dirt before or after a number stands alone, and a part of a word does not, however unsure it is."""
    assert collate(["март", "ve", "25"], ["март", "52"], scraps={1})[1:] == [
        Step(WordRange(1, 2), WordRange(1, 1), 0),
        Step(WordRange(2, 3), WordRange(1, 2), 2),
    ]
    assert collate(["march", "ve", "day"], ["marh", "day"], scraps={1})[:2] == [
        Step(WordRange(0, 1), WordRange(0, 1), 1),
        Step(WordRange(1, 2), WordRange(1, 1), 0),
    ]
    divided = Step(WordRange(0, 2), WordRange(0, 1), 1)
    assert collate(["incar", "matious", "day"], ["incarmatious", "day"], scraps={1})[0].read == divided.read
