"""The version of this program, asked for in this one place."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

PACKAGE = "facsimile-align"


def _installed() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        # A checkout that was never installed has no metadata.
        return "0+checkout"


VERSION = _installed()
