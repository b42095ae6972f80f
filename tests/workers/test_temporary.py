"""The command's own folder for temporary files: gone when the command is, and removed later if it could not be."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from support.command_line import CHECKOUT, plain_environment

from align.workers import temporary
from align.workers.temporary import TemporaryFolder, remove_dead, short_enough, unusable_folder

# A process that makes a folder with a file in it, says so, and waits to be killed.
OWNER = """
import sys
from pathlib import Path
from align.workers.temporary import TemporaryFolder
folder = TemporaryFolder.made(Path(sys.argv[1]))
(folder.path / "page.pnm").write_bytes(b"P5")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def usual(monkeypatch, tmp_path):
    """The folder in which temporary files are made in this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_temporary_files_go_into_it(usual):
    """In use, it is the folder of all temporary files of this process and its children, and is removed with them."""
    folder = TemporaryFolder.made(usual)
    folder.use()
    with tempfile.NamedTemporaryFile(delete=False) as file:
        assert Path(file.name).parent == folder.path
    said = subprocess.run([sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert said.stdout.strip() == str(folder.path)
    folder.remove()
    assert list(usual.iterdir()) == []


def test_that_of_a_killed_process_is_removed_by_the_next(usual):
    """While its owner lives, no other process touches it; when the owner was killed, the next one removes it."""
    with subprocess.Popen([sys.executable, "-c", OWNER, str(usual)], cwd=CHECKOUT, env=plain_environment(),
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:  # fmt: skip
        folder = Path(owner.stdout.readline().strip())
        remove_dead(usual)
        assert (folder / "page.pnm").exists()
        owner.kill()
    remove_dead(usual)
    assert list(usual.iterdir()) == []


def test_a_removal_that_was_killed_is_completed(usual):
    """A folder that was renamed to be removed, and still stands, is removed by the next command."""
    folder = TemporaryFolder.made(usual)
    os.close(folder._handle)
    folder.path.rename(folder.path.with_name(folder.path.name + "-dead"))
    remove_dead(usual)
    assert list(usual.iterdir()) == []


def test_only_our_own_are_removed(usual, monkeypatch):
    """Folders with other names, of other computers, links and files stay, whatever stands in them."""
    monkeypatch.setattr(temporary, "_boot", lambda: "aaaa")
    monkeypatch.setattr(temporary, "_host", lambda: "bbbb")
    elsewhere = usual / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    for name in ("align-ccccdddd-12345678", "align-aaaabbbb-123", "align-eval", "tmp12345678"):
        (usual / name).mkdir()
    (usual / "align-aaaabbbb-00000001").symlink_to(elsewhere)
    (usual / "align-aaaabbbb-00000002").write_bytes(b"a file")
    before = sorted(usual.rglob("*"))
    # Another container on this computer, and this computer before it was started again.
    for name in ("align-aaaadddd-12345678", "align-ccccbbbb-12345678"):
        (usual / name / "pymp-1").mkdir(parents=True)
    remove_dead(usual)
    assert sorted(usual.rglob("*")) == before


def test_those_of_other_users_stay(usual, monkeypatch):
    """A folder that belongs to somebody else is not touched."""
    folder = TemporaryFolder.made(usual)
    os.close(folder._handle)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    remove_dead(usual)
    assert folder.path.is_dir()


def test_where_none_can_be_made_there_is_none(tmp_path):
    """A folder that is not there is no fault yet: perhaps the command needs no temporary file at all."""
    assert TemporaryFolder.made(tmp_path / "gone") is None
    remove_dead(tmp_path / "gone")


def test_where_nothing_can_be_locked_nothing_is_removed(usual, monkeypatch):
    """On a disk without locks a folder is used, and a folder that may have an owner is left alone."""

    def no_locks(handle, how):
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    folder = TemporaryFolder.made(usual)
    remove_dead(usual)
    assert folder.path.is_dir()


def test_one_that_was_removed_before_its_lock_is_made_anew(usual, monkeypatch):
    """Another command may find a folder in the moment before it is locked, and remove it: then a second one is made."""
    lock, times = fcntl.flock, []

    def robbed(handle, how):
        times.append(how)
        if len(times) == 1:
            shutil.rmtree(next(usual.iterdir()))
        elif len(times) == 2:
            raise BlockingIOError
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", robbed)
    folder = TemporaryFolder.made(usual)
    assert len(times) == 3
    assert folder.path.is_dir()


def test_the_path_of_a_socket_is_short(monkeypatch):
    """Where the path of the folder is too long for a socket, a shorter one is used meanwhile."""
    long = "/" + "x" * 80
    monkeypatch.setattr(tempfile, "tempdir", long)
    with short_enough():
        assert len(tempfile.gettempdir()) < 20
    assert tempfile.gettempdir() == long


@pytest.mark.parametrize(
    ("number", "name", "cause", "said"),
    [
        (errno.ENOSPC, None, "disk-full", "is full"),
        (errno.EDQUOT, "/anywhere", "disk-full", "is full"),
        (errno.EROFS, None, "unwritable", "cannot be written to"),
        (errno.EACCES, "{folder}/align-ocr-1/page.pnm", "unwritable", "cannot be written to"),
    ],
)
def test_a_folder_that_cannot_be_used_is_told(usual, number, name, cause, said):
    """A full, read-only or forbidden folder of temporary files is named, with what to do about it."""
    error = unusable_folder(OSError(number, os.strerror(number), name and name.format(folder=usual)))
    assert error.cause == cause
    assert int(error.exit_code) == 3
    assert str(usual) in error.message
    assert said in error.message
    assert "set TMPDIR" in error.message


def test_other_faults_are_not_told_so(usual):
    """A scan that may not be read, even one that lies among temporary files, is another fault."""
    assert unusable_folder(PermissionError(errno.EACCES, "denied", str(usual / "images/0001.jpg"))) is None
    assert unusable_folder(OSError("truncated")) is None


def test_the_users_own_folder_is_named(usual):
    """The message names the folder that TMPDIR named, and not the one within it that a command made for itself."""
    folder = TemporaryFolder.made(usual)
    folder.use()
    assert f" {usual}, is full" in unusable_folder(OSError(errno.ENOSPC, "full")).message
    folder.remove()
