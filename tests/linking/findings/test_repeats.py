"""Documents that stand on the pages twice."""

from __future__ import annotations

from support.linked_volumes import make_page, make_pages, make_text, paged, prose, wrapped

from align.linking import link_volume
from align.model import Finding, Page

PROSE = [s for s in prose("ru") if len(s) >= 16]
LETTER, OTHER = " ".join(PROSE[:12]), " ".join(PROSE[12:40])


def twice(pages: list[Page], *contents: str) -> list[Finding]:
    texts = [make_text(content, document=f"d{n}") for n, content in enumerate(contents)]
    return [f for f in link_volume("v", pages, texts).findings if f.code == "document-found-twice"]


def copied_out() -> list[list[str]]:
    """The letter on a page of its own, another text, and, under the end of that, the letter in other lines."""
    *pages, last = paged(OTHER, width=60, lines=16)
    return [wrapped(LETTER, 60), *pages, [*last, *wrapped(LETTER, 44)]]


def test_a_letter_copied_out_again_is_told_once():
    """A letter on two pages, lines broken otherwise, is one warning that names both places and marks the second."""
    rows = copied_out()
    (finding,) = twice(make_pages(rows), LETTER, OTHER)
    assert (finding.severity, finding.document) == ("warning", "d0")
    assert "0001.jpg" in finding.message
    assert f"{len(rows):04d}.jpg" in finding.message
    assert finding.pages == (len(rows),)
    assert finding.areas


def test_what_no_text_claims_there_is_told_no_second_time():
    """The lines of the second copy are not reported as lines in no text."""
    rows = copied_out()
    texts = [make_text(LETTER, document="d0"), make_text(OTHER, document="d1")]
    found = link_volume("v", make_pages(rows), texts).findings
    assert [f.code for f in found if f.severity != "note"] == ["document-found-twice"]


def test_a_page_scanned_twice_is_no_second_copy():
    """Two scans of one page are told as that, not as a document in two places."""
    rows = [*paged(LETTER, width=60), *paged(OTHER, width=60, lines=10)]
    pages = make_pages([rows[0], *rows])
    assert twice(pages, LETTER, OTHER) == []


def test_a_sentence_quoted_elsewhere_is_no_second_copy():
    """A few lines of a letter that another text quotes do not make it stand there."""
    quoting = " ".join([*PROSE[12:20], *PROSE[3:5], *PROSE[20:40]])
    pages = make_pages([*paged(LETTER, width=60), *paged(quoting, width=60, lines=10)])
    assert twice(pages, LETTER, quoting) == []


def test_no_pages_repeat_nothing():
    """A volume without readable pages has nothing twice."""
    assert twice([make_page([], status="blank")], LETTER) == []
