"""Passages: the words of lines and of their text beside each other, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_page, make_pages, make_text, paged, prose

from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.passages import Passage, ReadWord, WordAt, passages, read_words, written_words
from align.model import Page

PROSE = [s for s in prose("ru") if len(s) >= 16]
CONTENT = " ".join(PROSE)
PAGES = paged(CONTENT, width=60, lines=8)
PIECES = st.lists(st.text("абв-.,", min_size=1, max_size=5), min_size=1, max_size=8)


def made(content: str, pages: list[Page]) -> list[Passage]:
    layer = PlacedTexts.of(pages, [make_text(content)]).layers[0]
    claimed = {(p.page, p.line) for p in layer.placed}
    free = {(p, i) for p, page in enumerate(pages) for i in range(len(page.lines)) if (p, i) not in claimed}
    return passages(pages, layer.running_text, layer.placed, free)


def boxes(words: Iterable[ReadWord]) -> list[WordAt]:
    """The places of words in their order, those that neighbours share once."""
    return [place for place, _ in groupby(place for word in words for place in word.places)]


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=4))
def test_read_words_hold_all_letters_of_their_lines(lines):
    """The words of lines are their letters in order; each box is of one of them, or of neighbours that share it."""
    page = make_page([" ".join(words) for words in lines])
    found = list(read_words([page], [(0, n) for n in range(len(lines))]))
    assert boxes(found) == sorted(set(boxes(found)))
    assert all(len(set(one.places).intersection(other.places)) == 0 or one.shared for one, other in pairwise(found))
    assert "".join(word.folded for word in found) == re.sub(r"[^абв]", "", "".join(w for words in lines for w in words))
    assert all(word.folded for word in found)


def test_a_divided_word_is_one_with_two_places():
    """A word divided at a line end goes on in the next line, or past a line between where it makes a known word."""
    page = make_page(["он писал пере-", "- 12 -", "водчику письмо"])
    lines = [(0, 0), (0, 1), (0, 2)]
    (word,) = [w for w in read_words([page], lines, {"переводчику"}) if len(w.places) > 1]
    assert (word.text, word.places) == ("переводчику", ((0, 0, 2), (0, 2, 0)))
    (*_, unknown) = read_words([page], lines[:1])
    assert unknown.text == "пере-"


@pytest.mark.parametrize("dash", ["—", "–", "--", " — "])
def test_dashes_part_words(dash):
    """Words with a dash between them are two on either side, whether spaces are around it or not; a hyphen joins."""
    text = f"он ждал{dash}пришла Анна-Мария"
    words = list(read_words([make_page([text])], [(0, 0)]))
    assert [word.folded for word in words] == [w.folded for w in written_words(text, 0, len(text))]
    assert len(words) == 4
    assert [word.shared for word in words] == [False, dash[0] != " ", dash[0] != " ", False]


@settings(deadline=None)
@given(st.text("аб -\n.", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_written_words_are_in_their_range(content, one, other):
    """The words of a range are in it, in order, apart from each other, and hold all its letters."""
    start, end = sorted((min(one, len(content)), min(other, len(content))))
    found = list(written_words(content, start, end))
    assert all(start <= word.start < word.end <= end for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join(w.folded for w in found) == re.sub(r"[^аб]", "", content[start:end])


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.floats(0, 0.15))
def test_each_word_is_in_one_passage(seed, share):
    """However many sentences the text lacks, no word read and no place of the text is in two passages."""
    rng = Random(seed)
    content = " ".join(s for s in PROSE if rng.random() >= share)
    found = made(content, make_pages(PAGES))
    places = [place for passage in found for place in boxes(passage.read)]
    assert len(places) == len(set(places))
    spans = sorted((word.start, word.end) for passage in found for word in passage.written)
    assert all(a <= c for (_, a), (c, _) in pairwise(spans))
    for passage in found:
        assert sum(step.read[1] - step.read[0] for step in passage.steps) == len(passage.read)
        assert sum(step.written[1] - step.written[0] for step in passage.steps) == len(passage.written)


def test_a_text_as_its_pages_is_one_passage():
    """Pages that show a text in order are one passage in which every word stands for itself."""
    (passage,) = made(CONTENT, make_pages(PAGES))
    assert all(step.paired and not step.edits for step in passage.steps)


@pytest.mark.parametrize("lines", [1, 2])
def test_unclaimed_lines_are_in_the_passage_around_them(lines):
    """Lines that the text lacks are read between their neighbours, and no word of the text stands for theirs."""
    foreign = ["Совсем другие слова никак сюда не относятся", "и стоят тут просто так, для примера"][:lines]
    rows = [PAGES[0][:4] + foreign + PAGES[0][4:], *PAGES[1:]]
    (passage,) = made(CONTENT, make_pages(rows))
    alone = [passage.read[i].text for s in passage.steps if not s.paired for i in range(*s.read)]
    assert alone == " ".join(foreign).split()


def test_no_lines_make_no_passage():
    """Where no line is placed nothing is collated."""
    assert made(CONTENT, make_pages([["Hello there"]])) == []
