"""Output that goes nowhere: full disks, closed pipes and files, simple terminals, for every command."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.command_line import CHECKOUT, fake_tesseract
from support.front_end import needs_front_end
from support.small_collection import PageEngine, make_collection, results_of, run_collection

from align.cli.output import _Stream, safe_output, write_lines
from align.errors import OutputError
from align.web.viewer.site import ASSETS

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is a thing of Linux")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A collection with its results."""
    needs_front_end(*ASSETS, "report.js")
    folder = make_collection(tmp_path_factory.mktemp("output") / "collection", english=False)
    run_collection(folder, PageEngine())
    return folder


@pytest.fixture
def environment(tmp_path):
    """The environment of a command, with a program of ours in Tesseract's place."""
    return fake_tesseract(tmp_path / "bin").environment()


def command(arguments: list[str], root: Path) -> list[str]:
    return [sys.executable, "-m", "align", *(str(root) if word == "ROOT" else word for word in arguments)]


PRINTING = [["--help"], ["--version"], ["run", "--help"], ["doctor"], ["run", "ROOT", "--dry-run"], ["report", "ROOT"]]
RUN, VIEW, EXPORT = (
    ["run", "ROOT", "--jobs", "1"],
    ["view", "ROOT", "--no-open"],
    ["export", "ROOT", "--format", "iiif"],
)


@needs_full
@pytest.mark.slow
@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_requested_data_that_are_lost_are_told(root, environment, arguments):
    """A full standard output is exit code 3 and one sentence, when the command prints what it was asked for."""
    with FULL.open("wb") as full:
        done = subprocess.run(command(arguments, root), cwd=CHECKOUT, env=environment, stdout=full,
                              stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith("align: Standard output cannot be written to (No space left")
    assert "Traceback" not in done.stderr


@needs_full
@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["report", "ROOT"], RUN, VIEW, EXPORT], ids=" ".join)
def test_messages_that_are_lost_end_nothing(root, environment, arguments):
    """With a full standard error each command does its work to the end, and its exit code is that of its work."""
    with FULL.open("wb") as full:
        done = subprocess.run(command(arguments, root), cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE,
                              stderr=full, check=False)  # fmt: skip
    assert done.returncode == 0
    assert bool(done.stdout) == (arguments in PRINTING)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["--help"], ["doctor"], ["report", "ROOT"], RUN], ids=" ".join)
def test_a_reader_that_goes_is_no_fault(root, environment, arguments):
    """A closed pipe in the place of standard output ends no command: it has done its work, and says no word of it."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command(arguments, root), cwd=CHECKOUT, env=environment, stdout=writer,
                          stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
    os.close(writer)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "roken pipe" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="file numbers as here are those of POSIX systems")
def test_without_standard_streams_the_results_are_the_same(root, environment, tmp_path):
    """A run whose standard streams are all closed writes the same results: no message gets into a file of them."""
    out = tmp_path / "out"
    words = command(["run", "ROOT", "--jobs", "2", "--out", str(out)], root)
    done = subprocess.run(["sh", "-c", '"$@" 0>&- 1>&- 2>&-', "sh", *words], cwd=CHECKOUT, env=environment, check=False)
    assert done.returncode == 0
    own = {name.removeprefix("aligned/"): data for name, data in results_of(root).items()}
    for name, data in own.items():
        if name.endswith((".jsonl", ".txt")) and not name.startswith((".", "report", "viewer", "iiif")):
            assert (out / name).read_bytes() == data, name


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["run", "ROOT", "--dry-run"], ["report", "ROOT"]], ids=" ".join)
def test_a_terminal_without_cyrillic(root, environment, arguments):
    """What a terminal cannot show is no fault of the command."""
    simple = {**environment, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command(arguments, root), cwd=CHECKOUT, env=simple, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert done.stdout.isascii()


class Faulty(io.StringIO):
    """A stream that fails with this error number at each write."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number, self.tried = number, 0

    def write(self, text: str) -> int:
        self.tried += 1
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EIO, errno.EBADF])
def test_where_nobody_reads_nothing_more_is_tried(number):
    """A stream that nobody reads takes all that comes, after one try."""
    stream = Faulty(number)
    safe = _Stream(stream, heedless=False)
    assert [safe.write("a line"), safe.write("b")] == [6, 1]
    assert stream.tried == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES])
def test_a_full_stream_is_a_fault_only_for_requested_data(number):
    """The same fault is told of the one stream and passed over in the other."""
    with pytest.raises(OutputError) as caught:
        _Stream(Faulty(number), heedless=False).write("x")
    assert caught.value.cause == ("unwritable" if number == errno.EACCES else "disk-full")
    assert _Stream(Faulty(number), heedless=True).write("x") == 1


def test_a_closed_stream_is_passed_over():
    """A stream that the program itself has closed is as one that nobody reads."""
    stream = io.StringIO()
    stream.close()
    safe = _Stream(stream, heedless=False)
    safe.write("x")
    safe.flush()


def test_bytes_are_no_text():
    """Bytes are refused, as by any stream of text: click asks so what a stream takes."""
    with pytest.raises(TypeError):
        _Stream(io.StringIO(), heedless=True).write(b"x")


def test_the_streams_are_as_before_afterwards(capsys):
    """Within the block requested data are written as ever; after it the streams are those of the caller."""
    before = sys.stdout, sys.stderr
    with safe_output():
        write_lines(["one", "два"])
    assert (sys.stdout, sys.stderr) == before
    assert capsys.readouterr().out == "one\nдва\n"


def test_streams_that_are_not_there_stay_so(monkeypatch):
    """A program without standard streams, as one of a window, has none within the block either."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with safe_output():
        write_lines(["nobody reads this"])
        assert sys.stdout is None
