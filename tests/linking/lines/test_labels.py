"""Labels: printed numbers that their neighbours bear out, the editor's word, what markers claim."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_pages, prose, wrapped

from align.linking.lines.labels import Label, expected_labels, numbered_heads, page_labels, printed_labels

BODY = wrapped(" ".join(s for s in prose("en") if not any(c.isdigit() for c in s)), 40)


def numbered(tops: list[str | None], *, foot: bool = False) -> list[str | None]:
    """The printed labels of pages with these lines at their head (or foot) over four lines of prose."""
    rows = []
    for n, top in enumerate(tops):
        body = BODY[4 * n : 4 * n + 4]
        rows.append(body if top is None else [*body, top] if foot else [top, *body])
    return printed_labels(make_pages(rows))


@pytest.mark.parametrize("foot", [False, True])
@pytest.mark.parametrize(
    ("read", "labels"),
    [
        (["47", "48", "4g", "50"], ["47", "48", None, "50"]),
        (["47", "48", "94", "50"], ["47", "48", None, "50"]),
        ([None, "2", "3", None, "5"], [None, "2", "3", None, "5"]),
        (["iii", "iv", "v", "1", "2", "3"], ["iii", "iv", "v", "1", "2", "3"]),
        (["- 9 -", "- 10 -", "- l1 -"], ["9", "10", "11"]),
        (["51 THE BOAT", "THE RIVER 52", "53 THE BOAT"], ["51", "52", "53"]),
        (["7", "7", "7"], [None, None, None]),
        (["53", None, None], [None, None, None]),
        (["1934", "17", "3"], [None, None, None]),
        (["17", "18", "31", "32"], ["17", "18", "31", "32"]),
        (["12", "13", "1934", "14", "15"], ["12", "13", None, "14", "15"]),
    ],
)
def test_numbers_that_agree_are_labels(read, labels, foot):
    """A number counts where another within a few pages is off by as many pages; misread and lone ones do not."""
    assert numbered(read, foot=foot) == labels


def test_two_pages_of_a_spread_count_on():
    """Pages are counted as sides, so an opening's left and right numbers agree."""
    assert numbered(["12", "13", "14", "15"]) == ["12", "13", "14", "15"]


def test_a_number_beside_a_head_gives_way_to_a_longer_run():
    """Where two numbers stand at the edge, the one that more neighbours bear out is the page's."""
    rows = [[f"{30 + n} July", *BODY[4 * n : 4 * n + 4], str(53 + n)] for n in range(2)]
    rows += [["Sunday", *BODY[40 + 4 * n : 44 + 4 * n], str(55 + n)] for n in range(2)]
    assert printed_labels(make_pages(rows)) == ["53", "54", "55", "56"]


def test_numbers_of_a_list_are_no_labels_among_numbered_pages():
    """Items that two unnumbered pages begin with agree by chance, and are outvoted by the pages around them."""
    tops = ["41", "42", "1. Travel to Moscow", "44", "3. Wages of the staff", "46", "47"]
    assert numbered(tops) == ["41", "42", None, "44", None, "46", "47"]


@pytest.mark.parametrize(
    ("read", "labels"),
    [
        (["47", "48", "99", "50", "51"], ["47", "48", "49", "50", "51"]),
        (["57", "58", "57", "60", "61"], ["57", "58", "59", "60", "61"]),
        (["51", "52", "54", "53", "55", "56"], ["51", "52", None, None, "55", "56"]),
        (["51", "52", "57", "54", "55", "56", "53", "58"], ["51", "52", None, "54", "55", "56", None, "58"]),
    ],
)
def test_a_misread_digit_is_mended_and_a_moved_page_is_not(read, labels):
    """One digit off the run is put right, but not where the number is that of a page which stands elsewhere."""
    assert numbered(read) == labels


def test_dates_that_a_text_holds_are_no_labels():
    """An entry a page, each headed by its day: the days run on like page numbers, but a text claims these lines."""
    pages = make_pages([[f"{12 + n} июля", *BODY[4 * n : 4 * n + 4]] for n in range(4)])
    assert printed_labels(pages, [{0}] * 4) == [None] * 4


def test_the_editor_s_word_counts_first_then_print_then_markers():
    """Assigned labels go before printed ones, these before what markers claim; of claims the most frequent counts."""
    pages = make_pages([["53", "Утро"], ["54", "Дождь"], ["Ночь"], ["День"], ["Год"]])
    labels = page_labels(pages, [None, "54bis"], {0: ["9"], 1: ["9"], 2: ["55", "56", "56"]})
    assert labels == [Label("53", "printed"), Label("54bis", "assigned"), Label("56", "marker"), None, None]


def test_no_pages_have_no_labels():
    """An empty volume, pages without lines and more assigned labels than pages are borne."""
    assert page_labels([], ["1"], {}) == []
    assert page_labels(make_pages([[], []]), [], {}) == [None, None]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["ok", "misread", "missing"]), min_size=1, max_size=25), st.integers(1, 300))
def test_a_label_is_never_another_page_s(states, first):
    """Of numbers in order, some unread and some misread by a digit, none is given to a page that does not bear it."""
    read = []
    for n, state in enumerate(states):
        number = str(first + n)
        read.append({"ok": number, "misread": number + "7", "missing": None}[state])
    labels = numbered([None if r is None else f"- {r} -" for r in read])
    for n, (state, label) in enumerate(zip(states, labels, strict=True)):
        assert label in (None, str(first + n)) or state == "misread"
        near = [m for m, s in enumerate(states) if s == "ok" and 0 < abs(m - n) <= 8]
        if state == "ok" and near:
            assert label == str(first + n)


def test_a_number_alone_is_no_head():
    """A head has its page's number beside words; a number alone, however it is dressed, stays a page number."""
    tops = [f"Дневник посла {n}" if n != 12 else f"{n} -" for n in range(10, 15)]
    pages = make_pages([[top, *(f"строка {k} страницы" for k in range(5))] for top in tops])
    heads = numbered_heads(pages, [set() for _ in pages])
    assert heads == {(p, 0) for p in range(5) if p != 2}


@given(st.lists(st.none() | st.integers(1, 9).map(str), max_size=9), st.integers(1, 3))
def test_no_page_before_the_first_is_expected_to_bear_a_number(printed, shift):
    """Counting back from page 1, or from what markers claim, never gives zero or less: those pages have others."""
    labels = [None] * shift + printed
    everywhere = set(range(len(labels)))
    claims = {n: [str(n - shift + 1)] for n in range(shift, len(labels))}
    assert all(label is None or int(label) >= 1 for label in expected_labels(labels, claims, everywhere))


def test_a_number_between_dashes_beside_a_stamp_is_the_page_s():
    """What was read together with a stamp beside it keeps its number, if the pages around count so."""
    assert numbered(["- 46 -", "- 47 - ARCHIVE", "- 48 -"]) == ["46", "47", "48"]
