"""The files of a linked volume: encoder and decoder of each, from values to text and back."""

from align.records.beads import NamedBead, NamedPair, named_pairs
from align.records.codec import (
    LOOSE_RECORDS,
    RECORDS,
    decoded,
    decoded_findings,
    encoded,
    encoded_findings,
    encoded_rows,
)
from align.records.jsonl import SCHEMA_VERSION, json_document, json_lines
from align.records.piecewise import Pieces
from align.records.record import DamagedRecord

__all__ = [
    "LOOSE_RECORDS",
    "RECORDS",
    "SCHEMA_VERSION",
    "DamagedRecord",
    "NamedBead",
    "NamedPair",
    "Pieces",
    "decoded",
    "decoded_findings",
    "encoded",
    "encoded_findings",
    "encoded_rows",
    "json_document",
    "json_lines",
    "named_pairs",
]
