"""What all tests share: golden files, the profiles of Hypothesis, and which tests are slow.

`pytest --update-golden` rewrites what is expected and then fails, so that the diff gets read.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from support.golden_files import compare_with_golden

GOLDEN = Path(__file__).parent / "golden"
# scripts/check draws the same few examples each time; scripts/test uses Hypothesis' own profile "ci", with 100.
settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True)
# A shell starts what runs in its background with Ctrl-C ignored, and nohup starts programs with the end of the terminal
# ignored; a command that tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if getattr(signal, "SIGHUP", None) is not None and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files that differ; their tests fail all the same"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        raise pytest.UsageError("--update-golden is refused where CI=true: run it at home, read the diff, commit it.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that looks through a real browser is slow by nature, and is marked so here, once for all.

    The longest test comes first: where several processes share the tests, none is left with it at the end.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """The check that a text equals the golden file of this name, a path under tests/golden."""

    def check(name: str, actual: str) -> None:
        compare_with_golden(GOLDEN / name, actual, update=request.config.getoption("--update-golden"))

    return check
