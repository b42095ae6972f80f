"""The lines of a page as the PDF has them: the words of the transcription, divided words joined for those who copy.

Example: a line ends in “fol-”, and the next one begins with “ders,”. What is copied is “folders,” and then nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from align.export.pdf.page_text import PageLine, PageWord
from align.model import LineTexts, Page, TextWord


def page_lines(page: Page, lines: Sequence[LineTexts]) -> list[PageLine]:
    """The lines of a page on which a text has words; `lines` are all of its lines, in order."""
    written = [(line, both.written) for line, both in zip(page.lines, lines, strict=True) if both.written is not None]
    copied: dict[tuple[int, int], str] = {}
    for n, (_, text) in enumerate(written):
        first, last = text.words[0], text.words[-1]
        before = written[n - 1][1].words[-1] if n else None
        if first.whole is not None and (before is None or before.whole == first.whole) and (n, 0) not in copied:
            copied[n, 0] = _points_after(first)
        if last.whole is not None and (n, len(text.words) - 1) not in copied:
            after = written[n + 1][1].words[0] if n + 1 < len(written) else None
            rest = _points_after(after) if after is not None and after.whole == last.whole else ""
            copied[n, len(text.words) - 1] = _points_before(last) + last.whole + rest
            if after is not None and after.whole == last.whole:
                copied[n + 1, 0] = ""
    return [
        PageLine(
            tuple(PageWord(word.text, word.box, copied.get((n, k))) for k, word in enumerate(text.words)),
            line.polygon,
            text.language,
        )
        for n, (line, text) in enumerate(written)
    ]


def _points_before(word: TextWord) -> str:
    """The punctuation at the beginning of a word."""
    return word.text[: next((n for n, c in enumerate(word.text) if c.isalnum()), len(word.text))]


def _points_after(word: TextWord) -> str:
    """The punctuation at the end of a word."""
    return word.text[len(word.text.rstrip("".join(c for c in word.text if not c.isalnum()))) :]
