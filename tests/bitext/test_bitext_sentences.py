"""align_sentences: the laws of beads, and small texts with a plain answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.bitext import align_sentences
from align.bitext.left_out import weighed_by_length
from align.bitext.words import words
from align.model import Bead

SENTENCE = st.text(alphabet="аб вг.?«»ab cd12-V\n\x00\ud800́", max_size=12)


def covered(beads: list[Bead], left: int, right: int) -> bool:
    """Whether the beads hold every index of both sides once, in order."""
    return [i for b in beads for i in b.left] == [*range(left)] and [j for b in beads for j in b.right] == [
        *range(right)
    ]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, max_size=9), st.lists(SENTENCE, max_size=9))
def test_beads_cover_both_texts_in_order(left, right):
    """Whatever the sentences hold, every one is in exactly one bead and no two beads cross."""
    beads = align_sentences(left, right, left_language="ru", right_language="en")
    assert covered(beads, len(left), len(right))
    for bead in beads if left and right else ():
        assert len(bead.alone) == len(bead.left) + len(bead.right)
        assert all(0 <= chance <= 1 for chance in bead.alone)
        if not bead.left or not bead.right:
            assert bead.alone == (bead.score,)


def test_a_sentence_that_nothing_answers_is_likelier_alone_than_its_neighbours():
    """Of two sentences that are paired with one, the one whose words and numbers it lacks is the likelier alone."""
    russian = ["Вечером мы были в театре.", "Там давали Чехова.", "Вернулись в 11 часов.", "Писал письма."]
    english = ["In the evening we were at the theatre.", "They gave Chekhov.", "Wrote letters."]
    beads = align_sentences(russian, english, left_language="ru", right_language="en")
    chances = [c for b in beads for c in b.alone[: len(b.left)]]
    assert max(range(4), key=chances.__getitem__) == 2


def test_a_sentence_whose_words_its_neighbour_shares_is_told_by_its_length():
    """A sentence left out of the translation is likely alone if its neighbour alone fits the length."""
    russian = [
        "Утром мы были в театре.",
        "Но я романист, и, кажется, одну историю сам сочинил.",
        "Почему я пишу кажется, ведь я сам знаю наверно, что сочинил, но мне всё мерещится, что это где-то случилось.",
        "Писал письма.",
    ]
    english = [
        "In the morning we were at the theatre.",
        "I write I suppose, though I know for a fact that I have made it up, but yet I fancy it must have happened.",
        "Wrote letters.",
    ]
    beads = align_sentences(russian, english, left_language="ru", right_language="en")
    chances = {i: chance for b in beads for i, chance in zip(b.left, b.alone, strict=False)}
    assert chances[1] > 0.08 > max(chances[i] for i in (0, 2, 3))


def test_what_lengths_say_moves_only_sentences_of_several():
    """Beads of one sentence a side, and sentences without counterpart, keep their chances of being alone."""
    left, right = (words([letters * "я " for letters in lengths], "ru") for lengths in ((50, 40, 110, 30), (52, 112)))
    beads = [Bead((0,), (0,), 0.9, (0.1, 0.1)), Bead((1, 2), (1,), 0.9, (0.05, 0.05, 0.0)), Bead((3,), (), 0.7, (0.7,))]
    one, several, alone = weighed_by_length(beads, left, right, ratio=1.0)
    assert (one, alone) == (beads[0], beads[2])
    assert several.alone[0] > 0.05 > several.alone[1]
    assert several.alone[2] == 0.0


def test_names_and_numbers_lead_the_way():
    """A note that only the translation has is left alone when names and numbers show the rest."""
    russian = [
        "Сегодня я был у Ванситтарта.",
        "Мы говорили о пакте 1935 г.",
        "Чемберлен ничего не ответил.",
    ]
    english = [
        "Today I called on Vansittart.",
        "[See the entry for 14 March 1933 above, and the letters in the appendix.]",
        "We spoke about the pact of 1935.",
        "Chamberlain gave no answer.",
    ]
    beads = align_sentences(russian, english, left_language="ru", right_language="en")
    assert [(b.left, b.right) for b in beads] == [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), (3,))]


def test_clauses_that_the_other_language_makes_sentences_of_are_one_bead():
    """A sentence of seven clauses, and seven sentences with its numbers, are linked whole."""
    clauses = [f"ла ла ла {number}" for number in range(1801, 1808)]
    left = ["Ла ла 1700.", "; ".join(clauses) + ".", "Ла ла ла 1900."]
    right = ["Du du 1700.", *(f"Du du du {number}." for number in range(1801, 1808)), "Du du du 1900."]
    beads = align_sentences(left, right, left_language="xx", right_language="yy")
    assert [(b.left, b.right) for b in beads] == [((0,), (0,)), ((1,), tuple(range(1, 8))), ((2,), (8,))]


@pytest.mark.parametrize(("left", "right"), [([], ["a"]), (["a"], []), ([], [])])
def test_an_empty_side_has_no_counterparts(left, right):
    """Sentences that face an empty text are beads of their own, with certainty."""
    beads = align_sentences(left, right, left_language="ru", right_language="en")
    assert covered(beads, len(left), len(right))
    assert all(b.score == 1.0 for b in beads)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "odd", ["." * 200_000, "А. " * 50_000, "«" * 100_000, "x-" * 50_000, "9" * 100_000, "'a" * 50_000]
)
def test_odd_sentences_take_no_more_than_linear_time(odd):
    """A sentence made to be slow is not."""
    beads = align_sentences([odd, "Да."], ["Yes.", odd], left_language="ru", right_language="en")
    assert covered(beads, 2, 2)
