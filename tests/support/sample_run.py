"""One real run over the sample collection for all tests of a session, whichever worker asks first."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from support.command_line import CHECKOUT, plain_environment
from support.sample_truth import Results

COLLECTION = CHECKOUT
# A page takes 5 s on a busy core.
LONGEST_S = 500


def results_under(factory: pytest.TempPathFactory) -> Results:
    """The results of `align run` over the sample, in the session's temporary folder; skips without Tesseract."""
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    base = factory.getbasetemp()
    return _results(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@cache
def _results(base: Path) -> Results:
    """The results under this folder: made once, also where several processes ask."""
    folder = base / "sample-run"
    folder.mkdir(exist_ok=True)
    done = folder / "exit-code"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            command = [sys.executable, "-m", "align", "run", str(COLLECTION), "--out", str(folder / "aligned")]
            finished = subprocess.run(
                command, cwd=CHECKOUT, env=plain_environment(), capture_output=True, timeout=LONGEST_S, check=False
            )
            done.write_text(f"{finished.returncode}\n{finished.stderr.decode('utf-8')}", encoding="utf-8")
    code, _, said = done.read_text(encoding="utf-8").partition("\n")
    assert code == "0", said
    return Results(folder / "aligned")
