"""The errors a user can meet: each is one sentence (what, where, what to do) and has its exit code.

AlignError
├── UsageError              2   the call's words are off
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
    """What the command's exit status says."""

    DONE = 0
    BUG = 1
    USAGE = 2
    UNUSABLE_INPUT = 3
    MISSING_DEPENDENCY = 4
    PAGES_FAILED = 5
    FINDINGS = 6
    INTERRUPTED = 130


class AlignError(Exception):
    """A fault that is not a bug; its text is one sentence for the user: what, where, what to do."""

    exit_code = ExitCode.BUG

    def __init__(self, message: str, *, cause: str | None = None) -> None:
        """Keep the sentence and the cause, a short stable word such as "truncated" by which failures are counted."""
        super().__init__(message)
        self.message = message
        self.cause = cause or type(self).__name__

    def __reduce__(self) -> tuple[object, ...]:
        """Keep message and cause over the way back from a worker process."""
        return _rebuild, (type(self), self.message, self.cause)


def _rebuild(kind: type[AlignError], message: str, cause: str) -> AlignError:
    return kind(message, cause=cause)


class UsageError(AlignError):
    """The call's words are off."""

    exit_code = ExitCode.USAGE


class UnknownNameError(UsageError, LookupError):
    """Nothing has the name that was asked for; a LookupError too, as a mapping's key would raise."""


class InputError(AlignError):
    """The collection cannot be used."""

    exit_code = ExitCode.UNUSABLE_INPUT


class ScanError(InputError):
    """One scan cannot be read; its pages fail and the others go on."""


class TextError(InputError):
    """One source text cannot be read; it becomes a finding and the others go on."""


class OutputError(AlignError):
    """Results cannot be written there."""

    exit_code = ExitCode.UNUSABLE_INPUT


class MissingDependencyError(AlignError):
    """A program or a language pack is not installed; the message holds the command that installs it."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class EngineError(AlignError):
    """OCR failed on one page; the page fails and the others go on."""

    exit_code = ExitCode.PAGES_FAILED
