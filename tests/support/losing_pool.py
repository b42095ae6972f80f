"""A pool that loses calls, for tests of what becomes of the others."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass

from align.workers.pools import SerialPool


@dataclass
class LosingPool:
    """Does calls in this process, but loses the first ones for good."""

    lost: int
    workers: int = 2

    def start(self) -> Executor:
        return _Losing(self)


class _Losing(Executor):
    def __init__(self, pool: LosingPool) -> None:
        self.pool = pool

    def submit(self, fn, /, *args, **kwargs):
        if self.pool.lost < 1:
            return SerialPool().start().submit(fn, *args, **kwargs)
        self.pool.lost -= 1
        future: Future = Future()
        future.set_exception(BrokenExecutor("a worker died"))
        return future
