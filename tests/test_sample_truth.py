"""The measure of the sample's tests: right, wrong and missing claims counted as the development data's measure does."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest
from support.sample_truth import SAMPLE, TEI, TRUTH, VOLUME, Agreement, Row, TruthLine, judged, rows_of

from align.model import Box

SCORER = Path(__file__).parents[2] / "shared" / "bench" / "score_links.py"
TEXTS = Path(__file__).parents[1] / "transcripts" / VOLUME
LINES = [
    TruthLine(1, "body", 0, 8, Box.from_xywh([10, 10, 90, 20]), (), upright=True),
    TruthLine(2, "body", 9, 13, Box.from_xywh([10, 10, 40, 20]), (), upright=True),
]
TEXT = "Утро был\nо да."


def link(*areas: tuple[int, list[int]], spans: tuple[int, int] = (0, 13)) -> Row:
    return {
        "sentence": "s",
        "content": "",
        "spans": [list(spans)],
        "areas": [{"page": page, "scan": f"{page}.jpg", "boxes": [box]} for page, box in areas],
    }


def shares(found: Agreement) -> tuple[float, float, float, float]:
    return found.page, found.line, found.page_precision, found.line_precision


def test_a_link_on_all_its_lines_is_right() -> None:
    """A sentence over two pages with a box on each of its lines is right in everything."""
    assert shares(judged([link((1, [10, 12, 90, 20]), (2, [10, 10, 40, 20]))], TEXT, LINES)) == (1, 1, 1, 1)


def test_a_missing_page_costs_its_letters() -> None:
    """Of ten letters three stand on a page without a box: seven tenths are found, and no claim is wrong."""
    assert shares(judged([link((1, [10, 12, 90, 20]))], TEXT, LINES)) == (0.7, 0.7, 1, 1)


@pytest.mark.parametrize("box", [[10, 40, 90, 20], [200, 10, 90, 20], [10, 0, 90, 60]])
def test_a_box_beside_the_line_does_not_mark_it(box: list[int]) -> None:
    """A box below the line, beside it, or so high that it covers others is on the page and not on the line."""
    found = judged([link((1, box), spans=(0, 8))], TEXT, LINES)
    assert shares(found) == (1, 0, 1, 0)
    assert len(found.off_line) == len(found.wrong) == 1


def test_what_stands_nowhere_should_claim_nothing() -> None:
    """A claim of a sentence without places is named, and counts in no share."""
    found = judged([link((1, [10, 10, 90, 20]), spans=(13, 14))], TEXT, LINES)
    assert (len(found.nowhere), found.letters, found.boxes) == (1, 0, 0)


def drawn_links(document: str, text: str, chance: random.Random) -> list[Row]:
    """A link for each piece of a text as truth has it, some without boxes, with one more, or with one moved."""
    rows = []
    for start in range(0, len(text), 60):
        spans = [[start, min(start + 60, len(text))]]
        boxes = [(line.page, list(place.box.xywh)) for line in TRUTH[document] if (place := line.place(text, spans))]
        for change in chance.choices(["none", "lost", "moved", "more"], weights=[4, 1, 1, 1], k=2):
            if boxes and change == "lost":
                boxes.clear()
            elif boxes and change == "moved":
                boxes[0] = (boxes[0][0], [boxes[0][1][0], boxes[0][1][1] + 40, *boxes[0][1][2:]])
            elif boxes and change == "more":
                boxes.append((boxes[0][0] % 3 + 1, [300, 300, 200, 30]))
        rows.append({**link(*boxes), "spans": spans})
    return rows


@pytest.mark.shared
@pytest.mark.skipif(not SCORER.exists(), reason="the development data is not beside the project")
@pytest.mark.parametrize("document", ["1933-07-29", "1933-08-17", "1934-08-12", "1933-10-11"])
def test_the_measure_of_the_development_data_says_the_same(document: str) -> None:
    """Over damaged links of an entry both measures give the same four shares."""
    spec = importlib.util.spec_from_file_location("score_links", SCORER)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    path = SAMPLE / "truth" / f"{document}.jsonl"
    text = (TEXTS / f"{document}.ru.txt").read_bytes().decode("utf-8-sig")
    links = drawn_links(document, text, random.Random(document))
    ours = judged(links, text, [line for line in TRUTH[document] if line.role == "body"])
    # Theirs names pages by files; each order of this entry is one file.
    names = {row["order"]: row["page"] for row in rows_of(path)}
    for area in (area for row in links for area in row["areas"]):
        area["scan"] = names.get(area["page"], f"{area['page']}.jpg")
    theirs = scorer.document(document, scorer.truth_lines(path), True, document, text, links, False)
    assert 0.3 < ours.line < ours.page < 1
    assert shares(ours) == pytest.approx([theirs[name] for name in ("page", "line", "page_p", "line_p")])
    assert len(ours.nowhere) == round((theirs["absent_claimed"] or 0) * theirs["absent"])


def test_truth_has_the_tei_entry() -> None:
    """The lines of the entry in TEI are there, though they count in its plain text."""
    assert len(TRUTH[TEI]) > 20
