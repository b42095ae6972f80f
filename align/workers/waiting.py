"""Which call may start next: pure bookkeeping of calls that wait and calls that run, under a memory budget."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

C = TypeVar("C", bound=Hashable)


@dataclass(slots=True)
class Waiting(Generic[C]):
    """Calls that wait, and those that run, each with the bytes that it needs.

    Calls start in the order in which they came, so none waits for ever. The first one waits while the calls that run
    need so much that all together would need more than `budget`; a call that runs by itself may need more than that.
    Calls that were put in `again` come before all others, and each of them runs with no other call beside it.
    """

    workers: int
    budget: int
    _queue: deque[tuple[C, int]] = field(default_factory=deque)
    _again: deque[tuple[C, int]] = field(default_factory=deque)
    _running: dict[C, int] = field(default_factory=dict)
    _alone: bool = False

    def __len__(self) -> int:
        """How many calls wait or run."""
        return len(self._queue) + len(self._again) + len(self._running)

    def put(self, call: C, needed: int = 0) -> None:
        """Let a call wait behind the others."""
        self._queue.append((call, needed))

    def put_again(self, call: C) -> None:
        """Let a call that runs wait for its second time, in which nothing runs beside it."""
        self._again.append((call, self._running[call]))
        self.end(call)

    def next(self) -> C | None:
        """The call that starts now; None where nothing waits, or what waits must wait longer."""
        if self._again:
            if self._running:
                return None
            call, needed = self._again.popleft()
            self._alone = True
        elif self._queue and self._may_start(self._queue[0][1]):
            call, needed = self._queue.popleft()
        else:
            return None
        self._running[call] = needed
        return call

    def end(self, call: C) -> None:
        """A call that ran is over."""
        del self._running[call]
        self._alone = False

    def clear(self) -> list[C]:
        """The calls that waited, which wait no longer; those that run go on."""
        calls = [call for call, _ in (*self._again, *self._queue)]
        self._again.clear()
        self._queue.clear()
        return calls

    def _may_start(self, needed: int) -> bool:
        if self._alone or len(self._running) >= self.workers:
            return False
        return not self._running or sum(self._running.values()) + needed <= self.budget
