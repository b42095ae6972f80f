"""Laws and examples of folding."""

from __future__ import annotations

import doctest
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import align.text.fold as fold_module
from align.text.fold import Folded, fold

TRICKY = st.text(
    st.one_of(st.sampled_from("аАгоГяъѣйё\u0301\u0306 -\n\r\u00ad­'’abIl10ﬁſѿßǅİ½²\0\u200f٣"), st.characters()),
    max_size=40,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("CCCP", "СССР"),
        ("Добраго синяго", "доброго синего"),
        ("Ѳедоръ въ мірѣ", "Федор в мире"),
        ("ёлка", "елка"),
        ("и\u0306", "й"),
        ("за́мок", "замок"),
        ("ﬁnd ſome", "find some"),
        ("«Да», — сказал он…", '"да" - сказал он'),
        ("пере-\r\nнос", "перенос"),
        ("пере\u00adнос", "перенос"),
        ("l934", "1934"),
        ("О3", "0З"),
        ("don’t", "don't"),
        ("ＡＢＣ", "abc"),
        ("  outer\t\n space ", "outer space"),
        ("", " \0—\n"),
    ],
)
def test_spellings_of_the_same_fold_alike(left: str, right: str) -> None:
    """What differs only in look, spelling reform or layout folds to the same text."""
    assert fold(left).text == fold(right).text


@pytest.mark.parametrize(
    ("left", "right"), [("дом", "том"), ("1934", "1935"), ("his", "her"), ("кто то", "ктото"), ("мь", "мы")]
)
def test_different_words_stay_different(left: str, right: str) -> None:
    """Folding does not merge what says different things."""
    assert fold(left).text != fold(right).text


@given(TRICKY)
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text folds to itself, with and without its spaces."""
    once = fold(text)
    assert fold(once.text).text == once.text
    assert fold(once.text).offsets.tolist() == list(range(len(once.text)))
    assert " " not in once.letters().text


@given(TRICKY)
def test_offsets_never_go_down(text: str) -> None:
    """Offsets lie in the source, one a code point, and rise but inside an expanded character."""
    for folded in (fold(text), fold(text).letters()):
        assert len(folded.offsets) == len(folded.text)
        assert folded.source_length == len(text)
        assert all(0 <= offset < len(text) for offset in folded.offsets)
        for a, b in zip(folded.offsets, folded.offsets[1:], strict=False):
            assert a < b or (a == b and len(fold(text[a]).letters().text) > 1)


@given(TRICKY)
def test_the_way_back_lands_on_the_characters(text: str) -> None:
    """Each folded letter comes from a source character that folds to it, endings of the old spelling aside."""
    folded = fold(text).letters()
    for i, char in enumerate(folded.text):
        start, end = folded.source_span(i, i + 1)
        assert end == start + 1
        assert char in fold(text[start:end]).text or (char in "ое" and text[start:end].lower() in "aая")


@given(TRICKY, TRICKY)
def test_parts_fold_as_the_whole(left: str, right: str) -> None:
    """With a line break that divides no word between them, two texts fold together as they fold apart."""
    left += "x"  # a hyphen at the end, a point after it too, would divide one
    apart = " ".join(filter(None, (fold(left).text, fold(right).text)))
    assert fold(left + "\n" + right).text == apart


@given(
    st.text(st.sampled_from("бъё\u0301 -\n.X1"), max_size=30), st.text(st.sampled_from("бъё\u0301 -\n.X1"), max_size=30)
)
def test_letters_do_not_depend_on_the_seam(left: str, right: str) -> None:
    """Letters alone fold the same wherever a text is cut."""
    assert fold(left + right).letters().text == fold(left).letters().text + fold(right).letters().text


@pytest.mark.parametrize("step", [97, pytest.param(1, marks=pytest.mark.slow)])
def test_every_character_of_unicode_folds_stably(step: int) -> None:
    """No code point breaks folding, and what each folds to folds to itself; the quick check takes each 97th."""
    everything = "".join(map(chr, range(0, 0x110000, step)))
    folded = fold(everything).text
    alphabet = "".join(sorted(set(folded)))
    assert fold(alphabet).letters().text == alphabet.replace(" ", "")


def test_a_span_covers_its_letters() -> None:
    """A folded range leads back to the source range that shows it, divided words included."""
    source = "— Добраго слѣ-\nда, ёжъ!"
    folded = fold(source)
    start = folded.text.index("следа")
    a, b = folded.source_span(start, start + 5)
    assert source[a:b] == "слѣ-\nда"
    assert folded.source_span(0, 0) == (2, 2)
    assert folded.source_span(len(folded.text), len(folded.text)) == (len(source), len(source))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 99)])
def test_a_range_outside_is_refused(start: int, end: int) -> None:
    """A range that the folded text does not have is an error that quotes it."""
    with pytest.raises(ValueError, match=str(end)):
        fold("абв").source_span(start, end)


def test_a_folded_text_needs_its_offsets() -> None:
    """A folded text without one offset a code point cannot be made."""
    with pytest.raises(ValueError, match="3 code points"):
        Folded("абв", fold("аб").offsets, 3)


def test_the_example_in_the_docstring_holds() -> None:
    """The worked example of the module is true."""
    assert doctest.testmod(fold_module).failed == 0


@pytest.mark.parametrize(
    "pattern", ["Слово за словомъ, «добраго».\n", "-\n", " \0", "a-\u0301 ", "ﬁ", "\u0301", "a\u0301-\n"]
)
def test_time_is_linear(pattern: str) -> None:
    """A million characters of any pattern fold in seconds on a busy machine, so no pattern is quadratic."""
    text = (pattern * (1_000_000 // len(pattern) + 1))[:1_000_000]
    began = time.process_time()
    fold(text)
    assert time.process_time() - began < 5, sys.version
