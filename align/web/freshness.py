"""Whether a report or a viewer shows the results that there are now, or was made before the last run.

The page of each, its index.html, states two digests: of the results that it was made from, and of the newest results.
A run changes the second. So the page can say that it is out of date wherever it is opened from, and asks for no file.
"""

from __future__ import annotations

import re

from align.files.store.result_store import ResultStore

# The folders of the report and of the viewer, in the order in which they are named.
PAGES = ("report", "viewer")
_STATED = re.compile(rb' data-results="([0-9a-f]{16})" data-newest="([0-9a-f]{16})"')


def mark_newest(store: ResultStore, digest: str) -> None:
    """Note in the pages that there are which results are the newest."""
    for page in PAGES:
        data = store.read_bytes(_index(page))
        stated = None if data is None else _STATED.search(data)
        if data is not None and stated is not None and stated[2] != digest.encode():
            start, end = stated.span(2)
            store.write_bytes(_index(page), data[:start] + digest.encode() + data[end:])


def outdated_pages(store: ResultStore) -> tuple[str, ...]:
    """Those of "report" and "viewer" that were made from other results than the newest, as `mark_newest` noted them.

    One that does not state its results was made by an earlier version of the program, so before.
    """
    outdated = []
    for page in PAGES:
        data = store.read_bytes(_index(page))
        stated = None if data is None else _STATED.search(data)
        if data is not None and (stated is None or stated[1] != stated[2]):
            outdated.append(page)
    return tuple(outdated)


def results_shown(store: ResultStore, page: str) -> str | None:
    """The digest of the results that "report" or "viewer" was made from; None where it is absent or does not say."""
    data = store.read_bytes(_index(page))
    stated = None if data is None else _STATED.search(data)
    return None if stated is None else stated[1].decode()


def pages_there(store: ResultStore) -> bool:
    """Whether there is a report or a viewer."""
    return any(store.holds(_index(page)) for page in PAGES)


def _index(page: str) -> str:
    return f"{page}/index.html"
