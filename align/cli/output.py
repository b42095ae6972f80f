"""The output of the command: requested data go to standard output, everything else to standard error."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from align.errors import OutputError

# What a write says where its reader has gone: a closed pipe, a closed terminal, a file that was closed from the start.
_NOBODY = (errno.EPIPE, errno.EIO, errno.EBADF)


def write_lines(lines: Iterable[str]) -> None:
    """Write requested data."""
    for line in lines:
        click.echo(line)


def tell(line: str) -> None:
    """Show the user a line."""
    click.echo(line, err=True)


class _Stream(io.TextIOBase):
    """A stream over one of the process's own. Once nobody reads it any more, it takes what is written, without a word.

    `heedless`: other faults, such as a full disk, are passed over too. Otherwise they are an OutputError.
    """

    def __init__(self, stream: TextIO, *, heedless: bool) -> None:
        self._stream, self._heedless, self._silent = stream, heedless, False
        if isinstance(stream, io.TextIOWrapper):
            # No terminal is too simple for a message: a sign that it does not have is written as its number.
            stream.reconfigure(errors="backslashreplace")

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream below."""
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """What the stream below does with a sign that its encoding does not have."""
        return self._stream.errors

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The number of the file below."""
        return self._stream.fileno()

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, text: str) -> int:
        """Write the text, or pass over it; how much of it is done with: all."""
        if not isinstance(text, str):
            raise TypeError(f"text is written here, and not {type(text).__name__}")
        if text and not self._silent:
            try:
                self._stream.write(text)
            except (OSError, ValueError) as error:
                self._failed(error)
        return len(text)

    def flush(self) -> None:
        """Write what is still held back."""
        if not self._silent:
            try:
                self._stream.flush()
            except (OSError, ValueError) as error:
                self._failed(error)

    def _failed(self, error: OSError | ValueError) -> None:
        """Write no more; what the stream below still holds goes nowhere when the process ends."""
        self._silent = True
        if isinstance(self._stream, io.TextIOWrapper) and self._stream in (sys.__stdout__, sys.__stderr__):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        if not self._heedless and isinstance(error, OSError) and error.errno not in _NOBODY:
            raise OutputError(
                f"Standard output cannot be written to ({error.strerror or error}): make room, or let it go elsewhere.",
                cause="disk-full" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "unwritable",
            ) from error


@contextmanager
def safe_output() -> Iterator[None]:
    """A block in which no message that cannot be written ends the command, and requested data are missed if lost.

    A reader of standard output that stops early, as `head` does, is no error.
    """
    before = sys.stdout, sys.stderr
    # A process whose standard output is closed has none, and click and logging know that.
    sys.stdout = sys.stdout and _Stream(sys.stdout, heedless=False)
    sys.stderr = sys.stderr and _Stream(sys.stderr, heedless=True)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
