"""Why a scan could not be read or shown: a cause that can be counted, and a sentence for the user."""

from __future__ import annotations

import logging
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass

from align.errors import AlignError, MissingDependencyError, OutputError
from align.workers.lost import CallTimedOut, lacked_memory
from align.workers.temporary import unusable_folder

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a scan could not be read: a short stable cause, and a sentence for the user."""

    cause: str
    message: str


def failure_of(path: str, error: Exception) -> Failure:
    """Why the scan at `path` could not be read, from the error that was raised.

    Raises the errors that end the whole run: a missing program (MissingDependencyError), and results or temporary files
    that cannot be written (OutputError).
    """
    if isinstance(error, MissingDependencyError | OutputError):
        raise error
    if isinstance(error, OSError) and (full := unusable_folder(error)) is not None:
        raise full from error
    if isinstance(error, AlignError):
        return Failure(error.cause, error.message)
    if isinstance(error, CallTimedOut):
        return Failure(
            "timeout",
            f"{path} took longer than {error.seconds:g} seconds, and was left out: look what is unusual in it, or "
            "allow more with --time-limit.",
        )
    if lacked_memory(error):
        return Failure(
            "out-of-memory",
            f"{path} needs more memory than it may take: make it smaller, or allow more with --memory-limit.",
        )
    if isinstance(error, BrokenExecutor):
        return Failure(
            "worker-died",
            f"{path} ended the process that worked on it, twice: save it anew as PNG, or make it smaller.",
        )
    log.error("%s: a fault of this program", path, exc_info=error)
    return Failure("bug", f"{path} made this program fail ({error!r}): please report it.")
