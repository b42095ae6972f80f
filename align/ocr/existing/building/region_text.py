"""The text of a region beside its lines: what the lines lack is given to lines without text, or becomes lines.

Letters are counted: where the region has more than its lines, the words that they lack are found by comparing both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from align.ocr.existing.building.cutting import extent
from align.ocr.existing.building.drafts import Draft, DraftRegion
from align.ocr.existing.stated import clean
from align.ocr.judge import letters_and_digits
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning


@dataclass(frozen=True, slots=True)
class _Missing:
    """Words of a region that its lines lack, in rows; they stand after so many words of the lines."""

    after: int
    rows: tuple[str, ...]


def with_region_texts(
    drafts: Sequence[Draft], regions: Mapping[int, DraftRegion], tuning: ExistingOcrTuning = EXISTING_OCR
) -> list[Draft]:
    """The drafts, with what only the texts of their regions have; `regions` holds outer ones before those in them."""
    kept = list(drafts)
    for key, region in reversed(list(regions.items())):
        members = [n for n, draft in enumerate(kept) if key in draft.within]
        lacking = list(_lacking(region.text, [kept[n] for n in members], tuning))
        for missing in reversed(lacking):
            kept = _put(kept, members, missing)
    return [draft for draft in kept if draft.content]


def _lacking(text: str, members: Sequence[Draft], tuning: ExistingOcrTuning) -> Iterator[_Missing]:
    """What the region's text has and its lines have not."""
    letters = letters_and_digits(text)
    known = sum(letters_and_digits(draft.content) for draft in members)
    if letters - known <= (max(tuning.lacking_letters, tuning.lacking_share * letters) if known else 0):
        return
    rows = [row for row in map(clean, text.splitlines()) if row]
    lines = [draft.content for draft in members if draft.content]
    if not lines:
        yield _Missing(0, tuple(rows))
        return
    for i0, i1, j0, j1 in _unlike(rows, lines):
        words = [(row, word) for row in range(i0, i1) for word in rows[row].split()]
        known_words = " ".join(lines[j0:j1]).split()
        before = sum(len(line.split()) for line in lines[:j0])
        for a0, a1, b0, b1 in _unlike([word for _, word in words], known_words):
            more = "".join(word for _, word in words[a0:a1])
            less = letters_and_digits("".join(known_words[b0:b1]))
            if letters_and_digits(more) - less <= tuning.lacking_letters:
                continue
            run = words[a0 + b1 - b0 : a1]
            by_row = {row: " ".join(w for r, w in run if r == row) for row in dict.fromkeys(row for row, _ in run)}
            if by_row:
                yield _Missing(before + b1, tuple(by_row.values()))


def _unlike(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two sequences differ: the begin and the end of each longest such part, in both."""
    i = j = 0
    for block in Levenshtein.opcodes(one, other):
        if block.tag == "equal":
            if (i, j) != (block.src_start, block.dest_start):
                yield i, block.src_start, j, block.dest_start
            i, j = block.src_end, block.dest_end
    if (i, j) != (len(one), len(other)):
        yield i, len(one), j, len(other)


def _put(drafts: Sequence[Draft], members: Sequence[int], missing: _Missing) -> list[Draft]:
    """The drafts; lines without text get what is missing there, and where there are none, it becomes lines."""
    kept = list(drafts)
    count, before = 0, None
    empty: list[int] = []
    for n in members:
        words = len(kept[n].content.split())
        if words:
            if count >= missing.after:
                break
            count += words
            before, empty = n, []
        elif kept[n].outline is not None or kept[n].baseline is not None:
            empty.append(n)
    if empty:
        for n, text in zip(empty, _shared(missing.rows, [kept[k] for k in empty]), strict=True):
            kept[n] = replace(kept[n], text=text)
        return kept
    at = members[0] if before is None else before + 1
    like = kept[members[0] if before is None else before]
    made = [
        Draft(text=row, region=like.region, within=like.within, turn=like.turn, language=like.language, estimated=True)
        for row in missing.rows
    ]
    return [*kept[:at], *made, *kept[at:]]


def _shared(rows: Sequence[str], lines: Sequence[Draft]) -> list[str]:
    """The text of each line: a row each, or the words of all in proportion to the lines' widths."""
    if len(rows) == len(lines):
        return list(rows)
    outlines = [draft.outline or draft.baseline or () for draft in lines]
    widths = [max(extent(outline, 0), extent(outline, 1)) for outline in outlines]
    tokens = " ".join(rows).split()
    total, letters, line, texts = sum(map(len, tokens)), 0, 0, [""] * len(lines)
    for token in tokens:
        share = (letters + len(token) / 2) / total
        while line + 1 < len(lines) and share * sum(widths) > sum(widths[: line + 1]):
            line += 1
        texts[line] = f"{texts[line]} {token}".strip()
        letters += len(token)
    return texts
