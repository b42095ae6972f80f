"""Tesseract as a program, started for each page; all that is special about the program is here."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from align.errors import EngineError, MissingDependencyError
from align.ocr.tesseract import Tesseract, missing_data, one_thread, tesseract_name, unreadable
from align.pixels import Pixels


@contextmanager
def _hidden(package: str) -> Iterator[None]:
    """Let this package not be found while the block runs, unless it is loaded already."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # Python's own sign for "not to be found"
    try:
        yield
    finally:
        del sys.modules[package]


# pytesseract loads pandas where it is installed, for tables that nobody asks for here: in each process of a run that
# would take a third of a second and 70 MB.
with _hidden("pandas"):
    from pytesseract import pytesseract

# pytesseract has no types.
_get_languages: Any = pytesseract.get_languages
_get_tesseract_version: Any = pytesseract.get_tesseract_version

_INSTALL = "sudo apt-get install tesseract-ocr"


@dataclass(frozen=True, slots=True)
class TesseractEngine(Tesseract):
    """Tesseract 4 or 5 as installed on the PATH: one child process a read, one thread a child.

    A child that takes longer than `timeout_s` seconds is ended.
    """

    @classmethod
    def installed(cls, *, psm: int = 3, oem: int = 1, timeout_s: float = 300.0) -> TesseractEngine:
        """The engine found on this machine; MissingDependencyError where there is none."""
        try:
            version = str(_get_tesseract_version())
        except (pytesseract.TesseractNotFoundError, SystemExit) as error:
            raise _no_program() from error
        return cls(version=version, psm=psm, oem=oem, timeout_s=timeout_s)

    @property
    def name(self) -> str:
        """Engine, version and settings."""
        return f"tesseract {self.version} psm{self.psm} oem{self.oem}"

    def missing_languages(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the languages (BCP 47) whose data is not installed."""
        try:
            installed = set(_get_languages())
        except pytesseract.TesseractNotFoundError as error:
            raise _no_program() from error
        return tuple(tag for tag in languages if tesseract_name(tag) not in installed)

    def _table(self, image: Pixels, *, names: tuple[str, ...], dpi: int, psm: int) -> bytes:
        settings = f"-c tessedit_create_tsv=1 --psm {psm} --oem {self.oem} --dpi {dpi}".split()
        with _image_file(image) as path, one_thread():
            # The table comes through a pipe: a file could be cut by a full disk, and look like a table of fewer words.
            command = [pytesseract.tesseract_cmd, str(path), "stdout", "-l", "+".join(names), *settings]
            try:
                done = subprocess.run(
                    command, stdin=subprocess.DEVNULL, capture_output=True, timeout=self.timeout_s, check=False
                )
            except FileNotFoundError as error:
                raise _no_program() from error
            except subprocess.TimeoutExpired as error:
                raise self._timed_out() from error
        if done.returncode:
            raise _failed(done.stderr.decode("utf-8", "replace"), names)
        if not done.stdout:
            raise EngineError(
                "Tesseract ended without an error and without output; run the page again.", cause="no-output"
            )
        return done.stdout


@contextmanager
def _image_file(image: Pixels) -> Iterator[Path]:
    """A temporary file of the image, deleted afterwards; PNM because it is written in a tenth of PNG's time."""
    height, width = image.shape[:2]
    kind = b"P5" if image.ndim == 2 else b"P6"
    with tempfile.TemporaryDirectory(prefix="align-ocr-") as folder:
        path = Path(folder) / "page.pnm"
        with path.open("wb") as file:
            file.write(b"%s\n%d %d\n255\n" % (kind, width, height))
            file.write(np.ascontiguousarray(image).data)
        yield path


def _no_program() -> MissingDependencyError:
    return MissingDependencyError(f"Tesseract is not installed; install it with: {_INSTALL}", cause="tesseract")


def _failed(message: str, names: tuple[str, ...]) -> EngineError | MissingDependencyError:
    if "Failed loading language" in message or "Error opening data file" in message:
        missing = [name for name in names if f"'{name}'" in message or f"{name}.traineddata" in message]
        return missing_data(missing or names)
    return unreadable(message)
