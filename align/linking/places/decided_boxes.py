"""What was read under an editor's boxes, and how a sentence is divided among it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from align.linking.places.fragments import read_against
from align.model import Area, Box, Page, Places, Polygon, Span, Word, WordAt, index_by_order

# Words that were read like this or better say themselves which part of the sentence they show.
_READ_SHARE = 0.5


def words_under(pages: Sequence[Page], places: Places) -> list[WordAt]:
    """The words whose middle is in one of the boxes, each once, box by box and in a box in reading order."""
    index_of = index_by_order(pages)
    found: dict[WordAt, None] = {}
    for order, boxes in places:
        page = index_of[order]
        for box in boxes:
            found |= dict.fromkeys(
                WordAt(page, i, w)
                for i, line in enumerate(pages[page].lines)
                if line.box.intersection(box)
                for w, word in enumerate(line.words)
                if inside(word.box, box)
            )
    return list(found)


def inside(small: Box, large: Box) -> bool:
    """Whether the middle of one box is in another."""
    x, y = (small.left + small.right) / 2, (small.top + small.bottom) / 2
    return large.left <= x < large.right and large.top <= y < large.bottom


def divided_among(words: Sequence[Word], shown: str) -> list[Span]:
    """For each word the part of a sentence that it shows, as a range of `shown`; the parts cover it, in order.

    Words that were read fairly well say it themselves. Otherwise the wider a word, the more letters it gets.
    """
    if not words:
        return []
    reading = read_against([word.text for word in words], shown)
    if reading.letters and sum(letter.same for letter in reading.letters) >= _READ_SHARE * len(reading.letters):
        first: dict[int, int] = {}
        for letter in reading.letters:
            first.setdefault(letter.word, letter.offset)
        starts, following = [], len(shown)
        for index in range(len(words) - 1, -1, -1):
            following = first.get(index, following)
            starts.append(following)
        starts.reverse()
    else:
        widths = list(accumulate((word.box.width for word in words), initial=0))
        starts = [len(shown) * before // widths[-1] for before in widths[:-1]]
    starts[0] = 0
    return list(pairwise([*starts, len(shown)]))


def decided_areas(
    pages: Sequence[Page], places: Places, sentence: Sequence[Span], spans_of_page: dict[int, tuple[Span, ...]]
) -> tuple[Area, ...]:
    """The areas that an editor placed: exactly these boxes, each with the line that it mostly covers, if any.

    `sentence` are the spans of the whole sentence. Over several pages it is divided as `spans_of_page` says, by order,
    and not at all where that does not name every page.
    """
    index_of = index_by_order(pages)
    divided = all(order in spans_of_page for order, _ in places)
    return tuple(
        Area(
            page=order,
            boxes=boxes,
            polygons=tuple(Polygon(box.corners) for box in boxes),
            lines=tuple(_line_of(pages[index_of[order]], box) for box in boxes),
            spans=tuple(sentence) if len(places) == 1 else spans_of_page[order] if divided else None,
        )
        for order, boxes in places
    )


def _line_of(page: Page, box: Box) -> int | None:
    """The line of which the box covers most letters; None where it covers no word."""
    letters: Counter[int] = Counter()
    for index, line in enumerate(page.lines):
        letters[index] = sum(len(word.text) for word in line.words if inside(word.box, box))
    most = max(letters, key=lambda index: (letters[index], -index), default=None)
    return most if most is not None and letters[most] else None
