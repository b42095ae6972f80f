"""A volume as the texts of its files, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from align.model import VolumeResult
from align.records.beads import BEADS
from align.records.documents import DOCUMENTS
from align.records.findings import FINDINGS
from align.records.jsonl import json_lines, rows_of
from align.records.lines import LINES
from align.records.links import LINKS
from align.records.pages import PAGES
from align.records.record import DamagedRecord, Record

# In the order in which they are read back: lines need pages, links need lines, beads need links.
RECORDS: tuple[Record, ...] = (PAGES, LINES, DOCUMENTS, LINKS, BEADS, FINDINGS)


def encoded(volume: VolumeResult) -> dict[str, str]:
    """The text of each file of the volume, by the file's name, such as "links.jsonl"."""
    return {record.file: json_lines(record.encode(volume)) for record in RECORDS}


def decoded(name: str, files: Mapping[str, bytes]) -> VolumeResult:
    """The volume of this name from the bytes of its files; its texts, which stand in files of their own, are left out.

    What the files do not hold is not in the value: a scan's digest is empty, a word's polygon is its box, all lines are
    of region 0, and nothing is known of the evidence. DamagedRecord where the files are not what a run writes.
    """
    parsed = {record.name: _parsed(record, files[record.file]) for record in RECORDS}
    volume = VolumeResult(name)
    for record in RECORDS:
        try:
            volume = record.decode(volume, parsed[record.name])
        except (LookupError, ValueError, TypeError) as error:
            # A link to a line that is not there: nobody knows which of the two files is at fault.
            raise DamagedRecord(None) from error
    return volume


def _parsed(record: Record, data: bytes) -> list[dict[str, Any]]:
    try:
        return rows_of(data)
    except ValueError as error:
        raise DamagedRecord(record.file) from error
