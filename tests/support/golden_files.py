"""Golden files: stored expected outputs, compared byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest


def compare_with_golden(path: Path, actual: str, *, update: bool) -> None:
    """Fail unless the file holds the text, byte for byte; with `update` write it first, and fail all the same."""
    expected = path.read_bytes() if path.exists() else None
    data = actual.encode("utf-8")
    if data == expected:
        return
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        pytest.fail(f"rewrote {path.name}: read its diff, then run again without --update-golden", pytrace=False)
    if expected is None:
        pytest.fail(f"no golden file {path}: make it with --update-golden", pytrace=False)
    assert data.decode("utf-8").splitlines() == expected.decode("utf-8").splitlines(), f"differs from {path}"
    pytest.fail(f"only line ends differ from {path}")
