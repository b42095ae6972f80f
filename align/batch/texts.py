"""The source texts of a volume, read and split into sentences, and the findings about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from align.errors import TextError
from align.files.collection.sources import TextFile
from align.files.paths import read_source_bytes
from align.files.texts.decoding import encoding_name
from align.files.texts.loading import read_source
from align.linking.findings.catalogue import Entry
from align.linking.findings.catalogue.text_entries import TEXT_EMPTY, TEXT_ENCODING, TEXT_LANGUAGE, TEXT_UNREADABLE
from align.model import Finding, SourceText, key
from align.model.language import primary
from align.text.language import guess_language
from align.text.source import structure

# The encodings that need no finding: UTF-8, and those that the mark at the beginning of the file names.
_USUAL = ("utf-8", "ascii")
_MARKED = "-sig"


@dataclass(frozen=True, slots=True)
class ReadText:
    """A source text with the encoding of its file."""

    text: SourceText
    encoding: str


def read_texts(
    root: Path, files: Sequence[TextFile], page_marker: re.Pattern[str] | None
) -> tuple[list[ReadText], list[Finding]]:
    """The texts that could be read, in the order of their files, and the findings about all files."""
    read: list[ReadText] = []
    findings: list[Finding] = []
    for file in files:
        try:
            raw = read_source(
                read_source_bytes(root, file.path),
                path=file.path,
                volume=file.volume,
                document=file.document,
                language=file.language,
            )
        except TextError as error:
            findings.append(_about(TEXT_UNREADABLE, file.path, file.document, why=error.message))
            continue
        text = structure(raw, page_marker=page_marker)
        read.append(ReadText(text, raw.encoding))
        findings += _doubts(text, raw.encoding)
    return read, findings


def _doubts(text: SourceText, encoding: str) -> list[Finding]:
    """The findings about a text that was read: an old encoding, no sentence, another language than in its name."""
    doubts = []
    if file_is_plain(text) and not encoding.endswith(_MARKED) and not encoding.startswith(_USUAL):
        wide = encoding.startswith("utf-")
        about = _about(TEXT_ENCODING, text.path, text.document, encoding=encoding_name(encoding))
        doubts.append(replace(about, case="unmarked" if wide else ""))
    if not text.sentences:
        doubts.append(_about(TEXT_EMPTY, text.path, text.document))
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
