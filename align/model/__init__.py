"""The values that all packages share: frozen dataclasses and the rules that they keep, nothing else."""

from align.model.address import LineAt, SentenceAt, WordAt, index_by_order
from align.model.document import Document, documents_of
from align.model.finding import Around, Finding, PageName, Severity, Spellings, Value, Wording
from align.model.geometry import Box, Point, Polygon, Transform
from align.model.ids import key, ncname
from align.model.link import Area, Bead, Link, LinkEvidence, Match, Reason, Reread, Status, Via
from align.model.page import (
    Frame,
    Line,
    LineRole,
    Page,
    PageStatus,
    Reading,
    Rotation,
    ScanInfo,
    Word,
    WordsInDoubt,
    WordsOfLine,
)
from align.model.source import Mark, Marker, MarkKind, RawText, Role, Sentence, SourceText, Span
from align.model.volume import PairedTexts, PlainText, VolumeResult

__all__ = [
    "Area",
    "Around",
    "Bead",
    "Box",
    "Document",
    "Finding",
    "Frame",
    "Line",
    "LineAt",
    "LineRole",
    "Link",
    "LinkEvidence",
    "Mark",
    "MarkKind",
    "Marker",
    "Match",
    "Page",
    "PageName",
    "PageStatus",
    "PairedTexts",
    "PlainText",
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
    "Spellings",
    "Status",
    "Transform",
    "Value",
    "Via",
    "VolumeResult",
    "Word",
    "WordAt",
    "Wording",
    "WordsInDoubt",
    "WordsOfLine",
    "documents_of",
    "index_by_order",
    "key",
    "ncname",
]
