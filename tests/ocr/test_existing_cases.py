"""Pages with OCR as other programs leave it: each sentence is linked to its place, and what is wrong is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from ocr.test_existing_run import UncalledEngine
from support.harbour_page import CASES, DIARY, LINES, make_cases
from support.results_check import check_results, read_rows
from support.small_collection import run_collection

pytestmark = pytest.mark.slow  # one run over a collection

NAMES = [name.partition(".")[0] for name in CASES]
NEAR = 3  # pixels
# Whole lines whose words have no places of their own are cut by their letters, which are not equally wide.
CUT = {"page_first_textequiv_empty": 22, "page_custom_reading_order": 22, "page_words_outside_line": 6}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one run over all cases."""
    root = make_cases(tmp_path_factory.mktemp("cases"))
    run_collection(root, UncalledEngine())
    assert check_results(root / "aligned") == []
    return root / "aligned"


def boxes_of(results: Path, volume: str) -> dict[str, list[list[int]]]:
    """The boxes of each sentence, all of which are linked."""
    links = read_rows(results / volume / "links.jsonl")
    assert {row["status"] for row in links} == {"linked"}
    return {row["content"]: [box for area in row["areas"] for box in area["boxes"]] for row in links}


def is_near(found: list[list[int]], expected: list[list[int]], by: int = NEAR) -> bool:
    return len(found) == len(expected) and all(
        abs(a - b) <= by for one, other in zip(found, expected, strict=True) for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("page", "hocr"))])
def test_every_sentence_is_in_its_place(results, name):
    """All five sentences are linked to the lines and words where they stand, and no finding blames the text."""
    found = boxes_of(results, name)
    top = 270 if name == "page_region_text_beside_lines" else 273
    assert len(found) == 5
    first = found["The harbour was quiet when we came down the hill."]
    assert is_near(first, [[60, 65, 469, 25], [60, 117, 289, 25]])
    by = CUT.get(name, NEAR)
    lines = [[359, 117, 217, 25], [60, 169, 486, 25], [60, 221, 315, 25]]
    assert is_near(found["Nobody had lit the lamps, and the ferry lay dark beside the stone pier."], lines, by)
    carried = found["My brother carried both bags and said nothing."]
    assert is_near(carried[:1], [[385, 221, 166, 25]], by)
    assert abs(carried[1][1] - top) <= NEAR
    codes = {row["code"] for row in read_rows(results / name / "findings.jsonl")}
    assert codes <= {"no-translation", "ocr-misplaced", "ocr-without-lines"}


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("page", "hocr"))])
def test_lines_are_in_order(results, name):
    """Lines stand as read, with the text that people gave them."""
    lines = read_rows(results / name / "lines.jsonl")
    assert [row["text"] for row in lines] == [line.text for line in LINES]
    if name != "page_region_text_beside_lines":
        assert [row["box"] for row in lines] == [list(line.box.xywh) for line in LINES]


def test_the_other_strings_keep_their_places(results):
    """Strings of ALTO beside one without a place keep theirs."""
    found = boxes_of(results, "alto_one_string_without_place")
    assert found["Rain."] == [[250, 66, 77, 19]]
    assert found["Walked to the mill."] == [[559, 66, 273, 19]]
    assert len(found) == 3 * len(DIARY)


@pytest.mark.parametrize(
    ("name", "code", "start"),
    [
        ("hocr_fullpage_word_box.hocr", "ocr-misplaced", "gives 3 words of page 1"),
        ("page_words_outside_line.xml", "ocr-misplaced", "gives 14 words of page 1"),
        ("page_region_text_beside_lines.xml", "ocr-without-lines", "has text of page 1"),
    ],
)
def test_a_finding_names_the_file(results, name, code, start):
    """One finding says which file gives no usable place, or has text in no line; it is the only one about it."""
    volume, _, ending = name.partition(".")
    rows = [row for row in read_rows(results / volume / "findings.jsonl") if row["code"].startswith("ocr-")]
    assert [row["code"] for row in rows] == [code]
    assert rows[0]["message"].startswith(f"ocr/{volume}/0001.{ending} {start}")


def test_nothing_is_told_where_nothing_is_wrong(results):
    """Where every place is usable and all text has its line, no finding is about the file."""
    wrong = ("hocr_fullpage_word_box", "page_words_outside_line", "page_region_text_beside_lines")
    for name in NAMES:
        codes = {row["code"] for row in read_rows(results / name / "findings.jsonl")}
        assert any(code.startswith("ocr-") for code in codes) == (name in wrong)
