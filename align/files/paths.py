"""Names and paths from outside: how they are shown, and whether they stay inside the collection; bytes of a file."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Literal

from align.errors import InputError, ScanError, TextError

# Direction overrides and isolates (UAX 9): a name that holds one looks different from what it is.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Bytes. A book of a thousand pages is 3 MB of text; a file twenty times as long is not a typed text.
MAX_TEXT_BYTES = 64 * 1024 * 1024
_COLUMN_MARK = ".docx#"


def shown(name: str) -> str:
    r"""The name for a message: characters that are invisible, turn direction or are not Unicode become escapes.

    >>> shown("a\nb")
    'a\\nb'
    """
    return "".join(c.encode("unicode_escape").decode("ascii") if _hidden(c) else c for c in name)


def name_fault(name: str) -> Literal["not-utf-8", "hidden"] | None:
    """The fault of a file's name: it is not UTF-8, or has hidden characters; None for a good name."""
    if any(unicodedata.category(c) == "Cs" for c in name):
        return "not-utf-8"
    if any(_hidden(c) for c in name):
        return "hidden"
    return None


def _hidden(char: str) -> bool:
    return char in _TURNING or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def leads_out(root: Path, path: Path) -> bool:
    """True where the path, links followed, is not inside the root (which must be resolved already)."""
    return not Path(os.path.realpath(path)).is_relative_to(root)


def inside(root: Path, relative: str) -> Path:
    """The path of a file of the collection; InputError ("outside") where it would leave the collection."""
    pure = PurePosixPath(relative)
    real = Path(os.path.realpath(root))
    if "\0" in relative or not pure.parts or pure.is_absolute() or ".." in pure.parts or leads_out(real, real / pure):
        raise InputError(
            f"{shown(relative)} leads out of the collection {shown(str(root))}: put a copy of the file there instead.",
            cause="outside",
        )
    return real / pure


def scan_path(root: Path, relative: str) -> Path:
    """The path of a scan that can be opened as a file; ScanError ("missing", "empty", "unreadable")."""
    try:
        path = inside(root, relative)
        status = path.stat()
    except InputError as error:
        raise ScanError(error.message, cause="unreadable") from error
    except FileNotFoundError as error:
        raise ScanError(
            f"{shown(relative)} is missing: put the file back, or run again so that the collection is read anew.",
            cause="missing",
        ) from error
    except OSError as error:
        raise unreadable_scan(relative, error) from error
    if not stat.S_ISREG(status.st_mode):
        raise ScanError(f"{shown(relative)} is not a file: put a scan in its place, or remove it.", cause="unreadable")
    if status.st_size == 0:
        raise ScanError(
            f"{shown(relative)} is empty (0 bytes): copy it again from its source, or remove it.", cause="empty"
        )
    return path


def unreadable_scan(relative: str, error: OSError) -> ScanError:
    """The error for a scan that the operating system refuses to read."""
    return ScanError(
        f"{shown(relative)} cannot be read ({error.strerror or error}): check its permissions and its disk.",
        cause="unreadable",
    )


def file_of(text: str) -> str:
    """The path of the file in which a text stands: of `a.ru.docx#a.en.docx`, the English column of a table, the first.

    >>> file_of("letter.ru.docx#letter.en.docx"), file_of("no. #1.ru.txt")
    ('letter.ru.docx', 'no. #1.ru.txt')
    """
    file, mark, own = text.partition(_COLUMN_MARK)
    return f"{file}{mark[:-1]}" if own else text


def column_of(text: str, *, document: str, language: str) -> str:
    """The path of a text that stands in another column of the file of a text.

    >>> column_of("transcripts/v/a.ru.docx", document="a", language="en")
    'transcripts/v/a.ru.docx#a.en.docx'
    """
    return f"{text}#{document}.{language}.docx"


def read_source_bytes(root: Path, relative: str) -> bytes:
    """The bytes of the file of a source text or of existing OCR, at most MAX_TEXT_BYTES.

    TextError ("missing", "unreadable", "too-large", "outside") otherwise.
    """
    try:
        path = inside(root, file_of(relative))
        if path.exists() and not path.is_file():
            raise TextError(
                f"{shown(relative)} is not a file: put a text in its place, or remove it.", cause="unreadable"
            )
        with path.open("rb") as stream:
            data = stream.read(MAX_TEXT_BYTES + 1)
    except InputError as error:
        raise error if isinstance(error, TextError) else TextError(error.message, cause=error.cause) from error
    except FileNotFoundError as error:
        raise TextError(
            f"{shown(relative)} is missing: put the file back, or run again so that the collection is read anew.",
            cause="missing",
        ) from error
    except OSError as error:
        raise TextError(
            f"{shown(relative)} cannot be read ({error.strerror or error}): check its permissions and its disk.",
            cause="unreadable",
        ) from error
    if len(data) > MAX_TEXT_BYTES:
        raise TextError(
            f"{shown(relative)} is larger than {MAX_TEXT_BYTES // 2**20} MB, too large for a typed text: split it.",
            cause="too-large",
        )
    return data
