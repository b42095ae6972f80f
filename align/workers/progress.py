"""How far a run is: a narrow interface; only the parent process holds it, and it never writes to standard output."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives how many steps of each stage are done, and messages for the user."""

    def begin(self, stage: str, total: int) -> None:
        """A stage of `total` steps begins; a second call for the same stage changes its total."""
        ...

    def advance(self, stage: str, steps: int = 1) -> None:
        """`steps` more steps of a stage are done."""
        ...

    def say(self, message: str) -> None:
        """Show the user one sentence now."""
        ...


class NullProgress:
    """Progress that nobody watches."""

    def begin(self, stage: str, total: int) -> None:
        """Do nothing."""

    def advance(self, stage: str, steps: int = 1) -> None:
        """Do nothing."""

    def say(self, message: str) -> None:
        """Do nothing."""
