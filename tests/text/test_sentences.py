"""Sentences: the cases of sentences_ru.txt and sentences_en.txt, laws, second opinions, and linear work.

The cases were written before the splitter (as the history shows) and a random half of each language marked held.
Measured on the held cases at the first run, before any rule was touched for them: Russian 44 of 46, English 49 of 49
(the target, 35 of 37, is 43.5 of 46 and 46.4 of 49). The two misses were "кв. 12" at the end, and "им" in the wrong
table; both have been put right since. On the same held cases razdel has 37 of 46, sentencex 38 of 49 (on all cases
76 of 92 and 73 of 98), by this policy, which is not theirs.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import razdel
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from align.text.sentences import split_sentences

SHARED = Path(__file__).parents[3] / "shared"
HELD_SHARE = 35 / 37
# Signs of the case files that cannot stand in a text we care for.
SIGNS = {"␍": "\r", "⏎": "\n", "␣": "\u00a0", "¬": "\u00ad"}

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Case:
    language: str
    name: str
    held: bool
    text: str
    spans: tuple[tuple[int, int], ...]

    def marked(self, spans: Spans) -> list[str]:
        return [self.text[start:end] for start, end in spans]


def read_cases(language: str) -> list[Case]:
    cases = []
    for block in (Path(__file__).parent / f"sentences_{language}.txt").read_text("utf-8").split("\n\n"):
        head, *lines = block.strip().split("\n")
        named = re.fullmatch(r"# (.*) \[(build|held)\]", head)
        if named is None:
            continue
        text, spans = "", []
        for line in lines:
            sentence = line.removesuffix("∅")
            for sign, meant in SIGNS.items():
                sentence = sentence.replace(sign, meant)
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence + ("" if line.endswith("∅") else " ")
        cases.append(Case(language, named[1], named[2] == "held", text.rstrip(" "), tuple(spans)))
    return cases


CASES = [*read_cases("ru"), *read_cases("en")]


def by_razdel(text: str) -> Spans:
    return [(found.start, found.stop) for found in razdel.sentenize(text)]


def by_sentencex(text: str) -> Spans:
    spans, at = [], 0
    for piece in sentencex.segment("en", text):
        if sentence := piece.strip():
            start = text.index(sentence, at)
            at = start + len(sentence)
            spans.append((start, at))
    return spans


SECOND_OPINIONS: dict[str, Callable[[str], Spans]] = {"ru": by_razdel, "en": by_sentencex}


@pytest.mark.parametrize("case", [c for c in CASES if not c.held], ids=lambda c: f"{c.language}: {c.name}")
def test_build_case(case: Case) -> None:
    """A case is split as its file says."""
    assert case.marked(split_sentences(case.text, case.language)) == case.marked(list(case.spans))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_held_cases(language: str) -> None:
    """Of the cases held apart at least 35 in 37 are split as their file says."""
    held = [c for c in CASES if c.held and c.language == language]
    wrong = [c.marked(found) for c in held if (found := split_sentences(c.text, language)) != list(c.spans)]
    assert len(held) >= 38
    assert 1 - len(wrong) / len(held) >= HELD_SHARE, wrong


@pytest.mark.parametrize("language", ["ru", "en"])
def test_not_below_the_second_opinion(language: str) -> None:
    """On all cases we are right at least as often as the ready splitter of the language."""
    cases = [c for c in CASES if c.language == language]
    other = SECOND_OPINIONS[language]
    ours = sum(split_sentences(c.text, language) == list(c.spans) for c in cases)
    theirs = sum(other(c.text) == list(c.spans) for c in cases)
    assert len(cases) >= 75
    assert ours >= theirs


@pytest.mark.parametrize("tag", ["de", "fr", "uk", "und", "x-private", "", "ru-petr1708", "en-x-garnett", "EN", "RU"])
def test_every_language_tag(tag: str) -> None:
    """Any language tag is taken; what both languages share is split in all of them."""
    text = "И. М. Карпов пришёл. Mr. Hale came at 5 p.m. They met."
    expected = ["И. М. Карпов пришёл.", "Mr. Hale came at 5 p.m.", "They met."]
    assert [text[start:end] for start, end in split_sentences(text, tag)] == expected


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.language}: {c.name}")
def test_line_breaks_are_spaces(case: Case) -> None:
    """A paragraph broken into lines at every space has the same sentences."""
    assert split_sentences(case.text.replace(" ", "\n"), case.language) == split_sentences(case.text, case.language)


def test_tables_of_other_languages() -> None:
    """Every case stays as it is when the language is not told, so that a wrong tag does little harm."""
    changed = [c.name for c in CASES if split_sentences(c.text, "und") != split_sentences(c.text, c.language)]
    assert len(changed) <= len(CASES) // 20, changed


# Pieces rather than letters, so that what hypothesis makes looks like prose gone wrong.
WORDS = """. ! ? … ... ?! , ; : — - -- « » „ “ ” ‘ ’ ' " ( ) [ ] < > [...] (!) * ¹ [3] 1) 1. а) 5 1934 XI. IV № § Он
    ушёл он Петров И. М. г. в. руб. т. е. д. см. He I it Hale said asked Mr. p.m. U.S. No. Dec. etc. Ъ ъ ´ 漢 א ǅ ß"""
UNSEEN = "\u0301 \u00ad \u200b"
SPACES = [" ", " ", " ", " ", "\n", "\r\n", "\t", "\u00a0", "\x0c", "\x1f", "\u2028"]
PIECES = st.sampled_from([*WORDS.split(), *UNSEEN.split(" "), *SPACES])
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
LANGUAGES = st.sampled_from(["ru", "en", "fr"])


@given(TEXTS, LANGUAGES)
def test_spans_cover_the_text(text: str, language: str) -> None:
    """Spans are in order, not empty, without outer white space, and leave out nothing but white space."""
    at = 0
    for start, end in split_sentences(text, language):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(TEXTS, LANGUAGES, st.sampled_from(["", " ", "\n\t", "\u00a0 "]))
def test_outer_space_changes_nothing(text: str, language: str, space: str) -> None:
    """White space around a paragraph moves its sentences and does not change them."""
    shifted = [(start - len(space), end - len(space)) for start, end in split_sentences(space + text + space, language)]
    assert shifted == split_sentences(text, language)


@given(st.lists(PIECES.filter(lambda piece: not set(piece) & set('()[]<>"')), max_size=40).map("".join), LANGUAGES)
def test_a_sentence_knows_nothing_of_the_past(text: str, language: str) -> None:
    """Without brackets and typewriter quotes, which pair over sentences, what went before does not move later ends."""
    spans = split_sentences(text, language)
    for number, (start, _) in enumerate(spans):
        alone = [(a + start, b + start) for a, b in split_sentences(text[start:], language)]
        assert alone == spans[number:]


@given(TEXTS, LANGUAGES)
def test_nothing_ends_before_a_small_letter(text: str, language: str) -> None:
    """Only the first sentence, a list letter, or what stands behind an elision or number sign begins in lower case."""
    for start, end in split_sentences(text, language)[1:]:
        first = next((sign for sign in text[start:end] if sign.isalnum()), "A")
        elided = re.match(r"\W*[\[(<]\s?[.…]", text[start:end])
        listed = re.search(r"^\W*[a-zа-я]\)|^\W*[§№]", text[start:end])
        assert not first.islower() or elided or listed


def calls_needed(text: str, language: str) -> int:
    """Return how many functions, ours and built-in, were called to split the text."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        split_sentences(text, language)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        ". ",
        "A. ",
        "A.",
        "(. ",
        '". ',
        "! « … ",
        "![",
        "! [...] (",
        "[...] ",
        "1. ",
        "A (b. ",
        "! — ",
        '"Go!" I ',
        "A! (",
        "… …я",
    ],
)
def test_work_grows_with_the_text(piece: str) -> None:
    """Twice the text takes about twice the calls, whatever is repeated."""
    once, twice = calls_needed(piece * 400, "en"), calls_needed(piece * 800, "en")
    assert twice <= 2.2 * once + 100


def shared_paragraphs(language: str) -> list[str]:
    texts = sorted((SHARED / "parallel").glob(f"*.{language}.txt"))
    texts += sorted((SHARED / "real").glob(f"*/transcripts/*.{language}.txt"))
    rng = random.Random(1934)
    paragraphs = []
    for path in texts:
        found = [p.strip() for p in path.read_text("utf-8").split("\n\n") if p.strip()]
        paragraphs += rng.sample(found, min(30, len(found)))
    return paragraphs


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data does not stand beside the project")
@pytest.mark.parametrize(
    ("language", "differing", "missing"),
    # Measured: razdel 2 % and 0.5 %; sentencex 28 % and 2 %, as it keeps quoted speech whole.
    [("ru", 0.05, 0.02), ("en", 0.40, 0.05)],
)
def test_real_text_beside_the_second_opinion(language: str, differing: float, missing: float) -> None:
    """On real paragraphs we and the ready splitter differ within the recorded share; few of its ends we miss."""
    either = differ = missed = 0
    for paragraph in shared_paragraphs(language):
        ours = {end for _, end in split_sentences(paragraph, language)}
        theirs = {end for _, end in SECOND_OPINIONS[language](paragraph)}
        either += len(ours | theirs)
        differ += len(ours ^ theirs)
        missed += len(theirs - ours)
    assert either > 500
    assert differ <= differing * either
    assert missed <= missing * either
