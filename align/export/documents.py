"""The titles and details of documents, for all lists of them: manifests, viewer, report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.export.overlay.captions import plain
from align.model import Document, Link

_DATE = re.compile(r"(\d{4})(?:-\d\d(?:-\d\d)?)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# Letters. A longer heading is a sentence, too long for a title in a list.
_LONGEST = 160
# The order in which archives list the details of a document.
_KNOWN = ("author", "recipient", "repository", "identifier", "description")


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title, the heading of its translation if it has one, its date, and whether the title is unsure.

    A title is `unsure` where another document has the same one, or where it lacks the year of its date. Lists then
    show the date or the pages too.
    """

    text: str
    translated: str | None
    date: str | None
    unsure: bool


def titles(documents: Sequence[Document], links: Iterable[Link]) -> dict[str, Title]:
    """The title of each document by its name: as stated, else its first heading, else its name."""
    headings: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.role == "heading":
            headings[link.document].append(link)
    found = {document.document: _title(document, headings[document.document]) for document in documents}
    seen = Counter(title.text.casefold() for title in found.values())
    return {
        name: Title(
            title.text,
            title.translated,
            title.date,
            unsure=seen[title.text.casefold()] > 1 or not _has_year(title.text, title.date),
        )
        for name, title in found.items()
    }


def told_apart(found: Mapping[str, Title]) -> dict[str, str]:
    """Each document's title by its name, no two the same, for lists that show titles alone.

    A title that is unsure is followed by its date. Titles that are equal even then are followed by the document's name.
    """
    distinct = {
        name: f"{title.text} ({title.date})" if title.unsure and title.date else title.text
        for name, title in found.items()
    }
    while repeated := _repeated(distinct):
        for name in repeated:
            distinct[name] += f" [{name}]"
    return distinct


def details(document: Document) -> dict[str, str]:
    """The details of a document without title and date, in the order in which archives list them."""
    known = {"author": document.author, **document.details}
    names = [*_KNOWN, *sorted(known.keys() - {*_KNOWN, "title", "date"})]
    return {name: value for name in names if (value := (known.get(name) or "").strip())}


def _title(document: Document, headings: Sequence[Link]) -> Title:
    own = _first(headings, "transcription")
    translated = _first(headings, "translation")
    text = plain(document.title or own or translated or "") or document.document
    date = document.date or (document.document if _DATE.fullmatch(document.document) else None)
    return Title(text, translated if translated != text else None, date, unsure=False)


def _first(headings: Sequence[Link], kind: str) -> str | None:
    return next((link.content for link in headings if link.kind == kind and len(link.content) <= _LONGEST), None)


def _has_year(title: str, date: str | None) -> bool:
    found = _DATE.match(date or "")
    return found.group(1) in title if found else bool(_YEAR.search(title))


def _repeated(distinct: Mapping[str, str]) -> list[str]:
    counts = Counter(distinct.values())
    return [name for name, title in distinct.items() if counts[title] > 1]
