"""Fragments: which words of a line show which sentence, and where on the scan."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, radians, sin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.linked_volumes import LETTER, make_line, turned

from align.linking.places.fragments import Fragment, fragments, letters_of, outline, read_against
from align.model import Box
from align.text.fold import fold

WORDS = st.lists(st.text("абвгдеёжийоСТН abeotx0138.,—-’«»…", min_size=1, max_size=7), min_size=1, max_size=9).map(
    lambda words: [w for w in ("".join(w.split()) for w in words) if w]
)


def split_at(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    """Spans of the text between these cuts, without outer white space, none empty."""
    edges = sorted({0, len(text), *cuts})
    spans = []
    for a, b in pairwise(edges):
        part = text[a:b]
        start = a + len(part) - len(part.lstrip())
        if part.strip():
            spans.append((start, start + len(part.strip())))
    return spans


def shown(words: list[str], text: str, spans: list[tuple[int, int]]) -> list[str | None]:
    """For each span the words of its fragment."""
    return [f and " ".join(words[f.first : f.last + 1]) for f in fragments(read_against(words, text), spans)]


def words_of(line: str, *sentences: str) -> list[str | None]:
    """What of a line each of these sentences, one after another, is shown by."""
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return shown(line.split(), text, spans)


@pytest.mark.parametrize(
    ("line", "sentences", "expected"),
    [
        ("came late. He sat", ["came late.", "He sat"], ["came late.", "He sat"]),
        ("дождь. Багрецов молчит", ["дождь.", "Багрецов молчит"], ["дождь.", "Багрецов молчит"]),
        ("CCCP. Оттуда пишут", ["СССР.", "Оттуда пишут"], ["CCCP.", "Оттуда пишут"]),
        ("слѣдъ его простылъ. Онъ", ["след его простыл.", "Он"], ["слѣдъ его простылъ.", "Онъ"]),
        ("он ушёл. — Нет, не", ["он ушел.", "— Нет, не"], ["он ушёл.", "— Нет, не"]),
        ("он ушёл. * * * Нет", ["он ушел.", "* * *", "Нет"], ["он ушёл. * * *", None, "Нет"]),
        ("гуляли. Новая прогу-", ["гуляли.", "Новая прогу-"], ["гуляли.", "Новая прогу-"]),
        ("лка кончена. Утро", ["лка кончена.", "Утро"], ["лка кончена.", "Утро"]),
        ("| он ушёл ~ . Нет :", ["он ушёл.", "Нет"], ["он ушёл", "Нет :"]),
        ("дождь.Багрецов молчит", ["дождь.", "Багрецов молчит"], ["дождь.Багрецов", "дождь.Багрецов молчит"]),
        ("д о ж д ь. Багрецов", ["дождь.", "Багрецов"], ["д о ж д ь.", "Багрецов"]),
        ("ﬁrst ofﬁcer. He", ["first officer.", "He"], ["ﬁrst ofﬁcer.", "He"]),
        ("— . *", ["Утро.", "Нет"], [None, None]),
        ("он ушёл.", ["он ушёл.", "…"], ["он ушёл.", None]),
    ],
)
def test_each_sentence_gets_its_words(line, sentences, expected):
    """A sentence is given the words of the line that hold its letters, misreadings and old spelling forgiven."""
    assert words_of(line, *sentences) == expected


def test_a_misread_letter_at_the_border_shares_no_word():
    """One letter that alignment throws over the border does not make a word belong to two sentences."""
    first, second = fragments(read_against(["он", "уныл.", "Еще", "пишут"], "он ушел. Бще пишут"), [(0, 8), (9, 18)])
    assert (first.first, first.last, first.cut_right) == (0, 1, 1.0)
    assert (second.first, second.last, second.cut_left) == (2, 3, 0.0)


def test_a_shared_word_is_cut_in_proportion():
    """Where the engine dropped the space, the word is cut by the letters of each sentence."""
    first, second = fragments(read_against(["абвгде"], "аб. вгде"), [(0, 3), (4, 8)])
    assert first.cut_right == second.cut_left == pytest.approx(2 / 6)


@settings(deadline=None)
@given(WORDS, st.lists(st.integers(0, 60), max_size=3))
def test_a_line_read_rightly_gives_each_sentence_its_own_letters(words, cuts):
    """Of a line read without fault each sentence is given the words that hold its letters, and points beside them."""
    text = " ".join(words)
    spans = split_at(text, [c for c in cuts if c < len(text)])
    starts = [sum(len(w) + 1 for w in words[:n]) for n in range(len(words))]
    for (a, b), fragment in zip(spans, fragments(read_against(words, text), spans), strict=True):
        if fragment is None:
            continue
        own = [n for n, word in enumerate(words) if max(a, starts[n]) < min(b, starts[n] + len(word))]
        points = {n for n, word in enumerate(words) if not any(c.isalnum() for c in word)}
        assert set(range(fragment.first, fragment.last + 1)) <= set(range(own[0], own[-1] + 1)) | points


@settings(deadline=None, max_examples=200)
@example(["0", "."], ["0", "0"], [1])
@given(WORDS, WORDS, st.lists(st.integers(0, 60), max_size=4))
def test_neighbours_meet_in_one_cut(read, typed, cuts):
    """Fragments follow each other; two that share a word end and begin at one cut of it, whatever was read."""
    text = " ".join(typed)
    spans = split_at(text, [c for c in cuts if c < len(text)])
    found = [f for f in fragments(read_against(read, text), spans) if f is not None]
    for one, other in pairwise(found):
        assert one.last <= other.first
        if one.last == other.first:
            assert one.cut_right == other.cut_left
    for fragment in found:
        assert fragment.first <= fragment.last < len(read)
        assert 0 <= fragment.cut_left <= 1
        assert 0 <= fragment.cut_right <= 1
        if fragment.first == fragment.last:
            assert fragment.cut_left <= fragment.cut_right
        assert 0 <= fragment.same <= fragment.letters
        assert 0 <= fragment.similarity <= 1


@settings(deadline=None)
@given(WORDS, WORDS)
def test_every_letter_of_the_text_has_a_word(read, typed):
    """The letters of the text, in order, have words in order; alike are those that a longest alignment keeps."""
    text = " ".join(typed)
    reading = read_against(read, text)
    if not any(reading.read):
        assert reading.letters == ()
        return
    target = fold(text).letters()
    assert [letter.offset for letter in reading.letters] == list(target.offsets)
    assert [(x.word, x.place) for x in reading.letters] == sorted((x.word, x.place) for x in reading.letters)
    assert all(0 < letter.place < 1 and reading.read[letter.word] for letter in reading.letters)
    assert list(reading.read) == [letters_of(word) for word in read]


def test_nothing_read_or_nothing_typed_gives_no_fragment():
    """No words, words without letters, no text and text without letters are borne."""
    assert fragments(read_against([], "Утро"), [(0, 4)]) == [None]
    assert fragments(read_against(["—"], "Утро"), [(0, 4)]) == [None]
    assert fragments(read_against(["Утро"], ""), []) == []
    assert fragments(read_against(["Утро"], "..."), [(0, 3)]) == [None]


ANGLES = [0, 1, -3, 12, 90, 180, 181.5, 177, 270]


@pytest.mark.parametrize("angle", ANGLES)
def test_an_outline_follows_the_slope(angle):
    """The polygon of a fragment is the turned rectangle of its words, from the reader's top left on."""
    turn = turned(angle, (1000, 1000))
    line = make_line("came late. He sat down there", turn=turn)
    _, polygon = outline(line, Fragment(2, 4, 0.0, 1.0, 9, 9, 9))
    left, right = 100 + 11 * LETTER[0], 100 + 22 * LETTER[0]
    expected = [turn(p) for p in ((left, 100), (right, 100), (right, 140), (left, 140))]
    assert polygon.points == pytest.approx([pytest.approx(p, abs=0.01) for p in expected])


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_a_word_is_cut_along_its_slope(angle, share):
    """A cut takes its share of the word in reading direction, on upright, skewed and upside-down pages."""
    turn = turned(angle, (1000, 1000))
    line = make_line("came late.He sat down", turn=turn)
    for cut, (a, b) in {(0.0, share): (0, share), (share, 1.0): (share, 1)}.items():
        _, polygon = outline(line, Fragment(1, 1, cut[0], cut[1], 4, 4, 4))
        left, width = 100 + 5 * LETTER[0], 7 * LETTER[0]
        expected = [
            turn(p)
            for p in (
                (left + a * width, 100),
                (left + b * width, 100),
                (left + b * width, 140),
                (left + a * width, 140),
            )
        ]
        assert polygon.points == pytest.approx([pytest.approx(p, abs=0.01) for p in expected])


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=6),
    st.floats(-20, 380),
    st.data(),
)
def test_an_outline_stays_within_its_words(lengths, angle, data):
    """The box lies within the boxes of the fragment's words, and the polygon around all that was not cut away."""
    line = make_line(" ".join("х" * n for n in lengths), turn=turned(angle, (1000, 1000)))
    first = data.draw(st.integers(0, len(lengths) - 1))
    last = data.draw(st.integers(first, len(lengths) - 1))
    low, high = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    cuts = (low, high) if first == last else (high, low)
    box, polygon = outline(line, Fragment(first, last, *cuts, 1, 1, 1))
    words = Box.union(w.box for w in line.words[first : last + 1])
    assert Box.union([box, words]) == words
    tl, tr, _, bl = polygon.points
    ux, uy = cos(radians(angle)), sin(radians(angle))
    width, height = hypot(tr[0] - tl[0], tr[1] - tl[1]), hypot(bl[0] - tl[0], bl[1] - tl[1])
    assert height == pytest.approx(LETTER[1], abs=0.01)
    letters = sum(lengths[first : last + 1]) + last - first
    away = cuts[0] * lengths[first] + (1 - cuts[1]) * lengths[last]
    assert width == pytest.approx((letters - away) * LETTER[0], abs=0.01)
    if width > 1:
        assert ((tr[0] - tl[0]) / width, (tr[1] - tl[1]) / width) == pytest.approx((ux, uy), abs=1e-3)


def test_a_sentence_that_starts_in_mid_line_leaves_the_words_before_it():
    """Nothing left of a fragment's first word is in its box or its polygon."""
    line = make_line("came late. He sat")
    _, second = fragments(read_against([w.text for w in line.words], "came late. He sat"), [(0, 10), (11, 17)])
    box, polygon = outline(line, second)
    assert box.left == line.words[2].box.left
    assert min(x for x, _ in polygon.points) == line.words[2].box.left
