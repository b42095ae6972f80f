"""The command `align`; only this package uses click."""

from align.cli.main import command, main

__all__ = ["command", "main"]
