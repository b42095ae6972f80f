"""Words, numbers, names, lengths: what sentences are compared by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.bitext.lengths import length_evidence
from align.bitext.lexicon.word_variants import one_edit, variants
from align.bitext.names import alike, skeleton, sound
from align.bitext.numbers import month, roman
from align.bitext.stems import english_stem, russian_stem
from align.bitext.words import split_words, units, words


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Ванситтарта", "Vansittart"),
        ("Чемберленом", "Chamberlain"),
        ("Литвинов", "Litvinov"),
        ("Черномордика", "Tchernomordik"),
        ("Чехова", "Čechov"),
        ("Чехов", "Chekhov"),
        ("Чехов", "Tschechow"),
        ("Шостакович", "Šostakovič"),
        ("Хрюкину", "Hryukin"),
        ("Уэллса", "Wells"),
        ("Джексон", "Jackson"),
        ("Гегель", "Hegel"),
        ("Евгений", "Yevgeny"),
        ("Юлия", "Iuliia"),
        ("Майский", "Maisky"),
        ("Жигалов", "Zhigalov"),
        ("Жигалов", "Žigalov"),
        ("Иден", "Eden"),
    ],
)
def test_a_name_is_found_in_each_spelling(russian, english):
    """Scientific, Library of Congress and newspaper spellings, and case endings, all lead to the same name."""
    left, right, how = alike([russian], [english])
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 0)]
    assert how[0] >= 0.8


@pytest.mark.parametrize(
    ("russian", "english"), [("Иванов", "Vansittart"), ("комната", "window"), ("Петров", "Sidorov")]
)
def test_strangers_do_not_sound_alike(russian, english):
    """Names that share no more than an ending are no pair."""
    assert not len(alike([russian], [english])[0])


@given(st.text(max_size=20))
def test_sounds_are_plain_letters(word):
    """Whatever is in a word, its sounds are ASCII letters, and its skeleton is no longer."""
    assert sound(word).isascii()
    assert len(skeleton(sound(word))) <= len(sound(word)) + 1


def test_spelling_reform_and_look_alikes_do_not_matter():
    """A word in the old spelling, or with Latin letters that OCR put in, is the same type as in the new."""
    assert [t for t, _ in split_words("добраго слѣда въ Mоскве", "ru")] == [
        t for t, _ in split_words("доброго следа в Москве", "ru")
    ]


def test_dates_are_the_same_in_both_languages():
    """Numbers and months have one type whatever the language; Roman numerals are numbers."""
    russian = {t for t, _ in split_words("18 декабря 1934 г., XIX век", "ru")}
    english = {t for t, _ in split_words("December 18, 1934, the XIX century", "en")}
    assert russian & english == {"#18", "#month12", "#1934", "#19"}


def test_may_is_a_verb_too():
    """May the month has a capital; a mars and a marsh are no months."""
    assert [month(w, "en") for w in ("May", "may", "Marsh")] == [5, None, None]
    assert month("мартышка", "ru") is None


@given(st.integers(2, 89).filter(lambda n: n not in (5, 10, 50)))
def test_roman_numerals_have_their_value(number):
    """A numeral written by the book reads as its number."""
    digits = ""
    rest = number
    for symbol, value in (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)):
        digits += symbol * (rest // value)
        rest %= value
    assert roman(digits) == number


@pytest.mark.parametrize(
    ("stem", "forms"),
    [(russian_stem, "дорога дороги дорогами дорог"), (english_stem, "stop stops stopped stopping")],
)
def test_inflections_share_a_stem(stem, forms):
    """The forms of a regular word have one stem."""
    assert len({stem(f) for f in forms.split()}) == 1


def test_sentences_inside_a_quotation_are_counted():
    """Ends inside a sentence count as units; abbreviations and initials do not."""
    assert units("“Yes. No! Why?” he said.") == 3
    assert units("И. М. Петров жил на ул. Мира в 1934 г. и умер.") == 1


def test_words_know_their_sentences():
    """Tokens lie in sentence order, an empty sentence has none, and lengths count letters and digits."""
    found = words(["A road!", "", "12 roads"], "en")
    assert np.diff(found.starts).tolist() == [3, 0, 2]
    assert found.lengths.tolist() == [5, 0, 7]


@given(st.integers(1, 400), st.integers(1, 400))
def test_length_evidence_is_the_same_from_either_side(left, right):
    """Which text is called left does not matter, and no length is worse than the floor."""
    one = length_evidence(np.array([left]), np.array([right]), ratio=1.3, background=0.8)
    two = length_evidence(np.array([right]), np.array([left]), ratio=1 / 1.3, background=0.8)
    assert one == pytest.approx(two)
    assert one[0] >= -6.0


@given(st.text("абв", max_size=5), st.text("абв", max_size=5))
def test_one_edit_is_levenshtein_one(one, two):
    """The quick check agrees with the textbook distance."""
    from rapidfuzz.distance import Levenshtein

    assert one_edit(one, two) == (Levenshtein.distance(one, two) <= 1)


def test_a_misread_word_is_one_letter_off():
    """A word with a wrong, lost or extra letter is read as the stem; one near two stems is read as both."""
    stems = ["говор", "парохд", "стакан", "стаканч"]
    word, stem, sure = variants(["говпр", "пархд", "пароход", "стаканн"], stems)
    assert set(zip(word.tolist(), stem.tolist(), strict=True)) == {(0, 0), (1, 1), (2, 1), (3, 2), (3, 3)}
    assert all(0 < s < 1 for s in sure)
