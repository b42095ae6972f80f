"""Where work is done: in worker processes on this machine, or in this process."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, Pipe, wait
from threading import Thread
from time import sleep
from types import FrameType
from typing import ParamSpec, TypeVar

from align.workers.interrupts import INTERRUPTS, SIGNALS
from align.workers.temporary import short_enough, unusable_folder

P = ParamSpec("P")
T = TypeVar("T")

POSIX = os.name == "posix"
# Seconds that a worker has, when it must end, to stop the programs that it started and to delete its temporary files.
GRACE_S = 1.0


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """Worker processes; each does one call at a time in its own new interpreter, so that it inherits no locks.

    Workers, and the programs that they started, end when their parent ends, however it ends. `preload` names the module
    whose functions are called: it is imported once, before the workers are made from that process.
    """

    workers: int
    preload: str | None = None

    def start(self) -> Executor:
        """A new executor."""
        return _Workers(self.workers, self.preload)


class _Workers(ProcessPoolExecutor):
    """Worker processes on a leash: a pipe whose other end only the parent holds, and which closes when it ends."""

    def __init__(self, workers: int, preload: str | None) -> None:
        reader, self._leash = Pipe(duplex=False)
        context = multiprocessing.get_context("forkserver" if POSIX else "spawn")
        if POSIX and preload is not None:
            # The workers are forked from a server process: what it has imported, no worker imports again.
            context.set_forkserver_preload(["align.workers.fork_server", preload])
        # Its locks start a process that guards them, which a signal to all processes would end.
        with _signals_blocked():
            super().__init__(workers, mp_context=context, initializer=_begin, initargs=(reader,))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future of one call; the first call starts the workers."""
        with _signals_blocked():
            _start_server()
            return super().submit(_called, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls; with `cancel_futures` and without `wait`, end the running calls too."""
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
        if cancel_futures and not wait:
            self._leash.close()


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
    """Start the process that forks the workers, if it does not run yet."""
    if not POSIX:
        return
    try:
        with short_enough():
            forkserver.ensure_running()
    except OSError as error:
        # Its socket lies in the folder for temporary files.
        raise unusable_folder(error) or error from error


def _begin(leash: Connection) -> None:
    """Make this process a worker: the leader of its own process group, so that programs it starts end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if POSIX:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, _CALL.stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, set(SIGNALS) - {signal.SIGINT})
    Thread(target=_end_with, args=(leash,), daemon=True).start()


@dataclass(slots=True)
class _Call:
    """The call that a worker is doing, which SIGTERM ends together with the worker."""

    running: bool = False
    stopped: bool = False

    def stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler's arguments
        """End this worker: at once, or as soon as the call has deleted its temporary files."""
        again, self.stopped = self.stopped, True
        if not self.running:
            os._exit(1)
        if not again:
            raise SystemExit(1)


_CALL = _Call()


def _called(fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """What the call returns. A worker that was told to stop meanwhile ends here; its pool would let it do the next."""
    try:
        _CALL.running = True
        return fn(*args, **kwargs)
    finally:
        _CALL.running = False
        if _CALL.stopped:
            os._exit(1)


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
