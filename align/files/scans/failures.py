"""Why a scan could not be read: a cause that can be counted, and a sentence for the user."""

from __future__ import annotations

import logging
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass

from align.errors import AlignError, MissingDependencyError, OutputError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a scan could not be read: a short stable cause, and a sentence for the user."""

    cause: str
    message: str


def failure_of(path: str, error: Exception) -> Failure:
    """Why the scan at `path` could not be read, from the error that was raised.

    Raises the errors that end the whole run: a missing program (MissingDependencyError), and results that cannot be
    written (OutputError).
    """
    if isinstance(error, MissingDependencyError | OutputError):
        raise error
    if isinstance(error, AlignError):
        return Failure(error.cause, error.message)
    if isinstance(error, BrokenExecutor):
        return Failure(
            "worker-died",
            f"{path} ended the process that read it, perhaps for want of memory: make the scan smaller, or run again "
            "with --jobs 1.",
        )
    if isinstance(error, MemoryError):
        return Failure("memory", f"{path} needs more memory than there is: make it smaller or use a larger machine.")
    log.error("%s: a fault of this program", path, exc_info=error)
    return Failure("bug", f"{path} made this program fail ({error!r}): please report it.")
