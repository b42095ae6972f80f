"""What the rows of a table of decisions say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.decisions.table import (
    WORDS,
    Said,
    Untaken,
    cells_of,
    choices,
    columns_of,
    decision_of,
    is_heading,
    said,
    same_text,
    word,
)
from align.decisions.values import LONGEST_TEXT
from align.model.decision import CHOICES, Event, Subject

HEAD = ("decision", "comment", "reading", "second reader", "key", "decided before")
KEY = "00000000000000aa"
EVENT = "0" * 31 + "1"


def only(*cells: str, head: tuple[str, ...] = HEAD) -> Said | Untaken:
    (found,) = said(head, [(2, cells)])
    return found


def test_every_decision_has_its_words():
    """Each choice of each kind has a word of its own, and is read from each of its words and from its own name."""
    for kind, decisions in CHOICES.items():
        assert tuple(WORDS[kind]) == decisions
        assert len(set(choices(kind))) == len(decisions)
        for decision, words in WORDS[kind].items():
            for text in (*words, decision, words[0].upper(), f"  {words[0]}. ", words[0].replace(" ", "\xa0")):
                assert decision_of(kind, text) == decision, (kind, text)


@pytest.mark.parametrize("text", ["yes", "false", "mendd", "=1+1", "to be mended / false alarm"])
def test_other_words_are_no_decision(text):
    """A word that is no decision is refused with the words to choose from."""
    found = only(text, "", "", "", KEY, "")
    assert isinstance(found, Untaken)
    assert "is no decision: use one of 'to be mended', 'leave as it is'" in found.why


def test_columns_are_found_by_their_headings():
    """Columns may stand in any order, with any others, in English or Russian; two of one name are refused."""
    assert columns_of(["rank", "КЛЮЧ", " Editor’s note", "Решение"]) == {"key": 1, "comment": 2, "decision": 3}
    assert is_heading(["ключ", "решение"])
    assert not is_heading(["key", "comment"])
    with pytest.raises(ValueError, match="two columns are named 'decision'"):
        columns_of(["decision", "key", "решение"])


def test_a_row():
    """A row says its decision, comment, reading and flag of the finding that its key names."""
    assert only("исправить", "см. с. 5", "1470", "да", KEY.upper(), EVENT) == Said(
        2, Subject("finding", KEY), "mend", "см. с. 5", "1470", True, None, EVENT, based=True
    )


def test_columns_that_are_missing_say_nothing():
    """What a table has no column for is None, and an empty cell is an empty text."""
    found = only("false alarm", KEY, head=("decision", "key"))
    assert (found.comment, found.reading, found.flag, found.based) == (None, None, None, False)
    assert only("false alarm", "", "", "", KEY).comment == ""


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("false alarm", "", "", "", ""), "its key is missing"),
        (("false alarm", "", "", "", "1.23457E+13"), "'1.23457e+13' is no key"),
        (("false alarm", "", "1470", "", KEY), "a reading belongs to the decision 'to be mended'"),
        (("false alarm", "", "", "perhaps", KEY), "does not say whether a second reader is asked for"),
        (("false alarm", "x" * (LONGEST_TEXT + 1), "", "", KEY), "its comment has more than 10,000 letters"),
    ],
)
def test_rows_that_cannot_be_taken(cells, why):
    """A row without a key, or that contradicts itself, is listed with the reason."""
    found = only(*cells)
    assert isinstance(found, Untaken)
    assert why in found.why


def test_texts_from_outside_are_told_in_one_line():
    """A reason holds no line end and no sign that turns the direction of what follows."""
    found = only("a\nb\u202ec\x1b[2J" + "d" * 500, "", "", "", KEY, "")
    assert not set(found.why) & set("\n\u202e\x1b")
    assert len(found.why) < 250


def test_two_rows_with_one_key():
    """Rows with one key that say different things are both refused; the same row twice is taken once."""
    row = ("false alarm", "", "", "", KEY, "")
    assert len(list(said(HEAD, [(2, row), (7, row)]))) == 1
    found = list(said(HEAD, [(2, row), (7, ("to be mended", *row[1:]))]))
    assert [own.why for own in found] == [
        "row 7 has the same key and says something else", "row 2 has the same key and says something else",
    ]  # fmt: skip


def test_rows_without_a_key_and_a_word_are_left_out():
    """Empty rows, and rows of remarks under the table, are passed over."""
    assert list(said(HEAD, [(2, ()), (3, ("", "", "", "", "", "total", "17"))])) == []


def test_values_of_other_kinds():
    """A decision about a page brings its value as JSON; what is no object is refused."""
    head = ("kind", "key", "decision", "value")
    found = only("page", KEY, "stated", '{"label": "53"}', head=head)
    assert (found.subject.kind, found.decision, found.value) == ("page", "stated", {"label": "53"})
    for text in ("[1]", "{", "[" * 10_000):
        assert "is no value" in only("page", KEY, "stated", text, head=head).why
    assert "is no kind of subject" in only("house", KEY, "stated", "", head=head).why


@given(st.sampled_from(CHOICES["finding"]), st.text(max_size=50), st.text(max_size=20), st.booleans())
def test_what_is_written_is_read(decision, comment, reading, flag):
    """A decision as it is written into its cells is read from them again."""
    value = {"reading": reading} if reading.strip() and decision == "mend" else None
    event = Event(EVENT, "t", "Anna", Subject("finding", KEY), decision, value, comment, flag)
    found = only(*cells_of(event), KEY, EVENT)
    assert (found.decision, found.flag) == (decision, flag)
    assert same_text(found.comment, comment)
    assert same_text(found.reading, value["reading"] if value else "")


@pytest.mark.parametrize("cell", ["a\nb", "a\r\nb ", "a\rb"])
def test_what_spreadsheets_change_is_no_change(cell):
    """Ends of lines, white space at the ends, an apostrophe before a formula, and a cut text count as the same."""
    assert same_text(cell, "a\nb")
    assert same_text("'=1+1", "=1+1")
    assert same_text("abc … (cut)", "abcdef")
    assert not same_text("a b", "a\nb")
    assert not same_text("abc … (cut)", "abd")


def test_words_are_written():
    """No decision is an empty cell."""
    assert word("finding", None) == ""
    assert cells_of(None) == ("", "", "", "")
