"""The version of the program, wherever it runs from."""

from __future__ import annotations

from align.version import installed_version


def test_a_checkout_has_a_version():
    """Where nothing says a version, since the program was never installed, it names itself a checkout."""
    assert installed_version("facsimile-align-never-installed") == "0+checkout"
