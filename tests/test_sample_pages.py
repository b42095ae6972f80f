"""The sample's pages with a real Tesseract: their order, turns, frames, labels, and what on them is no text."""

from __future__ import annotations

import numpy as np
import pytest
from support.sample_cases import each, lines_of, only, order_of
from support.sample_run import results_under
from support.sample_truth import PAGES, Results, Row

from align.model import Box

pytestmark = pytest.mark.engine

# Tesseract does not read every "- 48 -": it read 11 of 13 when this was written; none may be wrong.
PRINTED_LABELS = 10


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return results_under(tmp_path_factory)


@each("shared-page")
def test_entries_share_a_page(results: Results, planted: Row) -> None:
    """Each of the entries on a page has an area there, and no two of them overlap."""
    order = order_of(planted["label"])
    listed = planted.get("documents") or next(page["documents"] for page in PAGES if page["order"] == order)
    areas = [
        Box.from_xywh(area["box"])
        for row in results.rows("documents")
        for area in row["areas"]
        if row["document"] in listed and area["page"] == order
    ]
    assert len(areas) == len(listed)
    assert [(a, b) for i, a in enumerate(areas) for b in areas[:i] if a.intersection(b)] == []


def test_pages_hold_their_entries_and_no_others(results: Results) -> None:
    """Each document has areas on the pages that truth gives it, and on no other."""
    wanted = {page["order"]: set(page["documents"]) for page in PAGES}
    found: dict[int, set[str]] = {page["order"]: set() for page in PAGES}
    for row in results.rows("documents"):
        for area in row["areas"]:
            found[area["page"]].add(row["document"])
    assert found == wanted


@each("printed-labels")
def test_labels_are_never_wrong(results: Results, planted: Row) -> None:
    """No page bears another label than the one printed on it, and most have it from the print."""
    known = {page["order"]: page["label"] for page in PAGES}
    assert {
        order: row["label"] for order, row in results.pages.items() if row["label"] not in (None, known[order])
    } == {}
    assert sum(row["label_source"] == "printed" for row in results.pages.values()) >= PRINTED_LABELS
    assert {row["label_source"] for row in results.pages.values()} <= {"printed", "marker", None}
    last = results.pages[order_of(planted["last"])]
    assert (last["label"], last["label_source"]) == (planted["last"], "printed")


def test_page_numbers_are_no_text(results: Results) -> None:
    """No printed page number is claimed by a sentence, nor reported as missing from the texts."""
    tops = {page["order"]: Box.from_xywh(page["other_lines"][0]["box"]) for page in PAGES if not page["blank"]}
    there = {row["line"] for row in results.lines.values() if tops[row["page"]].intersection(Box.from_xywh(row["box"]))}
    assert there & {line for link in results.links for line in lines_of(link)} == set()
    reported = [row["message"] for row in results.found("line-not-in-text") if there & set(row["lines"])]
    assert [message for message in reported if "АРХИВ" not in message] == []


@each("running-head")
def test_running_heads_are_no_text(results: Results, planted: Row) -> None:
    """The running head of every page has that role, belongs to no sentence, and is reported nowhere."""
    heads = [row for row in results.lines.values() if row["role"] == "running-head"]
    assert [row["page"] for row in heads] == [page["order"] for page in PAGES if len(page["other_lines"]) > 1][1:]
    assert all("невник" in row["text"] and row["matches"] == [] for row in heads)
    ids = {row["line"] for row in heads}
    assert ids & {line for link in results.links for line in lines_of(link)} == set()
    assert ids & {line for finding in results.findings for line in finding["lines"]} == set()


@each("stamp")
def test_stamps_are_no_text(results: Results, planted: Row) -> None:
    """The stamp's lines belong to no sentence, and no warning calls them text that the transcription lacks."""
    page = next(page for page in PAGES if page["label"] == planted["label"])
    stamp = Box.union(Box.from_xywh(row["box"]) for row in page["other_lines"] if row["role"] == "stamp")
    lines = {
        row["line"]
        for row in results.lines.values()
        if row["page"] == page["order"] and stamp.intersection(Box.from_xywh(row["box"]))
    }
    assert lines & {line for link in results.links for line in lines_of(link)} == set()
    assert lines & {x for row in results.found("line-not-in-text", severity="warning") for x in row["lines"]} == set()


@each("skewed")
def test_polygons_follow_a_skewed_page(results: Results, planted: Row) -> None:
    """On the skewed scan the boxes are in its pixels, and the polygons fall to the right as its lines do."""
    page = results.pages[order_of(planted["label"])]
    slopes = [
        (polygon[1][1] - polygon[0][1]) / (polygon[1][0] - polygon[0][0])
        for link in results.links
        for area in link["areas"]
        for box, polygon in zip(area["boxes"], area["polygons"], strict=True)
        if area["page"] == page["page"] and box[2] > 500
    ]
    assert page["rotation"] == 0
    assert len(slopes) > 10  # enough for a median; how many there are depends on the engine
    assert np.degrees(np.arctan(np.median(slopes))) == pytest.approx(planted["skew_deg"], abs=0.3)


@each("upside-down")
def test_an_upside_down_page_is_read(results: Results, planted: Row) -> None:
    """The page is turned by 180 degrees to be read, its first lines are at the foot of the scan; no other turns."""
    order = order_of(planted["label"])
    assert {row["page"]: row["rotation"] for row in results.pages.values() if row["rotation"]} == {order: 180}
    own = [row["box"] for row in results.lines.values() if row["page"] == order]
    assert own[0][1] > 2000 > 300 > own[-1][1]


@each("spread")
def test_an_opening_is_two_pages(results: Results, planted: Row) -> None:
    """The scan of two pages gives two in order, the left one first, with frames side by side that no line leaves."""
    left, right = (results.pages[order_of(label)] for label in planted["labels"])
    assert (left["scan"], left["page"] + 1) == (right["scan"], right["page"])
    a, b = Box.from_xywh(left["frame"]), Box.from_xywh(right["frame"])
    gutter = next(page["frame"][0] for page in PAGES if page["order"] == right["page"])
    assert abs(a.right - gutter) < 40
    assert abs(b.left - gutter) < 40
    assert a.right <= b.left
    for row in results.lines.values():
        if row["page"] in (left["page"], right["page"]):
            frame = a if row["page"] == left["page"] else b
            assert Box.from_xywh(row["box"]).intersection(frame) == Box.from_xywh(row["box"])


@each("blank")
def test_a_blank_page_is_blank(results: Results, planted: Row) -> None:
    """The page whose other side shines through is blank, without lines and label, a note says so, and no other is."""
    order = planted["page"]["order"]
    assert [row["page"] for row in results.pages.values() if row["status"] != "ok"] == [order]
    assert (results.pages[order]["status"], results.pages[order]["label"]) == ("blank", None)
    assert [row for row in results.lines.values() if row["page"] == order] == []
    finding = only(results.found("page-blank"))
    assert (finding["severity"], finding["pages"]) == ("note", [order])
