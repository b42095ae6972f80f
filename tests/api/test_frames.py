"""Results as tables: every column of its type, every row of the files, quickly, and only with the extra."""

from __future__ import annotations

import json
import sys
from itertools import chain
from pathlib import Path
from time import process_time
from typing import get_args

import pytest
from support.invented_volume import Entry, Layout, write_invented
from support.sample_volume import sample, write_results

import align
from align.errors import InputError, MissingDependencyError, UsageError
from align.export.tables.declared import TABLES, TableName

PANDAS = {
    "text": "string",
    "whole": "int",
    "decimal": "float64",
    "texts": "object",
    "wholes": "object",
    "spans": "object",
}
NAMES = get_args(TableName)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results with all kinds of rows."""
    folder = tmp_path_factory.mktemp("results") / "aligned"
    write_results(sample(), folder)
    return folder


def stored(out: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (out / "v" / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_columns_have_the_declared_types(out, name):
    """A data frame has the columns that are declared, in order, each of its type, empty only where a cell may be."""
    frame = align.open_results(out).frame(name)
    assert len(frame)
    assert list(frame.columns) == [column.name for column in TABLES[name].columns]
    for column in TABLES[name].columns:
        assert str(frame[column.name].dtype).lower().startswith(PANDAS[column.type]), column.name
        assert column.may_be_empty or not frame[column.name].isna().any(), column.name


def test_links_have_a_row_for_each_sentence(out):
    """The table of links has what stands in links.jsonl, in its order."""
    frame = align.open_results(out).frame("links")
    rows = stored(out, "links.jsonl")
    for name in ("sentence", "key", "content", "status", "score", "counterparts", "spans"):
        assert frame[name].tolist() == [row[name] for row in rows]
    assert frame["pages"].tolist() == [[area["page"] for area in row["areas"]] for row in rows]
    assert set(frame["volume"]) == {"v"}


def test_areas_have_a_row_for_each_box(out):
    """The table of areas has each box of each sentence, with the line that it was cut from."""
    frame = align.open_results(out).frame("areas")
    areas = [(row["sentence"], area) for row in stored(out, "links.jsonl") for area in row["areas"]]
    boxes = list(chain.from_iterable(((sentence, *box) for box in area["boxes"]) for sentence, area in areas))
    assert list(zip(*(frame[n] for n in ("sentence", "x", "y", "width", "height")), strict=True)) == boxes
    assert frame["line"].tolist() == [line for _, area in areas for line in area["lines"]]


def test_words_have_the_place_of_their_line(out):
    """The table of words has each word with its box, and the place of its line in the text if it has one."""
    frame = align.open_results(out).frame("words")
    rows = stored(out, "lines.jsonl")
    assert frame["word"].tolist() == [word["text"] for row in rows for word in row["words"]]
    first = rows.index(next(row for row in rows if row["matches"]))
    own = frame[frame["line"] == rows[first]["line"]]
    assert set(zip(own["start"], own["end"], strict=True)) == {tuple(rows[first]["matches"][0]["span"])}
    loose = {row["line"] for row in rows if not row["matches"]}
    assert frame[frame["line"].isin(loose)]["start"].isna().all()


def test_findings_of_no_volume_are_there_too(out):
    """The table of findings begins with those that belong to no volume, whose volume is empty."""
    row = stored(out, "findings.jsonl")[0]
    (out / "findings.jsonl").write_text(json.dumps(row | {"areas": []}) + "\n", encoding="utf-8")
    frame = align.open_results(out).frame("findings")
    assert frame["volume"].isna().tolist() == [True] + [False] * (len(frame) - 1)
    (out / "findings.jsonl").write_text("", encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_parquet_files_hold_the_same(out, tmp_path, name):
    """A Parquet file of a table reads back as its data frame, in types that need no pandas."""
    import pandas
    import pyarrow.parquet

    results = align.open_results(out)
    results.to_parquet(tmp_path / "table.parquet", name)
    table = pyarrow.parquet.read_table(tmp_path / "table.parquet")
    frame = results.frame(name)
    for column in TABLES[name].columns:
        cells = table[column.name].to_pylist()
        read = frame[column.name].tolist()
        # An empty number is NaN, the one value that does not equal itself.
        assert cells == [None if cell is pandas.NA or cell != cell else cell for cell in read]
        assert table.schema.field(column.name).nullable == column.may_be_empty


def test_an_empty_table_has_its_columns(tmp_path):
    """A table without rows has its columns in their types."""
    write_results(sample(), tmp_path / "aligned")
    (tmp_path / "aligned/v/findings.jsonl").write_text("", encoding="utf-8")
    frame = align.open_results(tmp_path).frame("findings")
    assert frame.shape == (0, len(TABLES["findings"].columns))
    assert str(frame["score"].dtype) == "float64"


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_a_missing_library_is_one_sentence(out, tmp_path, monkeypatch, library):
    """Without the extra, a table is refused with the command that installs it."""
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, "pyarrow.parquet", raising=False)
    results = align.open_results(out)
    with pytest.raises(MissingDependencyError, match=rf"{library}.*pip install 'facsimile-align\[frames\]'") as caught:
        results.frame("links") if library == "pandas" else results.to_parquet(tmp_path / "x")
    assert "\n" not in caught.value.message


def test_damage_is_one_sentence(tmp_path):
    """A table of damaged rows is refused: half a line, a row without its fields, a file that is gone."""
    write_results(sample(), tmp_path / "aligned")
    results = align.open_results(tmp_path)
    path = tmp_path / "aligned/v/links.jsonl"
    for content in ('{"sentence": "x', '{"sentence": "x"}\n', "[1]\n", None):
        path.unlink() if content is None else path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match="run align run again"):
            results.frame("links")
    with pytest.raises(UsageError, match="links, areas, words"):
        results.frame("beads")  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_thousand_pages_in_two_seconds(tmp_path):
    """The table of links of a result of 1,000 pages is made in 2 seconds of a core's time, from its own file alone."""
    words = "Предложение номер {} документа {}, в котором сказано немного слов о погоде и о делах."
    entries = [
        Entry(f"d{n:03d}", [words.format(i, n) for i in range(24)], [f"Sentence {i} of {n}." for i in range(24)])
        for n in range(500)
    ]
    out = write_invented(tmp_path, entries, Layout(size=(90, 120)))
    for other in ("lines", "pages", "beads"):
        (out / f"v/{other}.jsonl").unlink()
    import pandas

    assert pandas
    start = process_time()
    frame = align.open_results(out).frame("links")
    assert process_time() - start < 2
    assert len(frame) == 24_000
