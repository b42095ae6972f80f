"""The documents of a volume in a manifest: what is known of them, and the table of contents."""

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
# What is said of a volume of many documents; identifiers and descriptions of hundreds would be a list of their own.
_OF_VOLUMES = ("author", "recipient", "repository")
# Of these only what every document states: a diary has no recipient because one entry has one.
_IF_ALL = ("recipient",)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def nav_date(stated: str | None) -> str | None:
    """The date as navDate wants it, with a time; None where it is none of YYYY, YYYY-MM and YYYY-MM-DD.

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
    """What is known of a document but its title, as label and value."""
    return [_pair(name, [value]) for name, value in _known(document).items()]


def volume_metadata(documents: Sequence[Document]) -> list[Json]:
    """What is known of a volume's documents: all of a single one; of several who, to whom, where, and when.

    The dates are given only where every document has one.
    """
    if len(documents) == 1:
        return metadata(documents[0])
    known = [_known(document) for document in documents]
    values = {
        name: list(dict.fromkeys(own[name] for own in known if name in own))
        for name in _OF_VOLUMES
        if name not in _IF_ALL or all(name in own for own in known)
    }
    dates = sorted((moment, own["date"]) for own in known if (moment := nav_date(own.get("date"))))
    if dates and len(dates) == len(known):
        values["date"] = [" – ".join(dict.fromkeys((dates[0][1], dates[-1][1])))]
    return [_pair(name, values[name]) for name in _LABELS if values.get(name)]


def page_metadata(names: Iterable[str]) -> list[Json]:
    """The documents that stand on a page by their titles, for viewers that show what is said of a canvas."""
    found = list(names)
    return [_pair("documents", found)] if found else []


def on_pages(documents: Sequence[Document]) -> dict[int, list[str]]:
    """The names of the documents that stand on each page, by order."""
    found: dict[int, list[str]] = defaultdict(list)
    for document in documents:
        for order, _ in document.areas:
            found[order].append(document.document)
    return found


def contents(
    addresses: Addresses, documents: Sequence[Document], pages: Sequence[Page], named: Mapping[str, str]
) -> list[Json]:
    """The table of contents: one range with a range for each document that has a place, in the order of their places.

    A document has the whole canvas of a page that it has to itself, and of a page that it shares the part around its
    own sentences. `named` are the titles by document.
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
    """Where a document begins: order of its first page, and how far down and along it."""
    return min(((order, box.top, box.left) for order, box in document.areas), default=(0, 0, 0))


def _known(document: Document) -> dict[str, str]:
    """What is known of a document, in the order in which it is shown; what is unknown is left out."""
    known = details(document)
    if date := (document.date or "").strip():
        known["date"] = date
    return {name: known[name] for name in dict.fromkeys((*_LABELS, *known)) if name in known}


def _pair(name: str, values: Sequence[str]) -> Json:
    return {"label": _LABELS.get(name) or {"none": [plain(name)]}, "value": {"none": [_no_html(v) for v in values]}}


def _no_html(value: str) -> str:
    # Presentation API 3, section 4.3: a value between < and > is HTML; a blank behind it says that it is not.
    return value + " " if value.startswith("<") and value.endswith(">") else value
