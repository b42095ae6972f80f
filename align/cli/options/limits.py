"""The options that limit what a command may take: the same ones for all commands that open scans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from align.workers.limits import chosen_limits

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Give up a scan or a text after so many seconds.  [default: 300]",
    ),
    click.option(
        "--memory-limit",
        type=click.FloatRange(min=0, min_open=True),
        metavar="GB",
        help="Give up a scan or a text that needs more memory.  [default: 6, or 3/4 of the memory if that is less]",
    ),
    click.option(
        "--memory-budget",
        type=click.FloatRange(min=0, min_open=True),
        metavar="GB",
        help="Work on scans at the same time only if all together need less.  [default: half of the memory]",
    ),
)


def limit_options(command: F) -> F:
    """The command with the options; their values come to it as `limits`."""

    def limited(
        *args: object,
        time_limit: float | None,
        memory_limit: float | None,
        memory_budget: float | None,
        **kwargs: object,
    ) -> object:
        limits = chosen_limits(seconds=time_limit, memory_gb=memory_limit, budget_gb=memory_budget)
        return command(*args, limits=limits, **kwargs)

    for name in ("__name__", "__doc__", "__module__"):
        setattr(limited, name, getattr(command, name))
    limited.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        limited = option(limited)
    return limited  # type: ignore[return-value]
