"""Differences: each word that is not the same is in one, and the room for missing words is counted in letters."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_line, make_pages, make_text, paged, prose

from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import Collation, collations, disagreements, sentences_within, word_areas
from align.model import Page, Polygon, WordAt

PROSE = [s for s in prose("ru") if len(s) >= 16]
CONTENT = " ".join(PROSE)
ROWS = paged(CONTENT, width=60, lines=8)


def collated(content: str, pages: list[Page]) -> Collation:
    return collations(pages, PlacedTexts.of(pages, [make_text(content)]), ())[0]


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_each_word_that_differs_is_in_one_difference(seed):
    """Differences do not overlap, and what is in none of them reads as it is written."""
    rng = Random(seed)
    words = CONTENT.split()
    for _ in range(12):
        at = rng.randrange(len(words))
        words[at] = rng.choice(["", "лишнее слово", words[at][::-1], words[at - 1]])
    found = collated(" ".join(word for word in words if word), make_pages(ROWS))
    for passage in found.passages:
        own = [d for d in found.differences if d.passage is passage]
        read = [n for d in own for n in range(d.read_at, d.read_at + len(d.read))]
        written = [n for d in own for n in range(d.written_at, d.written_at + len(d.written))]
        assert (len(read), len(written)) == (len(set(read)), len(set(written)))
        rest = "".join(w.folded for n, w in enumerate(passage.read) if n not in set(read))
        assert rest == "".join(w.folded for n, w in enumerate(passage.written) if n not in set(written))


def test_a_text_as_its_pages_has_no_differences():
    """Where all agrees nothing differs, nothing is untouched, and no sentence is wrong."""
    found = collated(CONTENT, make_pages(ROWS))
    assert (found.differences, found.untouched, disagreements([found])) == ((), [], {})


def test_a_number_beside_a_misread_word_is_a_difference_by_itself():
    """Two numbers with no digit in common are compared with each other, and not together with the words beside them."""
    read, written = (" ".join([*PROSE[:12], numbers, *PROSE[12:24]]) for numbers in ("п. 27.", "л. 72."))
    found = collated(written, make_pages(paged(read, width=60, lines=8)))
    assert [([w.text for w in d.read], [w.text for w in d.written]) for d in found.differences] == [
        (["п."], ["л."]),
        (["27."], ["72."]),
    ]


def test_a_replaced_passage_with_numbers_stays_one_difference():
    """Where several words on each side have nothing in common, their numbers are part of the whole."""
    read, written = (
        " ".join([*PROSE[:12], words, *PROSE[12:24]])
        for words in ("отправлено домой 27 марта пароходом", "кукушка щебечет 81 лапоть выдох")
    )
    found = collated(written, make_pages(paged(read, width=60, lines=8)))
    assert [len(d.read) for d in found.differences] == [5]


@pytest.mark.parametrize("letters", [0, 3, 12, 25])
def test_the_room_between_words_is_counted_in_letters(letters):
    """Words moved apart within a line leave so many letters of room, whatever the text has there."""
    line = make_line(ROWS[1][3], 100, 100 + 60 * 3)
    apart = 20 * letters
    words = [w if n < 3 else moved(w, apart) for n, w in enumerate(line.words)]
    wide = replace(line, words=tuple(words))
    pages = make_pages([ROWS[0], [*ROWS[1][:3], wide, *ROWS[1][4:]], *ROWS[2:]])
    before = " ".join(ROWS[1][3].split()[:3])
    content = CONTENT.replace(before, f"{before} чтонибудь", 1)
    (own,) = collated(content, pages).differences
    assert (own.read, [w.text for w in own.written], own.needed) == ((), ["чтонибудь"], 9)
    assert own.room == pytest.approx(letters, abs=0.6)


def moved(word, by):
    box = replace(word.box, left=word.box.left + by, right=word.box.right + by)
    return replace(word, box=box, polygon=Polygon([(x + by, y) for x, y in word.polygon.points]))


def test_the_context_is_quoted_on_both_sides():
    """A difference is quoted with the words before and after it, as read and as written, at the ends with fewer."""
    words = CONTENT.split()
    at = next(n for n in range(40, len(words)) if len(words[n]) >= 8 and words[n].isalpha())
    content = " ".join([*words[:at], words[at][::-1], *words[at + 1 :]])
    own = next(d for d in collated(content, make_pages(ROWS)).differences if d.written)
    read, written = own.context(2)
    assert words[at] in read
    assert written.split()[:2] == words[at - 2 : at]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(1, 60)), max_size=3))
def test_sentences_within_are_those_that_meet_the_ranges(ranges):
    """The sentences are all that share a letter with a range, in order."""
    text = make_text(CONTENT[:700])
    spans = [(a, a + n) for a, n in ranges]
    wanted = [s for s in text.sentences if any(a < d and c < b for a, b in s.spans for c, d in spans)]
    assert sentences_within(text, spans) == wanted


def test_neighbours_in_a_line_are_one_box():
    """Words of a line that stand side by side have one box, others one each; each page is an area."""
    pages = make_pages(ROWS[:2])
    (one, other) = word_areas(pages, [WordAt(0, 0, 0), WordAt(0, 0, 1), WordAt(0, 0, 3), WordAt(1, 2, 0)])
    assert [len(area.boxes) for area in (one, other)] == [2, 1]
    assert (one.page, other.page) == (1, 2)
    assert one.boxes[0].left == pages[0].lines[0].words[0].box.left
    assert one.boxes[0].right == pages[0].lines[0].words[1].box.right
    assert word_areas(pages, []) == ()
