"""findings.jsonl: one row for each thing that does not fit, in a volume or in the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from align.model import Finding, FindingDecision, Page, VolumeResult
from align.records.areas import (
    decoded_area,
    decoded_spans,
    encoded_area,
    encoded_share,
    encoded_spans,
    line_numbers_of,
)
from align.records.record import ReadRow, Record, Row


def _encode(volume: VolumeResult) -> Iterator[Row]:
    pages = {page.order: page for page in volume.pages}
    return (_row(finding, pages) for finding in volume.findings)


def _row(finding: Finding, pages: Mapping[int, Page]) -> Row:
    return {
        "finding": finding.id,
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity,
        "document": finding.document,
        "text": finding.text,
        "pages": list(finding.pages),
        "lines": list(finding.lines),
        "sentences": list(finding.sentences),
        "spans": encoded_spans(finding.spans),
        "areas": [encoded_area(area, pages) for area in finding.areas],
        "score": encoded_share(finding.score),
        "message": finding.message,
        "evidence": {"scan_text": finding.scan_text, "source_text": finding.source_text},
        "suggestion": finding.suggestion,
        "decision": None if finding.decision is None else _decision(finding.decision),
        "calibrated": None if finding.calibrated is None else encoded_share(finding.calibrated),
    }


def _decision(decision: FindingDecision) -> Row:
    return {
        "decision": decision.decision,
        "value": None if decision.value is None else dict(decision.value),
        "comment": decision.comment,
        "flag": decision.flag,
        "by": decision.by,
        "time": decision.time,
        "event": decision.event,
        "standing": decision.standing,
    }


def _decode(volume: VolumeResult, rows: Sequence[ReadRow]) -> VolumeResult:
    return replace(volume, findings=findings_of_rows(rows, line_numbers_of(volume.pages)))


def findings_of_rows(rows: Iterable[ReadRow], line_numbers: Mapping[str, int]) -> tuple[Finding, ...]:
    """The findings of these rows; `line_numbers` gives the 0-based index of a line on its page by the line's id."""
    return tuple(_finding(row, line_numbers) for row in rows)


def _finding(row: ReadRow, line_numbers: Mapping[str, int]) -> Finding:
    return Finding(
        id=row["finding"],
        key=row["key"],
        code=row["code"],
        severity=row["severity"],
        message=row["message"],
        document=row["document"],
        text=row["text"],
        pages=tuple(row["pages"]),
        lines=tuple(row["lines"]),
        sentences=tuple(row["sentences"]),
        spans=decoded_spans(row["spans"]),
        areas=tuple(decoded_area(area, line_numbers) for area in row["areas"]),
        score=row["score"],
        scan_text=row["evidence"]["scan_text"],
        source_text=row["evidence"]["source_text"],
        suggestion=row["suggestion"],
        decision=None if row["decision"] is None else FindingDecision(**row["decision"]),
        calibrated=row["calibrated"],
    )


FINDINGS = Record("findings", _encode, _decode)
