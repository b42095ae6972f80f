"""The version of this program."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

PACKAGE = "facsimile-align"


def installed_version(package: str) -> str:
    """The version of an installed package; "0+checkout" where it is not installed, as in a fresh checkout."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "0+checkout"


VERSION = installed_version(PACKAGE)
