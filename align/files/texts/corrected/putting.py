"""A source text with replacements made in its file, in the format of the file; what cannot be put is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from align.errors import TextError
from align.files.paths import file_of
from align.files.texts.corrected.edits import Edit, edits_of, spliced
from align.files.texts.corrected.places import NotPut, Places, SourceEdit
from align.files.texts.corrected.plain_splices import written_as_markup, written_plainly
from align.files.texts.corrected.tracked_changes import Change, written_as_changes
from align.files.texts.corrected.zip_parts import with_parts
from align.files.texts.loading import read_source
from align.files.texts.source_map import SourceMap, source_map


class Replacement(NamedTuple):
    """Words put in the place of others: a half-open range of a text's content, which may be empty, and the new words.

    `by` and `time` (ISO 8601, UTC) say who decided so and when: a Word document shows both.
    """

    start: int
    end: int
    new: str
    by: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """A file with replacements made in it, and the content that is read from it.

    `codec` is the encoding of the file, None for a Word document. `refused` says of each replacement that could not be
    made, by its index, why: the end of a sentence.
    """

    data: bytes
    content: str
    codec: str | None
    refused: Mapping[int, str] = field(default_factory=dict)


def corrected_text(data: bytes, replacements: Sequence[Replacement], *, path: str) -> CorrectedText:
    """The file with these replacements made, which do not overlap; all bytes that they do not need stay as they are.

    The new file was read again: its content is the old one with these replacements, and nothing else.

    Raises:
        TextError: those of `read_source` and `source_map`.
    """
    file = _File(data, path, source_map(data, path=path))
    places = Places(file.source)
    made: dict[int, _Made] = {}
    refused: dict[int, str] = {}
    order = sorted(range(len(replacements)), key=lambda n: (replacements[n].start, replacements[n].end))
    for n in order:
        own = replacements[n]
        old = file.source.content[own.start : own.end]
        edits = edits_of(own.start, old, own.new) if old else [Edit(own.start, own.start, own.new)]
        try:
            made[n] = _Made(own, places.of(edits))
            file.parts_with([made[n]])
        except NotPut as error:
            refused[n] = str(error)
    kept = _kept(file, [], [n for n in order if n not in refused], made)
    for n in order:
        if n not in refused and n not in kept:
            refused[n] = "the markup around it would make other words of it"
    final = [made[n] for n in kept]
    codec = None if "" not in file.source.parts else file.source.parts[""].codec
    return CorrectedText(file.written(final), file.content_with(final), codec, refused)


class _Made(NamedTuple):
    replacement: Replacement
    edits: Sequence[SourceEdit]


def _kept(file: _File, sure: list[int], open_ones: list[int], made: Mapping[int, _Made]) -> list[int]:
    """Those of the replacements after which the file reads as it should, found by halves."""
    if not open_ones or file.reads_well([made[n] for n in sorted({*sure, *open_ones}, key=list(made).index)]):
        return open_ones
    if len(open_ones) == 1:
        return []
    half = len(open_ones) // 2
    first = _kept(file, sure, open_ones[:half], made)
    return first + _kept(file, sure + first, open_ones[half:], made)


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    path: str
    source: SourceMap

    def content_with(self, made: Sequence[_Made]) -> str:
        """The content after these replacements, which are in order."""
        return spliced(self.source.content, [edit.edit for own in made for edit in own.edits])

    def reads_well(self, made: Sequence[_Made]) -> bool:
        """Whether the file with these replacements is read as it should be."""
        try:
            written = self.written(made)
            read = read_source(written, path=self.path, volume="", document="", language="und")
        except TextError:
            return False
        return read.content == self.content_with(made)

    def written(self, made: Sequence[_Made]) -> bytes:
        """The file with these replacements; NotPut where its format cannot hold one."""
        if not made:
            return self.data
        parts = self.parts_with(made)
        return with_parts(self.data, parts, path=self.path) if self._is_word else parts[""]

    def parts_with(self, made: Sequence[_Made]) -> dict[str, bytes]:
        """The parts of the file that these replacements change, as they then are; NotPut as for `written`."""
        in_part: dict[str, list[Change]] = defaultdict(list)
        for own in made:
            for edit in own.edits:
                in_part[edit.placed.part].append(Change(edit, own.replacement.by, own.replacement.time))
        for changes in in_part.values():
            changes.sort(key=lambda change: (change.edit.start, change.edit.end))
        if not self._is_word:
            written = written_as_markup if self.path.lower().endswith(".xml") else written_plainly
            return {"": written(self.source.parts[""], [change.edit for change in in_part[""]])}
        return {name: written_as_changes(self.source.parts[name], changes) for name, changes in in_part.items()}

    @property
    def _is_word(self) -> bool:
        return PurePosixPath(file_of(self.path)).suffix.lower() == ".docx"
