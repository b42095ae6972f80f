"""Tables of results: CSV and Parquet as pandas reads them, and the sentence pairs as openpyxl reads them."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook
from support.sample_volume import sample, write_results

from align.batch.exports.parts import parts_of
from align.batch.exports.request import ExportRequest
from align.batch.exports.tables import WRITTEN, export_csv, export_parquet, export_xlsx
from align.errors import MissingDependencyError
from align.export.tables.columns import Table
from align.export.tables.declared import TABLES
from align.files.collection.opening import Collection
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of one volume with results of all kinds, its tables written in each form, whole and a document."""
    made = tmp_path_factory.mktemp("collection")
    write_results(sample(), made / "aligned")
    for documents in ((), ("d",)):
        for write in (export_csv, export_parquet, export_xlsx):
            assert write(request_for(made, *documents)).failures == ()
    return made


def request_for(root: Path, *documents: str) -> ExportRequest:
    results = Results.opened(root / "aligned")
    documents = documents and (results.volume("v").documents[0].document,)
    return ExportRequest(
        Collection(root, None, None, ()), results, ResultStore(root / "aligned"), results.volumes, NullProgress(),
        SerialPool(), documents=documents,
    )  # fmt: skip


def cells(root: Path, table: Table) -> list[list[object]]:
    """The rows of a table as they stand in the result file."""
    (part,) = parts_of(Results.opened(root / "aligned"), "v", ())
    return [["v", *row] for row in table.cells(part.rows(table.file))]


def plain(value: object) -> object:
    """A cell of pandas as a value of Python; what is missing is None."""
    if hasattr(value, "tolist"):
        return [plain(item) for item in value.tolist()]
    if isinstance(value, list):
        return [plain(item) for item in value]
    return None if value is None or value is pandas.NA or value != value else value


@pytest.mark.parametrize("name", WRITTEN)
def test_parquet_gives_back_every_cell(root, name):
    """A data frame of the file has the declared columns and the values of the result file, lists as lists."""
    frame = pandas.read_parquet(root / f"aligned/parquet/v/{name}.parquet", dtype_backend="pyarrow")
    assert list(frame.columns) == [column.name for column in TABLES[name].columns]
    read = [[plain(value) for value in row] for row in frame.itertuples(index=False)]
    assert read == [[plain(value) for value in row] for row in cells(root, TABLES[name])]
    assert read


@pytest.mark.parametrize("name", WRITTEN)
def test_csv_gives_back_every_cell_as_text(root, name):
    """The file has the same rows: numbers as numbers, lists in one cell, formulas behind an apostrophe."""
    frame = pandas.read_csv(root / f"aligned/csv/v/{name}.csv", dtype=str, keep_default_na=False)
    table = TABLES[name]
    assert list(frame.columns) == [column.name for column in table.columns]
    stored = cells(root, table)
    for column, read, own in zip(table.columns, frame.to_numpy().T.tolist(), zip(*stored, strict=True), strict=True):
        for text, value in zip(read, own, strict=True):
            if value is None:
                assert text == ""
            elif column.type in ("whole", "decimal"):
                assert float(text) == value
            elif column.type == "text":
                assert text.removeprefix("'") == value.removeprefix("'")
                assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
            else:
                assert text.count(";") >= len(value) - 1


def test_a_document_has_its_own_rows_alone(root):
    """The tables of a document are the rows of the volume's tables that name it, or its pages."""
    document = Results.opened(root / "aligned").volume("v").documents[0].document
    for name in ("links", "findings", "documents"):
        whole = pandas.read_csv(root / f"aligned/csv/v/{name}.csv", dtype=str, keep_default_na=False)
        own = pandas.read_csv(root / f"aligned/csv/v/{document}/{name}.csv", dtype=str, keep_default_na=False)
        assert own.to_dict("records") == whole[whole["document"] == document].to_dict("records")
    pages = pandas.read_csv(root / f"aligned/csv/v/{document}/pages.csv")
    lines = pandas.read_csv(root / f"aligned/csv/v/{document}/lines.csv")
    assert set(lines["page"]) <= set(pages["page"])


def test_the_spreadsheet_has_every_pair_side_by_side(root):
    """Each bead is a row: texts, scores, status, and a link into the viewer; the heading stays and has filters."""
    sheet = load_workbook(BytesIO((root / "aligned/xlsx/v.xlsx").read_bytes())).active
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert header[:7] == [
        "page",
        "transcription",
        "translation",
        "pair score",
        "status",
        "place score",
        "in the viewer",
    ]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:N{len(rows) + 1}"
    results = Results.opened(root / "aligned").volume("v")
    contents = {link.sentence: link for link in results.links}
    beads = [json.loads(row) for row in (root / "aligned/v/beads.jsonl").read_text(encoding="utf-8").splitlines()]
    paired = [row for row in rows if row[3] is not None]
    assert len(paired) == len(beads)
    for bead in beads:
        first = contents[(bead["transcription"] or bead["translation"])[0]]
        row = next(row for row in paired if row[13] == first.sentence)
        assert row[1] == (" ".join(contents[name].content for name in bead["transcription"]) or None)
        assert row[2] == (" ".join(contents[name].content for name in bead["translation"]) or None)
        assert row[3] == bead["score"]
    links = [sheet.cell(n, 7).hyperlink for n in range(2, len(rows) + 2)]
    assert all(link.target == "../viewer/index.html" for link in links)
    assert links[0].location == f"/v/d/{rows[0][7]}/s/{rows[0][12]}"
    document = results.documents[0].document
    own = load_workbook(BytesIO((root / f"aligned/xlsx/v/{document}.xlsx").read_bytes())).active
    assert own["G2"].hyperlink.target == "../../viewer/index.html"


def test_every_sentence_is_in_the_spreadsheet(root):
    """A sentence of a text without a counterpart, or without a translation at all, has a row too."""
    sheet = load_workbook(BytesIO((root / "aligned/xlsx/v.xlsx").read_bytes())).active
    words = " ".join(str(row[column].value) for row in sheet.iter_rows(min_row=2) for column in (1, 2))
    assert [
        link.content for link in Results.opened(root / "aligned").volume("v").links if link.content not in words
    ] == []


def test_parquet_without_pyarrow_is_one_sentence(root, monkeypatch):
    """Where pyarrow is not installed the export says what to install, before it writes anything."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'facsimile-align\[frames\]'"):
        export_parquet(request_for(root))
