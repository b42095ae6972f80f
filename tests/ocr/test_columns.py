"""Two columns in reading order, whatever order an engine reads them in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.model import Box, Line, Polygon, Word
from align.ocr import in_columns

LETTER, HEIGHT, PITCH = 12, 24, 40
LEFT, RIGHT, WIDE = 100, 700, 520


def typed(text: str, left: int, top: int) -> Line:
    """A line of words as an engine gives it."""
    words, x = [], left
    for word in text.split():
        box = Box(x, top, x + LETTER * len(word), top + HEIGHT)
        words.append(Word(word, box, Polygon(box.corners), 0.9))
        x += LETTER * (len(word) + 1)
    return Line(tuple(words), Polygon(Box.union(w.box for w in words).corners))


def filled(number: int, left: int, top: int, *, width: int = WIDE) -> Line:
    """A full line whose first word tells its place, its words of several lengths."""
    text, n = f"w{number}", number
    while LETTER * (len(text) + 2) < width - 9 * LETTER:
        n += 1
        text += " " + "abcdefgh"[: 3 + (n * 7 + number) % 6]
    room = width // LETTER - len(text) - 1
    return typed(f"{text} {'z' * max(2, room)}", left, top)


def columns(rows: int = 20, *, top: int = 200) -> tuple[list[Line], list[Line]]:
    left = [filled(n, LEFT, top + PITCH * n) for n in range(rows)]
    return left, [filled(100 + n, RIGHT, top + PITCH * n) for n in range(rows)]


def joined(one: Line, other: Line) -> Line:
    """The two lines of a row as one, as an engine reads across."""
    words = one.words + other.words
    return Line(words, Polygon(Box.union(w.box for w in words).corners))


def texts(lines) -> list[str]:
    return [line.words[0].text for line in lines]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(across=st.sets(st.integers(0, 19)), shuffled=st.randoms(use_true_random=False))
def test_any_order_of_two_columns_is_put_right(across: set[int], shuffled) -> None:
    """Whatever rows were read across, and in whatever order lines came, the left column is read before the right."""
    left, right = columns()
    rows = [[joined(a, b)] if n in across else [a, b] for n, (a, b) in enumerate(zip(left, right, strict=True))]
    lines = [line for row in rows for line in row]
    shuffled.shuffle(lines)
    found = in_columns(tuple(lines))
    assert [line.words for line in found] == [line.words for line in left + right]


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(across=st.sets(st.integers(0, 19)))
def test_put_right_once_is_put_right_for_good(across: set[int]) -> None:
    """Lines in reading order come back as they are, and no word is lost on the way."""
    left, right = columns()
    lines = tuple(
        line
        for n, (a, b) in enumerate(zip(left, right, strict=True))
        for line in ([joined(a, b)] if n in across else [a, b])
    )
    found = in_columns(lines)
    assert in_columns(found) == found
    assert sorted(w.text for x in found for w in x.words) == sorted(w.text for x in lines for w in x.words)


def test_a_heading_across_parts_what_is_above_and_below() -> None:
    """A heading over both columns in the middle of the page is read after what stands above it in either column."""
    (a, b), (c, d) = columns(10), columns(10, top=700)
    heading = replace(typed("A heading that runs over both of the columns", 380, 640), region=7)
    found = in_columns(tuple([*a, *b, heading, *c, *d][::-1]))
    assert [line.words for line in found] == [line.words for line in [*a, *b, heading, *c, *d]]
    assert [found[n].region for n in (0, 10, 20, 21, 31)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("head", ["4 Chapter the First", "aaaaaaa bbbbb ccc ddd eeee", "aaaaaaaaaaaaaaaa bbb"])
@pytest.mark.parametrize("left", [530, 560, 590, 610])
def test_a_running_head_is_one_line(head: str, left: int) -> None:
    """A head over the gutter stays whole, wherever its words end; a page's number in its rows makes no difference."""
    a, b = columns()
    lines = [typed("12", LEFT, 100), typed(head, left, 100)]
    found = in_columns((*lines, *a, *b))
    assert [w.text for w in found[0].words + found[1].words] == ["12", *head.split()]
    assert [line.words for line in found[2:]] == [line.words for line in [*a, *b]]


def test_a_line_with_dirt_over_the_gutter_parts_no_columns() -> None:
    """A line that runs over the gutter beside a full line of the other column is no heading between two sections."""
    left, right = columns()
    dirty = joined(left[9], typed("- ,", 640, left[9].words[0].box.top))
    stain = typed("ooooooooo", 600, 200 + PITCH * 9)
    across = Line(dirty.words + stain.words, Polygon(Box.union(w.box for w in dirty.words + stain.words).corners))
    found = in_columns((*left[:9], across, *right[:10], *left[10:], *right[10:]))
    firsts = [t for t in texts(found) if t.startswith("w")]
    assert firsts == texts(left) + texts(right)


def test_strokes_in_the_gutter_are_no_words() -> None:
    """Two columns are told apart also where dirt between them was read as dashes and strokes in every row."""
    left, right = columns()
    rows = []
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        words = a.words + typed("—_|"[n % 3], 650, a.words[0].box.top).words + b.words
        rows.append(Line(words, Polygon(Box.union(w.box for w in words).corners)))
    firsts = [t for t in texts(in_columns(tuple(rows))) if t.startswith("w")]
    assert firsts == texts(left) + texts(right)


def one_column() -> list[Line]:
    return [filled(n, LEFT, 200 + PITCH * n, width=1100) for n in range(30)]


def table() -> list[Line]:
    return [joined(filled(n, LEFT, 200 + PITCH * n), typed(str(n), RIGHT, 200 + PITCH * n)) for n in range(30)]


def list_of_names() -> list[Line]:
    return [typed("Ivanov" if n % 3 else "Petrov I. M.", (LEFT, RIGHT)[n % 2], 200 + PITCH * n) for n in range(40)]


@pytest.mark.parametrize("lines", [one_column(), table(), list_of_names(), columns(5)[0] + columns(5)[1], []])
def test_what_is_no_two_columns_stays(lines: list[Line]) -> None:
    """One column, a table with numbers at the right, scattered names and a few lines keep the engine's order."""
    assert in_columns(tuple(lines)) == tuple(lines)
