"""What the command writes: requested data to standard output, all else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

import click


def write_lines(lines: Iterable[str]) -> None:
    """Write requested data; a reader that stops early, as head does, has all that it wanted."""
    try:
        for line in lines:
            click.echo(line)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(line: str) -> None:
    """Tell the user something; a run does not end because nobody listens any more."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True)
