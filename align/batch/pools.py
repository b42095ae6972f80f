"""Where pages are read: worker processes on this machine, or this very process."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """Worker processes, each one page at a time; a fresh interpreter each, so that a worker inherits no locks."""

    workers: int

    def start(self) -> Executor:
        """A fresh executor."""
        context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_leave_interrupts_to_parent)


def _leave_interrupts_to_parent() -> None:
    """Ctrl-C reaches every process of the terminal: the parent alone decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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
