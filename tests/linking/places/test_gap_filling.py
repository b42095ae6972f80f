"""Settling: lines that matching left over go into the gaps around them, and foreign ones nowhere."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz
from support.linked_volumes import make_page, make_text, placed, prose, wrapped

from align.linking.places.gap_filling import by_chance, with_filled_gaps
from align.linking.places.placing import PlacedLine
from align.linking.places.running_text import RunningText, running_text_of
from align.model import Page
from align.text.fold import fold

TEXT = (
    "Четвертый день идет дождь, и полисмен на углу стоит в нем по колено. Багрецов молчит и пишет отчет. "
    "Вечером был у Петрова, говорили о шпалах, пораженных жучком. Утром туман, ехали от фонаря к фонарю."
)


def laid_out(text: str, width: int = 40, *, language: str = "ru") -> tuple[list[str], RunningText, list[PlacedLine]]:
    """The text in lines, its running text, and where each line stands there."""
    lines = wrapped(text, width)
    running_text = running_text_of([make_text(text, language=language)])
    places, at = [], 0
    for n, line in enumerate(lines):
        start = running_text.content.index(line, at)
        at = start + len(line)
        places.append(placed(0, n, start, at))
    return lines, running_text, places


def given_away(
    running_text: RunningText, before: list[PlacedLine], after: list[PlacedLine]
) -> dict[tuple[int, int], str]:
    """The words that each newly placed line was given."""
    old = {(p.page, p.line) for p in before}
    return {(p.page, p.line): running_text.content[p.start : p.end] for p in after if (p.page, p.line) not in old}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_line_that_was_not_placed_gets_the_words_between_its_neighbours(rotation):
    """A line read badly, standing where its words should, is given them, whichever way the page lies."""
    lines, running_text, places = laid_out(TEXT)
    misread = lines[2].translate(str.maketrans("ои", "эц"))
    page = make_page([*lines[:2], misread, *lines[3:]], rotation=rotation)
    rest = [p for p in places if p.line != 2]
    assert given_away(running_text, rest, with_filled_gaps([page], running_text, rest)) == {(0, 2): lines[2]}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_between_is_as_the_reader_sees_it(rotation):
    """Far from its neighbours on the page the same badly read line is given nothing."""
    lines, running_text, places = laid_out(TEXT)
    misread = lines[2].translate(str.maketrans("ои", "эц"))
    page = make_page([*lines[:2], *lines[3:], *[""] * 20, misread], rotation=rotation)
    rest = [placed(0, n, p.start, p.end) for n, p in enumerate(p for p in places if p.line != 2)]
    assert with_filled_gaps([page], running_text, rest) == rest


def test_a_line_displaced_in_reading_order_is_found():
    """A line that the engine put at the end of the page, well read, is given its words."""
    lines, running_text, places = laid_out(TEXT)
    page = make_page([*lines[:2], *lines[3:], *[""] * 5, lines[2]])
    rest = [placed(0, n, p.start, p.end) for n, p in enumerate(p for p in places if p.line != 2)]
    last = len(page.lines) - 1
    assert given_away(running_text, rest, with_filled_gaps([page], running_text, rest)) == {(0, last): lines[2]}


def test_a_line_broken_in_two_is_found_in_both_parts():
    """Two halves of a line, one beside the other, are each given their words."""
    lines, running_text, places = laid_out(TEXT)
    words = lines[2].split()
    left, right = " ".join(words[:2]), " ".join(words[2:])
    page = make_page([*lines[:2], left, right, *lines[3:]])
    rest = [placed(0, p.line + (p.line > 2), p.start, p.end) for p in places if p.line != 2]
    found = given_away(running_text, rest, with_filled_gaps([page], running_text, rest))
    assert found == {(0, 2): left, (0, 3): right}


def test_noise_beside_the_words_hides_nothing():
    """A line of one word with specks read beside it is given the word."""
    content = "What was to be done wherein passage through Parliament was slow?"
    running_text = running_text_of([make_text(content, language="en")])
    page = make_page(["What was to be done wherein", "ie passage .", "through Parliament was slow?"], language="en")
    at = content.index("passage")
    rest = [placed(0, 0, 0, at - 1), placed(0, 2, at + 8, len(content))]
    assert given_away(running_text, rest, with_filled_gaps([page], running_text, rest)) == {(0, 1): "passage"}


def test_a_line_of_another_page_is_left_alone():
    """The same words on a page that holds neither neighbour of the gap are not given."""
    lines, running_text, places = laid_out(TEXT)
    pages = [make_page([*lines[:2], *lines[3:]]), make_page([lines[2]], order=2)]
    rest = [placed(0, n, p.start, p.end) for n, p in enumerate(p for p in places if p.line != 2)]
    assert with_filled_gaps(pages, running_text, rest) == rest


def test_lines_that_another_running_text_took_are_left_alone():
    """A line of `without` is given nothing."""
    lines, running_text, places = laid_out(TEXT)
    page = make_page(lines)
    rest = [p for p in places if p.line != 2]
    assert with_filled_gaps([page], running_text, rest, without={(0, 2)}) == rest


def test_nothing_placed_settles_nothing():
    """Without a placed line no line has neighbours."""
    lines, running_text, _ = laid_out(TEXT)
    assert with_filled_gaps([make_page(lines)], running_text, []) == []
    assert with_filled_gaps([], running_text, []) == []


RUSSIAN, ENGLISH = prose("ru"), prose("en")


@pytest.mark.parametrize("sentences", [RUSSIAN, ENGLISH], ids=["ru", "en"])
def test_chance_is_what_unrelated_prose_reaches(sentences):
    """Letters of unrelated sentences are as alike as `by_chance` says in at most two cases of a hundred."""
    half = len(sentences) // 2
    one, other = (fold(" ".join(part)).letters().text for part in (sentences[:half], sentences[half:]))
    random = Random(1)
    for letters, among in [(5, 20), (6, 60), (8, 40), (10, 60), (15, 60), (20, 300), (40, 60), (40, 1000)]:
        reached = 0
        for _ in range(300):
            i, j = random.randrange(len(one) - letters), random.randrange(len(other) - among)
            likeness = fuzz.partial_ratio(one[i : i + letters], other[j : j + among])
            reached += likeness >= by_chance(letters, among)
        assert reached <= 6, (letters, among)


@pytest.mark.parametrize("sentences", [RUSSIAN, ENGLISH], ids=["ru", "en"])
def test_foreign_lines_are_given_nothing(sentences):
    """Of unrelated sentences that stand in the right place beside gaps of all lengths one in fifty is placed."""
    half = len(sentences) // 2
    language = "ru" if sentences is RUSSIAN else "en"
    lines, running_text, places = laid_out(" ".join(sentences[:half]), 50, language=language)
    foreign = wrapped(" ".join(sentences[half:]), 50)
    random = Random(2)
    tried = claimed = 0
    for _ in range(150):
        at = random.randrange(3, len(lines) - 8)
        rest = [p for p in places if at - 3 <= p.line < at + 4]
        # A few words at the end of the line before, or whole lines, are missing; a foreign line stands there.
        lost = random.choice([0, 1, 2, 3])
        if lost:
            del rest[3 : 3 + lost - 1]
            words = running_text.content[rest[2].start : rest[2].end].split()
            end = rest[2].start + len(" ".join(words[: -random.randrange(1, 3)]))
            rest[2] = placed(0, rest[2].line, rest[2].start, max(end, rest[2].start + 1))
        kept = [p.line for p in rest]
        stranger = random.choice(foreign)
        stranger = " ".join(stranger.split()[: random.randrange(1, 9)])
        shown = [lines[n] for n in kept[:3]] + [stranger] + [lines[n] for n in kept[3:]]
        rest = [placed(0, n + (n >= 3), p.start, p.end) for n, p in enumerate(rest)]
        # Nothing but the stretch between the first and the last line is in play.
        window = RunningText(running_text.content[: rest[-1].end], running_text.pieces, running_text.starts)
        tried += 1
        claimed += any(p.line == 3 for p in with_filled_gaps([make_page(shown)], window, rest))
    assert claimed <= tried / 50, claimed


@settings(deadline=None)
@given(st.data())
def test_only_free_words_go_to_free_lines(data):
    """Whatever is on the pages: what was placed stays, no words are given twice, no line twice, all within the text."""
    sentences = RUSSIAN[:12]
    lines, running_text, places = laid_out(" ".join(sentences), 30)
    shown = data.draw(st.permutations(lines))
    split = data.draw(st.integers(0, len(shown)))
    pages = [make_page(shown[:split]), make_page(shown[split:], order=2)]
    pages = [Page(p.order, p.id, p.key, p.scan, p.frame, "ok", p.lines, "ru") for p in pages]
    where = {line: (n >= split, n - split * (n >= split)) for n, line in enumerate(shown)}
    kept = data.draw(st.sets(st.sampled_from(range(len(lines)))))
    before = sorted(
        (
            placed(int(where[lines[p.line]][0]), where[lines[p.line]][1], p.start, p.end)
            for p in places
            if p.line in kept
        ),
        key=lambda p: (p.page, p.line),
    )
    after = with_filled_gaps(pages, running_text, before)
    assert [p for p in after if p in before] == before
    assert after == sorted(after, key=lambda p: (p.page, p.line))
    assert len({(p.page, p.line) for p in after}) == len(after)
    for one, other in pairwise(sorted(after, key=lambda p: p.start)):
        assert one.end <= other.start
    assert all(0 <= p.start < p.end <= len(running_text.content) and 0 <= p.similarity <= 1 for p in after)
    assert {p.page for p in after} == {p.page for p in before}
