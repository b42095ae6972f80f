"""Loaders that hang or take all memory for one file, in the place of files that would make a decoder do so."""

from __future__ import annotations

import time
from pathlib import Path

from align.batch.scans import list_job
from align.batch.texts import read_text
from align.files.scans.images import load_scan

# A part of the name of the file that is loaded badly.
BAD = "0002"
# Seconds.
ENDLESS = 600


def hang(root: Path, scan: object) -> object:
    """Loads a scan; does not come back from a certain one."""
    if BAD in str(getattr(scan, "path", scan)):
        time.sleep(ENDLESS)
    return load_scan(root, scan) if hasattr(scan, "path") else list_job(root, scan)


def take_all(root: Path, scan: object) -> object:
    """Loads a scan; takes more and more memory for a certain one."""
    held = []
    while BAD in str(getattr(scan, "path", scan)):
        held.append(bytearray(50_000_000))
    return load_scan(root, scan) if hasattr(scan, "path") else list_job(root, scan)


def hang_on_text(job: object, *, name: str) -> object:
    """Reads a text; does not come back from a certain one, as its page_marker would not."""
    if name in job.file.path:
        time.sleep(ENDLESS)
    return read_text(job)
