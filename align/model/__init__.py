"""What things are: frozen dataclasses and their invariants, nothing else."""

from align.model.document import Document
from align.model.finding import Around, Finding, PageName, Severity, Spellings, Value, Wording
from align.model.geometry import Box, Point, Polygon, Transform
from align.model.ids import key, ncname
from align.model.link import Area, Bead, Link, Match, Reason, Reread, Status, Via
from align.model.page import Frame, Line, LineRole, Page, PageStatus, Reading, Rotation, ScanInfo, Word
from align.model.source import Mark, Marker, MarkKind, RawText, Role, Sentence, SourceText, Span

__all__ = [
    "Area",
    "Around",
    "Bead",
    "Box",
    "Document",
    "Finding",
    "Frame",
    "Line",
    "LineRole",
    "Link",
    "Mark",
    "MarkKind",
    "Marker",
    "Match",
    "Page",
    "PageName",
    "PageStatus",
    "Point",
    "Polygon",
    "RawText",
    "Reading",
    "Reason",
    "Reread",
    "Role",
    "Rotation",
    "ScanInfo",
    "Sentence",
    "Severity",
    "SourceText",
    "Span",
    "Spellings",
    "Status",
    "Transform",
    "Value",
    "Via",
    "Word",
    "Wording",
    "key",
    "ncname",
]
