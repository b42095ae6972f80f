"""Files of one folder by the path that a client asks for: no listing, and no way out of the folder."""

from __future__ import annotations

import os
from pathlib import Path


def file_in(folder: Path, name: str) -> Path | None:
    """The file of this decoded path below the folder; None where there is none. "" means its index.html."""
    if "\0" in name or "\\" in name or (name.endswith("/") and name.strip("/")):
        return None
    try:
        root = os.path.realpath(folder)
        wanted = Path(os.path.realpath(os.path.join(root, name.lstrip("/") or "index.html")))  # noqa: PTH118
        return wanted if wanted.is_relative_to(root) and wanted.is_file() else None
    except (OSError, ValueError):  # a name that is too long, or that this system cannot have
        return None
