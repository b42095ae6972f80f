"""The limits of work: seconds for one call, memory for one worker, memory for all calls side by side."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from align.errors import UsageError

GB = 1_000_000_000
# Seconds for opening, drawing and reading one scan, or for reading one text. The largest scan that is read takes 30.
USUAL_SECONDS = 300.0
# Bytes a worker. The largest scan that is read, 400 megapixels in colour, takes 4.2 GB.
USUAL_MEMORY = 6 * GB
# Shares of the machine's memory: for one worker at most, and for the scans that are read side by side.
WORKER_SHARE, BUDGET_SHARE = 0.75, 0.5
# Bytes, where a system does not say how much memory it has.
_UNKNOWN_MEMORY = 8 * GB
# Where Linux says how much memory a container may use.
_CONTAINER_FILES = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
_VARIABLES = {
    "seconds": "ALIGN_TIME_LIMIT",
    "memory": "ALIGN_MEMORY_LIMIT",
    "budget": "ALIGN_MEMORY_BUDGET",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What work may take.

    `seconds`: one call, after which its worker is ended. `memory`: bytes that a worker, or a program that it starts,
    may ask for beyond what it needs to start. `budget`: bytes that the calls which run side by side may need together.
    """

    seconds: float
    memory: int
    budget: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.seconds) and self.seconds > 0 and self.memory > 0 and self.budget > 0):
            raise ValueError(f"limits above nothing expected, not {self}")


def usual_limits(machine: int | None = None) -> Limits:
    """The limits where nobody sets others, on a machine with so many bytes of memory (None: this machine)."""
    memory = machine_memory() if machine is None else machine
    return Limits(USUAL_SECONDS, min(USUAL_MEMORY, int(memory * WORKER_SHARE)), int(memory * BUDGET_SHARE))


def chosen_limits(
    *,
    seconds: float | None = None,
    memory_gb: float | None = None,
    budget_gb: float | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Limits:
    """The limits that were asked for; those that were not come from the environment, or are the usual ones.

    UsageError where the environment holds no number above 0.
    """
    usual = usual_limits()
    if seconds is None:
        seconds = _stated(environment, "seconds", "of seconds", "300")
    if memory_gb is None:
        memory_gb = _stated(environment, "memory", "of gigabytes", "6")
    if budget_gb is None:
        budget_gb = _stated(environment, "budget", "of gigabytes", "16")
    return Limits(
        usual.seconds if seconds is None else seconds,
        usual.memory if memory_gb is None else max(1, int(memory_gb * GB)),
        usual.budget if budget_gb is None else max(1, int(budget_gb * GB)),
    )


def _stated(environment: Mapping[str, str], limit: str, unit: str, example: str) -> float | None:
    """The number that the environment states for a limit; None where it states none."""
    name = _VARIABLES[limit]
    text = environment.get(name, "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise UsageError(f"{name} is “{text}”: give it a number {unit} above 0, such as {example}, or remove it.")
    return value


def machine_memory() -> int:
    """How many bytes of memory this process may use: those of the machine, or fewer in a container."""
    known = [_UNKNOWN_MEMORY]
    if hasattr(os, "sysconf"):
        pages = os.sysconf("SC_PHYS_PAGES") if "SC_PHYS_PAGES" in os.sysconf_names else 0
        known = [pages * os.sysconf("SC_PAGE_SIZE")] if pages > 0 else known
    for file in _CONTAINER_FILES:
        try:
            known.append(int(Path(file).read_text(encoding="ascii")))
        except (OSError, ValueError):
            continue
    return min(bytes_ for bytes_ in known if bytes_ > 0)
