"""A source text as numbered sentences, with its page markers and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from align.model import RawText, Sentence, SourceText, Span, key, ncname
from align.text.blocks import find_blocks
from align.text.fold import folded_text
from align.text.joining import Joined, compounds, join
from align.text.line_numbers import find_line_numbers
from align.text.page_markers import find_markers
from align.text.paragraphs import Block
from align.text.sentences import split_sentences
from align.tuning.text import TEXT, TextTuning

Splitter = Callable[[str, str], Sequence[tuple[int, int]]]
# A sentence before it has an id: its spans, its content, the number of its block, and the block.
_Draft = tuple[tuple[Span, ...], str, int, Block]


def structure(
    raw: RawText,
    *,
    split: Splitter | None = None,
    page_marker: re.Pattern[str] | None = None,
    tuning: TextTuning = TEXT,
) -> SourceText:
    """The sentences of a source text in text order, with ids and keys, page markers and paragraphs.

    Every visible character of the content is in exactly one span, page marker or line number. A heading is one
    sentence. A sentence that a marker or a note interrupts has several spans. A sentence's content is the text of its
    spans, with white space collapsed and with words made whole that a line end or page end divides.

    `split(paragraph, language)` gives the sentences of one paragraph as half-open ranges; None means
    `split_sentences`. `page_marker` is the user's own form of a page marker; its first group is the label (compile it
    with re.MULTILINE where it has ^ or $).

    Raises:
        UsageError: page_marker has no group.
    """
    split = split or partial(split_sentences, tuning=tuning)
    markers = find_markers(raw.content, raw.marks, page_marker=page_marker)
    known = compounds(raw.content, [m.start for m in markers if m.start == m.end])
    numbers = find_line_numbers(raw.content, markers, tuning=tuning)
    drafts: list[_Draft] = []
    for number, block in enumerate(find_blocks(raw, markers, numbers, tuning=tuning)):
        joined = join(raw.content, block.pieces, known)
        for start, end in _ranges(joined, block, raw.language, split):
            spans = _spans(raw.content, block.pieces, *_source_range(joined, block, start, end))
            content = " ".join(joined.text[start:end].split())
            if spans and content:
                drafts.append((spans, content, number, block))
    drafts.sort(key=lambda draft: draft[0][0][0])
    return SourceText(
        path=raw.path,
        volume=raw.volume,
        document=raw.document,
        language=raw.language,
        content=raw.content,
        sentences=_numbered(raw, drafts),
        markers=markers,
        paragraphs=_paragraphs(drafts),
        details=dict(raw.details),
        line_numbers=numbers,
    )


def _numbered(raw: RawText, drafts: Sequence[_Draft]) -> tuple[Sentence, ...]:
    """The sentences with their ids and keys; the key of a repeated sentence counts its occurrences."""
    sentences: list[Sentence] = []
    stem = ncname(f"{raw.volume}.{raw.document}.{raw.language}.s")
    occurrences: Counter[str] = Counter()
    for index, (spans, content, _, block) in enumerate(drafts):
        folded = folded_text(content) or content
        occurrences[folded] += 1
        sentences.append(
            Sentence(
                id=f"{stem}{index + 1:04d}",
                key=key(raw.document, raw.language, folded, str(occurrences[folded])),
                role=block.role or "body",
                spans=spans,
                content=content,
            )
        )
    return tuple(sentences)


def _paragraphs(drafts: Sequence[_Draft]) -> tuple[int, ...]:
    """The index of the first sentence of each paragraph.

    A note inside a paragraph divides it: the paragraph's next sentence begins another one.
    """
    numbers = [number for _, _, number, _ in drafts]
    return tuple(index for index, number in enumerate(numbers) if index == 0 or number != numbers[index - 1])


def _ranges(joined: Joined, block: Block, language: str, split: Splitter) -> list[Span]:
    """Half-open ranges of the running text that cover all of it, one a sentence.

    Of what the splitter says only the beginnings count: so no character falls between two sentences.
    """
    whole = (0, len(joined.text))
    if block.role == "heading" or not joined.text.strip():
        return [whole]
    starts = sorted({start for start, end in split(joined.text, language) if joined.text[start:end].strip()})
    if not starts:
        return [whole]
    starts[0] = 0
    return list(zip(starts, [*starts[1:], len(joined.text)], strict=True))


def _source_range(joined: Joined, block: Block, start: int, end: int) -> Span:
    """The range of the content that belongs to a range of the running text, up to where the next one begins."""
    first = block.start if start == 0 else joined.offsets[start]
    after = joined.offsets[end] if end < len(joined.offsets) else block.end
    return first, after


def _spans(content: str, pieces: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """What of the pieces lies in the range, without outer white space; touching spans are one."""
    spans: list[Span] = []
    for i in range(bisect_left(pieces, start, key=lambda piece: piece[1]), len(pieces)):
        a, b = max(start, pieces[i][0]), min(end, pieces[i][1])
        if pieces[i][0] >= end:
            break
        piece = content[a:b]
        a += len(piece) - len(piece.lstrip())
        b = a + len(piece.strip())
        if a >= b:
            continue
        if spans and spans[-1][1] == a:
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return tuple(spans)
