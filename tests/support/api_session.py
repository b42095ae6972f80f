"""A program's session with the library: a folder with the small collection `mydiary`, read, and a Tesseract for it."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pytest

import align
from support.command_line import fake_tesseract
from support.small_collection import make_collection


def session_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder with `mydiary` and its results, and `bin/tesseract`, which reads its pages."""
    return _made(factory.getbasetemp())


@cache
def _made(base: Path) -> Path:
    folder = base / "api-session"
    folder.mkdir()
    fake_tesseract(folder / "bin")
    make_collection(folder / "mydiary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", path_with(folder))
        align.run(folder / "mydiary", jobs=1)
    return folder


def copied(folder: Path, to: Path) -> Path:
    """The session's folder, copied, for a test that may change it."""
    return shutil.copytree(folder, to, dirs_exist_ok=True)


def path_with(folder: Path) -> str:
    """The PATH on which the session's Tesseract is found first."""
    return f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
