"""What does not fit: one row of the misalignment report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from align.model.link import Area
from align.model.source import Span

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the misalignment report."""

    id: str
    key: str
    code: str
    severity: Severity
    message: str
    document: str | None = None
    text: str | None = None
    pages: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    areas: tuple[Area, ...] = ()
    score: float = 1.0
    scan_text: str | None = None
    source_text: str | None = None
    suggestion: str | None = None
