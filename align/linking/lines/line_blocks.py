"""Lines in blocks, as a page shows them: a letterhead, a stamp, a note in the margin, a paragraph between others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median

from align.linking.lines.reader_view import upright_box
from align.model import Box, Page
from align.text.paragraph_roles import is_dateline
from align.tuning.linking import LINKING, LinkingTuning

_SUBJECT = re.compile(
    r"^\W*(?:subject|re|in re|concerning|regarding|содержание|тема|касается|предмет)\s?[:;]", re.IGNORECASE
)


def line_blocks(
    page: Page, lines: Sequence[int], claimed: Collection[int], tuning: LinkingTuning = LINKING
) -> list[list[int]]:
    """Lines of a page (by index, in reading order) in blocks; `claimed` are the lines that some text claims.

    A block ends at a gap, beside a line of another column, at letters of another size, and at the end of the page's
    text. A date line is a block by itself, and a subject line begins one.
    """
    pitch = line_pitch(page, claimed, tuning)
    blocks: list[list[int]] = []
    for index in lines:
        if blocks and _goes_on(page, blocks[-1][-1], index, pitch, tuning):
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return blocks


def line_pitch(page: Page, claimed: Collection[int], tuning: LinkingTuning = LINKING) -> float:
    """How far one line of the text usually is below another, in pixels; without a text, of all lines."""
    boxes = [upright_box(page, i) for i in sorted(claimed) if i < len(page.lines)]
    if len(boxes) < tuning.lines.pitch_lines:
        boxes = [upright_box(page, i) for i in range(len(page.lines))]
    middles = sorted((box.top + box.bottom) / 2 for box in boxes)
    # Pieces of one line are beside each other: they are no lines below each other.
    height = median([box.height for box in boxes] or [0])
    return median([b - a for a, b in pairwise(middles) if b - a > height / 2] or [2.0 * height])


def set_off(page: Page, block: Sequence[int], free: Collection[int], claimed: Collection[int],
            tuning: LinkingTuning = LINKING) -> bool:  # fmt: skip
    """Whether a block above or beside the text of its page stands apart from it, as letterheads and stamps do.

    What stands below belongs to the text: a signature, a file number. Lines that follow one another from the text to
    the block join them; `free` are the lines of the page that no text claims and that can be read. On a page without
    text nothing is set off.
    """
    text = [upright_box(page, i) for i in claimed if i < len(page.lines)]
    if not text or min(upright_box(page, i).top for i in block) >= max(box.bottom for box in text):
        return False
    reach = tuning.lines.set_off_pitches * line_pitch(page, claimed, tuning)
    joined = {index: upright_box(page, index) for index in block}
    rest = {index: upright_box(page, index) for index in {*free, *claimed} if index not in joined}
    while True:
        near = {i: box for i, box in rest.items() if any(_is_near(box, own, reach, tuning) for own in joined.values())}
        if not near:
            return True
        if not near.keys().isdisjoint(claimed):
            return False
        joined |= near
        rest = {index: box for index, box in rest.items() if index not in near}


def _goes_on(page: Page, before: int, after: int, pitch: float, tuning: LinkingTuning) -> bool:
    """Whether a line belongs to the block of the line before it."""
    upper, lower = upright_box(page, before), upright_box(page, after)
    texts = page.lines[before].text, page.lines[after].text
    if any(is_dateline(text.strip(" .,;:'’‘_-")) for text in texts) or _SUBJECT.match(texts[1]):
        return False
    heights = sorted((_letter_height(page, before), _letter_height(page, after)))
    return _is_near(upper, lower, tuning.lines.wide_gap_pitches * pitch, tuning) and heights[1] <= (
        tuning.lines.same_size_times * heights[0]
    )


def _letter_height(page: Page, index: int) -> float:
    return median(min(word.box.width, word.box.height) for word in page.lines[index].words)


def _is_near(one: Box, other: Box, reach: float, tuning: LinkingTuning) -> bool:
    """Whether two upright boxes are lines below each other, no further apart than this, or pieces of one line."""
    down = abs(one.top + one.bottom - other.top - other.bottom) / 2
    apart = max(one.left, other.left) - min(one.right, other.right)
    height = min(one.height, other.height)
    if down <= height / 2:
        return apart <= tuning.lines.beside_heights * height
    return down <= reach and apart < 0
