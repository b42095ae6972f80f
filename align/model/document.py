"""What is known of a document: one unit of text in a volume, an entry or a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from align.model.geometry import Box


@dataclass(frozen=True, slots=True)
class Document:
    """One row of documents.jsonl: what is known of a document, its texts, and its box on each of its pages by order."""

    document: str
    title: str | None
    date: str | None
    author: str | None
    details: Mapping[str, str]
    texts: tuple[str, ...]
    areas: tuple[tuple[int, Box], ...]
