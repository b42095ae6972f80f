from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.plain_structure import plainly

from align.model import Mark, RawText
from align.text.fold import fold, folded_letters, folded_text
from align.text.sentences import split_sentences
from align.text.source import structure
from align.text.stops import FullStops, Next

INITIALS = [
    "A",
    "B",
    "I",
    "V",
    "X",
    "p",
    "m",
    "А",
    "Б",
    "я",
    "Я",
    "ж",
    "г",
    "в",
    "т",
    "е",
    "д",
    "и",
    "и др",
    "Он",
    "12",
]
SIGNS = [
    ". ",
    ". ",
    ". ",
    ".",
    " ",
    "! ",
    "... ",
    "? ",
    "» ",
    '" ',
    " (",
    ") ",
    "[...] ",
    "[1]",
    " — ",
    "\u00ad",
    "\u0301",
]
OTHER = [
    "Mr",
    "др",
    "пр",
    "им",
    "1934",
    "&",
    "\n",
    "\n\n",
    "\f",
    "Page 1\n",
    "стр. 5\n",
    "[p. 3]",
    "|4|",
    "* x\n",
    "слово*",
]
MORE = ["-\n", "  ", "\t", "\ufeff", "¹ ", "İ", "ъ", "1) ", "\r\n", "\x85", "Петров", "home", "ﬁ", "ѿ", "‐"]
texts = st.lists(st.sampled_from(INITIALS + SIGNS) | st.sampled_from(OTHER + MORE), max_size=40).map("".join)
languages = st.sampled_from(["ru", "en", "de"])


def raw(content: str, language: str, marks: tuple[Mark, ...] = ()) -> RawText:
    return RawText("transcripts/v/d.txt", "v", "d", language, content, "utf-8", marks)


@given(texts, languages)
def test_a_text_is_the_same_in_the_quick_way_and_the_plain_one(content: str, language: str):
    """What is skipped because it cannot matter does not matter."""
    quick = structure(raw(content, language)), split_sentences(content, language)
    with plainly():
        assert (structure(raw(content, language)), split_sentences(content, language)) == quick


@given(st.lists(st.sampled_from(INITIALS), max_size=12), languages)
def test_rows_of_initials_are_the_same_in_the_plain_way(letters: list[str], language: str):
    """A row of initials is passed over only where no rule finds an end in it."""
    content = ". ".join(letters) + ". Он пришёл."
    quick = split_sentences(content, language)
    with plainly():
        assert split_sentences(content, language) == quick


@given(texts, st.data())
def test_stated_blocks_are_the_same_in_the_plain_way(content: str, data: st.DataObject):
    """Page breaks without width and stated notes divide a text as when every marker is looked at."""
    places = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=6)))
    ranges = zip(places[::2], places[1::2], strict=False)
    marks = tuple(Mark("page", at, at, "1") for at in places) + tuple(Mark("note", a, b) for a, b in ranges)
    quick = structure(raw(content, "ru", marks))
    with plainly():
        assert structure(raw(content, "ru", marks)) == quick


@given(texts | st.text())
def test_folding_without_the_way_back_gives_the_same_text(content: str):
    """The sooner foldings are those of `fold`."""
    assert folded_text(content) == fold(content).text
    assert folded_letters(content) == fold(content).letters().text


def test_a_row_of_initials_is_not_judged_stop_by_stop(monkeypatch: pytest.MonkeyPatch):
    """Of a long row of initials the rules are asked about the first and the last alone."""
    judged: list[int] = []
    ends = FullStops.ends

    def counted(self: FullStops, start: int, stop: int, follows: Next) -> bool:
        judged.append(stop)
        return ends(self, start, stop, follows)

    monkeypatch.setattr(FullStops, "ends", counted)
    assert len(split_sentences("A. F. " * 500 + "Petrov", "en")) == 1
    assert len(judged) < 10
