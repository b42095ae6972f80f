"""Whether a scan stays the same while it is read."""

from __future__ import annotations

import os
import time
from hashlib import sha256

import pytest

from align.errors import ScanError
from align.files.scans.unchanged import refuse_changed
from align.model import ScanInfo


def test_bytes_that_change_in_place_under_the_same_size_and_date_are_seen(tmp_path):
    """A file that was compared, and is then written over with its size and date kept, is refused as changing."""
    path = tmp_path / "1.png"
    path.write_bytes(b"first")
    scan = ScanInfo("1.png", None, 4, 4, None, sha256(b"first").hexdigest())
    refuse_changed(tmp_path, scan)
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # the file system's clock may be coarse
        time.sleep(0.001)
        with path.open("r+b") as stream:
            stream.write(b"other")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ScanError) as caught:
        refuse_changed(tmp_path, scan)
    assert caught.value.cause == "changing"


def test_a_file_that_is_gone_is_changing(tmp_path):
    """A scan whose file is no longer there has no reading."""
    with pytest.raises(ScanError) as caught:
        refuse_changed(tmp_path, ScanInfo("1.png", None, 4, 4, None, "0" * 64))
    assert caught.value.cause == "changing"
