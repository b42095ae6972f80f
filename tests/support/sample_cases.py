"""What the tests of the planted cases have in common: the cases, and the rows that they are about."""

from __future__ import annotations

import pytest

from align.model import Box
from support.sample_truth import CASES, PAGES, PRINTED, Agreement, Place, Results, Row, marks


def each(*kinds: str) -> pytest.MarkDecorator:
    """One test for each planted case of these kinds."""
    chosen = [case for case in CASES if case["kind"] in kinds]
    return pytest.mark.parametrize("planted", chosen, ids=lambda planted: planted["id"])


def order_of(label: str) -> int:
    """The order of the page that bears this number."""
    return next(page["order"] for page in PAGES if page["label"] == label)


def only(rows: list[Row]) -> Row:
    """The one row; the test fails where there are more, or none."""
    assert len(rows) == 1, [row.get("content", row.get("message", row.get("text"))) for row in rows]
    return rows[0]


def link_of(results: Results, planted: Row, language: str) -> Row:
    """The one link of the sentence that a case quotes."""
    return only(results.over(planted["document"], language, planted[language]["span"]))


def pages_of(link: Row) -> list[int]:
    return [area["page"] for area in link["areas"]]


def lines_of(link: Row) -> list[str]:
    return [line for area in link["areas"] for line in area["lines"]]


def counterparts(results: Results, link: Row) -> list[Row]:
    return [row for row in results.links if row["sentence"] in link["counterparts"]]


def marks_lines_of(planted: Row, link: Row) -> bool:
    """Whether boxes of the link mark every line of the scans that the case names."""
    claims = [(area["page"], Box.from_xywh(box)) for area in link["areas"] for box in area["boxes"]]
    wanted = [PRINTED[scan, number] for scan, number in planted["scan"]["lines"]]
    return all(
        any(order == page and marks(box, Place(page, line, 1)) for order, box in claims) for page, line in wanted
    )


def english(results: Results, groups: list[Row]) -> Agreement:
    """How the English links agree with these groups, by letters; a link of several groups has the places of all."""
    found = Agreement()
    for document in {group["document"] for group in groups}:
        for link in results.of(document, "en"):
            places = []
            for group in groups:
                own = overlap(link["spans"], group["en"])
                if group["document"] == document and own:
                    boxes = [(area["order"], Box.from_xywh(box)) for area in group["areas"] for box in area["boxes"]]
                    places += [Place(page, box, max(1, own // len(boxes))) for page, box in boxes]
            if places:
                found.add(link, places)
    return found


def overlap(one: list[list[int]], other: list[list[int]]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
