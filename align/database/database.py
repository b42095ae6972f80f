"""A database that is open: its transactions, each of which ends whole or not at all, and its errors in a sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, event, text

from align.database.faults import database_error, told

WAIT_S = 20.0
"""Seconds for which a writer waits for another one. One decision is written in some milliseconds, a large import in
seconds; a program that holds the store for longer hangs."""
_WRITING = {"align_writing": True}
# Any number that no other program on the same database takes for its own lock: the letters of "align".
_LOCK = 0x616C69676E


@dataclass(frozen=True, slots=True)
class Database:
    """A SQLite `file` or a PostgreSQL database. `place` names it in messages, and holds no password.

    `still_there` raises an OutputError where what was opened is no longer at its place.
    """

    engine: Engine
    place: str
    file: Path | None = None
    still_there: Callable[[], None] = lambda: None
    _one_writer: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        event.listen(self.engine, "begin", _begun)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: it sees one state, whatever others write meanwhile."""
        with told(self.place), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, alone: no other writer of any process is in one at the same time.

        It is kept on the disk when the block has ended, and undone where the block raises.
        """
        # The threads of one process queue here: SQLite and PostgreSQL would have them sleep and try again.
        if not self._one_writer.acquire(timeout=WAIT_S):
            raise database_error(self.place, "busy", f"waited for {WAIT_S:.0f} s")
        try:
            with told(self.place), self.engine.connect() as bare:
                connection = bare.execution_options(**_WRITING)
                with connection.begin():
                    if connection.dialect.name == "postgresql":
                        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                    yield connection
                    self.still_there()
        finally:
            self._one_writer.release()

    def close(self) -> None:
        """Close all connections; SQLite then folds its log into the one file."""
        self.engine.dispose()


def _begun(connection: Connection) -> None:
    """Begin a transaction of SQLite ourselves: its driver would begin one at the first write, and then too late."""
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get("align_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
