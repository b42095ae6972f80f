"""The boxes that an editor drew, beside the scans that they are drawn on."""

from __future__ import annotations

from collections.abc import Mapping

from align.decisions.subjects import places_of
from align.model.decision import Json

Sizes = Mapping[str, tuple[int, int]]
"""Width and height of scans in pixels, by the keys of their pages; 0 where a scan could not be opened."""


def beyond(value: Mapping[str, Json] | None, sizes: Sizes) -> str | None:
    """Why boxes cannot stand where they were drawn, as a sentence; None where each lies within its scan.

    >>> beyond({"areas": [{"page": "5f2a0c9e81d34b77", "boxes": [[90, 10, 20, 5]]}]}, {"5f2a0c9e81d34b77": (100, 200)})
    'A box ends at 110, 15 and its scan at 100, 200: draw it within the page.'
    """
    for page, boxes in places_of((value or {}).get("areas")) or ():
        if page not in sizes:
            return "A box lies on a page that the results no longer have: reload the page, and draw it again."
        width, height = sizes[page]
        for box in boxes:
            if width and (box.right > width or box.bottom > height):
                return (
                    f"A box ends at {box.right}, {box.bottom} and its scan at {width}, {height}: "
                    "draw it within the page."
                )
    return None
