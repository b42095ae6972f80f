"""Files of earlier exports whose documents are gone: they are removed, and no file that is anything else."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from support.invented_volume import Entry, Layout, write_invented

from align.batch.exports import FORMATS, Exported, ExportRequest
from align.batch.exports.program_zips import IMPORTED, export_zip
from align.files.collection.opening import open_collection
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.records import SCHEMA_VERSION, json_document
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress

LAYOUT = Layout(size=(60, 80), lines=3)
STAYS = Entry("18", ["Первый день.", "Второй день."], ["The first day.", "The second day."])
GOES = Entry("19", ["Третий день."], ["The third day."])
COMES = Entry("20", ["Третий день."], ["The third day."])


def written(root: Path, *entries: Entry) -> Path:
    """The collection of these documents with its results; what stands beside these in aligned/ stays."""
    fresh = root.parent / f"{root.name}-fresh"
    write_invented(fresh, entries, LAYOUT)
    for entry in entries:
        for language, said in (("ru", entry.russian), ("en", entry.english)):
            path = fresh / "transcripts" / "v" / f"{entry.name}.{language}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n\n".join(said or ()) + "\n", encoding="utf-8")
    for name in ("images", "transcripts", "aligned/v"):
        shutil.rmtree(root / name, ignore_errors=True)
    shutil.copytree(fresh, root, dirs_exist_ok=True)
    shutil.rmtree(fresh)
    return root


def export(root: Path, names: Iterable[str], *documents: str) -> Exported:
    """What comes of exporting the volume, or documents of it, into these formats and for these programs."""
    results, store = Results.opened(root / "aligned"), ResultStore(root / "aligned")
    request = ExportRequest(
        open_collection(root), results, store, results.volumes, NullProgress(), SerialPool(), documents=documents
    )
    done = Exported()
    with store.opened():
        for name in names:
            done = done.and_of(
                FORMATS[name](request) if name in FORMATS else export_zip(request, name, IMPORTED[name][0])
            )
    return done


def files_of(root: Path, name: str) -> set[str]:
    """The files below the folder of a format."""
    folder = root / "aligned" / name
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["csv", "xliff", "tei", "alto", "pdf", "iiif", "transkribus"])
def test_what_is_left_is_what_a_first_export_writes(tmp_path, name):
    """After a document was renamed, files are those of an export into an empty folder, and one that is not ours."""
    root = written(tmp_path / "a", STAYS, GOES)
    assert export(root, [name]).failures == ()
    assert export(root, [name], "19", "18").failures == ()
    mine = root / "aligned" / name / "v" / "19.en.xml.bak"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    written(root, STAYS, COMES)
    assert export(root, [name], "18").failures == ()
    assert export(root, [name]).failures == ()
    other = written(tmp_path / "b", STAYS, COMES)
    export(other, [name], "18")
    export(other, [name])
    assert files_of(root, name) == files_of(other, name) | {"v/19.en.xml.bak"}
    assert files_of(root, f".exports/{name}") == files_of(other, f".exports/{name}")


def test_of_one_document_nothing_is_removed(tmp_path):
    """An export of a document leaves the files of a document that is gone; that of the whole volume removes them."""
    root = written(tmp_path / "a", STAYS, GOES)
    export(root, ["tei"])
    written(root, STAYS)
    export(root, ["tei"], "18")
    assert files_of(root, "tei") == {f"v/{name}.{language}.xml" for name in ("18", "19") for language in ("ru", "en")}
    export(root, ["tei"])
    assert files_of(root, "tei") == {"v/18.ru.xml", "v/18.en.xml"}


def test_a_file_that_was_edited_stays_and_is_told(tmp_path):
    """What somebody changed after the export is no longer ours: it stays, and one sentence says so, once."""
    root = written(tmp_path / "a", STAYS, GOES)
    export(root, ["tei"])
    edited = root / "aligned/tei/v/19.ru.xml"
    edited.write_text("<TEI/>")
    written(root, STAYS)
    said = export(root, ["tei"]).summary[1:]
    assert said == (
        f"{edited} was changed after it was exported, so it stays, though what it was made of is gone: remove it if "
        "nobody needs it.",
    )
    assert files_of(root, "tei") == {"v/18.ru.xml", "v/18.en.xml", "v/19.ru.xml"}
    assert len(export(root, ["tei"]).summary) == 1


def test_a_text_that_cannot_be_read_keeps_its_file(tmp_path):
    """A text that changed since the run is told, and the file of the last export stays."""
    root = written(tmp_path / "a", STAYS)
    export(root, ["tei"])
    (root / "transcripts/v/18.en.txt").write_text("Something else.")
    assert len(export(root, ["tei"]).failures) == 1
    assert files_of(root, "tei") == {"v/18.ru.xml", "v/18.en.xml"}


def test_files_of_a_volume_without_results_go(tmp_path):
    """Where a volume was renamed its exports go with its results; a damaged record removes nothing."""
    root = written(tmp_path / "a", STAYS)
    export(root, ["tmx", "iiif"])
    damaged = root / "aligned/.exports/tmx/0000.json"
    damaged.write_text('{"volume": "w", "files": {"../run.json": [1, "", null]}}')
    shutil.move(root / "aligned/v", root / "aligned/w")
    (root / "aligned/run.json").write_text(json_document({"schema_version": SCHEMA_VERSION, "volumes": {"w": {}}}))
    shutil.move(root / "images/v", root / "images/w")
    export(root, ["tmx", "iiif"])
    assert files_of(root, "tmx") == {"w.tmx"}
    assert {path.partition("/")[0] for path in files_of(root, "iiif")} == {"w"}
    assert (root / "aligned/run.json").exists()


def test_what_was_written_before_a_fault_is_known_later(tmp_path):
    """Where an export ends with a fault, files that it had written are recorded, and nothing was removed."""
    root = written(tmp_path / "a", STAYS, GOES)
    export(root, ["tmx"], "19")
    written(root, STAYS)
    (root / "aligned/tmx/v.tmx/inside").mkdir(parents=True)
    assert len(export(root, ["tmx"]).failures) == 1
    assert files_of(root, "tmx") == {"v/19.tmx"}
    (root / "aligned/tmx/v.tmx/inside").rmdir()
    export(root, ["tmx"])
    assert files_of(root, "tmx") == {"v.tmx"}
