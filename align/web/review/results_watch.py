"""The results that are shown: read at the start, and again when a run has finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from align.errors import AlignError
from align.web.review.deciding.shown_results import ShownResults

# Seconds till results that could not be read are tried again: a run may be writing them.
_AGAIN_S = 5.0
Stamp = tuple[int, ...] | None


@dataclass(slots=True)
class ResultsWatch:
    """The results that are shown now.

    `read` reads what there is, with the report and the viewer made anew where they are older. `stamp` changes when a
    run ends; it is cheap. `told` gets a sentence for the terminal.
    """

    read: Callable[[], ShownResults]
    stamp: Callable[[], Stamp]
    told: Callable[[str], object]
    _shown: ShownResults = field(init=False)
    _seen: Stamp = field(init=False)
    _not_before: float = field(init=False, default=0.0)
    _lock: Lock = field(init=False, default_factory=Lock)

    def __post_init__(self) -> None:
        """Read the results for the first time; AlignError where they cannot be read."""
        self._seen = self.stamp()
        self._shown = self.read()

    def results(self) -> ShownResults:
        """The results that are shown now."""
        return self._shown

    def look(self) -> bool:
        """Whether there are other results than before, which are shown from now on."""
        with self._lock:
            stamp = self.stamp()
            if stamp in (None, self._seen) or monotonic() < self._not_before:
                return False
            try:
                shown = self.read()
            except AlignError as error:
                if self._not_before == 0.0:
                    self.told(f"The new results cannot be shown yet: {error.message}")
                self._not_before = monotonic() + _AGAIN_S
                return False
            self._seen, self._not_before = stamp, 0.0
            before, self._shown = self._shown.version, shown
            if before == shown.version:
                return False
        self.told(f"A run has finished: {len(shown.findings)} findings are shown now.")
        return True
