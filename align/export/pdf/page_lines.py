"""The lines of a page as the PDF has them: the words of the transcription, divided words joined for those who copy.

The whole word stands over its first half, and nothing over the second. PDF's own way, ActualText, would leave the
second half in the text of Chromium's viewer, and both in that of Firefox.

Example: a line ends in “fol-”, and the next one begins with “ders,”. What is copied is “folders,”.
"""

from __future__ import annotations

from collections.abc import Sequence

from align.export.overlay.scene import upright_transform
from align.export.pdf.placed_words import PageLine, PageWord
from align.model import Box, Line, LineText, LineTexts, Page, TextWord


def page_lines(page: Page, lines: Sequence[LineTexts]) -> list[PageLine]:
    """The lines of a page on which a text has words; `lines` are all of its lines, in order."""
    written = [(line, both.written) for line, both in zip(page.lines, lines, strict=True) if both.written is not None]
    written = _in_order(page, written)
    joined = _joined([text.words for _, text in written])
    found = []
    for n, (texts, (line, own)) in enumerate(zip(joined, written, strict=True)):
        words = [PageWord(text, word.box) for text, word in zip(texts, own.words, strict=True) if text]
        behind = written[n + 1][1].words[0].box if n + 1 < len(written) and not joined[n + 1][0] else None
        if words and behind is not None and _in_one_row(page, own.words[-1].box, behind):
            words[-1] = PageWord(words[-1].text, Box.union((words[-1].box, behind)))
        if words:
            found.append(PageLine(tuple(words), line.polygon, own.language))
    return found


def _in_order(page: Page, lines: Sequence[tuple[Line, LineText]]) -> list[tuple[Line, LineText]]:
    """The lines, of which those that an engine made of one row are ordered as they are read.

    Example: asterisks that stand high make their half of a row begin above the other half, and so before it.
    """
    if page.frame is None:
        return list(lines)
    upright, _ = upright_transform(page.frame)
    ordered: list[tuple[tuple[Box, Box], tuple[Line, LineText]]] = []
    for own in lines:
        words = [word.box for word in own[1].words if any(map(str.isalnum, word.text))] or [own[0].box]
        first, last = (Box.around(upright.points(box.corners)) for box in (words[0], words[-1]))
        at = len(ordered)
        while at and _is_right_of(ordered[at - 1][0][0], last):
            at -= 1
        ordered.insert(at, ((first, last), own))
    return [own for _, own in ordered]


def _in_one_row(page: Page, first: Box, behind: Box) -> bool:
    """Whether the second half of a word stands to the right of the first, in a row that was read as two lines."""
    if page.frame is None:
        return False
    upright, _ = upright_transform(page.frame)
    left, right = (Box.around(upright.points(box.corners)) for box in (first, behind))
    # A single letter may have been read as a lower one.
    return right.left >= left.right and min(left.bottom, right.bottom) - max(left.top, right.top) > 0.5 * left.height


def _is_right_of(first: Box, last: Box) -> bool:
    """Whether the first word of a line is in the same row as the last word of another one, and to the right of it."""
    shared = min(first.bottom, last.bottom) - max(first.top, last.top)
    return first.left >= last.right and shared > 0.5 * max(first.height, last.height)


def _joined(lines: Sequence[Sequence[TextWord]]) -> list[list[str]]:
    """The texts of the words, each word that is divided at a line end as a whole in the place of its first part.

    Of a word that began on the page before, the punctuation behind it is left. A part that is alone on its line may be
    neither the beginning of its word nor its end.
    """
    texts = [[word.text for word in line] for line in lines]
    begun: TextWord | None = None
    at = 0  # the line of the first part of the word that goes on
    for n, line in enumerate(lines):
        first, last = line[0], line[-1]
        if n:
            goes_on = first.whole is not None and begun is not None and begun.whole == first.whole
        else:
            goes_on = first.whole is not None and not (first is last and _begins(first))
        is_middle = goes_on and first is last and not _ends(first)
        if goes_on:
            after = "" if is_middle else _behind(first.text)
            texts[n][0] = "" if begun is not None else after
            if begun is not None:
                texts[at][-1] += after
        if is_middle:
            begun = begun or first
            continue
        begun = last if last.whole is not None and not (goes_on and len(line) == 1) else None
        if begun is not None:
            at = n
            before = begun.text[: next((k for k, c in enumerate(begun.text) if c.isalnum()), 0)]
            texts[n][-1] = before + (begun.whole or "")
    return texts


def _behind(text: str) -> str:
    """The punctuation behind a part of a word."""
    return text[len(text.rstrip("".join(c for c in text if not c.isalnum()))) :]


def _begins(word: TextWord) -> bool:
    """Whether a part of a word is its beginning."""
    core = "".join(c for c in word.text if c.isalnum())
    return "".join(c for c in word.whole or "" if c.isalnum()).startswith(core)


def _ends(word: TextWord) -> bool:
    """Whether a part of a word is its end."""
    core = "".join(c for c in word.text if c.isalnum())
    return "".join(c for c in word.whole or "" if c.isalnum()).endswith(core)
