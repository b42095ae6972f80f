"""Limits: the usual ones fit the machine, and others are asked for by options or by the environment."""

from __future__ import annotations

import pytest

from align.errors import UsageError
from align.workers.limits import GB, Limits, chosen_limits, machine_memory, usual_limits


def test_usual_limits_fit_the_machine():
    """A worker has 6 GB or three quarters of the memory, and scans side by side have half of it."""
    assert usual_limits(64 * GB) == Limits(300, 6 * GB, 32 * GB)
    assert usual_limits(4 * GB) == Limits(300, 3 * GB, 2 * GB)
    assert machine_memory() > GB // 2


def test_what_is_asked_for_comes_before_the_environment():
    """An option counts more than the environment, and that more than what is usual."""
    environment = {"ALIGN_TIME_LIMIT": "60", "ALIGN_MEMORY_LIMIT": "1.5", "ALIGN_MEMORY_BUDGET": " "}
    limits = chosen_limits(seconds=5, environment=environment)
    assert limits == Limits(5, 1_500_000_000, usual_limits().budget)
    assert chosen_limits(environment=environment).seconds == 60


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "inf"])
def test_what_is_no_limit_is_refused(text):
    """A number that is no limit is a UsageError that names the variable."""
    with pytest.raises(UsageError, match="ALIGN_MEMORY_BUDGET"):
        chosen_limits(environment={"ALIGN_MEMORY_BUDGET": text})
    with pytest.raises(ValueError, match="above nothing"):
        Limits(float("nan"), 1, 1)
