"""Why a scan could not be read or shown: a cause that can be counted, and a sentence for the user."""

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
            f"{path} ended the process that read it, perhaps because memory ran out: make the scan smaller, or run "
            "again with --jobs 1.",
        )
    if isinstance(error, MemoryError):
        return Failure(
            "memory",
            f"{path} needs more memory than this computer has: make it smaller, or use a computer with more memory.",
        )
    log.error("%s: a fault of this program", path, exc_info=error)
    return Failure("bug", f"{path} made this program fail ({error!r}): please report it.")


def picture_failure(path: str, error: Exception) -> str:
    """The sentence that says why no picture of the scan at `path` could be made, from the error that was raised.

    Raises the errors that end the whole command, as `failure_of` does. A worker that died has most often run out of
    memory, and the user of a picture has no --jobs to set: so both cases have one sentence.
    """
    if isinstance(error, MemoryError | BrokenExecutor):
        return f"{path} needs more memory than this computer has: make it smaller."
    return failure_of(path, error).message
