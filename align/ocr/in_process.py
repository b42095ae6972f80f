"""Tesseract as a library in this process, through tesserocr: no program is started for a page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from time import perf_counter
from typing import Any

import numpy as np

from align.errors import MissingDependencyError
from align.ocr.tesseract import Tesseract, missing_data, one_thread, tesseract_name, unreadable
from align.pixels import Pixels

_INSTALL = f"{sys.executable} -m pip install tesserocr"
# The head of the table: the program writes it, the library does not.
_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
# Libraries that are open at once: a volume seldom has more languages, and each takes about 30 megabytes.
_MOST_OPEN = 4
# Folders in which packages install Tesseract's data, for when neither TESSDATA_PREFIX nor the program names one; `*` is
# a version.
FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
    f"{sys.prefix}/share/tessdata",
)
# Seconds: the program answers at once or not at all.
_ANSWER_S = 20.0


@dataclass(frozen=True, slots=True)
class TesserocrEngine(Tesseract):
    """The Tesseract that comes with tesserocr, with the language data of this machine.

    `tessdata` is the folder of the data. Each process opens the library at its first read, so that the engine can be
    sent to workers. A fault inside the library ends the process, so pages should be read in workers.
    """

    tessdata: str = field(kw_only=True)

    @classmethod
    def installed(
        cls, *, psm: int = 3, oem: int = 1, timeout_s: float = 300.0, folders: Sequence[str] = FOLDERS
    ) -> TesserocrEngine:
        """The engine found on this machine; MissingDependencyError where it or its data is not.

        `folders`: where data is looked for if neither TESSDATA_PREFIX nor the program names a folder.
        """
        library = _library()
        folder = find_tessdata(folders)
        if folder is None:
            raise MissingDependencyError(
                "tesserocr is installed, but Tesseract's language data is not found: install it with sudo apt-get "
                "install tesseract-ocr, or set TESSDATA_PREFIX to the folder of the .traineddata files.",
                cause="tessdata",
            )
        tesseract = str(library.tesseract_version()).split("\n")[0].strip()
        version = f"{library.__version__} ({tesseract})"
        return cls(version=version, tessdata=str(folder), psm=psm, oem=oem, timeout_s=timeout_s)

    @property
    def name(self) -> str:
        """Engine, version, the version of the Tesseract in it, and settings."""
        return f"tesserocr {self.version} psm{self.psm} oem{self.oem}"

    def missing_languages(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the languages (BCP 47) whose data is not installed."""
        return tuple(tag for tag in languages if not self._data(tesseract_name(tag)).is_file())

    def _table(self, image: Pixels, *, names: tuple[str, ...], dpi: int, psm: int) -> bytes:
        api = self._open(names)
        height, width = image.shape[:2]
        channels = 1 if image.ndim == 2 else image.shape[2]
        try:
            # What was read before must not change what is read now.
            api.ClearAdaptiveClassifier()
            api.SetPageSegMode(psm)
            api.SetVariable("user_defined_dpi", str(dpi))
            api.SetImageBytes(np.ascontiguousarray(image).tobytes(), width, height, channels, width * channels)
            start = perf_counter()
            done = api.Recognize(max(1, round(self.timeout_s * 1000)))
            table: str | None = api.GetTSVText(0) if done else None
        except (RuntimeError, ValueError) as error:  # no text where there is a page, or text that is no UTF-8
            raise unreadable(str(error)) from error
        finally:
            api.Clear()
        if table is not None:
            return (_HEAD + table).encode("utf-8", "replace")
        if perf_counter() - start >= self.timeout_s:
            raise self._timed_out()
        raise unreadable(f"{width} x {height} pixels")

    def _open(self, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - tesserocr may not be there to name its type
        missing = [name for name in names if not self._data(name).is_file()]
        if missing:
            raise missing_data(missing)
        try:
            return _opened(self.tessdata, "+".join(names), self.oem, get_ident())
        except RuntimeError as error:
            raise MissingDependencyError(
                f"Tesseract's language data for {', '.join(names)} is damaged; install it again.", cause="language"
            ) from error

    def _data(self, name: str) -> Path:
        return Path(self.tessdata) / f"{name}.traineddata"


def find_tessdata(folders: Sequence[str] = FOLDERS) -> Path | None:
    """The folder of Tesseract's language data: by TESSDATA_PREFIX, by the program, or one of the usual `folders`."""
    return next((folder for folder in _candidates(folders) if any(folder.glob("*.traineddata"))), None)


def _candidates(folders: Sequence[str]) -> Iterator[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield Path(prefix)
        yield Path(prefix) / "tessdata"  # as Tesseract 3 had it
    folder_of_program = _folder_of_program()
    if folder_of_program is not None:
        yield folder_of_program
    for pattern in folders:
        versions = Path("/").glob(pattern.lstrip("/"))
        # The highest version first: 10 before 5.
        yield from sorted(versions, key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))], reverse=True)


def _folder_of_program() -> Path | None:
    """The folder that the program names above its list of languages; None where there is no program."""
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=_ANSWER_S, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    # Version 4 writes the list to the other stream.
    head = re.search(r'languages in "([^"\n]+)"', (done.stdout + done.stderr).decode("utf-8", "replace"))
    return Path(head.group(1)) if head else None


def _library() -> Any:  # noqa: ANN401 - the module, which may not be there to name its type
    try:
        with one_thread():
            import tesserocr
    except ImportError as error:
        raise MissingDependencyError(
            f"tesserocr is not installed; install it with: {_INSTALL}", cause="tesserocr"
        ) from error
    return tesserocr


@lru_cache(maxsize=_MOST_OPEN)
def _opened(tessdata: str, names: str, oem: int, thread: int) -> Any:  # noqa: ANN401, ARG001
    """The library opened for these languages; each thread has its own, as the library does one thing at a time."""
    quiet = {"debug_file": os.devnull}  # its remarks on single pages are of no use to anyone
    return _library().PyTessBaseAPI(path=f"{tessdata}{os.sep}", lang=names, oem=oem, variables=quiet)
