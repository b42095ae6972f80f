"""The work of a worker process: one call after the other, each with an answer, under a limit of memory."""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path


def serve(connection: Connection, begin: Callable[[], None], memory: int, environment: dict[str, str]) -> None:
    """Do the calls that come through the connection until it closes. `begin` makes this process a worker.

    An answer is (True, value) or (False, exception), pickled. `environment` is that of the parent as it is now: the
    process from which workers are made may have started with another one.
    """
    begin()
    os.environ.clear()
    os.environ.update(environment)
    limit_memory(memory)
    while True:
        try:
            call = connection.recv_bytes()
        except (EOFError, OSError):
            return
        answer = _answer(call)
        del call
        try:
            connection.send_bytes(answer)
        except OSError:
            return


def _answer(call: bytes) -> bytes:
    try:
        work, args, kwargs = pickle.loads(call)  # noqa: S301 - the parent process made it
        return pickle.dumps((True, work(*args, **kwargs)))
    except Exception as error:  # noqa: BLE001 - the parent raises it
        error.add_note("".join(traceback.format_exception(error)))  # the traceback itself stays in this process
        try:
            return pickle.dumps((False, error))
        except Exception:  # noqa: BLE001 - an exception that cannot be sent is sent as its words
            return pickle.dumps((False, RuntimeError(repr(error))))


def limit_memory(memory: int) -> None:
    """Let this process, and each program that it starts, ask for at most so many bytes more than it has now.

    The limit counts memory that a process may write to. It does not count address space that a library only reserves.
    Systems other than Linux have no such limit.
    """
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = data_bytes(os.getpid()) + memory
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def data_bytes(pid: int) -> int:
    """How many bytes a process may write to, as Linux counts them; 0 where that is not known."""
    try:
        # The sixth number is the size of data and stack, in pages of memory.
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def kernel_kills() -> int:
    """How many processes this machine has ended because memory ran out; 0 where that is not known."""
    try:
        lines = Path("/proc/vmstat").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)
