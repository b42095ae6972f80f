"""Several writers at once, and writers that are killed: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from support.decided import event, key
from support.deciding import SHARED, decide

from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.database.refusals import StaleDecision
from align.decisions.standing import standing
from align.model.decision import Subject

TESTS = Path(__file__).parents[1]


def deciding(address, first, count):
    """A process that decides, and says what was acknowledged."""
    words = [sys.executable, "-m", "support.deciding", str(address), str(first), str(count)]
    return subprocess.Popen(words, cwd=TESTS, stdout=subprocess.PIPE, text=True)


def test_one_of_eight(store):
    """Of eight threads that decide on one subject at the same moment, one is taken and seven are told its decision."""
    together = Barrier(8)

    def act(number):
        together.wait()
        try:
            store.record(event(number, "leave", by=f"Editor {number}"))
        except StaleDecision as refused:
            return refused.current
        return None

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(act, range(1, 9)))
    assert answers.count(None) == 1
    [(_, taken)] = store.events()
    assert [answer for answer in answers if answer] == [taken] * 7


@pytest.mark.slow
def test_threads_and_processes(store, address):
    """Of eight threads and two processes that decide at once, each event is there once, in one order without a gap."""
    processes = [deciding(address, 1000 * n, 12) for n in (9, 10)]
    said: list[str] = []
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(decide, store, 1000 * n, 12, said.append) for n in range(1, 9)]:
            done.result()
    for process in processes:
        said += process.communicate(timeout=300)[0].split()
        assert process.returncode == 0
    acknowledged = [word for word in said if word != "stale"]
    events = list(store.events())
    assert [number for number, _ in events] == list(range(1, 121))
    assert sorted(each.event for _, each in events) == sorted(acknowledged)
    assert store.standing() == standing(each for _, each in events)
    chain = store.history(Subject("finding", key(SHARED)))
    assert [each.based_on for each in chain] == [None, *(each.event for each in chain[:-1])]


@pytest.mark.slow
def test_killed(address):
    """Of a program killed again and again as it decides, every acknowledged event is there, at most one more a kill."""
    rng = random.Random(14)
    acknowledged: list[str] = []
    # PostgreSQL's server keeps what was acknowledged whatever becomes of us.
    kills = 3 if str(address).startswith("postgresql") else 8
    for start in range(1, kills + 1):
        with deciding(address, 1000 * start, 1000) as process:
            for line in process.stdout:
                acknowledged.append(line.strip())
                if rng.random() < 0.2:
                    break
            process.kill()
            # What it said before it died was acknowledged too.
            acknowledged += (line.strip() for line in process.stdout if line.endswith("\n"))
        database = opened(address)
        kept = [each.event for _, each in DecisionStore(database).events()]
        database.close()
        assert set(acknowledged) <= set(kept)
        assert len(kept) == len(set(kept)) <= len(acknowledged) + start
