"""A run under limits: a scan or text that hangs or takes too much fails by itself, and the others go on.

No test holds a file that harms a decoder: workers load stubs that sleep or take memory in its place.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from support.command_line import align
from support.greedy_loaders import BAD, hang, hang_on_text, take_all
from support.results_check import check_results
from support.small_collection import PageEngine, make_collection, results_of, run_collection

from align.batch import scheduling
from align.batch.page_job import PageJob
from align.errors import ScanError
from align.workers.limits import GB, Limits
from align.workers.pools import ProcessPool

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="limits as here are those of POSIX systems"),
]

# Seconds: generous for a drawn page on a busy machine. Megabytes: a drawn page takes less by far.
SECONDS, MEMORY = 15, GB // 2
# A page marker that backtracks for ever in a line of letters alone, if it were let. No test gives it such a line.
HARMLESS = r"(?:a+)+(\d+)"


def pool() -> ProcessPool:
    return ProcessPool(2, limits=Limits(SECONDS, MEMORY, 4 * GB))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "collection", english=False)


CASES = pytest.mark.parametrize(("stub", "cause"), [(hang, "timeout"), (take_all, "out-of-memory")])


@CASES
def test_a_scan_that_takes_too_much_to_load_fails_alone(root, monkeypatch, stub, cause):
    """The page fails with its cause, the others are linked, and the next run reads that page alone."""
    whole = make_collection(root.parent / "whole", english=False)
    run_collection(whole, PageEngine())
    # Jobs are pickled with their loader, so the stub goes along to the worker.
    job = PageJob
    monkeypatch.setattr(scheduling, "PageJob", lambda *parts: replace(job(*parts), load=stub))
    outcome = run_collection(root, PageEngine(), pool=pool())
    assert [(failed.cause, failed.files) for failed in outcome.failures] == [(cause, [f"images/diary/{BAD}.png"])]
    assert outcome.exit_code(None) == 5
    assert outcome.counts.linked > 5
    assert check_results(root / "aligned") == []
    monkeypatch.undo()
    engine = PageEngine()
    assert run_collection(root, engine).failures == ()
    assert len(engine.calls) == 1
    assert results_of(root) == results_of(whole)


@CASES
def test_a_file_that_takes_too_much_to_list_fails_alone(root, monkeypatch, stub, cause):
    """A file whose pages are never counted fails with its cause, and the others are linked."""
    monkeypatch.setattr(scheduling, "list_job", stub)
    outcome = run_collection(root, PageEngine(), pool=pool())
    assert [(failed.cause, failed.files) for failed in outcome.failures] == [(cause, [f"images/diary/{BAD}.png"])]
    assert outcome.counts.linked > 5


def test_a_text_that_takes_too_long_is_a_finding(root, monkeypatch):
    """A text that is never read is named in a finding, and all other texts are linked."""
    monkeypatch.setattr(scheduling, "read_text", partial(hang_on_text, name="1934-12-19"))
    outcome = run_collection(root, PageEngine(), pool=pool())
    assert outcome.failures == ()
    assert outcome.counts.linked > 5
    rows = (root / "aligned" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    (row,) = [row for row in rows if "text-unreadable" in row]
    assert "transcripts/diary/1934-12-19.ru.txt took longer than 15 seconds" in row
    assert "page_marker of collection.toml" in row


def test_a_dry_run_and_the_command_have_limits(root):
    """Options and environment set the limits of each command; a text that no worker can read so soon is named."""
    (root / "collection.toml").write_text(f"page_marker = '{HARMLESS}'\n", encoding="utf-8")
    done = align("run", str(root), "--dry-run", "--time-limit", "0.000001")
    assert done.returncode == 0, done.stderr
    assert "took longer than 1e-06 seconds" in done.stdout
    by_environment = align("run", str(root), "--dry-run", env={**os.environ, "ALIGN_TIME_LIMIT": "0.000001"})
    assert "took longer than 1e-06 seconds" in by_environment.stdout
    usual = align("run", str(root), "--dry-run")
    assert "took longer" not in usual.stdout
    assert usual.stdout.count("sentences") == 3


def test_a_limit_that_is_no_number_is_refused(root):
    """A limit in the environment that is no number above 0 ends the command with exit code 2 and its name."""
    done = align("run", str(root), "--dry-run", env={**os.environ, "ALIGN_MEMORY_LIMIT": "much"})
    assert done.returncode == 2
    assert "ALIGN_MEMORY_LIMIT is “much”" in done.stderr


def test_a_program_s_scans_have_limits(root, monkeypatch):
    """Reading one image from a program is guarded too: ScanError with the cause, and the next image is read."""
    from align.api import guarded

    path = "images/diary/0001.png"
    (scan,) = guarded.scans_of(root, path)
    assert guarded.pixels_of(root, scan).shape == (800, 620)
    monkeypatch.setenv("ALIGN_TIME_LIMIT", f"{SECONDS}")
    guarded._worker.cache_clear()
    monkeypatch.setattr(guarded, "load_scan", hang)
    with pytest.raises(ScanError) as caught:
        guarded.pixels_of(root, replace(scan, path=f"images/diary/{BAD}.png"))
    assert caught.value.cause == "timeout"
    assert guarded.pixels_of(root, scan).shape == (800, 620)
    guarded._worker.cache_clear()
