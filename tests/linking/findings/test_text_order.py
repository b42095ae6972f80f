"""What stands in another order in the text than on the pages: the least that has to be moved."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_text

from align.linking.findings.absences import Absence
from align.linking.findings.omissions import Omission
from align.linking.findings.text_order import heaviest_rising, moved_words, order_findings
from align.model import LineAt, WordAt

ITEMS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=9)


@settings(deadline=None)
@given(ITEMS)
def test_the_heaviest_rising_selection_is_kept(items):
    """What is kept rises, and no other rising selection weighs more."""
    kept = sorted(heaviest_rising(items))
    places = [items[n][0] for n in kept]
    assert all(a < b for a, b in pairwise(places))
    best = 0
    for size in range(len(items) + 1):
        for chosen in combinations(items, size):
            if all(a[0] < b[0] for a, b in pairwise(chosen)):
                best = max(best, sum(weight for _, weight in chosen))
    assert sum(items[n][1] for n in kept) == best


CONTENT = "Он пришёл поздно вечером. Потом они долго пили чай. Утром все уехали."
TEXT = make_text(CONTENT)


def absent(start: int) -> Absence:
    sentence = TEXT.sentences[start]
    return Absence(TEXT, sentence.spans, (sentence,), (sentence,), False, (0, 0), ())


def omitted(words: str, line: int) -> Omission:
    places = tuple(WordAt(0, line, k) for k in range(len(words.split())))
    return Omission(places, words, 0.9, 0.9, (LineAt(0, line),), 1.0, True)


def test_words_missing_here_and_standing_there_are_moved():
    """The missing sentence and the line with nearly its letters are one matter; what else is missing stays so."""
    lines = [omitted("Потом они дoлго пилн чай.", 4), omitted("Чужая строка без своего места в тексте", 9)]
    moved, left, rest = moved_words([absent(0), absent(1)], lines)
    assert [(m.sentences, m.places) for m in moved] == [((TEXT.sentences[1],), lines[0].places)]
    assert [a.sentences for a in left] == [(TEXT.sentences[0],)]
    assert rest == [lines[1]]


def test_each_line_is_moved_for_one_sentence():
    """Two sentences with the same words do not both stand in the one line that has them."""
    line = omitted("Потом они долго пили чай.", 4)
    moved, left, rest = moved_words([absent(1), absent(1)], [line])
    assert (len(moved), len(left), rest) == (1, 1, [])


def test_a_few_letters_prove_nothing():
    """Formulas of a few letters that are missing in one place and left over in another are told as such."""
    text = make_text("Так. Далее идёт длинное предложение, которое есть.")
    short = Absence(text, text.sentences[0].spans, text.sentences[:1], text.sentences[:1], False, (0, 0), ())
    line = omitted("Так.", 3)
    assert moved_words([short], [line]) == ([], [short], [line])


def test_nothing_is_told_of_translations():
    """Another order is told of transcriptions alone, and nothing comes of nothing."""
    moved, _, _ = moved_words([absent(1)], [omitted("Потом они долго пили чай.", 4)])
    assert order_findings([], moved, set()) == []
    assert moved_words([], []) == ([], [], [])
