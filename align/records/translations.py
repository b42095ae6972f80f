"""findings.ru.jsonl: what each finding says in Russian, row by row beside findings.jsonl.

It is a file of its own so that findings.jsonl stays as it is. Results of a run that did not write it yet are read
without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.model import Finding, VolumeResult, Wording
from align.records.record import ReadRow, Record, Row

LANGUAGE = "ru"


def _encode(volume: VolumeResult) -> Iterator[Row]:
    return (_row(finding) for finding in volume.findings)


def _row(finding: Finding) -> Row:
    """The row of a finding; one that has no Russian words, kept from an older run, keeps its English."""
    words = finding.wording(LANGUAGE)
    return {
        "finding": finding.id,
        "key": finding.key,
        "message": words.message,
        "suggestion": words.suggestion,
    }


def _decode(volume: VolumeResult, rows: Sequence[ReadRow]) -> VolumeResult:
    words = {(row["finding"], row["key"]): Wording(row["message"], row["suggestion"]) for row in rows}
    return replace(
        volume,
        findings=tuple(_translated(finding, words.get((finding.id, finding.key))) for finding in volume.findings),
    )


def _translated(finding: Finding, words: Wording | None) -> Finding:
    """The finding with these Russian words; as it is where there are none, or where the row kept the English ones."""
    if words is None or words == finding.wording("en"):
        return finding
    return replace(finding, translations={LANGUAGE: words})


TRANSLATIONS = Record(f"findings.{LANGUAGE}", _encode, _decode, optional=True)
