"""What cannot be read is never taken for empty: the volume keeps its results, and one sentence says what to do."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image
from support.results_check import check_results, read_rows
from support.small_collection import PageEngine, ToldProgress, drawn_page, files_of, make_collection, run_collection

from align.batch import page_job
from align.batch.again.rereading import RereadJob, run_reread_job
from align.batch.again.second_looks import LookJob, run_look_job
from align.batch.page_job import PageJob, run_page_job
from align.errors import ExitCode, InputError, ScanError
from align.files.collection import tree
from align.files.collection.opening import open_collection
from align.files.scans.images import list_scans, load_scan
from align.files.scans.unchanged import changing
from align.model import Box, Frame, ScanInfo
from align.pixels import Pixels
from align.reading.again import WAYS

pytestmark = pytest.mark.slow  # whole runs over a collection
FRAME = Frame(Box(0, 0, 620, 800))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of two volumes with its results; nobody changes it."""
    root = make_collection(tmp_path_factory.mktemp("whole") / "collection")
    make_collection(root, volume="letters", english=False)
    run_collection(root, PageEngine())
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, root: Path):
    """Makes the system refuse to list a folder of the collection, with this error, until it is called with None."""
    real = os.scandir

    def refuse(relative: str | None, number: int = errno.EACCES) -> None:
        def scandir(where: Path):
            if relative is not None and Path(where) == root / relative:
                raise OSError(number, os.strerror(number))
            return real(where)

        monkeypatch.setattr(tree.os, "scandir", scandir)

    return refuse


def volumes(root: Path) -> dict[str, bytes]:
    """The results of the volumes."""
    return {name: data for name, data in files_of(root / "aligned").items() if "/" in name}


def left_of(root: Path) -> list[tuple[str, str]]:
    run = json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))
    return [(left["volume"], left["cause"]) for left in run["left"]]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOENT])
@pytest.mark.parametrize("folder", ["images/letters", "transcripts/letters"])
def test_an_unreadable_folder_leaves_its_volume_as_it_was(root, whole, refused, folder, number):
    """The other volume is linked, exit code 5 says so, and once the folder can be read all is as in a fresh run."""
    refused(folder, number)
    progress = ToldProgress()
    outcome = run_collection(root, PageEngine(), progress=progress)
    assert outcome.exit_code(None) is ExitCode.PAGES_FAILED
    (said,) = progress.said
    assert said.startswith(f"{folder} cannot be read ({os.strerror(number)}): check its permissions")
    assert said.endswith("; volume letters is left as it was.")
    assert volumes(root) == volumes(whole)
    assert left_of(root) == [("letters", "unreadable")]
    assert list(json.loads((root / "aligned/run.json").read_text())["volumes"]) == ["diary", "letters"]
    assert check_results(root / "aligned") == []
    refused(None)
    assert run_collection(root, PageEngine()).exit_code(None) is ExitCode.DONE
    assert files_of(root / "aligned/letters") == files_of(whole / "aligned/letters")
    assert left_of(root) == []


@pytest.mark.parametrize("folder", ["images", "transcripts", "ocr"])
def test_where_nothing_can_be_done_nothing_is_written(root, refused, folder):
    """An unreadable top folder ends the run before anything is written, and no volume loses its results."""
    (root / "ocr").mkdir()
    before = files_of(root / "aligned", hidden=True)
    refused(folder)
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\): check its permissions") as caught:
        run_collection(root, PageEngine())
    assert caught.value.exit_code is ExitCode.UNUSABLE_INPUT
    assert folder in caught.value.message
    assert files_of(root / "aligned", hidden=True) == before


def test_an_unreadable_folder_of_scans_is_no_empty_one(tmp_path, monkeypatch):
    """Where the only folder of scans cannot be read, the message speaks of permissions and not of missing scans."""
    root = make_collection(tmp_path / "c")
    real = os.scandir

    def scandir(where: Path):
        if Path(where).name == "diary":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(where)

    monkeypatch.setattr(tree.os, "scandir", scandir)
    with pytest.raises(InputError, match=r"^images/diary cannot be read \(Permission denied\): check its permissions"):
        open_collection(root)


@pytest.mark.parametrize(
    ("folder", "how"),
    [
        ("transcripts", "missing"),
        ("transcripts", "empty"),
        ("transcripts/letters", "missing"),
        ("transcripts/letters", "empty"),
        ("images/letters", "empty"),
    ],
)
def test_a_folder_that_lost_all_its_files_is_away(root, whole, folder, how):
    """A mount point without its share is no wish to remove everything; deleting the results says that it is meant."""
    shutil.move(root / folder, root / "elsewhere")
    if how == "empty":
        (root / folder).mkdir()
    if folder == "transcripts":
        with pytest.raises(InputError, match="holds no texts any more"):
            run_collection(root, PageEngine())
    else:
        assert run_collection(root, PageEngine()).exit_code(None) is ExitCode.PAGES_FAILED
        assert left_of(root)[0][0] == "letters"
    assert volumes(root) == volumes(whole)
    for volume in ("diary", "letters"):
        shutil.rmtree(root / "aligned" / volume)
    outcome = run_collection(root, PageEngine())
    assert outcome.exit_code(None) is ExitCode.DONE
    assert check_results(root / "aligned") == []
    assert outcome.counts.pages == (3 if folder == "images/letters" else 6)


def test_a_document_that_was_deleted_is_gone(root):
    """Where other texts of the folder are there, a deleted one was deleted by its editor, and the results follow."""
    for path in (root / "transcripts/letters").glob("1934-12-21.*"):
        path.unlink()
    assert run_collection(root, PageEngine()).exit_code(None) is ExitCode.DONE
    assert "1934-12-21" not in {row["document"] for row in read_rows(root / "aligned/letters/links.jsonl")}


def test_a_text_that_cannot_be_opened_any_more(root, whole):
    """A text that is listed and cannot be opened leaves its volume as it was."""
    text = root / "transcripts/letters/1934-12-21.ru.txt"
    held = text.read_bytes()
    text.unlink()
    text.symlink_to("nowhere")
    assert run_collection(root, PageEngine()).exit_code(None) is ExitCode.PAGES_FAILED
    assert volumes(root) == volumes(whole)
    text.unlink()
    text.write_bytes(held)
    assert run_collection(root, PageEngine()).exit_code(None) is ExitCode.DONE


@pytest.mark.parametrize("bytes_left", [0, 100, 2000])
def test_a_scan_that_is_half_copied_leaves_its_volume_as_it_was(root, whole, bytes_left):
    """A scan that was whole in the last run and is cut now takes no link away."""
    scan = root / "images/letters/0002.png"
    scan.write_bytes(scan.read_bytes()[:bytes_left])
    progress = ToldProgress()
    outcome = run_collection(root, PageEngine(), progress=progress)
    assert outcome.exit_code(None) is ExitCode.PAGES_FAILED
    assert "images/letters/0002.png" in outcome.left[0].message
    assert volumes(root) == volumes(whole)


def test_a_page_that_never_could_be_read_holds_nothing_up(root):
    """A file of several pages of which one always fails is no file that was whole: an edited text is linked."""
    pages = [drawn_page(lines) for lines in (8, 10)]
    path = root / "images/letters/0004.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw")
    data = bytearray(path.read_bytes())
    with Image.open(path) as image:
        image.seek(1)
        start = image.tag_v2[273][0]
    data[start : start + 600] = bytes(600)
    path.write_bytes(data)
    first = run_collection(root, PageEngine())
    assert [failed.files for failed in first.failures] == [["images/letters/0004.tif"]]
    assert first.left == ()
    (root / "transcripts/letters/1934-12-21.ru.txt").unlink()
    assert run_collection(root, PageEngine()).left == ()
    assert "1934-12-21" not in {row["document"] for row in read_rows(root / "aligned/letters/links.jsonl")}


@pytest.mark.parametrize(
    ("run", "job", "rest"),
    [
        (run_page_job, PageJob, (("ru",),)),
        (run_reread_job, RereadJob, (FRAME, "ru", next(iter(WAYS)))),
        (run_look_job, LookJob, (FRAME, "ru", ())),
    ],
)
def test_a_reading_of_a_scan_that_grows_meanwhile_is_not_kept(tmp_path, run, job, rest):
    """No reading, first or again, is kept under the digest of other bytes: the page says that its scan is changing."""
    root = make_collection(tmp_path / "c", english=False)
    scan = root / "images/diary/0003.png"
    (info,) = list_scans(root, "images/diary/0003.png")

    def load(where: Path, wanted: ScanInfo) -> Pixels:
        pixels = load_scan(where, wanted)
        scan.write_bytes(scan.read_bytes() + b"more")
        return pixels

    with pytest.raises(ScanError, match="changes while it is read") as caught:
        run(job(root, info, load, PageEngine(), *rest))
    assert caught.value.cause == "changing"


def test_a_scan_that_changes_while_it_is_read_leaves_its_volume_as_it_was(root, whole, monkeypatch):
    """The volume with a scan that is being copied keeps its results, and the other volume goes on."""

    def refuse(_: Path, info: ScanInfo) -> None:
        if info.path.startswith("images/letters/0002"):
            raise changing(info.path)

    monkeypatch.setattr(page_job, "refuse_changed", refuse)
    outcome = run_collection(root, PageEngine(), retry=True)
    assert [(left.volume, left.cause) for left in outcome.left] == [("letters", "changing")]
    assert volumes(root) == volumes(whole)
