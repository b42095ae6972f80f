"""How far a run is: a narrow interface, held by the parent process alone, that never writes to standard output."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What batch tells of its progress."""

    def begin(self, stage: str, total: int) -> None:
        """A stage begins with so many steps; a second call for the same stage changes its total."""
        ...

    def advance(self, stage: str, steps: int = 1) -> None:
        """So many steps of a stage are done."""
        ...

    def say(self, message: str) -> None:
        """A sentence for the user, now."""
        ...


class NullProgress:
    """Progress that nobody watches."""

    def begin(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, stage: str, steps: int = 1) -> None:
        """Nothing."""

    def say(self, message: str) -> None:
        """Nothing."""
