"""Where pages are read: worker processes on this machine, or this very process."""

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

P = ParamSpec("P")
T = TypeVar("T")

POSIX = os.name == "posix"
PRELOADED = "align.batch.page_job"
# A worker that must end has this long to stop its engine and to clear its temporary files away.
GRACE_S = 1.0


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """Worker processes, each one page at a time; a fresh interpreter each, so that a worker inherits no locks.

    They end with their parent however it ends, and so do the engines that they have started.
    """

    workers: int

    def start(self) -> Executor:
        """A fresh executor."""
        return _Workers(self.workers)


class _Workers(ProcessPoolExecutor):
    """Worker processes on a leash: a pipe whose other end only the parent holds, and lets go of when it ends."""

    def __init__(self, workers: int) -> None:
        reader, self._leash = Pipe(duplex=False)
        context = multiprocessing.get_context("forkserver" if POSIX else "spawn")
        if POSIX:
            # What every worker needs is loaded once, in the server that they are forked from.
            context.set_forkserver_preload([PRELOADED])
        super().__init__(workers, mp_context=context, initializer=_begin, initargs=(reader,))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The call on its way; the first one starts workers."""
        with _no_interrupts_for_children():
            return super().submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls; with `cancel_futures` and without `wait`, end those on their way as well."""
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
        if cancel_futures and not wait:
            self._leash.close()


@contextmanager
def _no_interrupts_for_children() -> Iterator[None]:
    """A time in which processes are started: Ctrl-C in a terminal reaches them all, and the parent alone answers it.

    What is blocked here stays blocked in the server that workers come from, and so in the workers and their engines;
    an interrupt of the parent waits till the end of this time.
    """
    if not POSIX:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(leash: Connection) -> None:
    """Make this process a worker: leader of a group of its own, so that its engine's processes end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if POSIX:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, _stop)
    Thread(target=_end_with, args=(leash,), daemon=True).start()


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's arguments
    raise SystemExit(1)


def _end_with(leash: Connection) -> None:
    """Wait till the parent lets go of the leash, then end this process and all that it has started."""
    wait([leash])
    if POSIX:
        os.killpg(0, signal.SIGTERM)
        sleep(GRACE_S)
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


@dataclass(frozen=True, slots=True)
class SerialPool:
    """No other processes: work is done where it is asked for. For debugging, tests, and machines with one core."""

    workers: int = 1

    def start(self) -> Executor:
        """A fresh executor."""
        return _Serial()


class _Serial(Executor):
    """An executor whose futures are done when they are handed out."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do the call now."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is handed on, as by any executor
            future.set_exception(error)
        return future
