"""Where work is done: in worker processes on this machine, or in this process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from threading import Lock, Thread
from time import sleep
from types import FrameType, ModuleType
from typing import ParamSpec, TypeVar

from align.workers.child import serve
from align.workers.crew import GRACE_S, Crew
from align.workers.interrupts import INTERRUPTS, SIGNALS
from align.workers.limits import Limits, chosen_limits
from align.workers.temporary import short_enough, unusable_folder
from align.workers.watched import Hired

P = ParamSpec("P")
T = TypeVar("T")

POSIX = os.name == "posix"


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """Worker processes; each does one call at a time in its own new interpreter, so that it inherits no locks.

    Workers, and the programs that they started, end when their parent ends, however it ends. `preload` names the module
    whose functions are called: it is imported once, before the workers are made from that process. `limits`: what a
    call may take; None: what the environment says, or else the usual limits. Workers load the script that made the pool
    only if `loads_script`, which calls of functions and classes of the script itself need.
    """

    workers: int
    preload: str | None = None
    limits: Limits | None = None
    loads_script: bool = False

    def start(self) -> Executor:
        """A new executor."""
        hiring = _Hiring(self)
        limits = self.limits or chosen_limits()
        return Crew(self.workers, limits, partial(hiring.hire, limits.memory), hiring.dismiss)


class _Hiring:
    """Starts workers on a leash: a pipe whose other end only the parent holds, and which closes when it ends."""

    def __init__(self, pool: ProcessPool) -> None:
        self._pool = pool
        self._end, self._leash = Pipe(duplex=False)
        self._lock = Lock()

    def hire(self, memory: int) -> Hired:
        """A new worker; OSError or EOFError where none can be started."""
        mine, theirs = Pipe()
        process = _context(self._pool.preload).Process(
            target=serve, args=(theirs, partial(_begin, self._end), memory, dict(os.environ)), daemon=True
        )
        try:
            with nullcontext() if self._pool.loads_script else _no_script(), _signals_blocked():
                _start_server()
                process.start()
        except BaseException:
            mine.close()
            raise
        finally:
            theirs.close()
        # The leash ends the worker, so the end of this process need not wait for one that hangs in a system call.
        vars(multiprocessing.process)["_children"].discard(process)
        assert process.pid is not None
        return Hired(process.pid, mine, process)

    def dismiss(self) -> None:
        """End all workers."""
        with self._lock:
            self._leash.close()


def warm(preload: str) -> None:
    """Start the process from which workers are made: it loads what they need while this process does other things."""
    if POSIX:
        _context(preload)
        with _signals_blocked():
            _start_server()


def _context(preload: str | None) -> ForkServerContext | SpawnContext:
    context = multiprocessing.get_context("forkserver") if POSIX else multiprocessing.get_context("spawn")
    if POSIX and preload is not None:
        # The workers are forked from a server process: what it has imported, no worker imports again.
        context.set_forkserver_preload(["align.workers.fork_server", preload])
    return context


_SCRIPT = Lock()


@contextmanager
def _no_script() -> Iterator[None]:
    """Hide the script of this process from the process that is started meanwhile, which else would load it too."""
    with _SCRIPT:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block signals while processes are started: a terminal sends Ctrl-C to all, and only the parent answers it.

    The server process inherits the block, and so do its workers, which lift it for all but Ctrl-C. A signal to the
    parent waits until the block ends, whichever thread it comes to.
    """
    if not POSIX:
        yield
        return
    with INTERRUPTS.held():
        before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_server() -> None:
    """Start the process that forks the workers, if it does not run yet; signals are blocked when this is called."""
    if not POSIX:
        return
    # multiprocessing lifts the block when it starts the process that guards locks. So that is started first.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        with short_enough():
            forkserver.ensure_running()
        server = vars(forkserver._forkserver)["_forkserver_pid"]
        if server is not None:
            INTERRUPTS.end_too(server)
    except OSError as error:
        # Its socket lies in the folder for temporary files.
        raise unusable_folder(error) or error from error


def _begin(leash: Connection) -> None:
    """Make this process a worker: the leader of its own process group, so that programs it starts end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if POSIX:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, _stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, set(SIGNALS) - {signal.SIGINT})
    Thread(target=_end_with, args=(leash,), daemon=True).start()


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's arguments
    """End this worker once its call has deleted its temporary files, which no second signal may interrupt."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(1)


def _end_with(leash: Connection) -> None:
    """Wait until the parent's end of the leash closes, then end this process and all that it has started."""
    wait([leash])
    if POSIX:
        os.killpg(0, signal.SIGTERM)
        sleep(GRACE_S)
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


@dataclass(frozen=True, slots=True)
class SerialPool:
    """No other processes: each call is done at once by its caller. For debugging, tests, and machines with one core."""

    workers: int = 1

    def start(self) -> Executor:
        """A new executor."""
        return _Serial()


class _Serial(Executor):
    """An executor whose futures are finished when they are returned."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The finished future of the call, which is done now."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future holds it, as with any executor
            future.set_exception(error)
        return future
