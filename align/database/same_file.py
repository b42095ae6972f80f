"""Whether an open SQLite store is still the file at its place: what is written to another one would be lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from align.database.faults import database_error

# The device, the number and the size of a file.
_Identity = tuple[int, int, int]


@dataclass(slots=True)
class SameFile:
    """A store's file and its log as they were when it was opened. The system keeps files open that were removed."""

    path: Path
    place: str
    _known: dict[str, _Identity] = field(init=False, default_factory=dict)

    def require(self) -> None:
        """OutputError ("moved") where the file or its log was removed, moved, cut or replaced since the first call."""
        for name in (self.path.name, self.path.name + "-wal"):
            found, known = _identity(self.path.with_name(name)), self._known.get(name)
            # The file itself only grows; its log begins anew now and then.
            cut = found is not None and known is not None and name == self.path.name and found[2] < known[2]
            if known is not None and (found is None or found[:2] != known[:2] or cut):
                raise database_error(self.place, "moved", f"{name} is not the file that was opened")
            if found is not None:
                self._known[name] = found


def _identity(path: Path) -> _Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size
