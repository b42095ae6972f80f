"""A worker process as its parent sees it: what it does, when that is due, how much memory it has, and its end."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from align.workers.child import data_bytes

# The signal that ends a process at once.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Hired:
    """A worker process that was started: its id, and the connection through which it takes calls and answers."""

    pid: int
    connection: Connection
    process: object = None  # kept as long as the worker, because it holds open what the worker reads


@dataclass(slots=True, eq=False)
class Call:
    """One call: its future, the call itself, and whether it is done for the second time."""

    future: Future[object]
    pickled: bytes
    again: bool = False


@dataclass(slots=True, eq=False)
class WatchedWorker:
    """A worker, the call that it does, and when something must happen to it; `told` counts the signals to end."""

    hired: Hired
    call: Call | None = None
    due: float = float("inf")
    told: int = 0
    heaviest: int = 0

    def begin(self, call: Call, due: float) -> None:
        """Send a call to the worker, which must be over when it is due."""
        self.hired.connection.send_bytes(call.pickled)
        self.call, self.due, self.heaviest = call, due, 0

    def look(self) -> None:
        """Note how much memory the worker has."""
        self.heaviest = max(self.heaviest, data_bytes(self.hired.pid))

    def signal(self, number: int) -> None:
        """Send a signal to the worker and to the programs that it has started."""
        pid = self.hired.pid
        with suppress(OSError):
            try:
                (os.killpg if os.name == "posix" else os.kill)(pid, number)
            except ProcessLookupError:  # it has not become the leader of its group yet, or it is gone
                os.kill(pid, number)
