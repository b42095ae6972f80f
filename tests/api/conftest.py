"""A session of a program: the working folder holds `mydiary`, which a run has read with the session's Tesseract."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.api_session import copied, path_with, session_folder


@pytest.fixture
def session(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with `mydiary` and its results."""
    folder = copied(session_folder(tmp_path_factory), tmp_path)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", path_with(folder))
    return folder
