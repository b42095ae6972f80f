"""The source texts of a volume, read and split into sentences, and the findings about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from align.errors import TextError
from align.files.collection.sources import TextFile
from align.files.paths import column_of, read_source_bytes, shown
from align.files.texts.decoding import encoding_name
from align.files.texts.loading import read_source
from align.linking.findings.catalogue import Entry
from align.linking.findings.catalogue.text_entries import (
    LINE_NUMBERS,
    TEXT_COLUMNS,
    TEXT_ELSEWHERE,
    TEXT_EMPTY,
    TEXT_ENCODING,
    TEXT_LANGUAGE,
    TEXT_UNREADABLE,
)
from align.model import Finding, RawText, SourceText, key
from align.model.language import primary
from align.text.language import guess_language
from align.text.source import structure
from align.workers.calls import Workers
from align.workers.lost import CallTimedOut, lacked_memory

# The encodings that need no finding: UTF-8, and those that the mark at the beginning of the file names.
_USUAL = ("utf-8", "ascii")
_MARKED = "-sig"
_UNTOLD = "und"  # the language, as BCP 47 has it, of a text of which it cannot be told
# Numbers of lines that a finding names.
_SHOWN = 3
# How many texts of each worker may wait in memory.
_AHEAD = 16


@dataclass(frozen=True, slots=True)
class TextJob:
    """What a worker needs to read one text and to split it into sentences."""

    root: Path
    file: TextFile
    page_marker: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class ReadText:
    """What comes of the file of a text: the text, None where it could not be read, its encoding, and the findings.

    `beside` is a second text in the file, in another column; its language is "und" where it cannot be told.
    """

    text: SourceText | None
    encoding: str = ""
    findings: tuple[Finding, ...] = ()
    beside: SourceText | None = None


def read_text(job: TextJob) -> ReadText:
    """What comes of one file, done in the calling process. Hostile text may take for ever: call it in a worker."""
    file = job.file
    try:
        data = read_source_bytes(job.root, file.path)
        raw = _raw(data, file)
        beside = _raw(data, _column(file, _UNTOLD)) if raw.beside else None
    except TextError as error:
        return _unread(file, error.message)
    text = structure(raw, page_marker=job.page_marker)
    second = None
    if beside is not None:
        language = guess_language(beside.content) or _UNTOLD
        beside = replace(beside, path=_column(file, language).path, language=language)
        second = structure(beside, page_marker=job.page_marker)
    return ReadText(text, raw.encoding, tuple(_doubts(text, raw)), second)


def _column(file: TextFile, language: str) -> TextFile:
    """The text in the other column of this one's file."""
    path = column_of(file.path, document=file.document, language=language)
    return replace(file, path=path, language=language)


def _raw(data: bytes, file: TextFile) -> RawText:
    return read_source(data, path=file.path, volume=file.volume, document=file.document, language=file.language)


def with_columns(read: Sequence[ReadText]) -> list[ReadText]:
    """What came of files, and of second texts in them: each a text of its own, if no other file has it."""
    every: list[ReadText] = []
    taken = {(one.text.document, one.text.language) for one in read if one.text is not None}
    for one in read:
        every.append(one)
        if one.text is None or one.beside is None:
            continue
        is_new = (one.beside.document, one.beside.language) not in taken and one.beside.language != _UNTOLD
        taken.add((one.beside.document, one.beside.language))
        own, second = one.text.language, one.beside.language
        about = _about(TEXT_COLUMNS, one.text.path, one.text.document, own=own, second=second)
        case = "read" if is_new else "untold" if one.beside.language == _UNTOLD else "twice"
        about = replace(about, case=case, severity="note" if is_new else "warning")
        every.append(ReadText(one.beside if is_new else None, one.encoding, (about,)))
    return every


def text_outcome(file: TextFile, outcome: ReadText | Exception) -> ReadText:
    """What comes of a file whose reading had this outcome: a finding where it took too much or ended its worker.

    Raises the exceptions that are faults of this program or of the settings.
    """
    if not isinstance(outcome, Exception):
        return outcome
    name = shown(file.path)
    if isinstance(outcome, CallTimedOut):
        return _unread(
            file,
            f"{name} took longer than {outcome.seconds:g} seconds, and was left out: look what is unusual in it, or in "
            "page_marker of collection.toml, or allow more with --time-limit.",
        )
    if lacked_memory(outcome):
        return _unread(file, f"{name} needs more memory than it may take: split it, or allow more with --memory-limit.")
    if isinstance(outcome, BrokenExecutor):
        return _unread(
            file, f"{name} ended the process that read it, twice: look what is unusual in it, or save it anew as .txt."
        )
    raise outcome


def read_texts(
    root: Path, files: Sequence[TextFile], page_marker: re.Pattern[str] | None, workers: Workers
) -> list[ReadText]:
    """What comes of each file, in the order of the files, and of second texts in them, read by workers."""
    jobs = (TextJob(root, file, page_marker) for file in files)
    outcomes = workers.results(read_text, jobs, ahead=_AHEAD)
    return with_columns([text_outcome(file, outcome) for file, outcome in zip(files, outcomes, strict=True)])


def _unread(file: TextFile, why: str) -> ReadText:
    return ReadText(None, findings=(_about(TEXT_UNREADABLE, file.path, file.document, why=why),))


def _doubts(text: SourceText, raw: RawText) -> list[Finding]:
    """The findings about a text that was read: how its words are written, and what of the file is no text, or mixed."""
    encoding = raw.encoding
    doubts = []
    if file_is_plain(text) and not encoding.endswith(_MARKED) and not encoding.startswith(_USUAL):
        wide = encoding.startswith("utf-")
        about = _about(TEXT_ENCODING, text.path, text.document, encoding=encoding_name(encoding))
        doubts.append(replace(about, case="unmarked" if wide else ""))
    if not text.sentences:
        doubts.append(_about(TEXT_EMPTY, text.path, text.document))
    if text.line_numbers:
        first = [text.content[start:end] for start, end in text.line_numbers[:_SHOWN]]
        more = ["..."] if len(text.line_numbers) > _SHOWN else []
        doubts.append(_about(LINE_NUMBERS, text.path, text.document, numbers=", ".join([*first, *more])))
    if raw.columns:
        mixed = _about(TEXT_COLUMNS, text.path, text.document, columns=str(raw.columns))
        doubts.append(replace(mixed, case="mixed", severity="warning"))
    if raw.elsewhere:
        doubts.append(_about(TEXT_ELSEWHERE, text.path, text.document, names=", ".join(raw.elsewhere)))
    guess = guess_language(text.content)
    named = primary(text.language)
    if guess is not None and guess != named:
        ending = text.path[text.path.rfind(".") :]
        doubts.append(_about(TEXT_LANGUAGE, text.path, text.document, named=named, guess=guess, ending=ending))
    return doubts


def _about(entry: Entry, path: str, document: str, **values: str) -> Finding:
    return Finding(
        code=entry.code,
        severity=entry.severity,
        values={"path": path, **values},
        subjects=(key(path),),
        document=document,
        text=path,
    )


def file_is_plain(text: SourceText) -> bool:
    """Whether the text is a .txt file, whose encoding the program had to find."""
    return text.path.lower().endswith(".txt")
