"""Whether a scan's file stays the same while it is read: one that is being copied does not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from align.errors import InputError, ScanError
from align.files.paths import inside, shown
from align.files.scans.fingerprints import Signature, file_digest
from align.model import ScanInfo

# Files whose digest a worker remembers: the pages of one PDF are read one after the other.
_REMEMBERED = 4


def signature(path: Path) -> Signature | None:
    """What tells that a file was changed between two looks; None where it is not there."""
    try:
        return Signature.of(path)
    except OSError:
        return None


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
        same = seen is not None and digest_of(path, scan.path, seen) == scan.digest
    except (InputError, ScanError, OSError) as error:
        raise changing(scan.path) from error
    if not same:
        raise changing(scan.path)


@lru_cache(maxsize=_REMEMBERED)
def digest_of(path: Path, relative: str, seen: Signature) -> str:  # noqa: ARG001 - a changed file is another call
    """The SHA-256 digest of a file, which is computed once as long as the file looks the same."""
    return file_digest(path, relative)
