"""What things are: frozen dataclasses and their invariants, nothing else."""

from align.model.address import LineAt, SentenceAt, WordAt, index_by_order
from align.model.document import Document
from align.model.geometry import Box, Point, Polygon, Transform
from align.model.ids import key, ncname
from align.model.link import Area, Bead, Finding, Link, Match, Reason, Reread, Severity, Status, Via
from align.model.page import Frame, Line, LineRole, Page, PageStatus, Reading, Rotation, ScanInfo, Word
from align.model.source import Mark, Marker, MarkKind, RawText, Role, Sentence, SourceText, Span

__all__ = [
    "Area",
    "Bead",
    "Box",
    "Document",
    "Finding",
    "Frame",
    "Line",
    "LineAt",
    "LineRole",
    "Link",
    "Mark",
    "MarkKind",
    "Marker",
    "Match",
    "Page",
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
    "SentenceAt",
    "Severity",
    "SourceText",
    "Span",
    "Status",
    "Transform",
    "Via",
    "Word",
    "WordAt",
    "index_by_order",
    "key",
    "ncname",
]
