"""Roles of lines: page numbers, heads, catchwords and scraps, from where they stand."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_line, make_page, make_pages, prose, wrapped

from align.linking.lines.line_roles import edge_lines, line_roles, page_number
from align.model import Page

BODY = wrapped(" ".join(prose("en")), 40)


def body(number: int, lines: int = 6) -> list[str]:
    """So many lines of prose, others for each number."""
    return BODY[number * lines : number * lines + lines]


def roles_of(pages: list[Page], claimed: list[set[int]] | None = None) -> list[list[str]]:
    return [list(own) for own in line_roles(pages, claimed or [set() for _ in pages])]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("53", "53"), ("- 53 -", "53"), ("— 7 —", "7"), ("[12]", "12"), ("053", "53"), ("000", "0"), ("XIV.", "xiv"),
        ("iv", "iv"),
        ("- 5З -", "53"), ("l2", "12"), ("S4", "54"), ("1934", "1934"), ("*53", "53"), ("53.", "53"), ("_ 8 _", "8"),
        ("стр. 5", "5"), ("Page 2", "2"), ("p. 12", "12"), ("[с. 7]", "7"), ("— стр. 3 —", "3"), ("-2~", "2"),
        ("~2-", "2"), ("-2-", "2"), ("- 2 -", "2"), ("[2]", "2"), ("2.", "2"),
        ("pages 2", None), ("с 5", None), ("Page", None), ("page 2 of", None),
        ("53 54", None), ("12345", None), ("", None), (" ", None), ("—", None), ("mixed", None),
        ("5 мая", None),
        ("Он", None), ("З", None), ("ХIV", None),
    ],
)  # fmt: skip
def test_a_number_alone_on_a_line_is_a_page_number(text, number):
    """Digits or numerals between ornaments are a number, look-alikes of digits too where a digit stands by them."""
    assert page_number(text) == number


@settings(deadline=None)
@given(st.text(max_size=12))
def test_page_number_bears_any_text(text):
    """Whatever was read gives digits, small roman numerals or nothing."""
    found = page_number(text)
    assert found is None or found.isdigit() or set(found) <= set("ivxlcdm")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_edges_are_those_that_the_reader_sees(rotation):
    """The two lines at the reader's top and the two at the bottom are edges, whichever way the page lies."""
    page = make_page(body(0, 9), rotation=rotation)
    assert edge_lines(page) == [0, 1, 7, 8]
    turned_round = Page(1, page.id, page.key, page.scan, page.frame, "ok", page.lines[::-1], "en")
    assert edge_lines(turned_round) == [0, 1, 7, 8]


def test_a_scrap_does_not_hide_a_page_number():
    """Specks above a page number, and below the last line, leave the number at the edge."""
    page = make_page([".", "'", "~", "-2-", *body(0, 5), "'", ".", "-"])
    assert roles_of([page])[0][3] == "page-number"


def test_pages_without_lines_or_frame_have_no_edges():
    """A blank page and one that could not be opened have no edge lines and no roles."""
    pages = [make_page([], status="blank"), make_page([], order=2, status="failed")]
    assert [edge_lines(page) for page in pages] == [[], []]
    assert roles_of(pages) == [[], []]


def test_page_numbers_stand_at_the_edge():
    """A number at the head or foot is a page number, one in the middle of the page is text."""
    page = make_page(["53", *body(0, 3), "1934", *body(1, 3), "- 54 -"])
    assert roles_of([page]) == [["page-number", *["body"] * 3, "body", *["body"] * 3, "page-number"]]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_head_that_recurs_is_a_running_head(rotation):
    """What three pages bear at their head, misread here and there, is a running head; their first lines are not."""
    heads = ["THE RIVER BOAT 12", "THE RIVEP BOAT 13", "THE RIVER B0AT 14"]
    pages = [make_page([head, *body(n)], order=n + 1, rotation=rotation) for n, head in enumerate(heads)]
    assert roles_of(pages) == [["running-head", *["body"] * 6]] * 3


def test_a_short_head_must_recur_twice_more():
    """Four to seven letters on two pages are chance, on three a head."""
    pages = make_pages([["Boats", *body(n)] for n in range(3)])
    assert roles_of(pages[:2])[0][0] == "body"
    assert [own[0] for own in roles_of(pages)] == ["running-head"] * 3


def test_heads_of_many_chapters_are_found_however_misread():
    """A volume of sixty chapters of four pages, each head misread in its own way, has its heads found."""
    random = Random(3)
    pages = []
    for chapter, title in enumerate(t for t in prose("en") if 16 <= len(t) <= 30):
        for _ in range(4):
            at = random.randrange(len(title))
            head = title[:at] + random.choice("xzqj") + title[at + 1 :]
            rows = [" ".join(random.sample(" ".join(BODY).split(), 7)) for _ in range(5)]
            pages.append([head, *rows])
        if chapter == 59:
            break
    assert len(pages) == 240
    found = [own[0] for own in roles_of(make_pages(pages))]
    assert found.count("running-head") >= 0.97 * len(pages)


def test_a_line_that_a_text_claims_is_body():
    """Neither numbers nor heads nor catchwords count where a text holds the line."""
    pages = make_pages([["THE RIVER BOAT", *body(n), "53"] for n in range(3)])
    assert roles_of(pages, [set(range(8)) for _ in pages]) == [["body"] * 8] * 3


CATCHWORDS = [
    ("should", "should not be long in coming", True),
    ("should not", "should not be long in coming", True),
    ("be long in", "be long in coming", True),
    ("shoald", "should not be long", True),
    ("long", "lung was bad", False),
    ("прогу-", "прогулка была длинной", True),
    ("Слово", "слово за слово", True),
    ("should not be long", "should not be long in coming", False),
    ("nothing", "should not be long", False),
    ("a", "a man came", False),
    ("—", "— Нет", False),
]


@pytest.mark.parametrize(("last", "first", "is_one"), CATCHWORDS)
@pytest.mark.parametrize("rotation", [0, 180])
def test_words_that_begin_the_next_page_are_a_catchword(last, first, is_one, rotation):
    """One to three words at the foot whose letters begin the next page are a catchword, and nothing else is."""
    pages = [
        make_page([*body(0), last], rotation=rotation),
        make_page([first, *body(1)], order=2, rotation=rotation),
    ]
    assert (roles_of(pages)[0][-1] == "catchword") == is_one


def test_a_catchword_is_found_above_a_number_and_below_a_head():
    """A page number under the catchword and a head and a number above its repetition change nothing."""
    pages = make_pages([[*body(0), "should not", "53"], ["54", "THE RIVER BOAT", "should not be", *body(1)]])
    assert roles_of(pages)[0][-2:] == ["catchword", "page-number"]


def test_a_catchword_stands_at_the_foot():
    """The same words at the head of the page are none, and on the last page there is none."""
    pages = make_pages([["ever so", *body(0)], ["ever so long", *body(1), "ever so"]])
    assert roles_of(pages)[0][0] == "body"
    assert roles_of(pages)[1][-1] == "body"


def test_scraps_say_nothing():
    """A line of one letter or none, or one read without any confidence, is no running text."""
    page = make_page([*body(0, 3), "|", ". , -", make_line("xq wvz kkj", 100, 500, confidence=0.2), *body(1, 3)])
    assert roles_of([page])[0][3:6] == ["other"] * 3
    assert roles_of([page])[0].count("body") == 6


def test_a_head_on_every_page_of_a_long_volume_is_known_from_three_of_them(monkeypatch):
    """How many pages are looked at for one head does not grow with the volume."""
    looked_at = []

    def first_distinct(values, most):
        def counted():
            for value in values:
                looked_at.append(value)
                yield value

        return first(counted(), most)

    module = import_module("align.linking.lines.line_roles")
    first = module._first_distinct
    monkeypatch.setattr(module, "_first_distinct", first_distinct)
    pages = make_pages([["The Boy Apprenticed", *body(n % 20)] for n in range(150)])
    assert {roles[0] for roles in roles_of(pages, [set(range(1, 7))] * 150)} == {"running-head"}
    assert len(looked_at) == 3 * 150
