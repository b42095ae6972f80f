"""Whether a scan's file stays the same while it is read: one that is being copied does not."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from align.errors import InputError, ScanError
from align.files.paths import inside, shown
from align.model import ScanInfo

# What the system says of a file: device, number, size in bytes, and time of the last change in nanoseconds.
Signature = tuple[int, int, int, int]
# Files whose digest a worker remembers: the pages of one PDF are read one after the other.
_REMEMBERED = 4


def signature(path: Path) -> Signature | None:
    """What tells that a file was changed between two looks; None where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def changing(relative: str) -> ScanError:
    """The error for a scan that changes while it is read."""
    return ScanError(
        f"{shown(relative)} changes while it is read, as a file does that is being copied: wait until it is whole, and "
        "run again.",
        cause="changing",
    )


def refuse_changed(root: Path, scan: ScanInfo) -> None:
    """Raise ScanError ("changing") where the file no longer holds the bytes that it held when it was listed.

    So a reading is never kept under the digest of other bytes.
    """
    try:
        path = inside(root, scan.path)
        seen = signature(path)
        if seen is None or digest_of(path, seen) != scan.digest:
            raise changing(scan.path)
    except (InputError, OSError) as error:
        raise changing(scan.path) from error


@lru_cache(maxsize=_REMEMBERED)
def digest_of(path: Path, seen: Signature) -> str:  # noqa: ARG001 - a changed file is another call
    """The SHA-256 digest of a file, which is computed once as long as the file looks the same."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
