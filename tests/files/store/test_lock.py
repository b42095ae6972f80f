import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from align.errors import OutputError
from align.files.store.lock import LOCK_NAME, locked

HOLD = "import sys; from pathlib import Path; from align.files.store.lock import locked\n" + (
    "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


def hold(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_told_who_holds_the_folder(tmp_path: Path):
    """While one process writes, another is refused with the first one's number; afterwards it may write."""
    with hold(tmp_path) as process:
        with pytest.raises(OutputError, match=f"process {process.pid} on ") as caught, locked(tmp_path):
            pytest.fail("locked twice")
        assert caught.value.cause == "locked"
        process.communicate("")
    with locked(tmp_path):
        assert f"process {os.getpid()} " in (tmp_path / LOCK_NAME).read_text()


def test_a_killed_run_leaves_no_lock(tmp_path: Path):
    """A process that was killed holds nothing."""
    with hold(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with locked(tmp_path):
        pass


def test_the_lock_ends_with_an_error(tmp_path: Path):
    """An error inside lets go of the lock, and the same process may take it again."""
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError
    with locked(tmp_path), pytest.raises(OutputError), locked(tmp_path):
        pytest.fail("locked twice")


def test_a_folder_that_cannot_be_locked(tmp_path: Path):
    """A missing folder, or a link in the lock's place, is one sentence."""
    with pytest.raises(OutputError, match="--out") as caught, locked(tmp_path / "none"):
        pytest.fail("locked nothing")
    assert caught.value.cause == "unwritable"
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / LOCK_NAME).symlink_to("elsewhere")
    with pytest.raises(OutputError), locked(tmp_path):
        pytest.fail("locked a link")
    assert (tmp_path / "elsewhere").read_text() == "kept"


def test_who_held_it_before_is_shown_safely(tmp_path: Path):
    """What stands in the lock file is shown without control characters."""
    with locked(tmp_path):
        (tmp_path / LOCK_NAME).write_bytes(b"\x1b[31m\xff\n\n")
        with pytest.raises(OutputError) as caught, locked(tmp_path):
            pytest.fail("locked twice")
    assert caught.value.message.isprintable()
