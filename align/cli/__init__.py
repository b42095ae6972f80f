"""The command; click lives here only."""

from align.cli.main import command

__all__ = ["command"]
