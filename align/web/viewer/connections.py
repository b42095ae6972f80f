"""The connections of a server: which wait for a request, for how long, and which must make room for others."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from socket import SHUT_RDWR, socket
from threading import Lock

# Seconds for which a connection may wait without a whole request, and for which one step of an answer may take.
IDLE_SECONDS = 30.0
# Connections at the same time; each has a thread of its own. A browser has six.
MOST = 256


@dataclass(slots=True)
class Connections:
    """The open connections. A new one takes the place of the one that has waited longest, where there are too many."""

    most: int = MOST
    idle: float = IDLE_SECONDS
    clock: Callable[[], float] = time.monotonic
    _since: dict[socket, float | None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def admitted(self, connection: socket) -> bool:
        """Whether there is room for this connection. It is noted as one that waits for its first request."""
        with self._lock:
            if len(self._since) >= self.most:
                waiting = {own: since for own, since in self._since.items() if since is not None}
                if not waiting:
                    return False
                self._end(min(waiting, key=waiting.__getitem__))
            self._since[connection] = self.clock()
            return True

    def wait(self, connection: socket) -> None:
        """Note that the connection waits for a request from now on."""
        self._note(connection, self.clock())

    def work(self, connection: socket) -> None:
        """Note that the connection has a request, which is being answered."""
        self._note(connection, None)

    def remove(self, connection: socket) -> None:
        """Note that the connection is closed."""
        with self._lock:
            self._since.pop(connection, None)

    def close_idle(self) -> None:
        """End the connections that have waited too long, also those whose request comes letter by letter."""
        late = self.clock() - self.idle
        with self._lock:
            for connection in [own for own, since in self._since.items() if since is not None and since < late]:
                self._end(connection)

    def _note(self, connection: socket, since: float | None) -> None:
        with self._lock:
            if connection in self._since:
                self._since[connection] = since

    def _end(self, connection: socket) -> None:
        # Its thread, which waits for a request, finds the end of it and closes the connection.
        del self._since[connection]
        with suppress(OSError):
            connection.shutdown(SHUT_RDWR)
