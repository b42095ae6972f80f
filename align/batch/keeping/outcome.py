"""What a run did: its counts, its failures, and the exit code that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from align.batch.keeping.left import Left
from align.batch.scans import Failed
from align.decisions.unobeyed import Unobeyed
from align.errors import ExitCode
from align.model import Severity
from align.records.counts import Counts, DocumentCount


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a run; `counts` are those of the whole collection, as in run.json.

    `left` are the volumes that the run left as they were, because a part of their input could not be read.
    `earlier_decisions` counts the decisions that were made on an earlier text, and so were not obeyed; `unobeyed` are
    those that could not be obeyed for another reason.
    """

    counts: Counts
    documents: tuple[DocumentCount, ...]
    failures: tuple[Failed, ...]
    pages_read: int
    pages_kept: int
    volumes_kept: int
    seconds: Mapping[str, float]
    pages_existing: int = 0
    pages_reread: int = 0
    left: tuple[Left, ...] = ()
    earlier_decisions: int = 0
    unobeyed: tuple[Unobeyed, ...] = ()

    def __repr__(self) -> str:
        return f"<Outcome: {self.pages_read} scans read, {self.counts.linked} sentences linked>"

    def exit_code(self, fail_on: Severity | None) -> ExitCode:
        """The exit code: failed pages and volumes left as they were count first, then findings from `fail_on` on."""
        if self.failures or self.left:
            return ExitCode.PAGES_FAILED
        at_or_above: dict[str, tuple[Severity, ...]] = {"error": ("error",), "warning": ("error", "warning")}
        if fail_on is not None and any(self.counts.findings[severity] for severity in at_or_above.get(fail_on, ())):
            return ExitCode.FINDINGS
        return ExitCode.DONE
