"""The six files of a linked volume: how each is written and read back; pure, from values to text and back."""

from align.records.codec import RECORDS, decoded, encoded
from align.records.findings import decoded_findings, encoded_findings
from align.records.jsonl import SCHEMA_VERSION, json_document, json_lines
from align.records.record import DamagedRecord

__all__ = [
    "RECORDS",
    "SCHEMA_VERSION",
    "DamagedRecord",
    "decoded",
    "decoded_findings",
    "encoded",
    "encoded_findings",
    "json_document",
    "json_lines",
]
