"""A run that is stopped at any moment leaves a collection that the next run completes."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.command_line import CHECKOUT, LONGEST_S, FakeTesseract, align, fake_tesseract, plain_environment
from support.results_check import check_results
from support.small_collection import (
    HEIGHT,
    WIDTH,
    DyingEngine,
    PageEngine,
    ToldProgress,
    files_of,
    make_collection,
    results_of,
    run_collection,
)

from align.files.store.result_store import ResultStore
from align.workers.interrupts import MESSAGE
from align.workers.pools import ProcessPool

pytestmark = pytest.mark.slow  # whole runs, killed and begun again

posix_only = pytest.mark.skipif(os.name != "posix", reason="signals as here are those of POSIX systems")


class Stop(BaseException):
    """Ends a run wherever it is, as Ctrl-C does."""


class StoppingStore(ResultStore):
    """A store that stops the run when a file is about to be written, before or after its bytes are on the disk."""

    def __init__(self, root: Path, after: int) -> None:
        super().__init__(root / "aligned", collection=root, sync=self._count)
        self.left = after

    def _count(self, handle: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stop


class StoppingProgress(ToldProgress):
    """Progress that stops the run when so many steps are done."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.left = after

    def begin(self, stage: str, total: int) -> None:
        self.advance(stage)

    def advance(self, stage: str, steps: int = 1) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stop


def stopped(root: Path, **how: object) -> bool:
    """Whether the run was stopped rather than done."""
    try:
        run_collection(root, PageEngine(), **how)
    except Stop:
        return True
    return False


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection with the results of a run that nothing stopped."""
    root = make_collection(tmp_path_factory.mktemp("whole") / "collection", english=False)
    run_collection(root, PageEngine())
    return root


def each_moment(stop_after: Callable[[int], bool], step: int = 1) -> int:
    """How many moments there were at which a run could be stopped; calls for each till one is not reached."""
    moment = 0
    while stop_after(moment):
        moment += step
    return moment


def test_a_run_stopped_before_any_write_is_completed(whole, tmp_path):
    """Stopped at each file in turn, the next run's results are those of a run that was never stopped."""

    def stop_after(moment: int) -> bool:
        root = make_collection(tmp_path / f"{moment}", english=False)
        was_stopped = stopped(root, store=StoppingStore(root, moment))
        run_collection(root, PageEngine())
        assert results_of(root) == results_of(whole)
        assert check_results(root / "aligned") == []
        return was_stopped

    assert each_moment(stop_after, 2) > len(results_of(whole))


def test_a_run_stopped_at_any_step_is_completed(whole, tmp_path):
    """Stopped between any two steps, the next run's results are those of a run that was never stopped."""

    def stop_after(moment: int) -> bool:
        root = make_collection(tmp_path / f"{moment}", english=False)
        was_stopped = stopped(root, progress=StoppingProgress(moment))
        run_collection(root, PageEngine())
        assert results_of(root) == results_of(whole)
        return was_stopped

    assert each_moment(stop_after, 3) > 9


def test_what_a_stopped_run_read_is_not_read_again(whole, tmp_path):
    """Each page that was read before the stop is one page less for the next run."""
    root = make_collection(tmp_path / "collection", english=False)
    assert stopped(root, store=StoppingStore(root, 2))
    engine = PageEngine()
    run_collection(root, engine)
    assert len(engine.calls) == 1
    assert results_of(root) == results_of(whole)


def test_results_of_a_stopped_run_never_pass_for_those_of_other_inputs(whole, tmp_path):
    """An edit, a run stopped anywhere in its writing, and the edit taken back: the results are the first ones again."""

    def stop_after(moment: int) -> bool:
        root = tmp_path / f"{moment}"
        shutil.copytree(whole, root)
        text = root / "transcripts/diary/1934-12-18.ru.txt"
        held = text.read_bytes()
        text.write_bytes(held[: len(held) // 2])
        was_stopped = stopped(root, store=StoppingStore(root, moment))
        text.write_bytes(held)
        run_collection(root, PageEngine())
        assert results_of(root) == results_of(whole)
        return was_stopped

    assert each_moment(stop_after) > 5


def test_a_stopped_run_leaves_no_half_file(whole, tmp_path):
    """Every result that is there after a stop is whole: it is one of those of a run that was never stopped."""
    root = make_collection(tmp_path / "collection", english=False)
    assert stopped(root, store=StoppingStore(root, 9))
    there = results_of(root)
    assert there
    assert all(results_of(whole)[name] == data for name, data in there.items())


# The command itself, stopped from outside.


def processes_of(marker: str) -> list[int]:
    """The processes that have the marker in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def none_left(marker: str) -> bool:
    """Whether all processes with the marker end."""
    end = time.monotonic() + LONGEST_S
    while processes_of(marker):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def started(root: Path, tool: FakeTesseract, marker: str, *options: str) -> subprocess.Popen[str]:
    """The command, running as the leader of a group of its own, as a shell starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "align", "run", str(root), *options],
        cwd=CHECKOUT,
        env={**tool.environment(), "ALIGN_TEST_RUN": marker},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def until(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Waits for the moment, or for the end of the process."""
    end = time.monotonic() + LONGEST_S
    while not condition() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)


def said_at_end(process: subprocess.Popen[str]) -> str:
    """What the process said, when it has ended; it said nothing on standard output, and no traceback."""
    out, err = process.communicate(timeout=LONGEST_S)
    assert out == ""
    assert "Traceback" not in err
    return err


def begun(tool: FakeTesseract, pages: int) -> Callable[[], bool]:
    """The moment at which the engine has begun to read so many pages."""
    return lambda: len(tool.calls) >= pages


def there(root: Path, name: str) -> Callable[[], bool]:
    """The moment at which a result of this name is written."""
    return lambda: any((root / "aligned").glob(name))


@pytest.fixture
def temporary(monkeypatch) -> Iterator[Path]:
    """The folder of temporary files of the commands of this test."""
    folder = Path(tempfile.mkdtemp())
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    shutil.rmtree(folder)


def left_in(folder: Path) -> list[str]:
    """The temporary files that are left."""
    return [str(path) for path in folder.rglob("*")]


@posix_only
@pytest.mark.parametrize(
    ("number", "to_group"),
    [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, False), (signal.SIGHUP, True)],
    ids=["SIGINT-terminal", "SIGINT-process", "SIGTERM-process", "SIGHUP-terminal"],
)
def test_interrupted_by_the_user_again_and_again(whole, tmp_path, temporary, to_group, number):
    """Ctrl-C while pages are read: exit code 130, one sentence, no process and no file left; then all results come.

    A terminal sends it to every process of the command, the engine's too: no page fails because of that. SIGTERM and a
    closed terminal are the same.
    """
    root = make_collection(tmp_path / "collection", english=False)
    marker = f"{tmp_path}-run"
    tool = fake_tesseract(tmp_path / "bin", held_after=0)
    for pages in (1, 2):
        process = started(root, tool, marker, "--jobs", "2")
        until(begun(tool, len(tool.calls) + pages), process)
        (os.killpg if to_group else os.kill)(process.pid, number)
        err = said_at_end(process)
        assert process.returncode == 130, err
        assert err.splitlines()[-1] == MESSAGE
        assert "images/" not in err
        assert none_left(marker)
        assert left_in(temporary) == []
    tool.go_on()
    done = align("run", str(root), "--jobs", "1", env=tool.environment())
    assert done.returncode == 0, done.stderr
    assert results_of(root) == results_of(whole)
    assert check_results(root / "aligned") == []


@posix_only
@pytest.mark.parametrize("to_group", [True, False], ids=["terminal", "process"])
def test_interrupted_without_workers(whole, tmp_path, temporary, to_group):
    """With one job there are no workers; Ctrl-C and the next run are the same, and the engine's program ends too."""
    root = make_collection(tmp_path / "collection", english=False)
    marker = f"{tmp_path}-run"
    tool = fake_tesseract(tmp_path / "bin", held_after=1)
    process = started(root, tool, marker, "--jobs", "1")
    until(begun(tool, 2), process)
    (os.killpg if to_group else os.kill)(process.pid, signal.SIGINT)
    err = said_at_end(process)
    assert process.returncode == 130, err
    assert err.splitlines()[-1] == MESSAGE
    assert "images/" not in err
    assert none_left(marker)
    assert left_in(temporary) == []
    tool.go_on()
    before = len(tool.calls)
    assert align("run", str(root), "--jobs", "1", env=tool.environment()).returncode == 0
    assert len(tool.calls) - before == 2
    assert results_of(root) == results_of(whole)


# In the place of a library: says that it is being loaded, and is never done with it.
SLOW_LIBRARY = """
import time
from pathlib import Path
Path(__file__).with_name("loading").touch()
while True:
    time.sleep(0.02)
"""


@posix_only
@pytest.mark.parametrize(("command", "library"), [("run", "click"), ("run", "numpy"), ("view", "numpy")])
def test_interrupted_while_libraries_are_loaded(tmp_path, temporary, command, library):
    """Ctrl-C before a command has begun its work: exit code 130, one sentence, nothing left."""
    (tmp_path / f"{library}.py").write_text(SLOW_LIBRARY, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "align", command, str(tmp_path)],
        cwd=CHECKOUT, env={**plain_environment(), "PYTHONPATH": str(tmp_path)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until((tmp_path / "loading").exists, process)
    process.send_signal(signal.SIGINT)
    assert said_at_end(process) == f"{MESSAGE}\n"
    assert process.returncode == 130
    assert left_in(temporary) == []


@posix_only
def test_killed_outright(whole, tmp_path, temporary):
    """SIGKILL leaves no worker and no engine behind, no lock, and results that the next run completes.

    The next run also removes the temporary files.
    """
    root = make_collection(tmp_path / "collection", english=False)
    marker = f"{tmp_path}-run"
    tool = fake_tesseract(tmp_path / "bin", held_after=0)
    for moment in (begun(tool, 1), there(root, "diary/*.jsonl")):
        process = started(root, tool, marker, "--jobs", "2")
        until(moment, process)
        process.kill()
        process.communicate(timeout=LONGEST_S)
        assert none_left(marker)
        assert left_in(temporary) != []
        tool.go_on()
    done = align("run", str(root), "--jobs", "1", env=tool.environment())
    assert done.returncode == 0, done.stderr
    assert results_of(root) == results_of(whole)
    assert not list((root / "aligned/.parts").glob("*"))
    assert left_in(temporary) == []


def no_large_files() -> None:
    """Let no file grow as large as the image of a page, as on a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (WIDTH * HEIGHT // 2, resource.RLIM_INFINITY))


@posix_only
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_folder_for_temporary_files_ends_the_run(tmp_path, temporary, jobs):
    """A page that cannot be written for the engine is no fault of the program: exit code 3, and what to do."""
    root = make_collection(tmp_path / "collection", english=False)
    done = subprocess.run(
        [sys.executable, "-m", "align", "run", str(root), "--jobs", jobs], preexec_fn=no_large_files,
        cwd=CHECKOUT, env=fake_tesseract(tmp_path / "bin").environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert done.stderr.splitlines()[-1] == (
        f"align: The folder for temporary files, {temporary}, is full (File too large): make room there, or set TMPDIR "
        "to another folder."
    )
    assert "Traceback" not in done.stderr
    assert left_in(temporary) == []


def test_a_worker_that_dies_leaves_the_rest_of_the_run_whole(tmp_path):
    """A page that ends its worker fails, the documents on other pages are linked, and the next run reads that page."""
    root = make_collection(tmp_path / "collection", english=False)
    outcome = run_collection(root, DyingEngine(), pool=ProcessPool(1))
    assert [(failed.cause, failed.files) for failed in outcome.failures] == [("worker-died", ["images/diary/0002.png"])]
    assert outcome.counts.linked > 5
    assert check_results(root / "aligned") == []
    engine = PageEngine()
    assert run_collection(root, engine).failures == ()
    assert len(engine.calls) == 1
    assert files_of(root / "aligned" / "diary")
