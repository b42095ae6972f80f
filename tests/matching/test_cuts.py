"""Cuts against every place there is, and against what an editor would say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

import align.matching.cuts as cuts
from align.matching.cuts import Claims, cut
from align.tuning.matching import MATCHING

WORDS = st.lists(st.text("абв", min_size=1, max_size=6), min_size=2, max_size=6).map(" ".join)


def cut_two(left: str, right: str, text: str, guess: int) -> tuple[str, str]:
    """What two neighbouring lines are given of a text, with a guess at where one ends and the other begins."""
    claims = Claims(
        np.array([0, 1]), np.array([0, guess]), np.array([guess, len(text)]), np.array([True, False]), np.zeros(2, bool)
    )
    starts, ends = cut([left, right], text, claims)
    return text[starts[0] : ends[0]], text[starts[1] : ends[1]]


def nearest_tail(part: str, text: str, end: int) -> int:
    """How far the part is from what ends there, wherever that begins."""
    return min(Levenshtein.distance(part, text[a:end]) for a in range(end + 1))


@given(WORDS, WORDS, WORDS, st.integers(-5, 5))
def test_no_shared_cut_is_cheaper(left: str, right: str, text: str, off: int) -> None:
    """Of all ways to part two lines, with white space or, dearly, with text between them, the cheapest is taken."""
    guess = min(max(1, len(text) // 2 + off), len(text) - 1)
    table = cuts._classes(text, left + right)
    page, source = (
        cuts._Page([left, right], np.array([True, False]), table, MATCHING.cut_part),
        cuts._Source(text, table, MATCHING),
    )
    ends, starts = cuts._shared(page, source, np.array([0]), np.array([guess + source.edge]), np.zeros(1, bool))
    end, start = int(ends[0]) - source.edge, int(starts[0]) - source.edge
    tail, head = left[-MATCHING.cut_part :], right[: MATCHING.cut_part]

    def white(at: int) -> bool:
        return not 0 <= at < len(text) or text[at] == " "

    def end_cost(at: int) -> float:
        return nearest_tail(tail, text, at) + (0 if white(at) else MATCHING.cut_broken_word)

    def head_cost(at: int) -> float:
        return nearest_tail(head[::-1], text[::-1], len(text) - at)

    def start_cost(at: int) -> float:
        return head_cost(at) + (0 if white(at - 1) else MATCHING.cut_broken_word)

    near = range(max(1, guess - MATCHING.cut_side), min(len(text), guess + MATCHING.cut_side) + 1)
    ways = {}
    for at in near:
        if not white(at - 1):
            opening = at + 1 if at + 1 < len(text) and white(at) else at
            if opening < len(text):
                ways[at, opening] = end_cost(at) + head_cost(opening)
    closest = min(ways.values(), default=99.0)
    slack = MATCHING.cut_away * 4 * MATCHING.cut_side
    if (end, start) in ways:
        assert ways[end, start] <= closest + slack
    elif start < len(text):
        left_out = MATCHING.cut_left_out + MATCHING.cut_left_out_each * (start - end - 2)
        assert end_cost(end) + start_cost(start) + left_out < closest + slack
        assert end_cost(end) <= min(end_cost(at) for at in near if not white(at - 1)) + slack


@pytest.mark.parametrize(
    ("left", "right", "text", "expected"),
    [
        ("говорил он.", "- Нет, сказала", "говорил он. — Нет, сказала", ("говорил он.", "— Нет, сказала")),
        ("говорил он. —", "Нет, сказала", "говорил он. — Нет, сказала", ("говорил он. —", "Нет, сказала")),
        ("был очень обра-", "дован этим", "был очень обрадован этим", ("был очень обра", "дован этим")),
        ("был очень обра", "дован этим", "был очень обрадован этим", ("был очень обра", "дован этим")),
        ("пришёл кто-", "то другой", "пришёл кто-то другой", ("пришёл кто-", "то другой")),
        ("сло\u00ad", "во и дело", "сло\u00adво и дело", ("сло", "во и дело")),
        ("one, two,", "three, four", "one, two,\r\n  three, four", ("one, two,", "three, four")),
        ("he said: 'Why", "not?' I asked", "he said: ‘Why not?’ I asked", ("he said: ‘Why", "not?’ I asked")),
        ("и в конце слова", "новая строка", "и в конце слова 134 новая строка", ("и в конце слова", "новая строка")),
        ("конец абзацу,", "начало другого", "конец абзаца\n\nначало другого", ("конец абзаца", "начало другого")),
    ],
)
@pytest.mark.parametrize("off", [-4, 0, 4])
def test_an_editor_would_cut_there(left: str, right: str, text: str, expected: tuple[str, str], off: int) -> None:
    """Neighbours part where their own characters say, punctuation included, however the guess is off."""
    assert cut_two(left, right, text, text.index(expected[1]) + off) == expected


def test_a_single_line_is_cut_from_the_text_around_it() -> None:
    """A line whose neighbours stand elsewhere begins and ends with its own words."""
    text = "раньше было иначе. Вот эта строка и есть та самая. Потом опять иначе"
    claims = Claims(np.array([0]), np.array([21]), np.array([46]), np.zeros(1, bool), np.zeros(1, bool))
    starts, ends = cut(["Вот эта cтрока н есть та самая."], text, claims)
    assert text[starts[0] : ends[0]] == "Вот эта строка и есть та самая."
