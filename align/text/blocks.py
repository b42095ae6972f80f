"""Source texts to blocks: lines to paragraphs, paragraphs to roles; interrupted paragraphs become whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.model import Mark, Marker, RawText, Role, Span
from align.text import paragraph_roles as roles
from align.text.paragraphs import Block, Line, is_wrapped, joined, line_groups, without_empty_lines, wrapped_paragraphs
from align.text.pieces import coalesced, pieces_of, text_of_pieces
from align.tuning.text import TEXT, TextTuning


def find_blocks(
    raw: RawText, markers: Sequence[Marker], numbers: Sequence[Span] = (), *, tuning: TextTuning = TEXT
) -> tuple[Block, ...]:
    """The blocks of a text in order, each with its role; a paragraph that a page or a note interrupts is one block.

    Page markers and the numbers of lines belong to no block.

    What the file's markup states is kept. Elsewhere an empty line divides paragraphs. Whether a line end does too is
    decided for the whole text: in prose wrapped at a width, many lines stop inside a sentence.
    """
    cuts = sorted([*((marker.start, marker.end) for marker in markers), *numbers])
    stated: list[Block] = []
    groups: list[list[Line]] = []
    at = 0
    for mark, ranges in _stated_ranges(raw.marks):
        groups.extend(line_groups(raw.content, at, mark.start, cuts))
        at = max(at, mark.end)
        role: Role | None = None if mark.kind == "paragraph" else mark.kind  # type: ignore[assignment]
        parts = [pieces for span in ranges if (pieces := pieces_of(raw.content, *span, cuts))]
        stated.extend(
            _whole_parts([Block(p, text_of_pieces(raw.content, p), role, stated=True) for p in parts], tuning)
        )
    groups.extend(line_groups(raw.content, at, len(raw.content), cuts))
    groups = without_empty_lines(raw.content, groups, cuts, markers, tuning)
    wrapped = is_wrapped(groups, tuning)
    references = roles.References(raw.content, tuning=tuning)
    derived: list[Block] = []
    for group in groups:
        before = derived[-1].text if derived else ""
        derived.extend(wrapped_paragraphs(group, before, tuning) if wrapped else [line.block for line in group])
    blocks = sorted([*stated, *derived], key=lambda block: block.start)
    # A page break that an export put between two paragraphs does not make one of them.
    stated_markers = [marker for marker in markers if not marker.inferred]
    whole = _whole(_judged(blocks, references, tuning), stated_markers, tuning)
    return tuple(
        block if len(block.pieces) == 1 else replace(block, pieces=coalesced(raw.content, block.pieces))
        for block in whole
    )


def _stated_ranges(marks: Sequence[Mark]) -> list[tuple[Mark, list[Span]]]:
    """The marks of paragraphs in order, each with its ranges: what is left of it without the marks that stand in it."""
    found: list[tuple[Mark, list[Span]]] = []
    open_marks: list[tuple[Mark, list[Span]]] = []
    for mark in sorted((m for m in marks if m.kind != "page"), key=lambda m: (m.start, -m.end)):
        while open_marks and open_marks[-1][0].end <= mark.start:
            open_marks.pop()
        if open_marks:
            outer, ranges = open_marks[-1]
            if mark.end > outer.end or (mark.start, mark.end) == (outer.start, outer.end):
                continue
            ranges[-1:] = [(ranges[-1][0], mark.start), (mark.end, outer.end)]
        found.append((mark, [(mark.start, mark.end)]))
        open_marks.append(found[-1])
    return found


def _whole_parts(parts: Sequence[Block], tuning: TextTuning) -> Iterator[Block]:
    """The parts of a paragraph in which others stand, as one where a sentence goes on from part to part."""
    whole: list[Block] = []
    for part in parts:
        if whole and not roles.goes_on_after_block(whole[-1].text, part.text, tuning=tuning):
            yield joined(whole)
            whole = []
        whole.append(part)
    if whole:
        yield joined(whole)


def _judged(blocks: Sequence[Block], references: roles.References, tuning: TextTuning) -> list[Block]:
    """The blocks, each with its role."""
    judged: list[Block] = []
    section = False  # under a heading "Commentary"
    bracket = -1  # index up to which commentary in brackets goes on
    running = ""  # the last paragraph that is no note
    for i, block in enumerate(blocks):
        before = blocks[i - 1].text if i else None
        after = blocks[i + 1].text if i + 1 < len(blocks) else None
        if block.role is not None:
            judged.append(block)
            running = block.text if block.role != "note" else running
            continue
        role: Role = "body"
        if not block.stated and (roles.is_dateline(block.text, tuning=tuning) or roles.is_chapter(block.text)):
            section = False
        if roles.opens_commentary(block.text):
            section, role = True, "commentary"
        elif section or i <= bracket or roles.is_commentary(block.text):
            role = "commentary"
            if i > bracket and block.text.startswith("["):
                bracket = _bracket_end(blocks, i, tuning.bracket_paragraphs)
        elif block.stated:
            role = "body"
        elif roles.may_begin_note(block.text) and roles.is_note(
            block.text,
            at=block.start,
            references=references,
            before=running,
            after=_past_notes(blocks[i + 1 : i + 1 + tuning.notes_passed]),
            beside=tuple(text for text in (before, after) if text),
            tuning=tuning,
        ):
            role = "note"
        elif roles.is_heading(block.text, before=running or None, after=after, tuning=tuning):
            role = "heading"
        judged.append(Block(block.pieces, block.text, role, stated=block.stated))
        running = block.text if role in ("body", "heading") else running
    return judged


def _bracket_end(blocks: Sequence[Block], first: int, most: int) -> int:
    """The index of the block that closes the bracket opened at `first`; `first` itself if none of the next does."""
    for i in range(first, min(first + most, len(blocks))):
        if "]" in blocks[i].text:
            return i
    return first


def _past_notes(blocks: Sequence[Block]) -> str:
    """The text of the first block that does not look like a note; empty if all do."""
    return next((b.text for b in blocks if not roles.may_begin_note(b.text)), "")


def _whole(blocks: Sequence[Block], markers: Sequence[Marker], tuning: TextTuning) -> Iterator[Block]:
    """The blocks; body paragraphs with only a page break or notes between them, inside a sentence, become one.

    Across a heading (a running head that was typed) or commentary, paragraphs become one only for a certain sentence.
    """
    done: list[list[Block]] = []
    last = -1  # index in done of the last body paragraph
    for block in blocks:
        if block.role == "body":
            if (
                last >= 0
                and len(done) - last <= tuning.notes_between
                and _goes_on(done[last][-1], block, done[last + 1 :], markers, tuning)
            ):
                done[last].append(block)
                continue
            last = len(done)
        done.append([block])
    for parts in done:
        yield joined(parts)


def _goes_on(
    before: Block, block: Block, between: Sequence[Sequence[Block]], markers: Sequence[Marker], tuning: TextTuning
) -> bool:
    """Whether `block` continues the sentence in which `before` stopped, over the blocks between them."""
    if any(parts[0].role != "note" for parts in between):
        return roles.is_interrupted(before.text, block.text, tuning=tuning)
    first = bisect_left(markers, before.end, key=lambda m: m.start)
    broken = bool(between) or (first < len(markers) and markers[first].end <= block.start)
    return broken and roles.runs_on(before.text, block.text, tuning=tuning)
