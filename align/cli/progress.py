"""Progress in the terminal: bars with time left, or plain lines where nobody watches; always on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

# Seconds between two lines of a stage. A log is read afterwards, so a line now and then is enough.
LINE_EVERY_S = 10.0


@dataclass(slots=True)
class BarProgress:
    """Bars that a terminal redraws."""

    bars: Bars
    tasks: dict[str, TaskID] = field(default_factory=dict)

    def begin(self, stage: str, total: int) -> None:
        """Show a bar for the stage, or renew it."""
        if stage in self.tasks:
            self.bars.reset(self.tasks[stage], total=total)
        else:
            self.tasks[stage] = self.bars.add_task(stage, total=total)

    def advance(self, stage: str, steps: int = 1) -> None:
        """Move the bar on."""
        self.bars.advance(self.tasks[stage], steps)

    def say(self, message: str) -> None:
        """Print a sentence above the bars."""
        self.bars.console.print(message, markup=False, highlight=False, emoji=False)


@dataclass(slots=True)
class LineProgress:
    """A line now and then for each stage."""

    write: Callable[[str], None]
    clock: Callable[[], float] = monotonic
    stages: dict[str, _Stage] = field(default_factory=dict)

    def begin(self, stage: str, total: int) -> None:
        """Start to count a stage."""
        now = self.clock()
        self.stages[stage] = _Stage(total, now, now)

    def advance(self, stage: str, steps: int = 1) -> None:
        """Count, and write a line at the end of the stage or when the last line is some time ago."""
        count = self.stages[stage]
        count.done += steps
        now = self.clock()
        if count.done >= count.total or now - count.said >= LINE_EVERY_S:
            count.said = now
            rest = ""
            if 0 < count.done < count.total:
                rest = f", about {duration((now - count.began) / count.done * (count.total - count.done))} left"
            self.write(f"{stage}: {count.done} of {count.total}{rest}")

    def say(self, message: str) -> None:
        """Write a sentence."""
        self.write(message)


@dataclass(slots=True)
class _Stage:
    total: int
    began: float
    said: float
    done: int = 0


def duration(seconds: float) -> str:
    """The time in words: "40 s", "12 min", "3 h 20 min".

    >>> duration(41.7), duration(754), duration(12000)
    ('42 s', '13 min', '3 h 20 min')
    """
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def shown_progress(write: Callable[[str], None]) -> Iterator[BarProgress | LineProgress]:
    """Progress while the block runs: bars on a terminal, lines otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield LineProgress(write)
        return
    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
    )
    with bars:
        yield BarProgress(bars)
