"""Second looks at words in doubt: which words are asked about, and whether they show the text or the engine wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from support.linked_volumes import make_pages, make_text, paged, prose

from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import collations
from align.linking.words.misprints import Candidate, candidates
from align.linking.words.second_looks import Doubt, looked_at, nearer_to_first, no_second_look, places_of
from align.linking.words.volume_words import VolumeWords
from align.model import Page
from align.tuning.linking import LINKING

PROSE = [s for s in prose("ru") if len(s) >= 16 and re.fullmatch(r"[А-ЯЁ][^.!?«»\"“”—()\dѣіA-Za-z]*[^ъ]\.", s)][:40]


def volume(read: str, written: str, *, confidence: float = 0.9) -> tuple[list[Page], list[Candidate]]:
    """Pages that read these words at the end of a text that has the others, and the candidates for misprints there."""
    pages = make_pages(paged(" ".join([*PROSE, read]), width=60, lines=8))
    pages = [
        replace(
            page,
            lines=tuple(
                replace(line, words=tuple(replace(w, confidence=confidence) for w in line.words)) for line in page.lines
            ),
        )
        for page in pages
    ]
    text = make_text(" ".join([*PROSE, written]))
    collation = collations(pages, PlacedTexts.of(pages, [text]), ())[0]
    words = VolumeWords.of(pages, collation.passages, collation.differences)
    return pages, candidates(words, collation.differences)


@dataclass
class Eyes:
    """Gives these answers to each doubt, and notes what it was asked."""

    answers: Sequence[str]
    asked: list[Doubt] = field(default_factory=list)

    def look(self, _pages: Sequence[Page], doubts: Sequence[Doubt]) -> Mapping[Doubt, Sequence[str]]:
        self.asked += doubts
        return dict.fromkeys(doubts, self.answers)


READ, WRITTEN = "Приехал Багрецов вечером.", "Приехал Багрицов вечером."


def test_what_is_read_alike_again_is_a_misprint_and_what_is_not_is_none():
    """The same word has a high probability if each look agrees with the first, and a low one if each has the text's."""
    pages, (first,) = volume(READ, WRITTEN)
    (alike,) = looked_at(pages, [first], Eyes(["Багрецов"] * 3).look)
    (unlike,) = looked_at(pages, [first], Eyes(["Багрицов"] * 3).look)
    (torn,) = looked_at(pages, [first], Eyes(["Багрецов", "Багрицов", "Батрицов"]).look)
    assert unlike.probability < torn.probability < alike.probability
    assert unlike.probability < 0.5 <= alike.probability
    assert [one.looked for one in (first, alike, unlike)] == [False, True, True]


def test_a_word_that_all_looks_read_alike_was_read_surely():
    """How unsure the first look was counts little then, unless the same letters are misread elsewhere."""
    pages, (first,) = volume(READ, WRITTEN, confidence=0.4)
    beside = replace(first, evidence=replace(first.evidence, beside=1.0))
    seen = replace(beside, evidence=replace(beside.evidence, seen=0.7))
    alike, torn = Eyes(["Багрецов"] * 3), Eyes(["Багрецов", "Багрецов", "Батрецов"])
    (sure,), (unsure,), (misread,) = (
        looked_at(pages, [replace(one, probability=0.1)], eyes.look)
        for one, eyes in ((beside, alike), (beside, torn), (seen, alike))
    )
    assert sure.evidence.confidence > unsure.evidence.confidence == misread.evidence.confidence
    assert (sure.evidence.unsure, sure.evidence.beside) == (0.0, 0.0)
    assert (
        (unsure.evidence.unsure, unsure.evidence.beside) == (misread.evidence.unsure, misread.evidence.beside) == (1, 1)
    )
    assert sure.probability >= 0.5 > misread.probability


def test_a_number_is_asked_about_sooner_than_a_word():
    """A number that is hardly a misprint is looked at again where a word would not be."""
    pages, (number,) = volume("Приехал 1934 лошадей.", "Приехал 1984 лошадей.")
    _, (word,) = volume(READ, WRITTEN)
    least = LINKING.words.doubted_number
    assert number.number
    assert least < LINKING.words.doubted_probability
    eyes = Eyes(["1934"])
    looked_at(pages, [replace(number, probability=least)], eyes.look)
    assert eyes.asked == [places_of(number)]
    eyes = Eyes(["Багрецов"])
    looked_at(pages, [replace(word, probability=least)], eyes.look)
    assert eyes.asked == []


def test_without_answers_nothing_changes():
    """Where no second look is possible, or it reads nothing, candidates stay as they were."""
    pages, found = volume(READ, WRITTEN)
    assert looked_at(pages, found, no_second_look) == found
    assert looked_at(pages, found, Eyes([]).look) == found


def test_a_difference_that_is_hardly_a_misprint_is_not_asked_about():
    """A word whose probability is too low costs no look."""
    pages, (first,) = volume(READ, WRITTEN)
    eyes = Eyes(["Багрецов"])
    unlikely = replace(first, probability=LINKING.words.doubted_probability / 2)
    assert looked_at(pages, [unlikely], eyes.look) == [unlikely]
    assert eyes.asked == []


def test_a_word_of_which_a_part_was_lost_is_not_asked_about():
    """Where the engine lost the beginning of a word, a look at the rest of it would only repeat that."""
    pages, (first,) = volume("Он был нигде совершенно.", "Он был нигде несовершенно.")
    eyes = Eyes(["совершенно"])
    assert looked_at(pages, [replace(first, probability=0.4)], eyes.look)[0].probability == 0.4
    assert eyes.asked == []


def test_of_a_bad_page_only_the_likeliest_are_asked_about():
    """A page has no more looks than the tuning allows; the likeliest candidates have them."""
    names = ["Багрецов", "Карпухин", "Самойлов", "Терентьев"]
    read = " ".join(f"Приехал {name} вечером." for name in names)
    pages, found = volume(read, read.replace("Багрецов", "Багрицов").replace("Карпухин", "Картухин"))
    assert len(found) == 2
    likely = [replace(found[0], probability=0.3), replace(found[1], probability=0.4)]
    eyes = Eyes(["Карпухин"])
    tuning = replace(LINKING, words=replace(LINKING.words, most_doubts=1))
    looked = looked_at(pages, likely, eyes.look, tuning)
    assert eyes.asked == [places_of(found[1])]
    assert [candidate.looked for candidate in looked] == [False, True]


@pytest.mark.parametrize(
    ("answers", "nearer"),
    [(["кот,", "кот"], 1.0), (["рот", "Рот!"], -1.0), (["кот", "рот"], 0.0), (["бот"], 0.0)],
)
def test_answers_are_compared_by_their_letters(answers, nearer):
    """Signs and capitals make no difference; what is neither of the two words speaks for neither."""
    assert nearer_to_first("кот", "рот", answers) == nearer
