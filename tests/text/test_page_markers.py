"""Page markers: all forms in which transcribers write them, and what only looks like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import UsageError
from align.model import Mark
from align.text.page_markers import find_markers

ALONE = {
    "Page 53": "53",
    "PAGE 53": "53",
    "page 53:": "53",
    "Page iv": "iv",
    "Page 53 of 200": "53",
    "P. 53": "53",
    "p. 12v": "12v",
    "pp. 53-54": "53-54",
    "f. 12r": "12r",
    "fol. 3": "3",
    "стр. 53": "53",
    "Стр.53": "53",
    "Страница 53": "53",
    "с. 53": "53",
    "С. 53": "53",
    "л. 12об": "12об",
    "Л. 12 об.": "12об",
    "лист 7": "7",
    "[p. 53]": "53",
    "[с. 53]": "53",
    "[c. 53]": "53",  # Latin c
    "[л. 12 об.]": "12об",
    "[Page 53]": "53",
    "(p. 53)": "53",
    "{p. 53}": "53",
    "[53]": "53",
    "[iv]": "iv",
    "|53|": "53",
    "||53||": "53",
    "-53-": "53",
    "- 53 -": "53",
    "— 53 —": "53",
    "=== Page 53 ===": "53",
    "--- стр. 53 ---": "53",
    "<<<page 1 scan_01.jpg>>>": "1",
    "--- 53 ---": "53",
    "–– 53 ––": "53",
    "// 53 //": "53",
    "‖ 53 ‖": "53",
    "p. [53]": "53",
    "Page [53]": "53",
    "p53": "53",
    "f12v": "12v",
    "S. 53": "53",
    "[Seite 53]": "53",
    "Bl. 12": "12",
    "[pb 53]": "53",
    '<pb n="53"/>': "53",
    "<pb facs='0053.jpg' n='53r' />": "53r",
}
NO_MARKER = [
    "Page 53 shows the treaty.",
    "53",
    "II",
    "See [53] there",
    "he (p. 53) said",
    "с 5 утра",
    "p 5",
    "- 53",
    "1934",
    "c. 1934",
    "[c. 1934]",
    "[1934 г.]",
    "[...]",
    "л. 5 дела 7",
    "лист бумаги",
    "Page",
    "page mill",
    "[mix]",
    "–",
    "* * *",
    "-- 53 –",
    "--- ---",
    "Image 53",
    "S. Bell",
    "page break",
    "See scan.jpg for it",
    "next page",
    "the mill{3} there",
    "<pbx n='5'>",
]


@pytest.mark.parametrize(("line", "label"), ALONE.items())
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_marker_alone_on_a_line(line: str, label: str, ends: str) -> None:
    """Each form gives its label and covers the whole line but its white space."""
    content = f"one{ends}  {line} {ends}two"
    (marker,) = find_markers(content)
    assert (marker.label, content[marker.start : marker.end]) == (label, line)


@pytest.mark.parametrize("line", NO_MARKER)
def test_what_only_looks_like_a_marker(line: str) -> None:
    """Running text, references, bare numbers and dates are no markers."""
    assert find_markers(f"one\n{line}\ntwo") == ()


@pytest.mark.parametrize(
    "inside",
    [
        "[p. 53]",
        "[с. 53]",
        "[стр. 53]",
        "[л. 53]",
        "|53|",
        "{p. 53}",
        "[Page 53]",
        "‖53‖",
        "//53//",
        "<pb n='53'/>",
        "[S. 53]",
    ],
)
def test_a_marker_inside_a_line(inside: str) -> None:
    """A bracketed marker in the middle of a sentence is found where it stands."""
    content = f"he {inside} said"
    assert [(m.label, m.start, m.end) for m in find_markers(content)] == [("53", 3, 3 + len(inside))]


@pytest.mark.parametrize(
    "line",
    ["[page break]", "--- new page ---", "[Seitenwechsel]", "<pb/>", "0053.jpg", "[image: d_0053.tif]", "[Scan 5]"],
)
def test_a_page_without_a_label(line: str) -> None:
    """A line that says only that a page begins, or names its scan, is a marker without a label."""
    content = f"one\n{line}\ntwo"
    assert [(m.label, content[m.start : m.end]) for m in find_markers(content)] == [(None, line)]


def test_form_feeds_say_next_page() -> None:
    """A form feed is a marker without label, but not beside a labelled one nor at the end of the file."""
    assert [(m.label, m.start) for m in find_markers("a\fb\f\n[p. 3]\nc\n\f\n")] == [(None, 1), ("3", 5)]


def test_marks_of_the_file_come_first() -> None:
    """A page break of the markup is a marker of no width, and typed markers are found beside it."""
    found = find_markers("ab [p. 2] c", [Mark("page", 1, 1, "1"), Mark("note", 0, 2)])
    assert [(m.label, m.start, m.end) for m in found] == [("1", 1, 1), ("2", 3, 9)]


def test_the_users_own_form() -> None:
    """A pattern of the user's finds its label in the first group, wins over other forms, and must have a group."""
    own = re.compile(r"^#(\d+)#$|@(\d+)", re.MULTILINE)
    assert [(m.label, m.start, m.end) for m in find_markers("a\n#5#\nb @6 c", page_marker=own)] == [
        ("5", 2, 5),
        (None, 8, 10),
    ]
    (wide,) = find_markers("x [p. 5] y", page_marker=re.compile(r"x \[p\. (\d)\]"))
    assert (wide.label, wide.start, wide.end) == ("5", 0, 8)
    with pytest.raises(UsageError, match="no group"):
        find_markers("a", page_marker=re.compile("page"))


@given(st.text(st.sampled_from("[]|{}p. 5стр53-\n\r\fPage iv"), max_size=60))
def test_markers_are_in_order_and_never_overlap(content: str) -> None:
    """Whatever the text, its markers are in range, in order, apart from each other, and hold no outer white space."""
    at = 0
    for marker in find_markers(content):
        assert at <= marker.start < marker.end <= len(content)
        covered = content[marker.start : marker.end]
        assert covered == "\f" if marker.label is None else covered == covered.strip()
        at = marker.end


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["[", "[p. ", "|1", "p. 5 ", "- 5", "<pb n=", "//1", "\f", "[p. 5]"])
def test_a_hostile_text_costs_no_more_than_a_long_one(piece: str) -> None:
    """A long text of broken markers is looked through once, and nothing in it is taken for one by mistake."""
    found = find_markers(piece * (200_000 // len(piece)))
    assert (len(found) > 1) == (piece in ("[p. 5]", "|1", "//1"))
