"""Pools: work done elsewhere or here, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import wait
from pathlib import Path

import pytest
from support.command_line import LONGEST_S
from support.processes import alive, until

from align.workers.pools import ProcessPool, SerialPool, usable_cores

SLEEPER = "import time; time.sleep(6000)"


def double(number: int) -> int:
    return 2 * number


def fail(words: str) -> None:
    raise ValueError(words)


def sleep_with_child(note: str) -> None:
    """Sleeps, and so does a child, as an engine's process would; notes both."""
    child = subprocess.Popen([sys.executable, "-S", "-c", SLEEPER])
    Path(note).write_text(f"{os.getpid()} {child.pid}", encoding="utf-8")
    child.wait()


def stopped_in_call(note: str) -> None:
    """Is told to stop while it has a temporary file, as a page that is being read."""
    with tempfile.NamedTemporaryFile(dir=Path(note).parent):
        Path(note).write_text(str(os.getpid()), encoding="utf-8")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10 * LONGEST_S)


def note_down(note: str) -> None:
    Path(note).write_text(str(os.getpid()), encoding="utf-8")


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


@pytest.mark.skipif(os.name != "posix", reason="signals as here are those of POSIX systems")
def test_a_worker_that_is_told_to_stop_begins_no_other_call(tmp_path):
    """It deletes the temporary files of its call and ends; a call that waits for it makes no new ones."""
    executor = ProcessPool(1).start()
    first = executor.submit(stopped_in_call, str(tmp_path / "first"))
    others = [executor.submit(note_down, str(tmp_path / f"other{n}")) for n in range(3)]
    assert first.exception() is not None
    wait(others)
    executor.shutdown(wait=False, cancel_futures=True)
    told = (tmp_path / "first").read_text()
    names = [path.name for path in tmp_path.iterdir()]
    assert not [name for name in names if not name.startswith(("first", "other"))]
    assert told not in [path.read_text() for path in tmp_path.glob("other*")]


PARENT_GONE = """
import sys
from align.workers import fork_server
raise {error}
"""


@pytest.mark.parametrize(
    "error", ["EOFError", "FileNotFoundError(2, 'a lock')", "ConnectionResetError", "BrokenPipeError"]
)
def test_a_worker_whose_parent_is_gone_says_nothing(error):
    """What a worker meets that begins when its parent has just ended is not printed."""
    done = subprocess.run([sys.executable, "-c", PARENT_GONE.format(error=error)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_other_faults_of_a_worker_are_told():
    """A worker that cannot begin for another reason says why."""
    program = PARENT_GONE.format(error="ImportError('numpy')")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"ImportError: numpy" in done.stderr


def test_there_is_a_core_to_use():
    """The number of workers that is taken by default is that of the processors this process may use."""
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
