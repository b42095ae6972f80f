"""Work done side by side in a pool, where a call that ends its worker takes no other along."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
J = TypeVar("J")


class Pool(Protocol):
    """Where the work is done: makes an executor, and another when workers died with the first.

    What an executor still does when it is shut down with `wait=False, cancel_futures=True` must end then.
    """

    @property
    def workers(self) -> int:
        """How many work at once."""
        ...

    def start(self) -> Executor:
        """A fresh executor."""
        ...


@dataclass(slots=True)
class Workers:
    """The workers of a pool, others in their place where some died; `close` ends what they still do."""

    pool: Pool
    _executor: Executor = field(init=False)

    def __post_init__(self) -> None:
        self._executor = self.pool.start()

    def results(self, work: Callable[[J], T], jobs: Iterable[J], *, ahead: int) -> Iterator[T | Exception]:
        """What the work gives for each job, or how it failed, in order; other calls may be on their way meanwhile.

        At most `ahead` jobs for each worker are on their way at any time.
        """
        rest = iter(jobs)
        running: deque[tuple[J, Future[T]]] = deque()
        while True:
            for job in islice(rest, ahead * self.pool.workers - len(running)):
                running.append((job, self.submit(work, job)))
                future = running[-1][1]
                if future.done() and not broken(future):  # as when there are no workers: handed out before the next
                    break
            if not running:
                return
            if not broken(running[0][1]):
                outcome = _outcome(running.popleft()[1])
                yield outcome
                continue
            # All calls on their way were lost with that worker.
            wait(future for _, future in running)
            self.renew()
            while running:
                job, future = running.popleft()
                outcome = _outcome(self.alone(work, job) if broken(future) else future)
                yield outcome

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The work on its way; where workers have died meanwhile, it is among the broken like all that were with it."""
        try:
            return self._executor.submit(work, *args, **kwargs)
        except BrokenExecutor as error:
            lost: Future[T] = Future()
            lost.set_exception(error)
            return lost

    def alone(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The work done with no other at its side, after workers died: if one dies again, it is this work's fault."""
        future = self.submit(work, *args, **kwargs)
        if broken(future):
            self.renew()
        return future

    def renew(self) -> None:
        """Let fresh workers stand in for those that died; what was on its way is lost."""
        self.close()
        self._executor = self.pool.start()

    def close(self) -> None:
        """Take no more work, and end what is on its way."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def broken(future: Future[T]) -> bool:
    """Whether the work was lost because a worker died, its own or one beside it; waits for its end."""
    return isinstance(future.exception(), BrokenExecutor)


def _outcome(future: Future[T]) -> T | Exception:
    error = future.exception()
    return error if isinstance(error, Exception) else future.result()
