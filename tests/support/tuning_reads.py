"""Which instances of a class of tuned numbers are read, and which of their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def instances_read(kind: type) -> Iterator[set[tuple[int, str]]]:
    """The ids of the instances of this class that are read within, each with the name of what was read."""
    reads: set[tuple[int, str]] = set()

    def recorded(self: object, name: str) -> object:
        if not name.startswith("__"):
            reads.add((id(self), name))
        return object.__getattribute__(self, name)

    kind.__getattribute__ = recorded  # type: ignore[method-assign, assignment]
    try:
        yield reads
    finally:
        del kind.__getattribute__
