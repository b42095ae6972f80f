"""The command; click lives here only."""

from align.cli.main import command, main

__all__ = ["command", "main"]
