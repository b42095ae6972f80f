"""The output of the command: requested data go to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

import click


def write_lines(lines: Iterable[str]) -> None:
    """Write requested data. If the reader stops early, as `head` does, that is no error."""
    try:
        for line in lines:
            click.echo(line)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(line: str) -> None:
    """Show the user a line; a run goes on even when nobody reads its messages any more."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True)
