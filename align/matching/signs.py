r"""Lines without letters ("* * *", "— —", "..."): placed by their neighbours, since folding leaves nothing of them.

lines "слово.", "* * *", "Дело", text "слово.\n* * *\nДело": the first and the last line are located. The text between
them has no letters either, and is one passage for one line: the place of the stars. Specks on paper get no place,
because no text is left for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.text.fold import fold
from align.tuning.matching import MATCHING, MatchingTuning

Span = tuple[int, int]


def place_signs(
    lines: Sequence[str], text: str, spans: Sequence[Span | None], *, tuning: MatchingTuning = MATCHING
) -> Iterator[tuple[int, Span]]:
    """Numbers and spans of unplaced lines without letters between placed neighbours, in lines and in text."""
    last, waiting = -1, list[int]()
    for number, span in enumerate(spans):
        if span is None:
            if lines[number].strip():
                waiting.append(number)
            continue
        before = spans[last] if last >= 0 else None
        if waiting and before is not None and 0 < span[0] - before[1] <= tuning.sign_characters:
            passages = list(_passages(text, before[1], span[0]))
            if len(passages) == len(waiting) and not any(fold(lines[n]).text for n in waiting):
                yield from zip(waiting, passages, strict=True)
        last, waiting = number, []


def _passages(text: str, start: int, end: int) -> Iterator[Span]:
    """The span of each row of text[start:end], without outer white space; none if there are letters."""
    if fold(text[start:end]).text:
        return
    for row in text[start:end].splitlines(keepends=True):
        if row.strip():
            begin = start + len(row) - len(row.lstrip())
            yield begin, begin + len(row.strip())
        start += len(row)
