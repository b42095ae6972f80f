"""A volume written as the texts of its files, and read back from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from align.model import Finding, VolumeResult
from align.records.beads import BEADS
from align.records.documents import DOCUMENTS
from align.records.findings import FINDINGS
from align.records.jsonl import json_rows, rows_of
from align.records.lines import LINES
from align.records.links import LINKS
from align.records.pages import PAGES
from align.records.record import DamagedRecord, Record
from align.records.translations import TRANSLATIONS

# In the order in which they are read back: lines need pages, links need lines, beads need links, translations findings.
RECORDS: tuple[Record, ...] = (PAGES, LINES, DOCUMENTS, LINKS, BEADS, FINDINGS, TRANSLATIONS)
# The files of the findings that belong to no volume.
LOOSE_RECORDS: tuple[Record, ...] = (FINDINGS, TRANSLATIONS)


def encoded(volume: VolumeResult, records: Sequence[Record] = RECORDS) -> dict[str, str]:
    """The text of each file of the volume, or of some of them, by the file's name, such as "links.jsonl"."""
    return {name: "".join(rows) for name, rows in encoded_rows(volume, records).items()}


def encoded_rows(volume: VolumeResult, records: Sequence[Record] = RECORDS) -> dict[str, Iterator[str]]:
    """The lines of each file of the volume, or of some of them, made when they are asked for."""
    return {record.file: json_rows(record.encode(volume)) for record in records}


def encoded_findings(findings: Iterable[Finding]) -> dict[str, str]:
    """The text of each file of findings that belong to no volume, and so have no areas, by the file's name."""
    return encoded(VolumeResult("", findings=tuple(findings)), LOOSE_RECORDS)


def decoded(name: str, files: Mapping[str, bytes]) -> VolumeResult:
    """The volume of this name from the bytes of its files; without its texts, which have files of their own.

    Whatever the files leave out is missing from the value: a word's polygon is its box, each line's
    region is 0, and there is no evidence. DamagedRecord where the files are not as a run writes them; optional
    files may be missing.
    """
    return _decoded(name, files, RECORDS)


def decoded_findings(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """The findings that belong to no volume, from the bytes of their files; DamagedRecord where these are damaged."""
    return _decoded("", files, LOOSE_RECORDS).findings


def _decoded(name: str, files: Mapping[str, bytes], records: Sequence[Record]) -> VolumeResult:
    present = [record for record in records if record.file in files or not record.optional]
    parsed = {record.name: _parsed(record, files[record.file]) for record in present}
    volume = VolumeResult(name)
    for record in present:
        try:
            volume = record.decode(volume, parsed[record.name])
        except (LookupError, ValueError, TypeError) as error:
            # For example a link names a line that does not exist. Either of the two files may be at fault.
            raise DamagedRecord(None) from error
    return volume


def _parsed(record: Record, data: bytes) -> list[dict[str, Any]]:
    try:
        return rows_of(data)
    except ValueError as error:
        raise DamagedRecord(record.file) from error
