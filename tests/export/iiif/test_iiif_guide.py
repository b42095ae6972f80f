"""The guide to IIIF shows what is written, and its programs run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from support.sample_volume import sample
from support.small_collection import PageEngine, make_collection, run_collection

from align.batch.exports.iiif import LOCAL_URL
from align.cli import command
from align.export.iiif.canvas import CanvasGrid
from align.model import Box, Frame, Page, ScanInfo

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/iiif.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The guide's one block of this language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The guide's collection, run and exported, in the current folder."""
    run_collection(make_collection(tmp_path / "mydiary", volume="1934"), PageEngine())
    monkeypatch.chdir(tmp_path)
    (line,) = [line for line in block("sh").splitlines() if line.startswith("align ")]
    result = CliRunner().invoke(command, shlex.split(line)[1:], standalone_mode=False)
    assert result.exception is None
    return tmp_path / "mydiary/aligned"


def test_the_program_runs(folder, capsys):
    """The program prints every sentence with its place."""
    exec(block("python"), {})
    said = capsys.readouterr().out.splitlines()
    links = [json.loads(row) for row in (folder / "1934/links.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(said) == sum(len(link["areas"]) for link in links)
    assert any(
        re.fullmatch(r"Page \[1\] xywh=[\d,]+ en In the evening the dog found my cap under the stairs\.", line)
        for line in said
    )


def test_the_files_are_those_that_are_named(folder):
    """Every kind of file that is written stands in the guide, and no other does."""
    arguments = ["export", "mydiary", "--format", "iiif", "--lines"]
    CliRunner().invoke(command, arguments, standalone_mode=False)
    keys = {json.loads(row)["key"] for row in (folder / "1934/pages.jsonl").read_text(encoding="utf-8").splitlines()}
    written = {
        re.sub("|".join(keys), "<page>", path.relative_to(folder / "iiif/1934").as_posix())
        for path in (folder / "iiif").rglob("*")
        if path.is_file()
    }
    named = set(re.findall(r"^    aligned/iiif/<volume>/(\S+)", GUIDE, re.MULTILINE))
    flat = "annotations/<page>.sentences.json"
    assert written == named - {"images/<page>/info.json", flat} | {"images/<page>.thumbnail.jpg"}
    CliRunner().invoke(command, [*arguments, "--tiles"], standalone_mode=False)
    assert len(list((folder / "iiif/1934/images").glob("*/info.json"))) == len(keys)
    CliRunner().invoke(command, [*arguments, "--flat"], standalone_mode=False)
    lists = {path.name.partition(".")[2] for path in (folder / "iiif/1934/annotations").iterdir()}
    assert lists == {"sentences.json", "lines.json"}


def test_the_annotation_is_one_that_is_written():
    """The annotation that is shown stands word for word in the golden file of the sample volume."""
    shown = json.loads(block("json"))
    key = sample().pages[0].key
    golden = json.loads((ROOT / f"tests/golden/export/iiif/annotations/{key}.translation.json").read_bytes())
    assert shown in golden["items"]


def test_the_local_server_is_where_the_ids_point():
    """The server that the guide starts has the folder iiif where --base-url points if it is not given."""
    (line,) = [line for line in block("sh").splitlines() if "http.server" in line]
    port, host, directory = re.search(r"http\.server (\d+) --bind (\S+) --directory (\S+)", line).groups()
    assert directory == "mydiary/aligned"
    assert f"http://{host}:{port}/iiif" == LOCAL_URL
    assert f"`{LOCAL_URL}`" in GUIDE
    assert f'"{LOCAL_URL}/1934/manifest.json"' in block("html")


@given(
    st.sampled_from([0, 90, 180, 270]), st.integers(0, 70), st.integers(0, 50), st.integers(1, 30), st.integers(1, 30)
)
def test_the_way_back_to_the_scan(rotation, left, top, width, height):
    """The guide's table leads from each corner of a canvas to the point of the scan that it shows."""
    (row,) = re.findall(rf"^\| {rotation} \| `(.*)` \| `(.*)` \|$", GUIDE, re.MULTILINE)
    frame = Frame(Box(left, top, left + width, top + height), rotation)
    grid = CanvasGrid.of(Page(1, "p", "k", ScanInfo("a", None, 200, 200, None, ""), frame, "ok"))
    for point in (*frame.box.corners, (left + 0.25 * width, top + 0.7 * height)):
        x, y = grid.transform.point(point)
        known = {"left": left, "top": top, "width": width, "height": height, "x": x, "y": y}
        assert [eval(cell, {}, known) for cell in row] == pytest.approx(point)
