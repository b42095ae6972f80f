"""The command as a user starts it: a process of its own, with a program of ours in Tesseract's place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from support.small_collection import PAGES

HERE = Path(__file__).parent
# Seconds: longer than a loaded machine takes for anything that a test waits for; what never comes is told all the same.
LONGEST_S = 300
CHECKOUT = HERE.parents[1]


@dataclass(frozen=True)
class FakeTesseract:
    """A folder with a program named tesseract, and what it was called for."""

    folder: Path

    def go_on(self) -> None:
        """Let the pages that are held be read, and all later ones."""
        (self.folder / "go").touch()

    @property
    def calls(self) -> list[str]:
        """A line for each page that it began to read: process id, number of lines, languages."""
        diary = self.folder / "diary"
        return diary.read_text(encoding="utf-8").splitlines() if diary.exists() else []

    def environment(self) -> dict[str, str]:
        """The environment in which it is found."""
        path = f"{self.folder}{os.pathsep}{os.environ['PATH']}"
        return {**plain_environment(), "PATH": path}


def plain_environment() -> dict[str, str]:
    """This process's environment without what would change how the command speaks."""
    left_out = ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "PYTHONPATH", "TERM")
    return {k: v for k, v in os.environ.items() if k not in left_out} | {"TERM": "xterm", "COLUMNS": "200"}


def fake_tesseract(
    folder: Path, *, languages: Sequence[str] = ("rus", "eng"), held_after: int | None = None
) -> FakeTesseract:
    """The program, made in this folder. It is held when it has read `held_after` pages, until it may go on."""
    folder.mkdir(exist_ok=True)
    settings = folder / "settings.json"
    settings.write_text(
        json.dumps(
            {
                "pages": {len(page): page for page in PAGES},
                "languages": list(languages),
                "held_after": held_after,
                "diary": str(folder / "diary"),
                "go": str(folder / "go"),
            }
        ),
        encoding="utf-8",
    )
    program = folder / "tesseract"
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -I -S "{HERE / "fake_tesseract.py"}" "{settings}" "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    return FakeTesseract(folder)


def align(*arguments: str, env: dict[str, str] | None = None, cwd: Path = CHECKOUT) -> subprocess.CompletedProcess[str]:
    """What comes of the command with these arguments."""
    return subprocess.run(
        [sys.executable, "-m", "align", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=env or plain_environment(),
        timeout=LONGEST_S,
        check=False,
    )
