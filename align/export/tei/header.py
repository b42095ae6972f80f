"""The header of a text: what is known of the document, of the volume and of what this program did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from align.export.tei.sentence_links import taxonomy
from align.export.tei.tags import PLAIN, Markup

_DATE = re.compile(r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_VERSION = re.compile(r"\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3}")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_NO_LANGUAGE = "und"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_DID = (
    "Linked the sentences to the scans. Each s has @facs: the zones of the facsimile that show it. @corresp points to "
    "the sentences that say the same in the other language. @cert is the probability that the zones are right, and "
    "@ana says what they are worth. Where a sentence is in several parts, the first has all this, and @next leads on. "
    "pb stands where the page begins by its image. Coordinates are pixels of the graphic."
)


@dataclass(frozen=True, slots=True)
class About:
    """What a header says.

    `details` are those of the document: title, author, date, recipient, repository, identifier and description, as far
    as known. `place` is the place of the document in the volume, from 1. `version` is that of this program.
    """

    version: str
    language: str
    kind: str
    details: Mapping[str, str] = field(default_factory=dict)
    collection: str | None = None
    volume: str | None = None
    place: int | None = None
    publisher: str | None = None
    licence: str | None = None


def header(about: About, markup: Markup = PLAIN) -> Iterator[str]:
    """The header, line by line."""
    yield f"{markup.start('teiHeader')}\n{markup.start('fileDesc')}\n"
    yield from _title(about, markup)
    yield from _publication(about, markup)
    yield from _series(about, markup)
    yield f"{markup.around('sourceDesc', _source(about, markup))}\n{markup.end('fileDesc')}\n"
    yield from encoding_description(about.version, markup=markup)
    yield f"{markup.around('profileDesc', _profile(about, markup))}\n{markup.end('teiHeader')}\n"


def encoding_description(version: str, *, stem: str = "", markup: Markup = PLAIN) -> Iterator[str]:
    """What this program did to the text, and the terms in which it says how sure that is."""
    found = _VERSION.match(version)
    program = {"ident": "align", "version": found[0] if found else "0", "xml:id": f"{stem}align.program"}
    yield f"{markup.start('encodingDesc', {'xml:id': f'{stem}align.encoding'})}\n"
    label, did = markup.element("label", f"align {version}"), markup.element("p", _DID)
    application = f"{markup.start('application', program)}{label}{did}{markup.end('application')}"
    yield f"{markup.around('appInfo', [application])}\n{markup.start('classDecl')}\n"
    yield from taxonomy(stem, markup)
    yield f"{markup.end('classDecl')}\n{markup.end('encodingDesc')}\n"


def language_of(tag: str) -> str:
    """The language as xml:lang has it."""
    return tag if _LANGUAGE.fullmatch(tag) else _NO_LANGUAGE


def _title(about: About, markup: Markup) -> Iterator[str]:
    names = {"title": about.details.get("title", ""), "author": about.details.get("author")}
    inner = [markup.element(name, text) for name, text in names.items() if text is not None]
    yield f"{markup.around('titleStmt', inner)}\n"


def _publication(about: About, markup: Markup) -> Iterator[str]:
    agency = markup.element("publisher", about.publisher) if about.publisher else ""
    inner = [agency or markup.element("authority", "No publisher is stated.")]
    if about.licence is not None:
        target = about.licence if _ADDRESS.fullmatch(about.licence) else None
        licence = markup.element("licence", about.licence, {"target": target})
        inner.append(markup.around("availability", [licence]))
    elif not agency:
        inner = [markup.element("p", "Neither a publisher nor a licence is stated.")]
    yield f"{markup.around('publicationStmt', inner)}\n"


def _series(about: About, markup: Markup) -> Iterator[str]:
    titles = dict.fromkeys(title for title in (about.volume, about.collection) if title)
    if titles:
        inner = [markup.element("title", title, {"level": "s"}) for title in titles]
        if about.place is not None:
            inner.append(markup.element("biblScope", str(about.place), {"unit": "document", "n": str(about.place)}))
        yield f"{markup.around('seriesStmt', inner)}\n"


def _source(about: About, markup: Markup) -> Iterator[str]:
    known = {"repository": about.details.get("repository"), "idno": about.details.get("identifier")}
    inner = [markup.element(name, text) for name, text in known.items() if text]
    if inner:
        yield markup.around("msDesc", [markup.around("msIdentifier", inner)])
    else:
        yield markup.element("p", f"The {about.kind} of the pages in the facsimile.")


def _profile(about: About, markup: Markup) -> Iterator[str]:
    """Abstract, date, language, and of a letter who wrote it to whom."""
    details = about.details
    if description := details.get("description"):
        yield markup.around("abstract", [markup.element("p", description)])
    if date := details.get("date"):
        yield markup.around("creation", [markup.element("date", date, {"when": _when(date)})])
    ident = language_of(about.language)
    yield markup.around("langUsage", [markup.element("language", about.language, {"ident": ident})])
    if recipient := details.get("recipient"):
        received = markup.around("correspAction", [markup.element("persName", recipient)], {"type": "received"})
        author = details.get("author")
        sent = markup.element("persName", author) if author else ""
        yield markup.around("correspDesc", [markup.around("correspAction", [sent], {"type": "sent"}), received])


def _when(date: str) -> str | None:
    return date if _DATE.fullmatch(date) else None
