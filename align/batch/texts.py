"""The source texts of a volume: read, split into sentences, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.errors import TextError
from align.files.collection.sources import TextFile
from align.files.paths import read_source_bytes
from align.files.texts.loading import read_source
from align.linking import Draft
from align.model import SourceText, key
from align.model.language import primary
from align.text.language import guess_language
from align.text.source import structure

# Encodings that need no word: what editors call Unicode.
_USUAL = ("utf-8", "ascii")


@dataclass(frozen=True, slots=True)
class ReadText:
    """A source text with the encoding it was found in."""

    text: SourceText
    encoding: str


def read_texts(
    root: Path, files: Sequence[TextFile], page_marker: re.Pattern[str] | None
) -> tuple[list[ReadText], list[Draft]]:
    """The texts that could be read, in the order of their files, and findings about them and about the others."""
    read: list[ReadText] = []
    drafts: list[Draft] = []
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
            drafts.append(Draft("text-unreadable", "error", error.message, (key(file.path),), file.document, file.path))
            continue
        text = structure(raw, page_marker=page_marker)
        read.append(ReadText(text, raw.encoding))
        drafts += _doubts(text, raw.encoding)
    return read, drafts


def _doubts(text: SourceText, encoding: str) -> list[Draft]:
    """What an editor should know of a text that could be read: an old encoding, another language than its name says."""
    drafts = []
    subject = (key(text.path),)
    if file_is_plain(text) and not encoding.lower().startswith(_USUAL):
        message = f"{text.path} is not in Unicode; it was read as {encoding}."
        drafts.append(
            Draft(
                "text-encoding", "note", message, subject, text.document, text.path,
                suggestion="Look whether its letters are right; save it as UTF-8 to be sure.",
            )
        )  # fmt: skip
    if not text.sentences:
        drafts.append(
            Draft("text-empty", "warning", f"{text.path} holds no sentence.", subject, text.document, text.path)
        )
    guess = guess_language(text.content)
    named = primary(text.language)
    if guess is not None and guess != named:
        message = f"{text.path} is named as language “{named}”, but reads like “{guess}”."
        drafts.append(
            Draft(
                "text-language", "warning", message, subject, text.document, text.path,
                suggestion=f"Rename it to end in .{guess}{text.path[text.path.rfind('.'):]} if that is its language.",
            )
        )  # fmt: skip
    return drafts


def file_is_plain(text: SourceText) -> bool:
    """Whether the text is a .txt file, whose encoding had to be found."""
    return text.path.lower().endswith(".txt")
