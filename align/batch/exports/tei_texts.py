"""The texts of a document as their files have them now, divided into paragraphs, for formats that keep these."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align.batch.texts import TextJob, text_outcome
from align.errors import TextError
from align.files.paths import file_of, read_source_bytes, shown
from align.files.texts.loading import read_source
from align.model import Link, SourceText
from align.text.blocks import find_blocks
from align.text.paragraphs import Block
from align.text.source import structure
from align.workers.calls import Workers, outcome_of


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A text, and for each of its sentences the number of its paragraph; `data` is its file."""

    text: SourceText
    blocks: tuple[int, ...]
    data: bytes


def laid_out(job: TextJob) -> LaidOut:
    """The text of a file, done in the calling process; TextError where it cannot be read."""
    file = job.file
    data = read_source_bytes(job.root, file.path)
    raw = read_source(data, path=file.path, volume=file.volume, document=file.document, language=file.language)
    text = structure(raw, page_marker=job.page_marker)
    return LaidOut(text, _numbers(text, find_blocks(raw, text.markers)), data)


def read_again(job: TextJob, links: Sequence[Link], workers: Workers) -> LaidOut:
    """The text as it was linked, read by a worker; TextError where it cannot be read or has changed since."""
    outcome = outcome_of(workers.submit(laid_out, job))
    if isinstance(outcome, Exception):
        if isinstance(outcome, TextError):
            raise outcome
        found = text_outcome(job.file, outcome)
        raise TextError(str(found.findings[0].values["why"]), cause="unreadable") from outcome
    linked = [(link.sentence, link.spans, link.content) for link in links]
    if [(own.id, own.spans, own.content) for own in outcome.text.sentences] != linked:
        raise TextError(
            f"{shown(file_of(job.file.path))} has changed since it was linked: run align run, then align export again.",
            cause="changed",
        )
    return outcome


def _numbers(text: SourceText, blocks: Iterable[Block]) -> tuple[int, ...]:
    """For each sentence the number of the paragraph in which it begins."""
    pieces = sorted((start, number) for number, block in enumerate(blocks) for start, _ in block.pieces)
    starts = [start for start, _ in pieces]
    return tuple(pieces[max(0, bisect_right(starts, sentence.spans[0][0]) - 1)][1] for sentence in text.sentences)
