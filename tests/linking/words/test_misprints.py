"""Likely misprints: what speaks for the text's being wrong, and what for the engine's."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.linked_volumes import make_pages, make_text, paged, prose

from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import Collation, collations
from align.linking.words.misprint_score import MisprintEvidence, misprint_probability
from align.linking.words.misprints import Candidate, bare, candidates, is_number
from align.linking.words.volume_words import VolumeWords
from align.model import Page
from align.tuning.linking_parts.linking_words import WORDS, MisprintWeights

PROSE = [s for s in prose("ru") if len(s) >= 16 and re.fullmatch(r"[А-ЯЁ][^.!?«»\"“”—()\dѣіA-Za-z]*[^ъ]\.", s)]
CONTENT = " ".join(PROSE)
WORD = "совершенно"


def collated(content: str, pages: list[Page]) -> tuple[VolumeWords, Collation]:
    collation = collations(pages, PlacedTexts.of(pages, [make_text(content)]), ())[0]
    return VolumeWords.of(pages, collation.passages, collation.differences), collation


def found(content: str, pages: list[Page]) -> list[Candidate]:
    volume, collation = collated(content, pages)
    return candidates(volume, collation.differences)


def changed(read: str, *, confidence: float = 0.95) -> list[Page]:
    """Pages that show the text with its last word but one, a long one, read as this, with this confidence."""
    pages = make_pages(paged(f"{CONTENT} Это было {read} верно.", width=60, lines=8))
    *others, last = pages
    lines = [
        replace(line, words=tuple(replace(w, confidence=confidence) if w.text == read else w for w in line.words))
        for line in last.lines
    ]
    return [*others, replace(last, lines=tuple(lines))]


TEXT = f"{CONTENT} Это было {WORD} верно."


def test_words_that_agree_are_no_candidates():
    """Where the page reads as the text there is nothing to weigh."""
    assert found(TEXT, changed(WORD)) == []


def test_a_word_read_surely_as_another_is_likelier_wrong_than_one_read_badly():
    """The surer the reading, the likelier the misprint; of a page read badly nothing is told."""
    chances = []
    for confidence in (0.3, 0.7, 0.97):
        (one,) = found(TEXT, changed("совершенна", confidence=confidence))
        assert (one.read, one.written) == ("совершенна", WORD)
        chances.append(one.probability)
    assert chances == sorted(chances)
    assert chances[0] < 0.2


def test_a_letter_that_the_page_has_no_room_for_speaks_for_a_misprint():
    """A letter doubled in the text is told from one that the engine lost by the width of the word."""
    (misprint,) = found(TEXT.replace(WORD, "соввершенно"), changed(WORD))
    pages = changed("соввершенно")
    lost = [
        replace(
            page,
            lines=tuple(
                replace(line, words=tuple(replace(w, text=WORD) if w.text == "соввершенно" else w for w in line.words))
                for line in page.lines
            ),
        )
        for page in pages
    ]
    (misread,) = found(TEXT.replace(WORD, "соввершенно"), lost)
    assert misprint.evidence.width > 4
    assert misread.evidence.width < -4
    assert misprint.probability > 0.5 > misread.probability


def test_a_part_of_a_word_beside_a_misread_one_is_no_misprint():
    """Where the engine parted a word and read one part as something else the other part speaks for the text."""
    pages = make_pages(paged(f"{CONTENT} Это было ж ЩФФ 3 ершенно верно.", width=60, lines=8))
    own = [c for c in found(f"{CONTENT} Это было в монастыре, {WORD} верно.", pages) if c.read == "ершенно"]
    assert [(c.evidence.cut, c.probability < 0.5) for c in own] == [(1.0, True)]
    whole = make_pages(paged(f"{CONTENT} Это было точно шенно верно.", width=60, lines=8))
    (plain,) = found(f"{CONTENT} Это было точно {WORD} верно.", whole)
    assert not plain.evidence.cut


@pytest.mark.parametrize(
    ("read", "written", "alone", "number"),
    [
        ("1470", "1740", True, True),
        ("1470-х", "1740-х", False, True),
        ("камердинер.[7]", "камердинер.[2]", False, True),
        ("камердинер.[7]", "камергер.[2]", False, False),
        ("камердинер.[7]", "камердинер", False, False),
    ],
)
def test_numbers_are_told_by_their_digits(read, written, alone, number):
    """What has digits and no letters is a number, and so is one that its word alone has beside it on both sides."""
    pages = make_pages(paged(f"{CONTENT} Всего было {read} верно.", width=60, lines=8))
    (own,) = found(f"{CONTENT} Всего было {written} верно.", pages)
    assert (is_number(own.difference), own.number) == (alone, number)
    if number:
        assert own.probability > 0.5


def test_digits_that_change_places_are_no_misreading():
    """That letters are lost and gained elsewhere in the volume says nothing of two that change places."""
    lost = " ".join(f"Тут был номер {n}{n + 1}7 дома." for n in range(2, 8))
    pages = make_pages(paged(f"{CONTENT} {lost.replace('7 дома', ' дома')} Всего было 51 верно.", width=60, lines=8))
    content = f"{CONTENT} {lost} Всего было 15 верно."
    (own,) = [c for c in found(content, pages) if c.difference.read[0].text == "51"]
    assert own.evidence.seen == 0
    others = [c for c in found(content, pages) if c is not own and c.difference.read[0].text != "51"]
    assert any(c.evidence.seen > 0 for c in others)


def test_a_word_in_the_place_of_a_number_is_no_other_number():
    """Where no digit was read the number of the text was not read, and nothing is known of it."""
    pages = make_pages(paged(f"{CONTENT} Всего было ЖЩ верно.", width=60, lines=8))
    assert [c for c in found(f"{CONTENT} Всего было 20 верно.", pages) if c.number] == []


def test_letters_that_the_engine_does_not_know_are_no_misprint():
    """A Latin word in a Russian text, read as what looks like it in Cyrillic, is no candidate."""
    pages = make_pages(paged(f"{CONTENT} Это было уегу верно.", width=60, lines=8))
    assert found(f"{CONTENT} Это было sorry верно.", pages) == []


def test_each_piece_of_evidence_has_its_weight():
    """The weights are named as the evidence is, in the same order, after the constant."""
    assert ("constant", *(f.name for f in fields(MisprintEvidence))) == tuple(f.name for f in fields(MisprintWeights))


@given(st.builds(MisprintEvidence, *[st.floats(-8, 8) for _ in fields(MisprintEvidence)]), st.booleans())
def test_a_probability_is_one(evidence, number):
    """Whatever speaks for or against, the probability is between 0 and 1 and moves as the weights say."""
    weights = WORDS.number_misprints if number else WORDS.word_misprints
    probability = misprint_probability(evidence, weights)
    assert 0 <= probability <= 1
    for field in fields(MisprintEvidence):
        more = misprint_probability(replace(evidence, **{field.name: getattr(evidence, field.name) + 1}), weights)
        assert (more - probability) * getattr(weights, field.name) >= 0


@given(st.text(max_size=12))
def test_a_bare_word_has_no_points_around_it(text):
    """Points and quotes go from both ends, letters and digits from none; what has only points stays."""
    own = bare(text)
    assert own in text
    assert [c for c in own if c.isalnum()] == [c for c in text if c.isalnum()]
    if any(c.isalnum() for c in text):
        assert own[0].isalnum()
        assert own[-1].isalnum()
    else:
        assert own == text


def test_a_line_of_another_page_is_not_weighed():
    """A page that shows nothing of the text gives no candidates."""
    pages = [*changed(WORD), *make_pages([["Чужие слова, которых нет ни в одном тексте"]])]
    pages = [replace(page, order=n, id=f"v.p{n:04d}") for n, page in enumerate(pages, start=1)]
    assert found(TEXT, pages) == []


def test_a_word_that_was_read_with_a_sign_inside_is_no_misprint():
    """Where a quote or a sign of money stands inside what was read it was not the word alone that was read."""
    assert found(TEXT, changed("Это«совершенна")) == []
    assert found(TEXT, changed("соверш£нна")) == []
    assert len(found(TEXT, changed("совершенна"))) == 1
