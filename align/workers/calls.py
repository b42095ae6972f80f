"""Calls done side by side in a pool; a call that kills its worker does no harm to the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
J = TypeVar("J")
K = TypeVar("K", bound=Hashable)


class Pool(Protocol):
    """Where the work is done. It makes an executor, and makes another when workers of the first have died.

    `shutdown(wait=False, cancel_futures=True)` must end the calls that an executor is still doing.
    """

    @property
    def workers(self) -> int:
        """How many calls are done at the same time."""
        ...

    def start(self) -> Executor:
        """A new executor."""
        ...


@dataclass(slots=True)
class Workers:
    """The workers of a pool, with new ones in place of those that died; `close` ends the calls that they still do."""

    pool: Pool
    _executor: Executor = field(init=False)

    def __post_init__(self) -> None:
        self._executor = self.pool.start()

    def results(self, work: Callable[[J], T], jobs: Iterable[J], *, ahead: int) -> Iterator[T | Exception]:
        """The result of each job, or the exception that it raised, in the order of the jobs.

        At most `ahead` jobs for each worker are submitted and not yet handed out. Other calls may be running meanwhile.
        """
        rest = iter(jobs)
        running: deque[tuple[J, Future[T]]] = deque()
        while True:
            for job in islice(rest, ahead * self.pool.workers - len(running)):
                future = self.submit(work, job)
                running.append((job, future))
                if future.done() and not _broken(future):  # without workers: hand it out before the next job is done
                    break
            if not running:
                return
            if not _broken(running[0][1]):
                outcome = _outcome(running.popleft()[1])
                yield outcome
                continue
            # All calls that were running were lost with that worker.
            wait(future for _, future in running)
            self.renew()
            while running:
                job, future = running.popleft()
                outcome = _outcome(self.alone(work, job) if _broken(future) else future)
                yield outcome

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future of one call; BrokenExecutor is its exception where workers have died in the meantime."""
        try:
            return self._executor.submit(work, *args, **kwargs)
        except BrokenExecutor as error:
            lost: Future[T] = Future()
            lost.set_exception(error)
            return lost

    def alone(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The finished future of one call, done after workers died, with no other call beside it.

        If a worker dies again, this call is the cause.
        """
        future = self.submit(work, *args, **kwargs)
        if _broken(future):
            self.renew()
        return future

    def renew(self) -> None:
        """Start new workers in place of those that died; calls that were running are lost."""
        self.close()
        self._executor = self.pool.start()

    def close(self) -> None:
        """Accept no more calls, and end those that are running."""
        self._executor.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class Calls(Generic[K, J, T]):
    """Calls of one function that are running, each under a name; the caller chooses the next one at any time.

    A call that was lost because a worker died is done once more by itself, so that only the call that kills its worker
    fails.
    """

    workers: Workers
    work: Callable[[J], T]
    _running: dict[Future[T], tuple[K, J]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._running)

    def begin(self, name: K, job: J) -> bool:
        """Start one call; True where it is finished already, as it is when no workers are there."""
        future = self.workers.submit(self.work, job)
        self._running[future] = name, job
        return future.done()

    def finished(self) -> Iterator[tuple[K, T | Exception]]:
        """The calls that have finished, at least one, each with its result or the exception that it raised."""
        ready, _ = wait(self._running, return_when=FIRST_COMPLETED)
        if any(_broken(future) for future in ready):
            ready, _ = wait(self._running)
            self.workers.renew()
        for future in [future for future in self._running if future in ready]:
            name, job = self._running.pop(future)
            outcome = _outcome(self.workers.alone(self.work, job) if _broken(future) else future)
            yield name, outcome


def _broken(future: Future[T]) -> bool:
    """Whether the call was lost because a worker died, its own worker or another; waits for the call's end."""
    return isinstance(future.exception(), BrokenExecutor)


def _outcome(future: Future[T]) -> T | Exception:
    error = future.exception()
    return error if isinstance(error, Exception) else future.result()
