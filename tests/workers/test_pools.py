"""Pools: work done elsewhere or here, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.processes import alive, until

from align.workers.pools import ProcessPool, SerialPool, usable_cores

SLEEPER = "import time; time.sleep(60)"


def double(number: int) -> int:
    return 2 * number


def fail(words: str) -> None:
    raise ValueError(words)


def sleep_with_child(note: str) -> None:
    """Sleeps, and so does a child, as an engine's process would; notes both."""
    child = subprocess.Popen([sys.executable, "-S", "-c", SLEEPER])
    Path(note).write_text(f"{os.getpid()} {child.pid}", encoding="utf-8")
    child.wait()


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("pool", [SerialPool(), ProcessPool(1)])
def test_results_and_exceptions_come_back(pool):
    """A call's value or exception is that of its future, wherever it was done."""
    with pool.start() as executor:
        assert executor.submit(double, 21).result() == 42
        with pytest.raises(ValueError, match="some words"):
            executor.submit(fail, "some words").result()


def test_an_interrupt_is_no_result():
    """Ctrl-C in this very process ends the run; it is not handed on as what became of a page."""
    with pytest.raises(KeyboardInterrupt):
        SerialPool().start().submit(interrupt)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_what_workers_do_ends_when_it_is_cancelled(tmp_path):
    """Shut down without waiting, a pool ends the work that is on its way, and the processes which that has started."""
    executor = ProcessPool(1).start()
    note = tmp_path / "note"
    executor.submit(sleep_with_child, str(note))
    assert until(lambda: note.exists() and note.read_text())
    pids = [int(pid) for pid in note.read_text().split()]
    assert all(alive(pid) for pid in pids)
    executor.shutdown(wait=False, cancel_futures=True)
    assert until(lambda: not any(alive(pid) for pid in pids))


def test_there_is_a_core_to_use():
    """The number of workers that is taken by default is that of the processors this process may use."""
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
