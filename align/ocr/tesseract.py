"""What both Tesseract engines share: settings, names of languages, the table of words, and what faults are called."""

from __future__ import annotations

import os
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from align.errors import EngineError, MissingDependencyError
from align.model import Box, Line, Polygon, Word
from align.model.language import primary
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

_WORD_LEVEL = "5"
_BLOCK = 6  # Tesseract's page segmentation mode for one block of text
_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Tesseract(ABC):
    """Settings of Tesseract and the two ways to read with it; a subclass reads one image.

    `psm` and `oem` are Tesseract's page segmentation and engine modes; `timeout_s` is the time for one read, in
    seconds.
    """

    version: str
    psm: int = 3
    oem: int = 1
    timeout_s: float = 300.0

    def read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines in Tesseract's reading order, in the image's pixels (see Engine.read)."""
        return self._read(image, languages=languages, dpi=dpi, psm=self.psm)

    def read_block(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines of one block, top down (see BlockReader.read_block)."""
        return self._read(image, languages=languages, dpi=dpi, psm=_BLOCK)

    def _read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float, psm: int) -> tuple[Line, ...]:
        if not languages:
            raise ValueError("reading needs a language")
        names = tuple(tesseract_name(tag) for tag in languages)
        table = self._table(image, names=names, dpi=round(dpi), psm=psm)
        height, width = image.shape[:2]
        return parse_tsv(table, width=width, height=height)

    @abstractmethod
    def _table(self, image: Pixels, *, names: tuple[str, ...], dpi: int, psm: int) -> bytes:
        """Tesseract's table of words for one image; `names`: the languages, as Tesseract names them."""

    def _timed_out(self) -> EngineError:
        return EngineError(
            f"Tesseract took longer than {self.timeout_s:g} seconds for one page; check that scan, or allow more time.",
            cause="timeout",
        )


def tesseract_name(tag: str) -> str:
    """Tesseract's name of a BCP 47 language.

    >>> tesseract_name("ru"), tesseract_name("en-x-garnett"), tesseract_name("chu")
    ('rus', 'eng', 'chu')
    """
    language = primary(tag)
    if language in TESSERACT_NAMES:
        return TESSERACT_NAMES[language]
    if len(language) == 3 and language.isascii() and language.isalpha():
        return language
    raise MissingDependencyError(
        f"Tesseract has no language for {tag!r}; name the page language in collection.toml, for example "
        'language = ["ru"].',
        cause="language",
    )


# What the C++ library and Leptonica say when they get no memory.
_NO_MEMORY = ("bad_alloc", "malloc fail")


def unreadable(reason: str) -> EngineError:
    """The error of a page that Tesseract could not read; `reason`: what it said, which may be nothing."""
    if any(words in reason for words in _NO_MEMORY):
        return EngineError(
            "Tesseract needs more memory for the page than it may take: make the scan smaller, or allow more with "
            "--memory-limit.",
            cause="out-of-memory",
        )
    said = " ".join(reason.split())[:200] or "no reason given"
    return EngineError(f"Tesseract could not read the page ({said}); check that scan.", cause="tesseract-failed")


def missing_data(names: Sequence[str]) -> MissingDependencyError:
    """The error where the data of these languages, as Tesseract names them, is not installed."""
    packs = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in names)
    return MissingDependencyError(
        f"Tesseract's language data is missing; install it with: sudo apt-get install {packs}", cause="language"
    )


def parse_tsv(table: bytes, *, width: int, height: int) -> tuple[Line, ...]:
    """The lines of Tesseract's table of words (TSV) for an image of this size; EngineError where it is no such table.

    Words without text or confidence, words outside the image, and control characters are left out.
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
def one_thread() -> Iterator[None]:
    """Limit Tesseract to one thread in the meantime: with more, pages read side by side take five times as long.

    The limit is an environment variable: a child process inherits it, and the library reads it when it is loaded. It is
    as before afterwards.
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
