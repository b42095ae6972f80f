"""Which results the viewer and the report show: addresses change with data, and both say when a run came after them."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace

import pytest
from support.front_end import needs_front_end
from support.invented_volume import write_invented
from web.viewer.conftest import ENTRIES, build

from align.cli.main import main
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.versions import results_version
from align.web.freshness import mark_newest, outdated_pages, pages_there
from align.web.viewer.site import ASSETS


@pytest.fixture
def collection(tmp_path):
    """An invented collection with its results."""
    needs_front_end(*ASSETS)
    write_invented(tmp_path, ENTRIES)
    return tmp_path


def edited(collection):
    """Other results, as a run writes them: a sentence of one document has another content."""
    links = collection / "aligned/v/links.jsonl"
    rows = links.read_text(encoding="utf-8").splitlines()
    row = json.loads(rows[-1])
    rows[-1] = json.dumps({**row, "score": row["score"] / 2}, ensure_ascii=False)
    links.write_text("\n".join(rows) + "\n", encoding="utf-8")


def names(collection, folder="viewer/data"):
    top = collection / "aligned" / folder
    return {path.relative_to(top).as_posix() for path in top.rglob("*.js")}


def digest_of(collection):
    return Results.opened(collection / "aligned").version().digest


def test_the_version_is_of_the_files(collection):
    """The version changes with every file of the results, and comes back with them; its time is the last file's."""
    store = ResultStore(collection / "aligned")
    first = results_version(store, ["v"])
    assert results_version(store, ["v"]) == first
    seen = {first.digest, results_version(store, []).digest}
    paths = [*(collection / "aligned/v").glob("*.jsonl"), *(collection / "aligned/v/texts").iterdir()]
    for path in paths:
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        os.utime(path, (2_000_000_000, 2_000_000_000))
        changed = results_version(store, ["v"])
        assert changed.written == 2_000_000_000
        seen.add(changed.digest)
        path.write_bytes(before)
    assert len(seen) == len(paths) + 2
    assert results_version(store, ["v"]).digest == first.digest
    assert re.fullmatch(r"2033-05-1[78] \d\d:\d\d \([0-9a-f]{8}\)", str(replace(first, written=2_000_000_000)))


def test_addresses_change_with_the_data_alone(collection):
    """A file of data has another name if and only if its content changed; old names are gone, the page has new ones."""
    build(collection, collection / "aligned")
    before = names(collection)
    index = (collection / "aligned/viewer/index.html").read_text(encoding="utf-8")
    edited(collection)
    build(collection, collection / "aligned")
    after = names(collection)
    assert {name.rpartition("-")[0] for name in after - before} == {"collection", "v1/d4", "v1/volume"}
    assert len(after) == len(before)
    changed = (collection / "aligned/viewer/index.html").read_text(encoding="utf-8")
    assert changed != index
    for part in ("viewer.js", "viewer.css", "stems.js"):
        assert re.search(rf'"{re.escape(part)}\?v=[0-9a-f]{{10}}"', changed)
    (named,) = re.findall(r'data-collection="data/(collection-[0-9a-f]{10}\.js)"', changed)
    assert named in after


def test_a_page_says_when_a_run_came_after_it(collection, watched):
    """A viewer of earlier results says so in the language of the reader, until it is built anew."""
    store = ResultStore(collection / "aligned")
    assert not pages_there(store)
    build(collection, collection / "aligned")
    address = (collection / "aligned/viewer/index.html").as_uri()
    page = watched().go(address, ".contents")
    assert page.locator(".outdated").count() == 0
    assert digest_of(collection)[:8] in page.locator(".made-from").inner_text()
    edited(collection)
    mark_newest(store, digest_of(collection))
    page = watched(locale="ru-RU").go(address, ".contents")
    assert page.locator(".outdated").inner_text().startswith("Этот просмотр построен до последнего запуска")
    build(collection, collection / "aligned")
    assert watched().go(address, ".contents").locator(".outdated").count() == 0


def test_commands_say_which_pages_are_older(collection, capfd):
    """Each command says which results it used, and names a report or a viewer that was made from others."""
    assert main(["view", str(collection), "--no-open"]) == 0
    assert main(["report", str(collection)]) == 0
    said = capfd.readouterr().err
    assert said.count(f"({digest_of(collection)[:8]})") == said.count("Made from the results of ") == 2
    assert "before the last run" not in said
    edited(collection)
    assert main(["report", str(collection)]) == 0
    assert f"The viewer was made before the last run: align view {collection}" in capfd.readouterr().err
    edited(collection)
    assert main(["export", str(collection), "--format", "iiif"]) == 0
    lines = capfd.readouterr().err.splitlines()
    expected = f"The report and the viewer were made before the last run: align report {collection}, align view"
    assert f"{expected} {collection}" in lines


def test_pages_of_earlier_versions_are_older(collection):
    """A viewer that does not state its results was made before; one that is not there is not named."""
    store = ResultStore(collection / "aligned")
    (collection / "aligned/viewer").mkdir()
    (collection / "aligned/viewer/index.html").write_text("<html>", encoding="utf-8")
    mark_newest(store, "0" * 16)
    assert outdated_pages(store) == ("viewer",)
    assert (collection / "aligned/viewer/index.html").read_text(encoding="utf-8") == "<html>"
