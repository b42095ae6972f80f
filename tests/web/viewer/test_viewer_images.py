"""Making the images of pages: few are held at a time, and a scan that cannot be shown takes no other along."""

from __future__ import annotations

import gc
import os
import weakref
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from support.front_end import needs_front_end
from support.invented_volume import write_invented
from support.losing_pool import LosingPool
from web.viewer.conftest import ENTRIES, build

from align.files.scans.fingerprints import KnownScan, RunScans, Signature
from align.model import Box, Frame, Page, ScanInfo
from align.web.viewer.images import ScanJob, all_made, planned, wanted_images
from align.web.viewer.site import ASSETS
from align.workers.pools import ProcessPool


@pytest.fixture
def jobs(tmp_path):
    """The work on six scans."""
    pages = []
    for n in range(1, 7):
        Image.new("RGB", (40, 20), (200, 10, n)).save(tmp_path / f"{n}.png")
        scan = ScanInfo(f"{n}.png", None, 40, 20, None, sha256((tmp_path / f"{n}.png").read_bytes()).hexdigest())
        pages.append(Page(n, f"v.p{n}", f"k{n}", scan, Frame(Box(0, 0, 40, 20)), "ok"))
    return list(planned(RunScans(tmp_path), wanted_images(pages), lambda file: False).jobs)


def outcome(pool, jobs):
    """What came of each job: how many files, or why there are none."""
    return [result if isinstance(result, str) else len(result) for _, result in all_made(jobs, pool)]


class Blob(list):
    """A list that can be watched going."""


@dataclass
class WatchedPool:
    """Workers whose results are watched."""

    workers: int
    results: list = field(default_factory=list)

    def start(self) -> Executor:
        return _Watched(self.results)


class _Watched(Executor):
    def __init__(self, results):
        self.results = results

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        made = Blob([("x", b"1")])
        self.results.append(weakref.ref(made))
        future.set_result(made)
        return future


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2, 8])
def test_few_images_are_held(workers):
    """However many scans there are, no more results are held than two for each worker and the one handed out."""
    pool = WatchedPool(workers)
    scans = [ScanInfo(f"{n}.jpg", None, 10, 10, None, "") for n in range(100)]
    jobs = [ScanJob(Path(), KnownScan(scan, Signature(0, 0, 0, 0, 0)), ()) for scan in scans]
    gc.collect()
    gc.freeze()  # What other tests of the process left is not looked through a hundred times.
    for _, _result in all_made(jobs, pool):
        gc.collect()
        assert sum(made() is not None for made in pool.results) <= 2 * workers + 1
    gc.unfreeze()
    assert len(pool.results) == 100


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_worker_that_dies_takes_one_scan_along(jobs, lost):
    """A scan that killed its worker is named and has no images; all others have theirs, in their order."""
    found = outcome(LosingPool(lost), jobs)
    assert found[lost:] == [3] * (6 - lost)
    assert found[:lost] == [
        f"{n}.png ended the process that worked on it, twice: save it anew as PNG, or make it smaller."
        for n in range(1, lost + 1)
    ]


class Deadly:
    """What ends the process that it is sent to."""

    def __reduce__(self):
        return os._exit, (9,)


@pytest.mark.slow
@pytest.mark.parametrize("deadly", [0, 3, 5])
def test_a_worker_that_is_killed(jobs, deadly):
    """Where a worker process is ended by one scan, wherever it stands, that scan alone has no images."""
    jobs[deadly] = replace(jobs[deadly], root=Deadly())
    found = outcome(ProcessPool(2), jobs)
    assert "ended the process" in found.pop(deadly)
    assert found == [3] * 5


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError(), "more memory than it may take"), (ValueError("odd"), "please report it")]
)
def test_no_fault_of_a_scan_stops_the_build(tmp_path, monkeypatch, error, said):
    """A scan that needs too much memory, or that the program fails on, is named; the viewer is whole but for it."""
    from align.files.scans.images import load_known

    def loaded(root, known):
        if known.scan.path.endswith("00001.jpg"):
            raise error
        return load_known(root, known)

    needs_front_end(*ASSETS)
    monkeypatch.setattr("align.web.viewer.images.load_known", loaded)
    write_invented(tmp_path, ENTRIES)
    built = build(tmp_path, tmp_path / "aligned")
    (failure,) = built.failures
    assert failure.startswith("images/v/00001.jpg")
    assert said in failure
    assert (built.pages, built.images) == (2, 1)
    assert len(list((tmp_path / "aligned" / "viewer" / "images").iterdir())) == 1
