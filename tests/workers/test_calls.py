"""Calls side by side: each comes back under its name, whatever happens to the one beside it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from align.workers.calls import Calls, Workers
from align.workers.pools import ProcessPool, SerialPool


def half(number: int) -> int:
    """Half of an even number; ValueError for an odd one."""
    if number % 2:
        raise ValueError(number)
    return number // 2


def half_or_die(number: int) -> int:
    """Half of an even number; an odd one ends the process."""
    if number % 2:
        os._exit(1)
    return number // 2


def outcomes(pool, work, numbers) -> dict[str, object]:
    """The outcome of each call by its name; an exception by its type."""
    workers = Workers(pool)
    calls: Calls = Calls(workers)
    for number in numbers:
        calls.begin(str(number), work, number)
    by_name = {}
    while calls:
        by_name.update((name, type(o) if isinstance(o, Exception) else o) for name, o in calls.finished())
    workers.close()
    return by_name


@pytest.mark.parametrize("pool", [SerialPool(), ProcessPool(2)])
def test_each_call_comes_back_under_its_name(pool):
    """Every call has its own result or exception, in other processes and in this one."""
    found = outcomes(pool, half, [2, 3, 4])
    assert found.keys() == {"2", "3", "4"}
    assert found["4"] == 2
    assert found["3"] is ValueError


@pytest.mark.slow
def test_only_the_call_that_kills_its_worker_fails():
    """Calls beside a dying worker go on; the deadly one fails alone."""
    found = outcomes(ProcessPool(2), half_or_die, [2, 4, 5, 6])
    assert {name: found[name] for name in ("2", "4", "6")} == {"2": 1, "4": 2, "6": 3}
    assert issubclass(found["5"], Exception)


@pytest.mark.parametrize("pool", [SerialPool(), ProcessPool(2)])
def test_results_come_in_the_order_of_the_jobs(pool):
    """Results are handed out in the order of their jobs, an exception in its place, however few are on their way."""
    workers = Workers(pool)
    found = list(workers.results(half, [2, 4, 5, 8, 10], ahead=1))
    workers.close()
    assert [one if isinstance(one, int) else type(one) for one in found] == [1, 2, ValueError, 4, 5]


def test_a_call_without_workers_is_finished_when_it_is_begun():
    """In this very process a call is done at once, and its caller knows."""
    calls: Calls = Calls(Workers(SerialPool()))
    assert calls.begin("a", half, 2)
    assert len(calls) == 1


@pytest.mark.skipif(os.name != "posix", reason="other systems have no server process that preloads")
def test_the_module_to_preload_is_the_callers():
    """Workers find the module that the maker of the pool names already imported."""
    script = (
        "from align.workers.pools import ProcessPool\n"
        "if __name__ == '__main__':\n"
        "    with ProcessPool(1, preload='colorsys').start() as executor:\n"
        '        print(executor.submit(eval, \'"colorsys" in __import__("sys").modules\').result())\n'
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"]
