"""The errors that a user can meet. Each message is one sentence: what, where, what to do; each has an exit code.

AlignError
├── UsageError              2   the command or the call was given wrong arguments
│   └── UnknownNameError        2   nothing has the name that was asked for
├── InputError              3   the collection or one of its files cannot be used
│   ├── ScanError               one scan cannot be read: that page fails, the batch goes on
│   └── TextError               one source text cannot be read: a finding, the batch goes on
├── MissingDependencyError       4   a program or language pack is not installed
├── OutputError             3   results cannot be written there
└── EngineError             5   OCR failed on one page: that page fails, the batch goes on
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command."""

    DONE = 0
    BUG = 1
    USAGE = 2
    UNUSABLE_INPUT = 3
    MISSING_DEPENDENCY = 4
    PAGES_FAILED = 5
    FINDINGS = 6
    INTERRUPTED = 130


class AlignError(Exception):
    """An error that is not a bug; its text is one sentence for the user: what, where, what to do."""

    exit_code = ExitCode.BUG

    def __init__(self, message: str, *, cause: str | None = None) -> None:
        """Keep the sentence and its cause, a short fixed word such as "truncated" under which failures are counted."""
        super().__init__(message)
        self.message = message
        self.cause = cause or type(self).__name__

    def __str__(self) -> str:
        """The sentence, also for an error that is a KeyError too."""
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Keep message and cause when the error comes back from a worker process."""
        return _rebuild, (type(self), self.message, self.cause)


def _rebuild(kind: type[AlignError], message: str, cause: str) -> AlignError:
    return kind(message, cause=cause)


class UsageError(AlignError):
    """The command or the call was given wrong arguments."""

    exit_code = ExitCode.USAGE


class UnknownNameError(UsageError, KeyError):
    """Nothing has the name that was asked for. It is a KeyError too, so that `get` of a mapping gives its default."""


class InputError(AlignError):
    """The collection cannot be used."""

    exit_code = ExitCode.UNUSABLE_INPUT


class ScanError(InputError):
    """One scan cannot be read; its pages fail, and all other pages are read."""


class TextError(InputError):
    """One source text cannot be read; it becomes a finding, and all other texts are read."""


class OutputError(AlignError):
    """Results cannot be written there."""

    exit_code = ExitCode.UNUSABLE_INPUT


class MissingDependencyError(AlignError):
    """A program or a language pack is not installed; the message holds the command that installs it."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class EngineError(AlignError):
    """OCR failed on one page; that page fails, and all other pages are read."""

    exit_code = ExitCode.PAGES_FAILED
