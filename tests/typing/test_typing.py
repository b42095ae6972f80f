"""The public names are typed: mypy reads a user's program without a word, and refuses wrong calls."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def mypy(path: Path, cache: Path) -> str:
    """What mypy --strict says of a user's file, without the project's own settings."""
    settings = ["--strict", "--config-file", os.devnull, "--cache-dir", str(cache), "--follow-imports", "silent"]
    environment = {**os.environ, "MYPYPATH": str(HERE.parents[1])}
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *settings, str(path)],
        capture_output=True, text=True, check=False, cwd=HERE, env=environment,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.slow
def test_a_user_s_program_is_typed(tmp_path_factory):
    """Nothing is said by mypy --strict of a program that uses every part of the public face."""
    said = mypy(HERE / "as_a_user.py", tmp_path_factory.getbasetemp() / "mypy-cache")
    assert said.startswith("Success"), said


@pytest.mark.slow
def test_wrong_calls_are_refused(tmp_path_factory):
    """Each wrong call is refused by mypy --strict, for the reason that stands beside it, and no other line."""
    path = HERE / "wrong_calls.py"
    said = mypy(path, tmp_path_factory.getbasetemp() / "mypy-cache")
    found = {
        (int(line), code)
        for line, code in re.findall(r"^wrong_calls\.py:(\d+): error: .*\[([a-z-]+)\]$", said, re.MULTILINE)
    }
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = {(n, line.rsplit("# E: ", 1)[1]) for n, line in enumerate(lines, start=1) if "# E: " in line}
    assert found == expected, said
