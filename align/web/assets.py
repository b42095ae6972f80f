"""The files of the front end that the browser needs besides the data, and addresses that change with a file."""

from __future__ import annotations

from hashlib import sha256
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


def content_digest(data: bytes) -> str:
    """A short digest for the address of a file: a browser that kept the file's earlier content has another address."""
    return sha256(data).hexdigest()[:10]


def versioned(name: str, data: bytes) -> str:
    """The address of a file that keeps its name, such as "viewer.js?v=0123456789"; it works from a folder too."""
    return f"{name}?v={content_digest(data)}"
