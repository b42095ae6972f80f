"""Scans compared with those that a run read: one that changed since is not shown under the places of that run."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from align.errors import ScanError
from align.files.paths import scan_path, shown, unreadable_scan
from align.model import ScanInfo

# The cause of the error for a scan that is not the one that the run read.
CHANGED = "changed"
# Files whose digests are taken at the same time. More do not help one disk.
_AT_ONCE = 4
# Nanoseconds. A file that was written so short a time ago may be written again without a change of its times.
_SETTLED = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Signature:
    """What the file system says of a file; it changes with every writing, renaming and copying over the file."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> Signature:
        """The signature of the file as it is now."""
        status = path.stat()
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def settled(self, now: int) -> bool:
        """Whether the file was last written long enough before this time for its signature to be trusted later."""
        return max(self.modified, self.changed) + _SETTLED < now


@dataclass(frozen=True, slots=True)
class KnownScan:
    """A scan whose file is the one that the run read, and the signature that the file had when they were compared."""

    scan: ScanInfo
    signature: Signature

    def check(self, root: Path) -> None:
        """ScanError ("changed") where the file was written since they were compared."""
        try:
            same = Signature.of(scan_path(root, self.scan.path)) == self.signature
        except OSError as error:
            raise unreadable_scan(self.scan.path, error) from error
        if not same:
            raise changed_scan(self.scan.path)


@dataclass(slots=True)
class RunScans:
    """The scans of a run, compared with their files. A file is read once, and again only if its signature changed."""

    root: Path
    _digests: dict[str, tuple[Signature, str, bool]] = field(default_factory=dict)

    def known(self, scan: ScanInfo) -> KnownScan:
        """The scan, where its file is the one that the run read.

        Raises ScanError: "changed" where the file is another one, and as `scan_path` does where it cannot be read.
        """
        return _known(scan, *self._digest(scan.path))

    def compared(self, scans: Iterable[ScanInfo]) -> Iterator[tuple[ScanInfo, KnownScan | ScanError]]:
        """Each scan as it is known, or why it cannot be shown; several files are read at the same time."""
        asked = list(scans)
        files = list(dict.fromkeys(scan.path for scan in asked))
        with ThreadPoolExecutor(min(_AT_ONCE, len(files) or 1)) as threads:
            digested = {path: threads.submit(self._digest, path) for path in files}
            for scan in asked:
                try:
                    yield scan, _known(scan, *digested[scan.path].result())
                except ScanError as error:
                    yield scan, error

    def _digest(self, relative: str) -> tuple[Signature, str]:
        path = scan_path(self.root, relative)
        try:
            signature = Signature.of(path)
            before, digest, settled = self._digests.get(relative, (None, "", False))
            if before == signature and settled:
                return signature, digest
            settled = signature.settled(time.time_ns())
            digest = file_digest(path, relative)
            self._digests[relative] = signature, digest, settled
        except OSError as error:
            raise unreadable_scan(relative, error) from error
        return signature, digest


def _known(scan: ScanInfo, signature: Signature, digest: str) -> KnownScan:
    if digest != scan.digest:
        raise changed_scan(scan.path)
    return KnownScan(scan, signature)


def changed_scan(relative: str) -> ScanError:
    """The error for a scan that is not the one that the run read."""
    return ScanError(f"{shown(relative)} has changed since the run: run align run again.", cause="changed")


def file_digest(path: Path, relative: str) -> str:
    """The sha256 of the file's bytes, in hex, or of no bytes where it is no file; ScanError where it is unreadable."""
    try:
        if not path.is_file():
            return hashlib.sha256().hexdigest()
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable_scan(relative, error) from error
