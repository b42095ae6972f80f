"""Workers that die, for tests of what one death takes along."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass

from align.workers.pools import SerialPool


@dataclass
class DyingPool:
    """Workers that die with the first call of an executor, for the first executors; later ones work."""

    deaths: int
    workers: int = 2
    started: int = 0

    def start(self) -> Executor:
        self.started += 1
        return _Dying() if self.started <= self.deaths else SerialPool().start()


class _Dying(Executor):
    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        future.set_exception(BrokenExecutor("a worker died"))
        return future
