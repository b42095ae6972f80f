"""A document: one unit of text in a volume, such as a diary entry or a letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from align.model.decided import DocumentState
from align.model.geometry import Box
from align.model.link import Link
from align.model.source import SourceText


@dataclass(frozen=True, slots=True)
class Document:
    """What is known about a document: its details, the paths of its texts, and its box on each page (by order).

    `state` is how far an editor is with it, if one said so.
    """

    document: str
    title: str | None
    date: str | None
    author: str | None
    details: Mapping[str, str]
    texts: tuple[str, ...]
    areas: tuple[tuple[int, Box], ...]
    state: DocumentState | None = None


def documents_of(
    texts: Iterable[SourceText], links: Iterable[Link], *, details: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Document, ...]:
    """The documents of these texts, in the order of their first texts.

    `details` holds, by document, what collection.toml says. It wins over the texts; among the texts the first that
    says something wins. The area of a document on a page is the box around the areas of all its links there.
    """
    texts_by_document: dict[str, list[SourceText]] = {}
    for text in texts:
        texts_by_document.setdefault(text.document, []).append(text)
    boxes: dict[str, dict[int, list[Box]]] = {}
    for link in links:
        for area in link.areas:
            boxes.setdefault(link.document, {}).setdefault(area.page, []).extend(area.boxes)
    return tuple(
        _document(document, members, (details or {}).get(document, {}), boxes.get(document, {}))
        for document, members in texts_by_document.items()
    )


def _document(
    name: str, texts: Iterable[SourceText], stated: Mapping[str, str], boxes: Mapping[int, Iterable[Box]]
) -> Document:
    members = list(texts)
    known: dict[str, str] = {}
    for source in (stated, *(text.details for text in members)):
        for field, value in source.items():
            known.setdefault(field, value)
    return Document(
        document=name,
        title=known.pop("title", None),
        date=known.pop("date", None),
        author=known.pop("author", None),
        details=dict(sorted(known.items())),
        texts=tuple(text.path for text in members),
        areas=tuple((order, Box.union(on_page)) for order, on_page in sorted(boxes.items())),
    )
