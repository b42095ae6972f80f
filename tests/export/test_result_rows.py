"""Result rows: golden files, schemas, references, read back."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.golden_files import compare_with_golden
from support.results_check import VOLUME_FILES, check_results, read_rows, schema_faults, validator
from support.sample_volume import files, run_row, sample, write_results

from align.export.jsonl import json_document, json_lines
from align.export.rows import bead_rows, document_rows, link_rows, page_row
from align.model import Area, Bead, Box, Polygon

VOLUME = sample()


@pytest.mark.parametrize("name", sorted(f"{n}.jsonl" for n in VOLUME_FILES))
def test_rows_are_the_golden_rows(name, golden):
    """Every file of the sample volume is byte for byte what was read and agreed on."""
    golden(f"export/{name}", files(VOLUME)[name])


def test_run_json_keeps_its_schema():
    """run.json as batch writes it keeps the schema, and a missing or foreign field breaks it."""
    assert schema_faults("run", json.loads(json_document(run_row()))) == []
    assert schema_faults("run", {k: v for k, v in run_row().items() if k != "volumes"})
    assert schema_faults("run", {**run_row(), "time": "now"})


def test_a_whole_folder_keeps_the_contract(tmp_path):
    """A folder written from the model passes every rule of the results check."""
    write_results(VOLUME, tmp_path)
    assert check_results(tmp_path) == []


def test_the_same_rows_twice_are_the_same_bytes():
    """Rows hold no time, no memory address and no order of a set."""
    assert files(sample()) == files(sample())


BREAKS = {
    "label": ("links", 0, lambda r: r["areas"][0].update(label="54"), "is not the page's"),
    "line": ("links", 0, lambda r: r["areas"][0].update(lines=["v.p0009.l001"]), "is not on page"),
    "box": ("links", 0, lambda r: r["areas"][0]["boxes"][0].__setitem__(2, 5000), "is not on the scan"),
    "polygons": ("links", 0, lambda r: r["areas"][0]["polygons"].append([[0, 0], [1, 0], [1, 1]]), "one polygon"),
    "content": ("links", 1, lambda r: r.update(content="Сегодня не был у Петрова."), "is not the text's"),
    "span": ("links", 1, lambda r: r.update(spans=[[11, 1999]]), "reach over the end"),
    "counterpart": ("links", 0, lambda r: r.update(counterparts=["v.x.ru.s0001"]), "no sentence"),
    "foreign key": ("links", 0, lambda r: r.update(note=""), "note"),
    "missing key": ("links", 0, lambda r: r.pop("via"), "via"),
    "status": ("links", 0, lambda r: r.update(status="unlinked"), "expected to be empty"),
    "score": ("links", 0, lambda r: r.update(score=1.5), "maximum"),
    "key": ("pages", 0, lambda r: r.update(key="XYZ"), "does not match"),
    "frame": ("pages", 0, lambda r: r.update(frame=[0, 0, 1001, 700]), "is not on the scan"),
    "label source": ("pages", 0, lambda r: r.update(label_source=None), "label_source"),
    "same id": ("lines", 0, lambda r: r.update(line="v.p0001.l002"), "stands 2 times"),
    "words": ("lines", 0, lambda r: r.update(text="Дневники"), "not its words"),
    "match": ("lines", 2, lambda r: r["matches"][0].update(text="transcripts/v/none.ru.txt"), "no text"),
    "path": ("lines", 2, lambda r: r["matches"][0].update(text="transcripts/../x.txt"), "does not match"),
    "bead side": ("beads", 0, lambda r: r.update(texts=r["texts"][::-1]), "is not of"),
    "empty bead": ("beads", 3, lambda r: r.update(transcription=[]), "not valid under any"),
    "finding's page": ("findings", 0, lambda r: r.update(pages=[7]), "no such page"),
    "document's area": ("documents", 0, lambda r: r["areas"][0].update(box=[0, 0, 9, 9]), "not what its links cover"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_the_results_check_sees_each_fault(case, tmp_path):
    """A folder with one fault planted in it does not pass, and the fault is named."""
    name, index, spoil, words = BREAKS[case]
    write_results(VOLUME, tmp_path)
    path = tmp_path / "v" / f"{name}.jsonl"
    rows = read_rows(path)
    spoil(rows[index])
    path.write_text(json_lines(rows), encoding="utf-8")
    assert any(words in fault for fault in check_results(tmp_path)), check_results(tmp_path)


def test_links_read_back_as_they_were():
    """From rows and pages the areas come back box for box, and points to a tenth of a pixel."""
    rows = [json.loads(line) for line in json_lines(link_rows(VOLUME.links, VOLUME.pages)).splitlines()]
    pages = {page.order: page for page in VOLUME.pages}
    for row, link in zip(rows, VOLUME.links, strict=True):
        back = []
        for area in row["areas"]:
            page = pages[area["page"]]
            ids = {page.line_id(i): i for i in range(len(page.lines))}
            back.append(
                Area(
                    area["page"],
                    tuple(Box.from_xywh(box) for box in area["boxes"]),
                    tuple(Polygon(tuple((x, y) for x, y in outline)) for outline in area["polygons"]),
                    tuple(ids[line] for line in area["lines"]),
                    None if area["spans"] is None else tuple((a, b) for a, b in area["spans"]),
                )
            )
        for got, wanted in zip(back, link.areas, strict=True):
            assert replace(got, polygons=wanted.polygons) == wanted
            for p, q in zip(got.polygons, wanted.polygons, strict=True):
                assert all(math.dist(a, b) < 0.08 for a, b in zip(p.points, q.points, strict=True))


def test_a_scan_that_could_not_be_opened_has_size_nought():
    """A failed page without a size is published with width 0, height 0 and the frame [0, 0, 0, 0]."""
    row = page_row(VOLUME.pages[3])
    assert (row["width"], row["height"], row["frame"], row["status"]) == (0, 0, [0, 0, 0, 0], "failed")


def test_bead_ids_are_names_for_any_document():
    """A document whose name XML would refuse still gives beads with NCName ids."""
    ru, en, _ = VOLUME.texts
    odd = replace(ru, volume="1 том", document="a:b/c")
    row = next(iter(bead_rows([Bead((0,), (0,), 1.0)], transcription=odd, translation=en)))
    assert schema_faults("beads", json.loads(json.dumps(row))) == []
    assert row["bead"].startswith("_1_x0020_том.a_x003A_b")


def test_what_the_collection_says_of_a_document_wins():
    """A title from collection.toml stands before that of the texts, whose first that knows stands before the others."""
    rows = list(document_rows(VOLUME.texts, [], details={"1934-12-18": {"title": "Tuesday"}}))
    assert [(r["title"], r["author"], r["areas"]) for r in rows] == [("Tuesday", "В. Н.", []), (None, None, [])]


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_one_line_of_utf8(text):
    """Whatever a text holds, its row is one line for every reader, can be encoded, and reads back."""
    line = json_lines([{"text": text}])
    assert len(line.encode("utf-8").decode("utf-8").splitlines()) == 1
    # JSON cannot tell two halves of a pair that stand side by side from the character that they make.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    back = json.loads(line)["text"]
    assert back.encode("utf-16-le", "surrogatepass") == whole.encode("utf-16-le", "surrogatepass")


def test_a_number_that_is_none_is_refused():
    """Not-a-number never reaches a file, where it would not be JSON."""
    with pytest.raises(ValueError, match="JSON compliant"):
        json_lines([{"score": math.nan}])


def test_every_schema_is_closed():
    """No object of any schema lets a key pass that the contract does not name, but for free settings and details."""
    for name in (*VOLUME_FILES, "findings.ru", "run"):
        todo = [validator(name).schema]
        while todo:
            part = todo.pop()
            if isinstance(part, dict):
                if part.get("type") == "object" and "properties" in part:
                    assert part["additionalProperties"] is False
                    assert part["required"] == list(part["properties"])
                todo += part.values()
            elif isinstance(part, list):
                todo += part


def test_update_golden_rewrites_and_fails(tmp_path):
    """With the flag a changed file is rewritten and the test fails once; without it nothing is written."""
    path = tmp_path / "deep" / "x.txt"
    with pytest.raises(pytest.fail.Exception, match="no golden file"):
        compare_with_golden(path, "a\n", update=False)
    assert not path.exists()
    with pytest.raises(pytest.fail.Exception, match="rewrote"):
        compare_with_golden(path, "a\n", update=True)
    compare_with_golden(path, "a\n", update=True)
    with pytest.raises(AssertionError):
        compare_with_golden(path, "b\n", update=False)
    with pytest.raises(pytest.fail.Exception, match="line ends"):
        compare_with_golden(path, "a\r\n", update=False)
    assert path.read_text() == "a\n"
