"""Tesseract as a library in this very process, through tesserocr: no program to start for every page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from threading import Timer, get_ident
from time import perf_counter
from typing import Any

import numpy as np

from align.errors import EngineError, MissingDependencyError
from align.model import Line
from align.ocr.tesseract import one_thread, parse_tsv, tesseract_name
from align.pixels import Pixels

_INSTALL = f"{sys.executable} -m pip install tesserocr"
_BLOCK = 6
# The head that the program writes over its table and the library does not.
_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
# A volume seldom has more languages; each open one holds some 30 megabytes.
_MOST_OPEN = 4
# The library looks at its time limit between words, not while it looks for the layout: a worker that is so much later
# does not come back.
_GRACE_S = 30.0
# Where packages put Tesseract's data, if neither TESSDATA_PREFIX nor the program says; `*` is a version.
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
    f"{sys.prefix}/share/tessdata",
)
# The program answers at once or not at all.
_ANSWER_S = 20.0


@dataclass(frozen=True, slots=True)
class TesserocrEngine:
    """The Tesseract that tesserocr brings, in the process that reads, with the language data of this machine.

    `tessdata` is the folder of the data; `psm` and `oem` are Tesseract's page segmentation and engine modes;
    `timeout_s` is the time for one read. What is open is the process's own and opened there at the first read, so that
    the engine can be sent to workers. A fault inside the library ends the process: read in workers.
    """

    version: str
    tessdata: str
    psm: int = 3
    oem: int = 1
    timeout_s: float = 300.0

    @classmethod
    def installed(cls, *, psm: int = 3, oem: int = 1, timeout_s: float = 300.0) -> TesserocrEngine:
        """The engine found on this machine; MissingDependencyError where it or its data is not."""
        library = _library()
        folder = find_tessdata()
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

    def read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines in Tesseract's reading order, in the image's pixels (see Engine.read)."""
        return self._read(image, languages=languages, dpi=dpi, psm=self.psm)

    def read_block(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines of one block, top down (see BlockReader.read_block): Tesseract's segmentation mode 6."""
        return self._read(image, languages=languages, dpi=dpi, psm=_BLOCK)

    def _read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float, psm: int) -> tuple[Line, ...]:
        if not languages:
            raise ValueError("reading needs a language")
        api = self._open(languages)
        height, width = image.shape[:2]
        channels = 1 if image.ndim == 2 else image.shape[2]
        with _ends_with(self.timeout_s + _GRACE_S):
            try:
                # What was read before must not change what is read now.
                api.ClearAdaptiveClassifier()
                api.SetPageSegMode(psm)
                api.SetVariable("user_defined_dpi", str(round(dpi)))
                api.SetImageBytes(np.ascontiguousarray(image).tobytes(), width, height, channels, width * channels)
                start = perf_counter()
                done = api.Recognize(max(1, round(self.timeout_s * 1000)))
                table = api.GetTSVText(0) if done else None
            except (RuntimeError, ValueError) as error:  # no text where there is a page, or text that is no UTF-8
                said = " ".join(str(error).split())[:200] or "no reason given"
                raise EngineError(
                    f"Tesseract could not read the page ({said}); check that scan.", cause="tesseract-failed"
                ) from error
            finally:
                api.Clear()
        if table is not None:
            return parse_tsv((_HEAD + table).encode("utf-8", "replace"), width=width, height=height)
        if perf_counter() - start >= self.timeout_s:
            raise EngineError(
                f"Tesseract took longer than {self.timeout_s:g} seconds for one page; "
                "check that scan, or allow more time.",
                cause="timeout",
            )
        raise EngineError(
            f"Tesseract could not read the page ({width} x {height} pixels); check that scan.",
            cause="tesseract-failed",
        )

    def _open(self, languages: tuple[str, ...]) -> Any:  # noqa: ANN401 - tesserocr may not be there to name its type
        names = tuple(tesseract_name(tag) for tag in languages)
        missing = [name for name in names if not self._data(name).is_file()]
        if missing:
            packs = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
            raise MissingDependencyError(
                f"Tesseract's language data is missing; install it with: sudo apt-get install {packs}", cause="language"
            )
        try:
            return _opened(self.tessdata, "+".join(names), self.oem, get_ident())
        except RuntimeError as error:
            raise MissingDependencyError(
                f"Tesseract's language data for {', '.join(names)} is damaged; install it again.", cause="language"
            ) from error

    def _data(self, name: str) -> Path:
        return Path(self.tessdata) / f"{name}.traineddata"


def find_tessdata() -> Path | None:
    """The folder of Tesseract's language data: that of TESSDATA_PREFIX, the program's own, or the usual ones."""
    return next((folder for folder in _candidates() if any(folder.glob("*.traineddata"))), None)


def _candidates() -> Iterator[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield Path(prefix)
        yield Path(prefix) / "tessdata"  # as Tesseract 3 had it
    said = _program_says()
    if said is not None:
        yield said
    for pattern in _FOLDERS:
        found = Path("/").glob(pattern.lstrip("/"))
        # The highest version first; 10 comes after 5.
        yield from sorted(found, key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))], reverse=True)


def _program_says() -> Path | None:
    """The folder that the program names over its list of languages, if there is a program."""
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=_ANSWER_S, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    # Version 4 wrote the list to the other stream.
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
    """The library opened for these languages; an own one for each thread, as it does one thing at a time."""
    quiet = {"debug_file": os.devnull}  # what it says of single pages is of no use to anyone
    return _library().PyTessBaseAPI(path=f"{tessdata}{os.sep}", lang=names, oem=oem, variables=quiet)


@contextmanager
def _ends_with(seconds: float) -> Iterator[None]:
    """A time that ends with this process, if it is a worker: what hangs in the library cannot be stopped otherwise."""
    if parent_process() is None:
        yield
        return
    timer = Timer(seconds, os._exit, args=(1,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
