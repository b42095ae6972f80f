"""Lines as the reader of a page sees them, whichever way it lies on its scan."""

from __future__ import annotations

from align.model import Box, Page


def upright_box(page: Page, index: int) -> Box:
    """The box of a line in the reader's directions (x right, y down), in pixels from some point of the page.

    Boxes of one page can be compared with each other; they are no places on the scan, and may be negative.
    """
    box = page.lines[index].box
    rotation = page.frame.rotation if page.frame else 0
    if rotation == 90:
        return Box(-box.bottom, box.left, -box.top, box.right)
    if rotation == 180:
        return Box(-box.right, -box.bottom, -box.left, -box.top)
    if rotation == 270:
        return Box(box.top, -box.right, box.bottom, -box.left)
    return box


def middle_down(page: Page, index: int) -> float:
    """How far down the page a line's middle stands, as its reader sees it."""
    box = upright_box(page, index)
    return (box.top + box.bottom) / 2
