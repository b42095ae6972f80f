"""Calls done side by side in a pool; a call that is lost does no harm to the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
J = TypeVar("J")
K = TypeVar("K", bound=Hashable)


class Pool(Protocol):
    """Where the work is done.

    An executor does a call again that was lost with a worker; BrokenExecutor is the exception of a call that is lost
    for good, and it loses no other call. `shutdown(wait=False, cancel_futures=True)` must end the calls that it is
    still doing.
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
    """The workers of a pool; `close` ends the calls that they still do."""

    pool: Pool
    _executor: Executor = field(init=False)

    def __post_init__(self) -> None:
        self._executor = self.pool.start()

    def results(self, work: Callable[[J], T], jobs: Iterable[J], *, ahead: int) -> Iterator[T | Exception]:
        """The result of each job, or the exception that it raised, in the order of the jobs.

        At most `ahead` jobs for each worker are submitted and not yet handed out. Other calls may be running meanwhile.
        """
        rest = iter(jobs)
        running: deque[Future[T]] = deque()
        while True:
            for job in islice(rest, ahead * self.pool.workers - len(running)):
                future = self.submit(work, job)
                running.append(future)
                if future.done():  # without workers: hand it out before the next job is done
                    break
            if not running:
                return
            outcome = outcome_of(running.popleft())
            yield outcome

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future of one call."""
        return self._executor.submit(work, *args, **kwargs)

    def close(self) -> None:
        """Accept no more calls, and end those that are running."""
        self._executor.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class Calls(Generic[K, T]):
    """Calls that are running, each under a name; the caller chooses the next one at any time."""

    workers: Workers
    _running: dict[Future[T], K] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._running)

    def begin(self, name: K, work: Callable[[J], T], job: J) -> bool:
        """Start one call; True where it is finished already, as it is when no workers are there."""
        future = self.workers.submit(work, job)
        self._running[future] = name
        return future.done()

    def finished(self) -> Iterator[tuple[K, T | Exception]]:
        """The calls that have finished, at least one, each with its result or the exception that it raised."""
        ready, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in [future for future in self._running if future in ready]:
            outcome = outcome_of(future)
            yield self._running.pop(future), outcome


def outcome_of(future: Future[T]) -> T | Exception:
    """The result of a call or the exception that it raised; waits for its end."""
    error = future.exception()
    return error if isinstance(error, Exception) else future.result()
