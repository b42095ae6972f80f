"""A crew: worker processes whose calls the parent watches, in a thread of its own, while it does other things."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from threading import Lock, Thread
from time import monotonic, sleep
from typing import ParamSpec, TypeVar

from align.workers.child import data_bytes, kernel_kills
from align.workers.limits import Limits
from align.workers.lost import CallTimedOut, WorkerDied
from align.workers.waiting import Waiting

P = ParamSpec("P")
T = TypeVar("T")

# Seconds that a worker has, when it must end, to stop the programs that it started and to delete its temporary files.
GRACE_S = 1.0
# Seconds after which a worker that was killed and is still there is left alone: it waits for a disk that is away.
_GONE_S = 5.0
# Seconds between two looks at the memory of workers.
_LOOK_S = 1.0
# Times that a worker is started for one call, and seconds between them: the process that makes workers may have died.
_STARTS, _START_PAUSE_S = 5, 0.2
# A worker that had more than this share of its memory and then died is taken to have died of it.
_MUCH = 0.5


@dataclass(frozen=True, slots=True)
class Hired:
    """A worker process that was started: its id, and the connection through which it takes calls and answers."""

    pid: int
    connection: Connection
    process: object = None  # kept as long as the worker, because it holds open what the worker reads


@dataclass(slots=True, eq=False)
class _Call:
    future: Future[object]
    pickled: bytes
    again: bool = False


@dataclass(slots=True, eq=False)
class _Worker:
    """A worker, the call that it does, and when something must happen to it; `told` counts the signals to end."""

    hired: Hired
    call: _Call | None = None
    due: float = float("inf")
    told: int = 0
    heaviest: int = 0

    def begin(self, call: _Call, due: float) -> None:
        self.hired.connection.send_bytes(call.pickled)
        self.call, self.due, self.heaviest = call, due, 0

    def look(self) -> None:
        """Note how much memory the worker has."""
        self.heaviest = max(self.heaviest, data_bytes(self.hired.pid))

    def signal(self, number: int) -> None:
        """Send a signal to the worker and to the programs that it has started."""
        pid = self.hired.pid
        with suppress(OSError):
            try:
                (os.killpg if os.name == "posix" else os.kill)(pid, number)
            except ProcessLookupError:  # it has not become the leader of its group yet, or it is gone
                os.kill(pid, number)


@dataclass(slots=True, eq=False)
class _State:
    """What the crew's own thread and its callers share, under `lock`; `fault`: why no call can be done any more."""

    waiting: Waiting[_Call]
    lock: Lock = field(default_factory=Lock)
    closed: bool = False
    ended: bool = False
    fault: Exception | None = None


class Crew(Executor):
    """Worker processes that do one call at a time; each call is watched by its deadline.

    A call that takes too long ends with CallTimedOut, and its worker is ended with all that it has started. A call that
    was lost with its worker is done once more with nothing beside it: if the worker dies again it ends with WorkerDied.
    No other call is lost in either case. Calls wait while those that run need the memory (`needed_bytes` of their
    arguments). `hire` starts a worker; `dismiss` ends all workers.
    """

    def __init__(
        self, workers: int, limits: Limits, hire: Callable[[], Hired], dismiss: Callable[[], None] = lambda: None
    ) -> None:
        """Start nothing yet: the first call starts the first worker."""
        self._limits, self._hire, self._dismiss = limits, hire, dismiss
        self._state = _State(Waiting(workers, limits.budget))
        self._workers: list[_Worker] = []
        self._thread: Thread | None = None
        self._bell, self._button = Pipe(duplex=False)
        self._kills = kernel_kills()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future of one call; RuntimeError after a shutdown."""
        future: Future[T] = Future()
        try:
            call = _Call(future, pickle.dumps((fn, args, kwargs)))  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - the future holds it, as with any executor
            future.set_exception(error)
            return future
        with self._state.lock:
            if self._state.fault is not None:
                future.set_exception(self._state.fault)
                return future
            if self._state.closed:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._state.waiting.put(call, sum(int(getattr(arg, "needed_bytes", 0)) for arg in args))
            if self._thread is None:
                self._thread = Thread(target=self._manage, daemon=True, name="align-crew")
                self._thread.start()
        self._ring()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls; with `cancel_futures` and without `wait`, end the running calls too."""
        with self._state.lock:
            self._state.closed = True
            self._state.ended = self._state.ended or (cancel_futures and not wait)
            dropped = self._state.waiting.clear() if cancel_futures else []
        for call in dropped:
            call.future.cancel()
        if self._thread is None or self._state.ended:
            self._dismiss()
        self._ring()
        if wait and self._thread is not None:
            self._thread.join()

    def _ring(self) -> None:
        with suppress(OSError):
            self._button.send_bytes(b".")

    def _manage(self) -> None:
        """Give calls to workers until the crew is closed and nothing is left to do."""
        if os.name == "posix":
            # A terminal sends Ctrl-C to all processes, and only the parent answers it: what this thread starts
            # inherits the block.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            while not self._over():
                self._start_calls()
                self._listen()
            fault: Exception = BrokenExecutor("the calls were ended")
        except Exception as error:  # noqa: BLE001 - whoever waits for a call is told, whatever went wrong here
            fault = error
        self._dismiss()
        with self._state.lock:
            self._state.closed, self._state.fault = True, None if self._state.closed else fault
            left = [*self._state.waiting.clear(), *(worker.call for worker in self._workers if worker.call is not None)]
        for connection in (self._bell, *(worker.hired.connection for worker in self._workers)):
            connection.close()
        for call in left:
            _settle(call.future, fault)

    def _over(self) -> bool:
        with self._state.lock:
            return self._state.ended or (self._state.closed and not self._state.waiting)

    def _start_calls(self) -> None:
        while True:
            with self._state.lock:
                call = None if self._state.ended else self._state.waiting.next()
            if call is None:
                return
            if call.again or call.future.set_running_or_notify_cancel():
                self._start(call)
            else:
                self._end(call)

    def _start(self, call: _Call) -> None:
        """Let a worker do the call: one without work, or a new one."""
        due = monotonic() + self._limits.seconds
        for worker in [worker for worker in self._workers if worker.call is None and not worker.told]:
            try:
                worker.begin(call, due)
            except OSError:  # it died while it had nothing to do
                self._forget(worker)
            else:
                return
        try:
            worker = _Worker(self._hired())
        except (OSError, EOFError) as error:
            self._end(call)
            _settle(call.future, BrokenExecutor(f"no worker could be started: {error}"))
            return
        self._workers.append(worker)
        try:
            worker.begin(call, monotonic() + self._limits.seconds)
        except OSError:
            worker.call = call
            self._lose(worker)

    def _hired(self) -> Hired:
        """A new worker; another try where the process that makes workers has just died."""
        for _ in range(_STARTS - 1):
            try:
                return self._hire()
            except (OSError, EOFError):
                sleep(_START_PAUSE_S)
        return self._hire()

    def _listen(self) -> None:
        """Wait for answers, deaths, deadlines or new calls, and deal with all that has come."""
        by_connection = {worker.hired.connection: worker for worker in self._workers}
        for ready in wait([self._bell, *by_connection], self._patience()):
            if ready is self._bell:
                self._bell.recv_bytes()
            else:
                self._hear(by_connection[ready])  # type: ignore[index]
        now = monotonic()
        for worker in list(self._workers):
            if worker.call is not None:
                worker.look()
            if now >= worker.due:
                self._tell_to_end(worker, now)

    def _patience(self) -> float | None:
        """Seconds until something must be looked at; None where nothing is done."""
        due = min((worker.due for worker in self._workers), default=float("inf"))
        busy = sys.platform == "linux" and any(worker.call for worker in self._workers)
        seconds = min(due - monotonic(), _LOOK_S if busy else float("inf"))
        return None if seconds == float("inf") else max(0.0, seconds)

    def _hear(self, worker: _Worker) -> None:
        """Take the answer of a worker, or learn that it has died."""
        try:
            answer = worker.hired.connection.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker)
            return
        call = worker.call
        if call is None:
            return
        worker.call = None
        if not worker.told:
            worker.due = float("inf")
        self._end(call)
        try:
            done, value = pickle.loads(answer)  # noqa: S301 - the worker made it
        except Exception as error:  # noqa: BLE001 - an exception of a call that cannot be made again here
            done, value = False, RuntimeError(f"the answer of a call cannot be read: {error!r}")
        if done:
            call.future.set_result(value)
        else:
            _settle(call.future, value)

    def _lose(self, worker: _Worker) -> None:
        """A worker has died, or was ended: end what it has started, and do its call once more where it may be."""
        self._forget(worker)
        call, kills = worker.call, kernel_kills()
        of_memory = kills > self._kills or worker.heaviest > self._limits.memory * _MUCH
        self._kills = kills
        if call is None:
            return
        if worker.told:
            self._end(call)
            _settle(call.future, CallTimedOut(self._limits.seconds))
        elif call.again:
            self._end(call)
            _settle(call.future, WorkerDied(of_memory=of_memory))
        else:
            call.again = True
            with self._state.lock:
                self._state.waiting.put_again(call)

    def _tell_to_end(self, worker: _Worker, now: float) -> None:
        """End a worker in steps: it may clean up, then it is killed, and at last it is left alone."""
        worker.told += 1
        if worker.told == 1:
            worker.signal(signal.SIGTERM)
            worker.due = now + GRACE_S
        elif worker.told == 2:
            worker.signal(_KILL)
            worker.due = now + _GONE_S
        else:
            self._lose(worker)

    def _forget(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.signal(_KILL)
        worker.hired.connection.close()

    def _end(self, call: _Call) -> None:
        with self._state.lock:
            self._state.waiting.end(call)


_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def _settle(future: Future[object], error: BaseException) -> None:
    """Give the future its exception, if nobody has cancelled it."""
    if not future.done():
        if not future.running():
            future.set_running_or_notify_cancel()
        future.set_exception(error)
