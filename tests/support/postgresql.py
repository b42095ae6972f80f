"""A PostgreSQL server of Debian's, started for tests and benchmarks on a free port, with data of its own."""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

from support.processes import until

NAME = "postgres"


class NoPostgresqlError(Exception):
    """PostgreSQL cannot be had here; the text is the reason."""


@dataclass(frozen=True)
class Server:
    """A server that answers, and the password of its one user."""

    port: int
    password: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def address(self, database: str) -> str:
        """The address of a database, as a user writes it."""
        return f"postgresql://{NAME}:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"decisions_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def run(self, statement: str) -> None:
        """Run one statement as the server's administrator."""
        import pg8000.native

        connection = pg8000.native.Connection(
            NAME, host="127.0.0.1", port=self.port, password=self.password, database="postgres", timeout=60
        )
        try:
            connection.run(statement)
        finally:
            connection.close()


@cache
def programs() -> Path:
    """The folder of Debian's newest PostgreSQL programs, which are not on the PATH; NoPostgresqlError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise NoPostgresqlError("PostgreSQL is not installed: scripts/setup --dev installs it")
    return found[-1].parent if found else Path(on_path).resolve().parent


@contextmanager
def running_server(*, safe: bool = False) -> Iterator[Server]:
    """A server with empty data; where `safe`, each commit is on the disk. NoPostgresqlError says why there is none."""
    try:
        import pg8000  # noqa: F401
    except ImportError:
        raise NoPostgresqlError("the Python package pg8000 is not installed") from None
    bin_folder, user = programs(), _user()
    folder = Path(tempfile.mkdtemp(prefix="align-postgresql-"))
    who = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        password = secrets.token_hex(16)
        written = folder / "password"
        written.write_text(password)
        written.chmod(0o644)  # in a folder that its owner alone may enter
        words = [bin_folder / "initdb", "-D", folder / "data", "-U", NAME, "--pwfile", written, "-A", "scram-sha-256"]
        words += ["-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        made = subprocess.run(words, **who, cwd=folder, capture_output=True, text=True, check=False)
        if made.returncode:
            raise NoPostgresqlError(f"initdb failed: {made.stderr.strip()[-300:]}")
        with _started(bin_folder, folder, who, safe) as port:
            yield Server(port, password)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(bin_folder: Path, folder: Path, who: dict[str, object], safe: bool) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [bin_folder / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port), "-k", folder]
    words += ["-c", f"fsync={'on' if safe else 'off'}", "-c", "shared_buffers=32MB"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, **who, cwd=folder, stdout=log, stderr=log, preexec_fn=_end_with_parent)
    try:
        ready = [bin_folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        up = until(lambda: process.poll() is not None or subprocess.run(ready, check=False).returncode == 0)
        if not up or process.poll() is not None:
            raise NoPostgresqlError(f"postgres did not start: {(folder / 'log').read_text()[-300:]}")
        yield port
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: its data are thrown away
        process.wait()


def _user() -> pwd.struct_passwd | None:
    """The user as whom the server runs: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresqlError("PostgreSQL does not run as root, and there is no user nobody")


def _end_with_parent() -> None:
    """Have the kernel end the server when the tests are killed (PR_SET_PDEATHSIG of Linux)."""
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
