"""A crew: calls have deadlines and memory limits, and what dies takes nothing else along."""

from __future__ import annotations

import multiprocessing.forkserver
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from support.processes import alive, until

from align.workers.limits import GB, Limits
from align.workers.lost import CallTimedOut, WorkerDied, lacked_memory
from align.workers.pools import ProcessPool

pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups and limits as here are those of POSIX")

LONG = Limits(600, 2 * GB, 4 * GB)
# Seconds that a stub sleeps that would never end by itself.
ENDLESS = 600


def crew(workers: int = 1, limits: Limits = LONG):
    return ProcessPool(workers, limits=limits).start()


def double(number: int) -> int:
    return 2 * number


def sleep_deaf(note: str) -> None:
    """Sleeps as a decoder that hangs does: it hears no signal to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Path(note).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(ENDLESS)


def sleep_with_files_and_child(note: str) -> None:
    """Sleeps while a program runs, with a temporary folder of its own."""
    with tempfile.TemporaryDirectory(dir=Path(note).parent) as folder:
        child = subprocess.Popen([sys.executable, "-S", "-c", f"import time; time.sleep({ENDLESS})"])
        try:
            Path(note).write_text(f"{os.getpid()} {child.pid} {folder}", encoding="utf-8")
            child.wait()
        finally:
            child.kill()


def take(megabytes: int) -> int:
    """Takes so much memory; gives its size."""
    return len(bytearray(megabytes * 1_000_000))


def take_in_child(megabytes: int) -> int:
    """The exit code of a program that takes so much memory."""
    program = f"bytearray({megabytes} * 1_000_000)"
    return subprocess.run([sys.executable, "-S", "-c", program], stderr=subprocess.DEVNULL, check=False).returncode


def die_once(note: str) -> str:
    """Ends its process the first time, and is done the second."""
    path = Path(note)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def die_with(megabytes: int) -> None:
    """Takes so much memory, keeps it till the parent has seen it, and dies as a library does that gets no more."""
    held = bytearray(megabytes * 1_000_000)
    time.sleep(3)
    os.abort()
    del held


def pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


class Large:
    """An argument that needs so much memory, as it says."""

    def __init__(self, needed_bytes: int, folder: str) -> None:
        self.needed_bytes, self.folder = needed_bytes, folder


def beside(job: Large) -> int:
    """How many of these calls run at the same time, this one among them."""
    own = Path(job.folder) / f"{os.getpid()}"
    own.touch()
    time.sleep(0.05)
    count = len(list(Path(job.folder).iterdir()))
    own.unlink()
    return count


@pytest.mark.slow
def test_a_call_that_takes_too_long_is_ended_and_the_others_go_on(tmp_path):
    """A call that hears no signal ends at its deadline, its worker is gone, and the next call is done."""
    note = tmp_path / "note"
    with crew(limits=Limits(4, GB, GB)) as executor:
        hung, good = executor.submit(sleep_deaf, str(note)), executor.submit(double, 21)
        assert isinstance(hung.exception(timeout=60), CallTimedOut)
        assert good.result(timeout=60) == 42
    assert not note.exists() or until(lambda: not alive(int(note.read_text())))


@pytest.mark.slow
def test_what_a_worker_started_ends_with_it_and_its_files_are_deleted(tmp_path):
    """At its deadline a worker takes its programs along and deletes its temporary files."""
    note = tmp_path / "note"
    with crew(limits=Limits(5, GB, GB)) as executor:
        future = executor.submit(sleep_with_files_and_child, str(note))
        assert isinstance(future.exception(timeout=60), CallTimedOut)
    worker, child, folder = note.read_text().split()
    assert until(lambda: not alive(int(worker)) and not alive(int(child)))
    assert not Path(folder).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory that a process may write to")
@pytest.mark.parametrize("work", [take, take_in_child])
def test_memory_has_a_limit(work):
    """More memory than a worker may have is refused, to it and to its programs; less is given, and the worker lives."""
    with crew(limits=Limits(600, GB // 2, GB)) as executor:
        large, small = executor.submit(work, 900), executor.submit(work, 100)
        if work is take:
            assert lacked_memory(large.exception(timeout=60))
            assert small.result(timeout=60) == 100_000_000
        else:
            assert large.result(timeout=60) != 0
            assert small.result(timeout=60) == 0


def test_a_killed_worker_costs_nothing(tmp_path):
    """A call whose worker was killed from outside is done again, and nobody learns of it."""
    with crew() as executor:
        assert executor.submit(die_once, str(tmp_path / "note")).result(timeout=60) == "done"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process has")
@pytest.mark.parametrize(("megabytes", "of_memory"), [(1, False), (900, True)])
def test_a_worker_that_dies_of_memory_is_told_from_others(megabytes, of_memory):
    """A worker that had most of the memory that it may have, and dies, has died of it; any other has not."""
    with crew(limits=Limits(600, GB, GB)) as executor:
        error = executor.submit(die_with, megabytes).exception(timeout=60)
    assert isinstance(error, WorkerDied)
    assert error.of_memory is of_memory


def test_without_the_process_that_makes_workers_calls_go_on(tmp_path):
    """When the server process is killed, workers that are there go on, and new ones come from a new server."""
    with crew(2) as executor:
        first = executor.submit(pid_after, 0).result(timeout=60)
        os.kill(multiprocessing.forkserver._forkserver._forkserver_pid, signal.SIGKILL)
        futures = [executor.submit(pid_after, 0.2) for _ in range(4)]
        pids = {future.result(timeout=60) for future in futures}
    assert first in pids
    assert len(pids) == 2


def test_large_calls_do_not_run_side_by_side(tmp_path):
    """Calls that need more together than the budget run one after the other, also one that needs more than all."""
    with crew(2, Limits(600, GB, 10)) as executor:
        futures = [executor.submit(beside, Large(needed, str(tmp_path))) for needed in (6, 6, 99, 6)]
        assert [future.result(timeout=60) for future in futures] == [1, 1, 1, 1]


def test_an_exception_tells_where_it_was_raised():
    """An exception that comes back from a worker names the lines of the worker in its notes."""
    with crew() as executor:
        error = executor.submit(double, None).exception(timeout=60)
    assert isinstance(error, TypeError)
    assert "in double" in error.__notes__[0]


def test_what_cannot_be_sent_fails_its_own_call_alone():
    """A call that cannot be pickled, and a result that cannot, are exceptions of their futures."""
    with crew() as executor:
        unsent = executor.submit(lambda: 1)
        unanswered = executor.submit(compile, "1", "", "eval")
        assert unsent.exception(timeout=60) is not None
        assert unanswered.exception(timeout=60) is not None
        assert executor.submit(double, 1).result(timeout=60) == 2


def test_workers_do_not_load_the_script(tmp_path):
    """A program that is not under `if __name__ == "__main__":` may use workers: they do not load it again."""
    script = tmp_path / "program.py"
    script.write_text(
        "from align.workers.pools import ProcessPool\n"
        "print('loaded')\n"
        "with ProcessPool(1).start() as executor:\n"
        "    print(executor.submit(pow, 2, 5).result())\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["loaded", "32"], done.stderr
