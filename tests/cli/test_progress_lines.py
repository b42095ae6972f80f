"""Progress as lines and as bars: no stage of any size makes it fail."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.progress import Progress as Bars

from align.cli.progress import LINE_EVERY_S, BarProgress, LineProgress, duration


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_line_at_the_end_and_now_and_then():
    """A stage has a line when some time has passed, with the time left, and one at its end."""
    lines: list[str] = []
    clock = Clock()
    progress = LineProgress(lines.append, clock)
    progress.begin("Reading pages", 4)
    for _ in range(4):
        clock.now += LINE_EVERY_S * 0.6
        progress.advance("Reading pages")
    assert lines == ["Reading pages: 2 of 4, about 12 s left", "Reading pages: 4 of 4"]


steps = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(("begin", "advance")), st.integers(0, 5)), max_size=12
)


@given(steps)
def test_any_order_of_steps(taken):
    """Stages of no steps, steps of none, and steps beyond the total are all shown and nothing fails."""
    bars = Bars(console=Console(file=io.StringIO(), force_terminal=True, width=80))
    for progress in (LineProgress([].append, Clock()), BarProgress(bars)):
        for stage in "ab":
            progress.begin(stage, 0)
        for stage, what, number in taken:
            getattr(progress, what)(stage, number)


def test_sentences_are_shown_as_they_are():
    """What looks like markup or an emoji's name in a path is neither."""
    out = io.StringIO()
    progress = BarProgress(Bars(console=Console(file=out, width=80)))
    progress.say("images/[bold]x[/bold]/:bug:.png is empty")
    assert out.getvalue() == "images/[bold]x[/bold]/:bug:.png is empty\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (89.4, "89 s"),
        (90, "2 min"),
        (7140, "119 min"),
        (7200, "2 h 0 min"),
        (86400, "24 h 0 min"),
    ],
)
def test_durations_in_words(seconds, words):
    """Times are told in the unit that a reader would use."""
    assert duration(seconds) == words
