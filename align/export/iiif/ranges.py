"""The documents of a volume in a manifest: their details, and the table of contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from align.export.documents import details
from align.export.iiif.addresses import Addresses
from align.export.iiif.canvas import CanvasGrid, Json, fragment
from align.export.overlay.captions import plain
from align.model import Box, Document, Page

_LABELS = {
    "author": {"en": ["Author"], "ru": ["Автор"]},
    "recipient": {"en": ["Recipient"], "ru": ["Адресат"]},
    "date": {"en": ["Date"], "ru": ["Дата"]},
    "repository": {"en": ["Repository"], "ru": ["Место хранения"]},
    "identifier": {"en": ["Identifier"], "ru": ["Шифр"]},
    "description": {"en": ["Description"], "ru": ["Описание"]},
    "documents": {"en": ["Documents"], "ru": ["Документы"]},
}
_CONTENTS = {"en": ["Contents"], "ru": ["Содержание"]}
# Details of a volume of many documents. Identifiers and descriptions are left out: there may be hundreds.
_OF_VOLUMES = ("author", "recipient", "repository")
# Given only where every document states it: one entry with a recipient does not give the whole diary one.
_IF_ALL = ("recipient",)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def nav_date(stated: str | None) -> str | None:
    """The date in the form of navDate, with a time; None where it is not YYYY, YYYY-MM or YYYY-MM-DD.

    >>> nav_date("1934-12-18"), nav_date("1934"), nav_date("18 Dec 1934"), nav_date("1934-02-30")
    ('1934-12-18T00:00:00Z', '1934-01-01T00:00:00Z', None, None)
    """
    found = _DATE.fullmatch(stated or "")
    if found is None:
        return None
    try:
        day = date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        return None
    return f"{day.isoformat()}T00:00:00Z"


def metadata(document: Document) -> list[Json]:
    """The details of a document without its title, as label and value."""
    return [_pair(name, [value]) for name, value in _known(document).items()]


def volume_metadata(documents: Sequence[Document]) -> list[Json]:
    """The details of a volume as label and value.

    A volume of one document has all details of that document. A volume of several has their authors, recipients and
    repositories, and their dates if every document has one.
    """
    if len(documents) == 1:
        return metadata(documents[0])
    known = [_known(document) for document in documents]
    values = {
        name: list(dict.fromkeys(details_of[name] for details_of in known if name in details_of))
        for name in _OF_VOLUMES
        if name not in _IF_ALL or all(name in details_of for details_of in known)
    }
    dates = sorted((moment, stated["date"]) for stated in known if (moment := nav_date(stated.get("date"))))
    if dates and len(dates) == len(known):
        values["date"] = [" – ".join(dict.fromkeys((dates[0][1], dates[-1][1])))]
    return [_pair(name, values[name]) for name in _LABELS if values.get(name)]


def page_metadata(names: Iterable[str]) -> list[Json]:
    """The titles of the documents on a page, for viewers that show the metadata of a canvas."""
    found = list(names)
    return [_pair("documents", found)] if found else []


def on_pages(documents: Sequence[Document]) -> dict[int, list[str]]:
    """The names of the documents on each page, by order."""
    found: dict[int, list[str]] = defaultdict(list)
    for document in documents:
        for order, _ in document.areas:
            found[order].append(document.document)
    return found


def contents(
    addresses: Addresses, documents: Sequence[Document], pages: Sequence[Page], named: Mapping[str, str]
) -> list[Json]:
    """The table of contents: one range with a range for each document that has a place, in the order of their places.

    Where a document is alone on a page, its range has the whole canvas. Where documents share a page, each range has
    the part around its sentences. `named` are the titles by document.
    """
    by_order = {page.order: page for page in pages}
    together = on_pages(documents)
    ranges = []
    for document in sorted(documents, key=_place):
        items = []
        for order, box in document.areas:
            if order in by_order and (grid := CanvasGrid.of(by_order[order])):
                shared = len(together[order]) > 1
                items.append(_item(addresses.canvas(by_order[order]), grid.box(box) if shared else None))
        if items:
            ranges.append(_range(addresses, document, named[document.document], items))
    if not ranges:
        return []
    return [{"id": addresses.url("contents"), "type": "Range", "label": _CONTENTS, "items": ranges}]


def _range(addresses: Addresses, document: Document, title: str, items: Sequence[Json]) -> Json:
    moment, known = nav_date(document.date), metadata(document)
    return {
        "id": addresses.range(document.document),
        "type": "Range",
        "label": {"none": [title]},
        **({"metadata": known} if known else {}),
        **({"navDate": moment} if moment else {}),
        "items": list(items),
    }


def _item(canvas: str, part: Box | None) -> Json:
    # A region as an id with a fragment, as the IIIF cookbook has it: Mirador passes over other forms.
    return {"id": canvas if part is None else f"{canvas}#{fragment(part)}", "type": "Canvas"}


def _place(document: Document) -> tuple[int, int, int]:
    """The beginning of a document: the order of its first page, and the top and left of its box there."""
    return min(((order, box.top, box.left) for order, box in document.areas), default=(0, 0, 0))


def _known(document: Document) -> dict[str, str]:
    """The known details of a document, in the order in which they are shown."""
    known = details(document)
    if date := (document.date or "").strip():
        known["date"] = date
    return {name: known[name] for name in dict.fromkeys((*_LABELS, *known)) if name in known}


def _pair(name: str, values: Sequence[str]) -> Json:
    return {"label": _LABELS.get(name) or {"none": [plain(name)]}, "value": {"none": [_no_html(v) for v in values]}}


def _no_html(value: str) -> str:
    # Presentation API 3, section 4.3: a value between < and > is HTML; with a space behind it, it is plain text.
    return value + " " if value.startswith("<") and value.endswith(">") else value
