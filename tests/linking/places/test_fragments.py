"""Fragments: which words of a line show which sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from align.linking.places.fragments import fragments, letters_of, read_against
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
