"""Words as read beside words as written: the steps lead through both, cheaply, and keep missing sentences whole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from align.linking.collating import Step, collate, runs_alone

WORDS = st.lists(st.text("абв", min_size=1, max_size=4), max_size=14)


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
    (run,) = runs_alone(collate(read, written))
    steps = collate(read, written)[slice(*run)]
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
