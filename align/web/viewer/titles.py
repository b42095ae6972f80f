"""What documents are called where they are listed: titles that repeat or lack a year are told apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.files.results import Document, VolumeResults
from align.model import Link

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# A heading longer than this is a sentence, and no title in a list.
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title, that of its translation where that has a heading, its date, and whether the title is unsure.

    `unsure`: another document has the same title, or it has no year; then lists show date and pages with it.
    """

    text: str
    translated: str | None
    date: str | None
    unsure: bool


def titles(volume: VolumeResults) -> dict[str, Title]:
    """The title of each document of the volume by its name: as stated, else its first heading, else its name."""
    headings: dict[str, list[Link]] = defaultdict(list)
    for link in volume.links:
        if link.role == "heading":
            headings[link.document].append(link)
    found = {d.document: _title(d, headings[d.document]) for d in volume.documents}
    seen = Counter(title.text.casefold() for title in found.values())
    return {
        name: Title(
            title.text,
            title.translated,
            title.date,
            seen[title.text.casefold()] > 1 or not _YEAR.search(title.text),
        )
        for name, title in found.items()
    }


def _title(document: Document, headings: Sequence[Link]) -> Title:
    own = _first(headings, "transcription")
    translated = _first(headings, "translation")
    text = document.title or own or translated or document.document
    date = document.date or (document.document if _DATE.fullmatch(document.document) else None)
    return Title(text, translated if translated != text else None, date, unsure=False)


def _first(headings: Sequence[Link], kind: str) -> str | None:
    return next((link.content for link in headings if link.kind == kind and len(link.content) <= _LONGEST), None)


def details(document: Document) -> Mapping[str, str]:
    """What is known of a document beside title and date, in the order in which archives list it."""
    known = {"author": document.author, **document.details}
    order = ("author", "recipient", "repository", "identifier", "description")
    named = [*order, *sorted(known.keys() - set(order) - {"title", "date"})]
    return {name: value for name in named if (value := known.get(name))}
