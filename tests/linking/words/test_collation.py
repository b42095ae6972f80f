"""Texts beside their pages: what is shown, what is untouched, and how much of each sentence disagrees."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import cut_text, make_pages, make_text, paged, prose

from align.linking.places.fragments import letters_of
from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import Collation, collations, disagreements, sentences_within
from align.model import Page

PROSE = [s for s in prose("ru") if len(s) >= 16][:40]
ROWS = paged(" ".join(PROSE), width=60, lines=8)
FOREIGN = "Ничего подобного на странице никогда не стояло, и никто этого не писал."


def collated(content: str, pages: list[Page]) -> Collation:
    return collations(pages, PlacedTexts.of(pages, [make_text(content)]), ())[0]


@settings(deadline=None, max_examples=15)
@given(st.integers(0, len(PROSE)), st.integers(0, len(PROSE) - 1))
def test_each_letter_of_the_text_is_shown_untouched_or_in_a_difference(at, gone):
    """Whatever is put in and left out, no letter of the text is lost between the three."""
    content = " ".join([*PROSE[:at], FOREIGN, *PROSE[at:]]).replace(PROSE[gone], "")
    own = collated(content, make_pages(ROWS))
    seen = {n for a, b in own.untouched for n in range(a, b)}
    for passage in own.passages:
        seen.update(n for word in passage.written for n in range(word.start, word.end))
    letters = {n for n, c in enumerate(own.running_text.content) if c.isalnum()}
    assert letters <= seen
    different = {(w.start, w.end) for d in own.differences for w in d.written}
    for passage in own.passages:
        for word in passage.written:
            assert own.is_shown(word) or (word.start, word.end) in different


def test_a_part_of_a_range_is_led_back_to_its_text():
    """Each text's part of a range of the running text holds the same letters, in order."""
    pages = make_pages(ROWS)
    texts = [make_text(" ".join(PROSE[:20]), document="one"), make_text(" ".join(PROSE[20:]), document="two")]
    own = collations(pages, PlacedTexts.of(pages, texts), ())[0]
    parts = own.within(0, len(own.running_text.content))
    assert [text.document for text, _ in parts] == ["one", "two"]
    assert [text.content[a:b] for text, (a, b) in parts] == [text.content for text in texts]


def test_a_sentence_that_no_page_shows_disagrees_in_all_its_letters():
    """Of a foreign sentence all letters are wrong, of one with a word misread that word's, of the others none."""
    content = " ".join([*PROSE[:20], FOREIGN, *PROSE[20:]])
    text = make_text(content)
    pages = make_pages(ROWS)
    wrong = disagreements(collations(pages, PlacedTexts.of(pages, [text]), ()))
    by_content = {s.content: wrong.get(s.id, 0.0) for s in text.sentences}
    assert by_content[FOREIGN] >= 0.9 * letters_of(FOREIGN)
    assert sum(by_content.values()) == by_content[FOREIGN]


def test_a_volume_whose_pages_show_nothing_has_no_passages():
    """Pages without lines leave the whole text untouched; a volume without texts has nothing to collate."""
    own = collated("Совсем другие слова стоят здесь.", make_pages([[], []]))
    assert (own.passages, own.differences) == ((), ())
    assert [own.running_text.content[a:b] for a, b in own.untouched] == [own.running_text.content]
    assert all(not c.passages for c in collations([], PlacedTexts.of([], []), ()))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), min_size=1, max_size=8),
    st.integers(0, 90),
    st.integers(1, 20),
)
def test_the_sentences_of_a_range_are_those_that_meet_it(ranges, start, length):
    """However long sentences are, and whatever stands inside them, those that meet a range are found, in order."""
    content = "а" * 120
    text = cut_text(content, [("body", [(a, a + n)]) for a, n in sorted(ranges)])
    met = [s for s in text.sentences if any(a < start + length and start < b for a, b in s.spans)]
    assert sentences_within(text, [(start, start + length)]) == met
