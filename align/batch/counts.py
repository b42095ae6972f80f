"""How sentences and pages fared, counted: of a document, a volume, a collection."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.batch.rows import Row
from align.model import Severity

COUNTS = (
    "pages", "pages_ok", "blank", "failed", "documents", "sentences", "linked", "partial", "doubtful", "unlinked",
    "lines", "lines_matched",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """How many sentences of a document there are, and how many are linked."""

    volume: str
    document: str
    sentences: int
    linked: int


def counted(rows: Mapping[str, Sequence[Row]]) -> dict[str, object]:
    """The counts of a volume as run.json holds them, from the rows of its files."""
    statuses = Counter(row["status"] for row in rows["links"])
    severities = Counter(row["severity"] for row in rows["findings"])
    pages = Counter(row["status"] for row in rows["pages"])
    return {
        "pages": len(rows["pages"]),
        "pages_ok": pages["ok"],
        "blank": pages["blank"],
        "failed": pages["failed"],
        "documents": len(rows["documents"]),
        "sentences": len(rows["links"]),
        **{status: statuses[status] for status in ("linked", "partial", "doubtful", "unlinked")},
        "lines": len(rows["lines"]),
        "lines_matched": sum(bool(row["matches"]) for row in rows["lines"]),
        "findings": {severity: severities[severity] for severity in ("error", "warning", "note")},
    }


def documents_counted(volume: str, links: Sequence[Row]) -> list[DocumentCount]:
    """How the sentences of each document fared, in the order of the links; notes and commentary do not count."""
    found: dict[str, list[bool]] = defaultdict(list)
    for row in links:
        if row["role"] in ("body", "heading"):
            found[str(row["document"])].append(row["status"] == "linked")
    return [DocumentCount(volume, document, len(own), sum(own)) for document, own in found.items()]


def summed(volumes: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The counts of all volumes together."""
    sums: dict[str, object] = {name: sum(_int(own[name]) for own in volumes) for name in COUNTS}
    sums["findings"] = {
        severity: sum(_int(own["findings"][severity]) for own in volumes if isinstance(own["findings"], dict))
        for severity in ("error", "warning", "note")
    }
    return sums


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def findings_counted(counts: Mapping[str, object], loose: Sequence[Row]) -> dict[Severity, int]:
    """The findings of all volumes and those that belong to none, by severity."""
    found = counts["findings"]
    own = Counter(row["severity"] for row in loose)
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    return {s: own[s] + (_int(found.get(s)) if isinstance(found, dict) else 0) for s in severities}
