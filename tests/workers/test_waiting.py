"""Which call may start: laws that hold whatever comes, ends, and is lost."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from align.workers.waiting import Waiting

BUDGET = 10


class Scheduling(RuleBasedStateMachine):
    """Calls come with needs, start when they may, end, or are put in again; the machine keeps its own books."""

    calls = Bundle("calls")

    def __init__(self) -> None:
        super().__init__()
        self.workers = 3
        self.waiting: Waiting[int] = Waiting(self.workers, BUDGET)
        self.needs: list[int] = []
        self.queue: list[int] = []
        self.again: list[int] = []
        self.running: dict[int, bool] = {}  # whether it must be alone

    @rule(needed=st.integers(0, 2 * BUDGET))
    def put(self, needed: int) -> None:
        self.waiting.put(len(self.needs), needed)
        self.queue.append(len(self.needs))
        self.needs.append(needed)

    @rule()
    def start(self) -> None:
        call = self.waiting.next()
        if call is None:
            return
        if self.again:
            assert call == self.again.pop(0)
            assert not self.running
            self.running[call] = True
        else:
            assert call == self.queue.pop(0)
            self.running[call] = False

    @rule(data=st.data())
    def end(self, data) -> None:
        if self.running:
            call = data.draw(st.sampled_from(sorted(self.running)))
            self.waiting.end(call)
            del self.running[call]

    @rule(data=st.data())
    def lose(self, data) -> None:
        if self.running:
            call = data.draw(st.sampled_from(sorted(self.running)))
            self.waiting.put_again(call)
            del self.running[call]
            self.again.append(call)

    @rule()
    def clear(self) -> None:
        assert self.waiting.clear() == [*self.again, *self.queue]
        self.queue, self.again = [], []

    @invariant()
    def no_more_than_there_is(self) -> None:
        """Never more calls than workers, and never over the budget but by one call alone."""
        assert len(self.running) <= self.workers
        assert len(self.running) <= 1 or sum(self.needs[call] for call in self.running) <= BUDGET

    @invariant()
    def alone_is_alone(self) -> None:
        """Beside a call that was put in again nothing runs."""
        assert not any(self.running.values()) or len(self.running) == 1

    @invariant()
    def nothing_is_forgotten(self) -> None:
        assert len(self.waiting) == len(self.queue) + len(self.again) + len(self.running)

    def teardown(self) -> None:
        """Never a dead end: when what runs ends, all that waits starts."""
        for call in list(self.running):
            self.waiting.end(call)
        left = len(self.queue) + len(self.again)
        for _ in range(left):
            call = self.waiting.next()
            assert call is not None
            self.waiting.end(call)
        assert not self.waiting


TestScheduling = Scheduling.TestCase


def test_small_calls_run_side_by_side():
    """Calls within the budget start at once, one for each worker."""
    waiting: Waiting[str] = Waiting(2, BUDGET)
    for name in "abc":
        waiting.put(name, 1)
    assert [waiting.next() for _ in range(3)] == ["a", "b", None]
    waiting.end("a")
    assert waiting.next() == "c"
