"""Results that are damaged are mended by the next run, and named by the commands that read them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.results_check import check_results
from support.small_collection import PageEngine, ToldProgress, files_of, make_collection, run_collection

from align import open_results
from align.api.running import run
from align.api.stored import opened_results, stored_rows
from align.cli import main
from align.errors import InputError, OutputError, UsageError
from align.files.store.results import Results

pytestmark = pytest.mark.slow  # whole runs over a collection


def everything(root: Path) -> dict[str, bytes]:
    """All files of the results but readings and the lock; run.json without its times."""
    found = files_of(root / "aligned", hidden=True)
    found = {name: data for name, data in found.items() if not name.startswith((".readings/", ".lock"))}
    run = json.loads(found["run.json"])
    run.pop("seconds")
    found["run.json"] = json.dumps(run).encode()
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of two volumes with its results; nobody changes it."""
    root = make_collection(tmp_path_factory.mktemp("whole") / "collection")
    make_collection(root, volume="letters", english=False)
    (root / "transcripts/letters/bad.ru.txt").write_bytes(bytes(range(256)) * 40)
    run_collection(root, PageEngine())
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    if data:
        data[len(data) // 2] ^= 1
    path.write_bytes(data or b"x")


def linked(path: Path) -> None:
    path.rename(path.with_name(f"{path.name}.other"))
    path.symlink_to(f"{path.name}.other")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut_at_a_row(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut at a row": cut_at_a_row,
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    "one bit": flipped,
    "link": linked,
    "folder": folder,
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_of_any_files_is_mended(whole, tmp_path_factory, data):
    """After any damage of any files of the results, a run gives byte for byte the results of a fresh run."""
    root = Path(shutil.copytree(whole, tmp_path_factory.mktemp("damaged") / "c"))
    names = sorted(name for name in files_of(root / "aligned", hidden=True) if name != ".lock")
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
    for name in chosen:
        path = root / "aligned" / name
        DAMAGES[data.draw(st.sampled_from(sorted(DAMAGES)))](path)
    run_collection(root, PageEngine())
    found = {name: content for name, content in everything(root).items() if not name.endswith(".other")}
    assert found == everything(whole)
    for path in root.rglob("*.other"):
        path.unlink()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("diary/links.jsonl", "cut at a row"),
        ("diary/links.jsonl", "one bit"),
        ("diary/pages.jsonl", "link"),
        ("diary/texts/1934-12-18.ru.txt", "cut"),
        ("diary/overlays/p0002.svg", "emptied"),
        ("diary/overlays/p0002.svg", "folder"),
        ("findings.jsonl", "missing"),
        ("run.json", "cut"),
    ],
)
def test_damaged_files_are_named_and_then_mended(root, capsys, name, damage):
    """Report and view end with exit code 3 and name the file and what to run; after that run they are content."""
    DAMAGES[damage](root / "aligned" / name)
    for command in ("report", "view"):
        assert main([command, str(root), *(["--no-open"] if command == "view" else [])]) == 3
        said = capsys.readouterr().err
        assert f"{name} is missing or damaged: run align run again" in said
    run_collection(root, PageEngine())
    assert Results.opened(root / "aligned").differing() == ()
    assert check_results(root / "aligned") == []


def test_an_export_that_shows_no_overlay_says_that_one_is_damaged(root, capsys):
    """An emptied overlay is told, and the export, which shows none, is written all the same."""
    (root / "aligned/diary/overlays/p0001.svg").write_bytes(b"")
    assert main(["export", str(root), "--format", "iiif"]) == 0
    assert "diary/overlays/p0001.svg is missing or damaged" in capsys.readouterr().err
    (root / "aligned/diary/texts/1934-12-18.ru.txt").write_bytes(b"x")
    assert main(["export", str(root), "--format", "iiif", "--volume", "diary"]) == 3
    assert main(["export", str(root), "--format", "iiif", "--volume", "letters"]) == 0


def test_a_damaged_volume_is_told_and_the_others_are_exported(root, capsys):
    """With one volume of two damaged, the other is exported, the damaged file is named, and the exit code is 5."""
    (root / "aligned/diary/texts/1934-12-18.ru.txt").write_bytes(b"x")
    assert main(["export", str(root), "--format", "iiif"]) == 5
    assert "diary/texts/1934-12-18.ru.txt is missing or damaged" in capsys.readouterr().err
    assert [path.name for path in (root / "aligned/iiif").iterdir()] == ["letters"]


def test_many_damaged_files_are_counted(root, capsys):
    """A few damaged files are named, and the others are counted."""
    for path in (root / "aligned/diary").glob("*.jsonl"):
        path.write_bytes(b"")
    assert main(["report", str(root)]) == 3
    said = capsys.readouterr().err
    assert "7 files in" in said or "6 files in" in said
    assert "more): run align run again, which writes them anew." in said


def test_a_file_that_is_cut_at_the_end_of_a_row_is_noticed_by_programs(root):
    """Objects and data frames are made of whole files alone, also where every row of a cut file is right."""
    cut_at_a_row(root / "aligned/diary/links.jsonl")
    results = open_results(root)
    with pytest.raises(InputError, match="damaged"):
        results["diary"]
    with pytest.raises(InputError, match="damaged"):
        list(stored_rows(opened_results(root), "diary/links.jsonl"))


def test_results_that_were_copied_without_their_records_can_be_read(root, tmp_path):
    """A copy of the visible files alone has nothing to compare with, and is read as it is."""
    shutil.copytree(root / "aligned", tmp_path / "published", ignore=shutil.ignore_patterns(".*"))
    assert len(open_results(tmp_path / "published")["diary"].links) == len(open_results(root)["diary"].links)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_result_that_may_not_be_read_is_written_anew(root, whole):
    """A result without permission to read is replaced."""
    (root / "aligned/diary/links.jsonl").chmod(0)
    run_collection(root, PageEngine())
    assert everything(root) == everything(whole)


def test_a_run_of_one_document_over_damaged_results_links_all(root, whole):
    """Rows of other documents are not taken from a damaged file: all documents are linked, and the user is told."""
    (root / "aligned/diary/links.jsonl").write_bytes(b"")
    progress = ToldProgress()
    run_collection(root, PageEngine(), document="1934-12-19", volume="diary", progress=progress)
    assert progress.said == ["The results of volume diary are damaged: all of its documents are linked again."]
    run_collection(root, PageEngine())
    assert everything(root) == everything(whole)


@pytest.mark.parametrize("kinds", [("png", "svg"), ("none", "svg")])
def test_the_record_stays_true_when_the_kind_of_overlays_changes(root, whole, kinds):
    """After runs with other pictures the results are those of a fresh run with the last kind, and nothing differs."""
    for kind in kinds:
        run_collection(root, PageEngine(), overlays=kind)
        assert Results.opened(root / "aligned").differing() == ()
    assert everything(root) == everything(whole)


def test_loose_findings_that_are_damaged_are_mended_by_a_run_of_one_volume(root, whole):
    """A run of one volume writes the findings about the texts of all, where the old ones are damaged."""
    (root / "aligned/findings.jsonl").write_bytes(b"")
    run_collection(root, PageEngine(), volume="diary")
    assert everything(root)["findings.jsonl"] == everything(whole)["findings.jsonl"]


# Volumes that are gone, and results of another collection.


def remove(root: Path, volume: str) -> None:
    shutil.rmtree(root / "images" / volume)
    shutil.rmtree(root / "transcripts" / volume)


def test_results_of_a_volume_that_is_gone_are_removed_by_a_run_of_all(root):
    """Also after a run of another volume, the results go; files of the user's own stay and are named."""
    (root / "aligned/letters/notes.md").write_text("mine")
    remove(root, "letters")
    run_collection(root, PageEngine(), volume="diary")
    assert (root / "aligned/letters/links.jsonl").exists()
    progress = ToldProgress()
    run_collection(root, PageEngine(), progress=progress)
    assert [p.name for p in (root / "aligned/letters").rglob("*")] == ["notes.md"]
    (said,) = progress.said
    assert "letters" in said
    assert "notes.md" in said
    assert check_results(root / "aligned") == []


def test_results_of_a_volume_that_is_gone_are_removed_when_it_is_named(root):
    """A run of a volume that only the results know removes these, and nothing else."""
    remove(root, "letters")
    before = files_of(root / "aligned/diary")
    run_collection(root, PageEngine(), volume="letters")
    assert not (root / "aligned/letters").exists()
    assert files_of(root / "aligned/diary") == before
    assert list(json.loads((root / "aligned/run.json").read_text())["volumes"]) == ["diary"]
    with pytest.raises(UsageError):
        run_collection(root, PageEngine(), volume="letters")


@pytest.mark.parametrize("damaged", ["run.json", ".volumes", "both"])
def test_results_of_a_volume_that_is_gone_are_known_by_their_rows_too(root, damaged):
    """Where run.json or the records are gone, the ids of a folder's pages say whose they are; a copy is not touched."""
    shutil.copytree(root / "aligned/letters", root / "aligned/letters-backup")
    remove(root, "letters")
    if damaged != ".volumes":
        (root / "aligned/run.json").unlink()
    if damaged != "run.json":
        shutil.rmtree(root / "aligned/.volumes")
    run_collection(root, PageEngine())
    assert not (root / "aligned/letters").exists()
    assert (root / "aligned/letters-backup/links.jsonl").exists()


def test_results_of_another_collection_are_not_overwritten(root, tmp_path):
    """A run into the results of another collection is refused; a collection that was moved with its results is not."""
    other = make_collection(tmp_path / "other", volume="diary")
    before = everything(root)
    for command in (["run", str(other), "--jobs", "1"], ["report", str(other)]):
        assert main([*command, "--out", str(root / "aligned")]) == 3
    assert everything(root) == before
    moved = root.rename(tmp_path / "moved")
    run_collection(moved, PageEngine())
    assert everything(moved) == before
    with pytest.raises(OutputError, match="another collection"):
        run(other, out=moved / "aligned", engine=PageEngine())
