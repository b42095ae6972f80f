"""The language of a text, where a file's name may be wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.text.language import guess_language

CASES = [
    ("Сегодня я был у наркома, и он сказал мне, что договор готов.", "ru"),
    ("Сей часъ, какъ онъ сїе услышалъ, и не вѣдая что дѣлать, пошелъ къ ней.", "ru"),
    ("Today I called on the Secretary, who told me that he was ill.", "en"),
    ("Aujourd'hui je suis allé chez le ministre, qui m'a dit que tout était prêt.", None),
    ("Heute war ich beim Minister, der mir sagte, dass der Vertrag fertig sei.", None),
    (" ".join(["Сьогодні я був у міністра, і він сказав, що договір ще не готовий."] * 6), None),
    ("No. 17", None),
    ("", None),
    ("1934 1935 1936 !!! ???", None),
    ("Сегодня он был у нас. Today he was with us, and he was at the house. Да, и я был.", None),
]


@pytest.mark.parametrize(("text", "language"), CASES)
def test_the_language_is_told_from_script_and_words(text: str, language: str | None) -> None:
    """Russian of both spellings and English are told; other languages, mixtures and scraps are left open."""
    assert guess_language(text) == language


@given(st.text())
def test_any_text_gives_an_answer(text: str) -> None:
    """The answer is one of three for any text, and the same whatever its case."""
    assert guess_language(text) in ("ru", "en", None)


def test_a_long_text_is_sampled_throughout() -> None:
    """A Russian title page does not make a long English text Russian."""
    text = (
        "Дневник посла и его письма, как он их писал. " * 20 + "The ambassador wrote that he was in the house. " * 5000
    )
    assert guess_language(text) == "en"
