"""Golden files: `pytest --update-golden` rewrites what is expected and then fails, so that the diff gets read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.golden_files import compare_with_golden

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files that differ; their tests fail all the same"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        raise pytest.UsageError("--update-golden is refused where CI=true: run it at home, read the diff, commit it.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """The check that a text equals the golden file of this name, a path under tests/golden."""

    def check(name: str, actual: str) -> None:
        compare_with_golden(GOLDEN / name, actual, update=request.config.getoption("--update-golden"))

    return check
