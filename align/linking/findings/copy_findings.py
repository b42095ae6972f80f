"""Findings of documents that have the same text as another."""

from __future__ import annotations

from align.linking.findings.catalogue.document_entries import DOCUMENT_COPIED
from align.linking.places.copied_texts import Copies, Copy
from align.model import Finding, key


def copy_findings(copies: Copies) -> list[Finding]:
    """One finding for each document and the other whose text it has, however many of their texts are the same."""
    told: dict[tuple[str, str], Copy] = {}
    for copy in sorted(copies.found, key=lambda copy: copy.kind == "translation"):
        told.setdefault((copy.text.document, copy.original.document), copy)
    return [
        Finding(
            code=DOCUMENT_COPIED.code,
            severity="note" if copy.kind == "both" else DOCUMENT_COPIED.severity,
            case=copy.kind if copy.kind != "left" else "whole" if copy.whole else "nearly",
            values={"document": document, "original": original},
            subjects=(key(document), key(original)),
            document=document,
            text=copy.text.path,
        )
        for (document, original), copy in told.items()
    ]
