"""Texts that say the same, wholly or nearly."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from support.linked_volumes import prose

from align.linking.places.same_texts import WordRuns, words_of

SENTENCES = prose("ru")
STARTS = st.integers(0, len(SENTENCES) - 40)


def runs_of(*contents: str) -> WordRuns:
    return WordRuns.of([words_of(content) for content in contents])


@given(start=STARTS, cut=st.integers(8, 30), shift=st.integers(0, 8))
def test_a_cut_text_is_like_the_whole(start, cut, shift):
    """Sentences in a row out of a text make a text like it, whichever comes first."""
    whole = " ".join(SENTENCES[start : start + 40])
    part = " ".join(SENTENCES[start + shift : start + shift + cut])
    assert runs_of(whole, part).groups() == runs_of(part, whole).groups() == [[0, 1]]
    assert runs_of(whole, part).alike(0, 1)


@given(start=STARTS, seed=st.integers(0, 99))
def test_a_text_with_one_word_in_twelve_changed_is_like_it(start, seed):
    """Changed words leave enough runs of four words whole."""
    words, rng = words_of(" ".join(SENTENCES[start : start + 30])), Random(seed)
    changed = [
        f"{word}х" if n in set(range(rng.randrange(12), len(words), 12)) else word for n, word in enumerate(words)
    ]
    assert WordRuns.of([words, changed]).alike(0, 1)


@given(start=STARTS)
def test_other_texts_are_not_alike(start):
    """Different sentences of one language are no copies, and no more are texts that share a formula."""
    one, two = (" ".join([*SENTENCES[:1], *SENTENCES[a : a + 15]]) for a in (start + 1, start + 20))
    assert runs_of(one, two).groups() == []
    assert not runs_of(one, two).alike(0, 1)


def test_short_texts_and_no_texts_are_like_nothing():
    """A formula of a few words, an empty text and no text at all make no groups."""
    assert runs_of("Ничего нового.", "Ничего нового.", "", "").groups() == []
    assert runs_of().groups() == []


def test_hundreds_of_copies_are_one_group():
    """Copies that all change something else are one group, beside texts that share nothing."""
    words = words_of(" ".join(SENTENCES[:20]))
    copies = [" ".join([*words[:n], "вставка", *words[n:]]) for n in range(100)]
    others = [" ".join(f"слово{n}и{k}" for k in range(30)) for n in range(100)]
    assert runs_of(*others, *copies).groups() == [list(range(100, 200))]
