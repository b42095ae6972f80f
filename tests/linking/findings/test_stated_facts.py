from __future__ import annotations

import pytest
from support.linked_volumes import make_pages, make_text, prose

from align.linking import link_volume
from align.linking.findings.stated_facts import StatedFacts
from align.model import Finding

CODES = ("labels-listed", "pages-stated")


def told(stated: StatedFacts, *, pages: int = 3) -> list[Finding]:
    """The findings about what is stated of a volume whose first page holds the document d."""
    words = prose("ru")[:6]
    blank: list[list[str]] = [[] for _ in range(pages - 1)]
    result = link_volume("v", make_pages([words, *blank]), [make_text(" ".join(words))], stated=stated)
    return [finding for finding in result.findings if finding.code in CODES]


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (tuple(map(str, range(1, 50))), ["49 labels", "has 3 pages", "not used"]),
        (("1", "2"), ["2 labels", "has 3 pages", "no label"]),
        (("1",), ["one label"]),
    ],
)
def test_a_list_of_labels_of_another_length_is_told(labels: tuple[str, ...], said: list[str]):
    """Labels that are too many or too few are a warning with both numbers."""
    [finding] = told(StatedFacts(labels=labels))
    assert (finding.code, finding.severity) == ("labels-listed", "warning")
    assert all(part in finding.message for part in said)
    assert finding.wording("ru").message != finding.message


def test_a_label_that_is_listed_twice_is_told_with_its_pages():
    """Two pages with one label are a note that names the label."""
    [finding] = told(StatedFacts(labels=("5", "6", "5")))
    assert (finding.severity, finding.pages) == ("note", (1, 3))
    assert "“5”" in finding.message


def test_a_list_that_fits_is_not_told():
    """One label for each page, each its own, is no finding; nor are pages without one, nor no list."""
    assert told(StatedFacts(labels=("", "1", ""))) == []
    assert told(StatedFacts(labels=("iv", "v", "1"))) == []
    assert told(StatedFacts()) == []


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((1, 9), ["pages 1 to 9", "has 3 pages"]),
        ((2, 3), ["pages 2 to 3", "found on page 1"]),
        ((1, 1), []),
        ((1, 2), []),
    ],
)
def test_stated_pages_are_compared_with_those_where_the_document_is(pages: tuple[int, int], said: list[str]):
    """Pages beyond the volume, and a document that is found elsewhere, are a warning; pages that fit are not."""
    findings = told(StatedFacts(pages={"d": pages}))
    assert len(findings) == bool(said)
    assert all(part in finding.message for finding in findings for part in said)
