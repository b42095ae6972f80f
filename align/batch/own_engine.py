"""A pool for an engine that a program made itself and that may exist in this process alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from align.batch.page_job import EngineJob
from align.workers.calls import Pool
from align.workers.pools import SerialPool

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OwnEnginePool:
    """Calls with an engine are done by their caller, all others by the workers of another pool."""

    others: Pool

    @property
    def workers(self) -> int:
        """How many calls are done at the same time."""
        return self.others.workers

    def start(self) -> Executor:
        """A new executor."""
        return _OwnEngine(self.others.start())


class _OwnEngine(Executor):
    def __init__(self, others: Executor) -> None:
        self._here, self._others = SerialPool().start(), others

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future of the call; it is finished where the call has an engine."""
        here = any(isinstance(arg, EngineJob) for arg in args)
        return (self._here if here else self._others).submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls."""
        self._others.shutdown(wait=wait, cancel_futures=cancel_futures)
