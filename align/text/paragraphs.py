"""Lines to paragraphs: runs of lines, and what is one paragraph where prose is wrapped at a width."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from align.model import Marker, Role, Span
from align.text import paragraph_roles as roles
from align.text.page_markers import LINE_ENDS
from align.text.pieces import pieces_of, text_of_pieces
from align.tuning.text import TextTuning

_ONE_EMPTY_LINE = 2  # line ends


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its pieces in the content, without markers; `role` None while nothing has said it."""

    pieces: tuple[Span, ...]
    text: str
    role: Role | None = None
    stated: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the content."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where it ends in the content."""
        return self.pieces[-1][1]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a block of its own, the columns before its words, and its length."""

    block: Block
    indent: int
    length: int


def line_groups(content: str, start: int, end: int, cuts: Sequence[Span]) -> Iterator[list[Line]]:
    """Runs of lines between empty lines; a line that is all marker or number belongs to no run and ends none."""
    if not content[start:end].strip():
        return
    group: list[Line] = []
    at = start
    for stop, after in chain((m.span() for m in LINE_ENDS.finditer(content, start, end)), [(end, end)]):
        if not group and (at == stop or content[at:stop].isspace()):
            at = after
            continue
        pieces = pieces_of(content, at, stop, cuts)
        if pieces:
            shift = content[at : pieces[0][0]].expandtabs(4)
            group.append(Line(Block(pieces, text_of_pieces(content, pieces)), len(shift), stop - at))
        elif group and not content[at:stop].strip() and "\f" not in content[max(0, at - 1) : after]:
            yield group
            group = []
        at = after
    if group:
        yield group


def without_empty_lines(
    content: str,
    groups: Sequence[list[Line]],
    cuts: Sequence[Span],
    markers: Sequence[Marker],
    tuning: TextTuning,
) -> list[list[Line]]:
    """The runs of lines; where an empty line stands after each line of wrapped text, it divides nothing.

    So a word processor has it where every line was typed as a paragraph. Two empty lines do divide, and so do pages.
    """
    single = sum(len(group) == 1 for group in groups)
    beside = [_are_beside(content, one, other, cuts, markers) for one, other in pairwise(groups)]
    pairs = [pair for pair, is_beside in zip(pairwise(groups), beside, strict=True) if is_beside]
    run = sum(_is_inside_sentence(one[-1], other[0], len(pairs), tuning) for one, other in pairs)
    if single < tuning.single_lines * len(groups) or len(pairs) < tuning.spaced_lines:
        return list(groups)
    if run < tuning.spaced_share * len(pairs) or max(group[0].length for group in groups) > tuning.typed_line:
        return list(groups)
    closed_up = [list(groups[0])]
    for group, is_beside in zip(groups[1:], beside, strict=True):
        if is_beside:
            closed_up[-1] += group
        else:
            closed_up.append(list(group))
    return closed_up


def _are_beside(
    content: str, one: Sequence[Line], other: Sequence[Line], cuts: Sequence[Span], markers: Sequence[Marker]
) -> bool:
    """Whether nothing but one empty line stands between two runs of lines, and no page begins there."""
    start, end = one[-1].block.end, other[0].block.start
    page = bisect_left(markers, start, key=lambda marker: marker.start)
    if page < len(markers) and markers[page].start <= end:
        return False
    numbers = bisect_left(cuts, (end, end)) - bisect_left(cuts, (start, start))  # of lines, on lines of their own
    line_ends = len(LINE_ENDS.findall(content, start, end))
    return not pieces_of(content, start, end, cuts) and line_ends <= _ONE_EMPTY_LINE * (1 + numbers)


def is_wrapped(groups: Sequence[Sequence[Line]], tuning: TextTuning) -> bool:
    """Whether the text is wrapped at a width, or verse: many line ends are inside a sentence.

    Lines of verse begin with capitals, but no sentence ends with a comma.
    """
    ends = run = 0
    for group in groups:
        for line, after in pairwise(group):
            ends += 1
            run += _is_inside_sentence(line, after, len(group), tuning)
    return ends > 0 and run >= tuning.wrapped_share * ends


def _is_inside_sentence(line: Line, after: Line, lines: int, tuning: TextTuning) -> bool:
    """Whether a line ends inside a sentence, in a run of so many lines."""
    is_verse = lines >= tuning.verse_lines and line.block.text.endswith(",")
    return is_verse or roles.is_interrupted(line.block.text, after.block.text, tuning=tuning)


def wrapped_paragraphs(group: Sequence[Line], before: str, tuning: TextTuning) -> Iterator[Block]:
    """The paragraphs of a run of wrapped lines; `before` is the text above it."""
    width = max(line.length for line in group)
    indented = sum(line.indent >= tuning.indent for line in group) * 2 < len(group)
    lines: list[Line] = []
    note_end = 0
    for i, line in enumerate(group):
        after = group[i + 1].block.text if i + 1 < len(group) else ""
        end = (
            _note_end(group, i, before, tuning.note_lines)
            if i >= note_end and roles.may_begin_note(line.block.text)
            else i
        )
        if lines and (
            i == note_end or end > i or (i > note_end and _begins(line, lines[-1], after, width, indented, tuning))
        ):
            yield joined([line.block for line in lines])
            lines = []
        note_end = end if end > i else note_end
        lines.append(line)
        before = line.block.text
    yield joined([line.block for line in lines])


def _begins(line: Line, before: Line, after: str, width: int, indented: bool, tuning: TextTuning) -> bool:
    """Whether a paragraph begins with this line; `after` is the text of the next line."""
    text, previous = line.block.text, before.block.text
    if text[0].islower():
        return False
    if indented and line.indent >= before.indent + tuning.indent:
        return True
    alone = not after[:1].islower()
    titled = roles.is_title(text, tuning=tuning)
    if roles.is_closed(previous) and alone and (titled or roles.is_dateline(text, tuning=tuning)):
        return True
    if roles.is_dateline(previous, tuning=tuning) or (roles.is_title(previous, tuning=tuning) and not titled):
        return True
    if roles.is_closed(previous) and roles.may_begin_note(text) and not text[0].isdigit():
        return True
    first_word = text.partition(" ")[0]
    return roles.is_closed(previous) and before.length + 1 + len(first_word) <= tuning.full_line_share * width


def _note_end(group: Sequence[Line], first: int, before: str, most_lines: int) -> int:
    """The index after the note that interrupts a sentence at line `first`; `first` itself where none does.

    The last line of a note is the first closed line after which the sentence goes on. A line that begins with a number
    may be part of the sentence, so it is a note only if there is such a line. A sign that only notes have needs none.
    """
    if not before or roles.is_closed(before):
        return first
    closed = first
    for i in range(first, min(first + most_lines, len(group))):
        after = group[i + 1].block.text if i + 1 < len(group) else ""
        if roles.is_closed(group[i].block.text):
            if after[:1].islower():
                return i + 1
            closed = closed if closed > first else i + 1
    return first if group[first].block.text[0].isdigit() else max(closed, first + 1)


def joined(blocks: Sequence[Block]) -> Block:
    """The blocks as one, of the role of the first."""
    if len(blocks) == 1:
        return blocks[0]
    pieces = tuple(piece for block in blocks for piece in block.pieces)
    return replace(blocks[0], pieces=pieces, text=" ".join(block.text for block in blocks))
