"""The files of the front end that the browser needs besides the data; esbuild makes them from `align/web/client`."""

from __future__ import annotations

from importlib import resources
from typing import Literal

from align.errors import MissingDependencyError


def built_file(name: str, *, part: Literal["viewer", "report"]) -> bytes:
    """A file of the built front end; `part` is what needs it, "viewer" or "report".

    Raises MissingDependencyError ("viewer-assets", "report-assets") where the front end was not built.
    """
    try:
        return (resources.files("align.web") / "static" / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingDependencyError(
            f"The {part}'s front end is not built: run scripts/setup, or npm ci and npm run build in align/web/client.",
            cause="viewer-assets" if part == "viewer" else "report-assets",
        ) from error
