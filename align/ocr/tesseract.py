"""Tesseract through pytesseract: everything known about its moods."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pytesseract import pytesseract

from align.errors import EngineError, MissingDependencyError
from align.model import Box, Line, Polygon, Word
from align.pixels import Pixels

# Tesseract's names (ISO 639-2/T) of the BCP 47 primary languages that archives send; another three-letter primary
# is already its own name.
TESSERACT_NAMES = {
    "be": "bel", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "et": "est", "fi": "fin", "fr": "fra", "he": "heb", "hr": "hrv", "hu": "hun", "hy": "hye", "it": "ita",
    "ka": "kat", "kk": "kaz", "la": "lat", "lt": "lit", "lv": "lav", "mk": "mkd", "nl": "nld", "no": "nor",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe",
    "tr": "tur", "tt": "tat", "uk": "ukr", "yi": "yid",
}  # fmt: skip

# pytesseract has no types.
_image_to_data: Any = pytesseract.image_to_data
_get_languages: Any = pytesseract.get_languages
_get_tesseract_version: Any = pytesseract.get_tesseract_version

_INSTALL = "sudo apt-get install tesseract-ocr"
_WORD_LEVEL = "5"
_BLOCK = 6
_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Tesseract 4 or 5 as installed on the PATH, one child process a read, one thread a child.

    `psm` and `oem` are Tesseract's page segmentation and engine modes; `timeout_s` ends a child that hangs.
    """

    version: str
    psm: int = 3
    oem: int = 1
    timeout_s: float = 300.0

    @classmethod
    def installed(cls, *, psm: int = 3, oem: int = 1, timeout_s: float = 300.0) -> TesseractEngine:
        """The engine found on this machine; MissingDependencyError where there is none."""
        try:
            version = str(_get_tesseract_version())
        except (pytesseract.TesseractNotFoundError, SystemExit) as error:
            raise _no_binary() from error
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
            raise _no_binary() from error
        return tuple(tag for tag in languages if tesseract_name(tag) not in installed)

    def read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines in Tesseract's reading order, in the image's pixels (see Engine.read)."""
        return self._read(image, languages=languages, dpi=dpi, psm=self.psm)

    def read_block(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines of one block, top down (see BlockReader.read_block): Tesseract's segmentation mode 6."""
        return self._read(image, languages=languages, dpi=dpi, psm=_BLOCK)

    def _read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float, psm: int) -> tuple[Line, ...]:
        if not languages:
            raise ValueError("reading needs a language")
        names = "+".join(tesseract_name(tag) for tag in languages)
        config = f"--psm {psm} --oem {self.oem} --dpi {round(dpi)}"
        with _image_file(image) as path, one_thread():
            try:
                table = _image_to_data(
                    str(path),
                    lang=names,
                    config=config,
                    timeout=self.timeout_s,
                    output_type=pytesseract.Output.BYTES,
                )
            except pytesseract.TesseractNotFoundError as error:
                raise _no_binary() from error
            except pytesseract.TesseractError as error:
                raise _failed(str(error.message), names) from error
            except FileNotFoundError as error:
                raise EngineError(
                    "Tesseract ended without an error and without output; run the page again.", cause="no-output"
                ) from error
            except RuntimeError as error:
                raise EngineError(
                    f"Tesseract took longer than {self.timeout_s:g} seconds for one page; "
                    "check that scan, or allow more time.",
                    cause="timeout",
                ) from error
        height, width = image.shape[:2]
        return parse_tsv(table, width=width, height=height)


def tesseract_name(tag: str) -> str:
    """Tesseract's name of a BCP 47 language.

    >>> tesseract_name("ru"), tesseract_name("en-x-garnett"), tesseract_name("chu")
    ('rus', 'eng', 'chu')
    """
    primary = tag.split("-")[0].lower()
    if primary in TESSERACT_NAMES:
        return TESSERACT_NAMES[primary]
    if len(primary) == 3 and primary.isascii() and primary.isalpha():
        return primary
    raise MissingDependencyError(
        f"Tesseract has no language for {tag!r}; name the page language in collection.toml, for example "
        'language = ["ru"].',
        cause="language",
    )


def parse_tsv(table: bytes, *, width: int, height: int) -> tuple[Line, ...]:
    """The lines of Tesseract's TSV for an image of this size; EngineError where it is no such table.

    Words without text or confidence, and words wholly outside the image, are left out; control characters too.
    """
    rows = table.decode("utf-8", "replace").split("\n")
    if not rows[0].startswith("level\t"):
        raise EngineError("Tesseract's output is not its table of words; run the page again.", cause="no-output")
    image = Box(0, 0, width, height)
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in rows[1:]:
        cells = row.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(cells) == _COLUMNS and cells[0] == _WORD_LEVEL:
            word = _word(cells, image)
            if word is not None:
                lines.setdefault(tuple(cells[1:5]), []).append(word)
    return tuple(_line(words, region=int(place[1])) for place, words in lines.items())


def _word(cells: list[str], image: Box) -> Word | None:
    text = "".join(c for c in cells[11] if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip()
    confidence = float(cells[10])
    left, top, width, height = (int(cell) for cell in cells[6:10])
    if not text or confidence < 0 or width <= 0 or height <= 0:
        return None
    box = Box(left, top, left + width, top + height).intersection(image)
    if box is None:
        return None
    return Word("".join(text.split()), box, Polygon(box.corners), min(1.0, confidence / 100))


def _line(words: list[Word], *, region: int) -> Line:
    return Line(tuple(words), Polygon(Box.union(w.box for w in words).corners), region=region)


@contextmanager
def _image_file(image: Pixels) -> Iterator[Path]:
    """An own temporary file of the image, gone afterwards; PNM because it is written in a tenth of PNG's time."""
    height, width = image.shape[:2]
    kind = b"P5" if image.ndim == 2 else b"P6"
    with tempfile.TemporaryDirectory(prefix="align-ocr-") as folder:
        path = Path(folder) / "page.pnm"
        with path.open("wb") as file:
            file.write(b"%s\n%d %d\n255\n" % (kind, width, height))
            file.write(np.ascontiguousarray(image).data)
        yield path


@contextmanager
def one_thread() -> Iterator[None]:
    """A time in which Tesseract is given one thread: with more, pages read side by side take five times as long.

    pytesseract hands its own environment down to the child, and the library reads it when it is loaded, so it is set
    for the time of the call alone.
    """
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("OMP_THREAD_LIMIT", None)
        else:
            os.environ["OMP_THREAD_LIMIT"] = before


def _no_binary() -> MissingDependencyError:
    return MissingDependencyError(f"Tesseract is not installed; install it with: {_INSTALL}", cause="tesseract")


def _failed(message: str, names: str) -> EngineError | MissingDependencyError:
    if "Failed loading language" in message or "Error opening data file" in message:
        missing = [name for name in names.split("+") if f"'{name}'" in message or f"{name}.traineddata" in message]
        packs = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing or names.split("+"))
        return MissingDependencyError(
            f"Tesseract's language data is missing; install it with: sudo apt-get install {packs}", cause="language"
        )
    said = " ".join(message.split())[:200] or "no reason given"
    return EngineError(f"Tesseract could not read the page ({said}); check that scan.", cause="tesseract-failed")
