"""The built front end, which a checkout has after scripts/setup."""

from __future__ import annotations

import pytest

from support.sample_run import COLLECTION

STATIC = COLLECTION / "align" / "web" / "static"


def needs_front_end(*names: str) -> None:
    """Skip where one of these files was not built."""
    if not all((STATIC / name).exists() for name in names):
        pytest.skip("the front end is not built: scripts/setup does it")
