"""PageReader: what is kept is not read again, pages come in order, and one page's fault stays its own."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from support.small_collection import (
    LINES,
    DyingEngine,
    FailingEngine,
    FaultyEngine,
    PageEngine,
    ToldProgress,
    UninstalledEngine,
    drawn_page,
    ink_rows,
    make_collection,
)

from align.batch.scans import ScanResult, failures_by_cause, list_job
from align.batch.scheduling import WINDOW, PageReader
from align.batch.volume_reading import VolumeScans
from align.errors import EngineError, MissingDependencyError, OutputError
from align.files.collection.volumes import ScanFile
from align.files.store.readings import KeptReadings, ReadingStore
from align.files.store.result_store import ResultStore
from align.ocr import Engine
from align.tuning.reading import READING
from align.workers.calls import Pool
from align.workers.pools import ProcessPool, SerialPool

pytestmark = pytest.mark.slow  # volumes are read, many by worker processes


def read_folder(
    root: Path,
    engine: Engine,
    *,
    pool: Pool | None = None,
    languages: Sequence[str] = ("ru", "en"),
    retry: bool = False,
    progress: ToldProgress | None = None,
    store: ResultStore | None = None,
    window: int = WINDOW,
) -> dict[str, list[ScanResult]]:
    """What is read of all volumes under images/."""
    own = store or ResultStore(root / "aligned", collection=root)
    volumes = [
        VolumeScans(
            folder.name,
            tuple(ScanFile(path.relative_to(root).as_posix()) for path in sorted(folder.iterdir())),
            tuple(languages),
        )
        for folder in sorted((root / "images").iterdir())
    ]
    with own.opened():
        reader = PageReader(
            root,
            engine,
            pool or SerialPool(),
            KeptReadings(ReadingStore(own)),
            progress or ToldProgress(),
            retry=retry,
            window=window,
        )
        return {volume.name: volume.scans for volume in reader.read(volumes)}


def line_counts(scans: Sequence[ScanResult]) -> list[int]:
    """How many lines were read on each scan."""
    return [sum(len(reading.lines) for reading in scan.readings) for scan in scans]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "collection")


def long_volume(root: Path, lines: Sequence[int], volume: str = "diary") -> Path:
    """A collection with a page for each number of lines."""
    folder = root / "images" / volume
    folder.mkdir(parents=True)
    for number, count in enumerate(lines, start=1):
        drawn_page(count, seed=number).save(folder / f"{number:04d}.png")
    return root


def test_the_engine_of_these_tests_sees_the_lines_that_are_drawn():
    """A drawn page has as many rows of ink as lines were asked for."""
    for lines in (1, 7, 14):
        assert len(ink_rows(np.asarray(drawn_page(lines)))) == lines


def test_scans_come_in_the_order_of_their_files(root):
    """Whatever is read first, a volume's scans come in the order of their files, each with its own lines."""
    scans = read_folder(root, PageEngine())["diary"]
    assert [scan.scan.path for scan in scans] == [f"images/diary/000{n}.png" for n in (1, 2, 3)]
    assert line_counts(scans) == list(LINES)
    assert all(scan.fresh and scan.failure is None for scan in scans)


def test_what_was_read_is_not_read_again(root):
    """A second reading calls the engine for nothing and gives what the first gave."""
    first = read_folder(root, PageEngine())
    engine = PageEngine()
    second = read_folder(root, engine)
    assert engine.calls == []
    assert [scan.readings for scan in second["diary"]] == [scan.readings for scan in first["diary"]]
    assert not any(scan.fresh for scan in second["diary"])


def test_retry_reads_all_anew(root):
    """With retry every page goes to the engine again."""
    read_folder(root, PageEngine())
    engine = PageEngine()
    assert all(scan.fresh for scan in read_folder(root, engine, retry=True)["diary"])
    assert sorted(rows for rows, _ in engine.calls) == sorted(LINES)


def test_another_engine_reads_anew(root):
    """Readings of one engine are not taken for another's."""
    read_folder(root, PageEngine())
    engine = PageEngine(name="drawn 2")
    read_folder(root, engine)
    assert len(engine.calls) == len(LINES)


def test_a_changed_scan_alone_is_read_again(root):
    """When one image changes, the engine is called for that one."""
    read_folder(root, PageEngine())
    drawn_page(LINES[2], seed=77).save(root / "images/diary/0003.png")
    engine = PageEngine()
    read_folder(root, engine)
    assert [rows for rows, _ in engine.calls] == [LINES[2]]


def test_a_renamed_scan_is_not_read_again(root):
    """A reading is found by what the scan holds, not by its name."""
    read_folder(root, PageEngine())
    (root / "images/diary/0001.png").rename(root / "images/diary/0009.png")
    engine = PageEngine()
    scans = read_folder(root, engine)["diary"]
    assert engine.calls == []
    assert line_counts(scans) == [LINES[1], LINES[2], LINES[0]]


def test_a_damaged_reading_is_the_same_as_none(root):
    """A kept reading that was cut off is read anew, without a word."""
    read_folder(root, PageEngine())
    kept = sorted((root / "aligned/.readings").rglob("*.gz"))
    kept[0].write_bytes(kept[0].read_bytes()[:40])
    engine = PageEngine()
    assert line_counts(read_folder(root, engine)["diary"]) == list(LINES)
    assert len(engine.calls) == 1


def test_more_scans_than_are_on_their_way_at_once(tmp_path):
    """A volume much longer than the window comes whole and in order, and so does the volume after it."""
    lines = [1 + n % 4 for n in range(9)]
    long_volume(tmp_path, lines, "a")
    long_volume(tmp_path, lines[::-1], "b")
    results = read_folder(tmp_path, PageEngine(), languages=["ru"], window=2)
    assert list(results) == ["a", "b"]
    assert line_counts(results["a"]) == lines
    assert line_counts(results["b"]) == lines[::-1]


def test_the_language_of_the_first_pages_is_tried_first_on_the_others(tmp_path):
    """Where the language is open, a few pages spread over the volume find it, and the others are read once."""
    long_volume(tmp_path, [12] * 14)
    for number, path in enumerate(sorted((tmp_path / "images/diary").iterdir())):
        drawn_page(12, seed=number).save(path)
    engine = PageEngine()
    scans = read_folder(tmp_path, engine, languages=["en", "ru"])["diary"]
    assert {reading.language for scan in scans for reading in scan.readings} == {"ru"}
    whole = [languages for rows, languages in engine.calls if rows == 12]
    assert whole.count(("en",)) == READING.language_probes
    assert whole[-(14 - READING.language_probes) :] == [("ru",)] * (14 - READING.language_probes)


def test_a_volume_with_one_language_has_no_pages_held_back(tmp_path):
    """Where collection.toml names one language, pages are read from the first to the last."""
    lines = list(range(3, 13))
    long_volume(tmp_path, lines)
    engine = PageEngine()
    read_folder(tmp_path, engine, languages=["ru"])
    assert [rows for rows, _ in engine.calls] == lines


@pytest.mark.parametrize("kept", [1, 4, 7])
def test_what_an_interrupted_run_left_changes_no_later_reading(tmp_path, kept):
    """A run that finds some pages read gives the readings of a run that finds none, whatever their languages."""
    long_volume(tmp_path / "a", [12, 11] * 5)
    long_volume(tmp_path / "b", [12, 11] * 5)

    class Both(PageEngine):
        """Reads every page in the language that it is first asked for."""

        def read(self, image, *, languages, dpi):
            self.language = languages[0]
            return PageEngine.read(self, image, languages=languages, dpi=dpi)

    whole = read_folder(tmp_path / "a", Both())["diary"]

    class Stopping(Both):
        def before(self, rows):
            if len(self.calls) > kept:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_folder(tmp_path / "b", Stopping())
    assert [s.readings for s in read_folder(tmp_path / "b", Both())["diary"]] == [s.readings for s in whole]


def test_a_failing_page_fails_alone(root):
    """A page that the engine cannot read is a failure with its cause; the others are read, and the user is told."""
    progress = ToldProgress()
    scans = read_folder(root, FailingEngine(), progress=progress)["diary"]
    assert [scan.failure.cause if scan.failure else None for scan in scans] == [None, "drawn-failure", None]
    assert line_counts(scans) == [LINES[0], 0, LINES[2]]
    assert progress.said == [scans[1].failure.message]


def test_a_failed_page_is_tried_again(root):
    """A failure is not kept: the next run reads that page, and only that."""
    read_folder(root, FailingEngine())
    engine = PageEngine()
    assert line_counts(read_folder(root, engine)["diary"]) == list(LINES)
    assert [rows for rows, _ in engine.calls] == [LINES[1]]


def test_failures_are_counted_by_cause(tmp_path):
    """The cause with the most files comes first, each with its files in order and the first one's sentence."""
    long_volume(tmp_path, [5, 6, 7])
    for name in ("0004", "0005"):
        (tmp_path / f"images/diary/{name}.png").write_bytes(b"")
    failed = failures_by_cause(read_folder(tmp_path, FailingEngine(fails_on=6))["diary"])
    assert [(f.cause, [Path(path).stem for path in f.files]) for f in failed] == [
        ("empty", ["0004", "0005"]),
        ("drawn-failure", ["0002"]),
    ]
    assert failed[0].message.startswith("images/diary/0004.png is empty")


def test_a_bug_on_a_page_fails_that_page_and_is_logged(root, caplog):
    """An exception that nobody foresaw is a failure of cause "bug", and its traceback is in the log."""
    with caplog.at_level(logging.ERROR):
        scans = read_folder(root, FaultyEngine())["diary"]
    assert [scan.failure.cause if scan.failure else None for scan in scans] == [None, "bug", None]
    assert "report" in scans[1].failure.message
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_a_page_without_memory_says_so(root):
    """Want of memory is no bug: the page fails with a sentence that says what to do."""

    class Hungry(FailingEngine):
        def before(self, rows):
            if rows == self.fails_on:
                raise MemoryError

    failure = read_folder(root, Hungry())["diary"][1].failure
    assert failure.cause == "out-of-memory"
    assert "images/diary/0002.png needs more memory" in failure.message


def test_a_missing_program_ends_the_run(root):
    """Where the engine is not installed no page can be read, and that is what is raised."""
    with pytest.raises(MissingDependencyError):
        read_folder(root, UninstalledEngine())


def test_results_that_cannot_be_kept_end_the_run(root):
    """A full disk is no fault of the page that was just read."""

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError) as caught:
        read_folder(root, PageEngine(), store=ResultStore(root / "aligned", collection=root, sync=full))
    assert caught.value.cause == "disk-full"


def test_workers_give_what_this_process_gives(root):
    """Worker processes and this very process read the same."""
    alone = read_folder(root, PageEngine())["diary"]
    together = read_folder(root, PageEngine(), pool=ProcessPool(2), retry=True)["diary"]
    assert [scan.readings for scan in together] == [scan.readings for scan in alone]


def test_a_page_that_ends_its_worker_fails_alone(tmp_path):
    """When a worker dies, the page that it dies of fails, and every other page of the batch is read."""
    lines = [4, 5, 6, 7, 8]
    long_volume(tmp_path, lines)
    engine = DyingEngine(fails_on=6)
    progress = ToldProgress()
    scans = read_folder(tmp_path, engine, pool=ProcessPool(2), progress=progress, languages=["ru"])["diary"]
    assert [scan.failure.cause if scan.failure else None for scan in scans] == [None, None, "worker-died", None, None]
    assert line_counts(scans) == [4, 5, 0, 7, 8]
    assert progress.said == [scans[2].failure.message]


def deadly_list(root: Path, path: str, *, deadly: str) -> list[ScanResult]:
    """The scans of one file; a certain file ends the process."""
    if path == deadly:
        os._exit(9)
    return list_job(root, path)


@pytest.mark.parametrize("deadly", [1, 3])
def test_a_file_that_ends_its_worker_when_opened_fails_alone(tmp_path, monkeypatch, deadly):
    """A file of which a worker dies before any page is read, a crafted PDF say, fails; every other one is read."""
    long_volume(tmp_path, [4, 5, 6, 7])
    ends_at = partial(deadly_list, deadly=f"images/diary/000{deadly}.png")
    monkeypatch.setattr("align.batch.scheduling.list_job", ends_at)
    scans = read_folder(tmp_path, PageEngine(), pool=ProcessPool(2), languages=["ru"])["diary"]
    assert [n for n, scan in enumerate(scans, start=1) if scan.failure] == [deadly]
    assert scans[deadly - 1].failure.cause == "worker-died"
    assert line_counts(scans) == [0 if n == deadly else 3 + n for n in range(1, 5)]


def test_engine_errors_come_back_from_workers_as_they_were(root):
    """Cause and sentence of a page's failure survive the way from the worker."""
    scans = read_folder(root, FailingEngine(), pool=ProcessPool(1))["diary"]
    error = EngineError("Tesseract could not read the page (it said so); check that scan.", cause="drawn-failure")
    assert (scans[1].failure.cause, scans[1].failure.message) == (error.cause, error.message)
