"""Scans compared with those of a run: read once, refused where they changed, told where they cannot be read."""

from __future__ import annotations

import os
from hashlib import sha256

import pytest
from PIL import Image

from align.errors import ScanError
from align.files.scans import fingerprints
from align.files.scans.fingerprints import RunScans
from align.files.scans.images import load_known
from align.model import ScanInfo

NAME = "images/v/1.png"
LONG_AGO = 1_000_000_000


@pytest.fixture
def path(tmp_path):
    """A scan that was written long ago."""
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    Image.new("L", (40, 20), 200).save(path)
    return path


def scan_of(path, index=None):
    return ScanInfo(NAME, index, 40, 20, None, sha256(path.read_bytes()).hexdigest())


def aged(monkeypatch):
    """Let every file count as written long ago: a test cannot set the time of a change."""
    monkeypatch.setattr(fingerprints, "_SETTLED", -(10**18))


def test_pages_of_one_file_are_one_reading(path, tmp_path, monkeypatch):
    """The file of many pages is read once for its digest, and once again after it was written."""
    aged(monkeypatch)
    read = []
    monkeypatch.setattr(
        fingerprints, "file_digest", lambda own, name: read.append(name) or sha256(own.read_bytes()).hexdigest()
    )
    scans = RunScans(tmp_path)
    pages = [scan_of(path, index) for index in range(5)]
    assert [known.scan for _, known in scans.compared(pages)] == pages
    assert scans.known(pages[3]).scan == pages[3]
    assert read == [NAME]
    path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(ScanError):
        scans.known(pages[0])
    assert read == [NAME, NAME]


def test_a_change_that_keeps_size_and_date_is_seen(path, tmp_path, monkeypatch):
    """Another scan of the same size, with the date of the first, is another scan."""
    aged(monkeypatch)
    scans, scan = RunScans(tmp_path), scan_of(path)
    scans.known(scan)
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ScanError, match="has changed since the run: run align run again") as error:
        scans.known(scan)
    assert error.value.cause == "changed"


def test_a_scan_written_while_it_is_loaded_is_refused(path, tmp_path):
    """A scan that changes after it was compared is refused, though it can be loaded."""
    known = RunScans(tmp_path).known(scan_of(path))
    assert load_known(tmp_path, known).shape == (20, 40)
    Image.new("L", (40, 20), 100).save(path)
    with pytest.raises(ScanError, match="has changed since the run"):
        load_known(tmp_path, known)


def test_each_scan_has_its_own_fault(path, tmp_path):
    """Of several scans the changed one and the missing one are told, and the others can be loaded."""
    good = scan_of(path)
    other = ScanInfo("images/v/2.png", None, 40, 20, None, "0" * 64)
    (tmp_path / other.path).write_bytes(b"other")
    gone = ScanInfo("images/v/3.png", None, 40, 20, None, "0" * 64)
    found = dict(RunScans(tmp_path).compared([good, other, gone]))
    assert found[good].scan == good
    assert [found[own].cause for own in (other, gone)] == ["changed", "missing"]
    assert dict(RunScans(tmp_path).compared([])) == {}
