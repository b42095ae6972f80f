"""The id under which a browser keeps a reader's notes. It is made once and kept with the results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import sha256

from align.web.viewer.scripts import held

# Beside the viewer, not in it: an editor who removes the viewer and builds it again keeps the notes.
KEPT = ".viewer-id"
_COLLECTION = re.compile(rb'data-collection="(data/collection-[0-9a-f]+\.js)"')
_ID = re.compile("[0-9a-f]{16}")


def last_collection(index: bytes | None) -> str:
    """The file of the last viewer that holds its id, as its index.html names it; older viewers do not name it.

    >>> last_collection(b'<html lang="en" data-collection="data/collection-0123456789.js">')
    'data/collection-0123456789.js'
    """
    named = None if index is None else _COLLECTION.search(index)
    return named[1].decode("ascii") if named else "data/collection.js"


def known_identity(kept: bytes | None, collection: bytes | None) -> str | None:
    r"""The id that is kept, else that of the last viewer (from its data), else None.

    Old viewers were built before ids were kept. So their notes stay.

    >>> known_identity(b"0123456789abcdef\n", None)
    '0123456789abcdef'
    """
    data = None if collection is None else held(collection)
    last = data.get("id") if isinstance(data, dict) else None
    for found in (None if kept is None else kept.decode("ascii", "replace").strip(), last):
        if isinstance(found, str) and _ID.fullmatch(found):
            return found
    return None


def fresh_identity(title: str | None, keys: Iterable[str]) -> str:
    """A new id, made from the title and the keys of volumes, pages and sentences.

    Results that are removed and made again have the same id; another collection has another id.
    """
    digest = sha256()
    for part in (title or "", *keys):
        digest.update(json.dumps(part).encode("ascii"))
    return digest.hexdigest()[:16]
