"""Edits written into a part of a Word document as tracked changes: words struck out and put in, by whom and when.

A run of letters of one form (w:r) is divided where words change; what is left of it keeps its properties, and so do the
words struck out and put in. Everything else of the part stays as it is written.

Example: "нашей Багрицов" in one run becomes

    <w:r><w:t xml:space="preserve">нашей </w:t></w:r>
    <w:del w:id="1" w:author="Anna" w:date="2026-11-28T09:20:00Z"><w:r><w:delText>Багрицов</w:delText></w:r></w:del>
    <w:ins w:id="2" w:author="Anna" w:date="2026-11-28T09:20:00Z"><w:r><w:t>Багрецов</w:t></w:r></w:ins>
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from lxml import etree

from align.files.texts.corrected.edits import Edit, spliced
from align.files.texts.corrected.places import NotPut, SourceEdit
from align.files.texts.corrected.plain_splices import escaped
from align.files.texts.markup import name_of
from align.files.texts.source_map import SourcePart
from align.model import Span

_SPACES = ' xml:space="preserve"'
_ID = re.compile(r""":id\s*=\s*["'](\d{1,10})["']""")
_TAG = re.compile(r"<([^\s/>]+)")
# Stands where a run was divided, so that halves without words are found and left out; no XML holds this character.
_SEAM = "\0"
# What holds words that another editor put in: new words stand beside it, not in it.
_TRACKED = ("ins", "moveTo")


class Change(NamedTuple):
    """An edit of the source, and who made it when (ISO 8601, UTC)."""

    edit: SourceEdit
    by: str
    time: str


def written_as_changes(part: SourcePart, changes: Iterable[Change]) -> bytes:
    """The bytes of the part with these changes, in order; NotPut where words stand in no run of text."""
    in_text: dict[etree._Element, list[Change]] = defaultdict(list)
    for change in changes:
        in_text[_text_of(change.edit)].append(change)
    used = {int(found) for found in _ID.findall(part.text)}
    ids = (number for number in count(1) if number not in used)
    edits_in: dict[Span, list[Edit]] = defaultdict(list)
    frames: dict[Span, _Frame] = {}
    for text, own in sorted(in_text.items(), key=lambda item: _range(part, item[0])):
        frame = _Frame.of(part, text)
        frames[frame.outer] = frame
        edits_in[frame.outer] += frame.edits(_words_of(part, text, own), ids)
    return part.written(spliced(part.text, [frames[outer].edit(edits) for outer, edits in edits_in.items()]))


def _range(part: SourcePart, element: etree._Element) -> Span:
    source = part.elements[element]
    return source.start_tag[0], source.end_tag[1]


def _text_of(edit: SourceEdit) -> etree._Element:
    """The element that holds the words, which stands in a run."""
    assert edit.placed.node is not None
    text = edit.placed.node.element
    run = text.getparent()
    if run is None or name_of(run) != "r" or "wordprocessingml" not in (etree.QName(run).namespace or ""):
        raise NotPut("it stands in a formula or a field, where no changes can be tracked")
    if edit.placed.piece.quoted:
        raise NotPut("it stands in a CDATA section, which no word processor writes")
    return text


class _Words(NamedTuple):
    """Words of the source that change as a whole, escaped as they are written."""

    start: int
    end: int
    new: str
    by: str
    time: str


def _words_of(part: SourcePart, text: etree._Element, changes: Sequence[Change]) -> list[_Words]:
    """The words of a text that change: an editor reads whole words, and not letters."""
    source = part.elements[text]
    first, last = source.start_tag[1], source.end_tag[0]
    words: list[tuple[int, int, list[Change]]] = []
    for change in changes:
        start, end, new = change.edit.start, change.edit.end, change.edit.edit.new
        if start < end or not new[:1].isspace():
            start = _word_start(part.text, start, first)
        if change.edit.start < end or not new[-1:].isspace():
            end = _word_end(part.text, end, last)
        if words and start < words[-1][1]:
            words[-1] = words[-1][0], max(end, words[-1][1]), [*words[-1][2], change]
        else:
            words.append((start, end, [change]))
    return [
        _Words(start, end, _spliced_within(part, start, end, own), own[0].by, own[0].time) for start, end, own in words
    ]


def _spliced_within(part: SourcePart, start: int, end: int, changes: Iterable[Change]) -> str:
    edits = [Edit(c.edit.start - start, c.edit.end - start, escaped(c.edit.edit.new, part)) for c in changes]
    return spliced(part.text[start:end], edits)


def _word_start(source: str, at: int, first: int) -> int:
    while at > first and not source[at - 1].isspace() and source[at - 1] != ">":
        at -= 1
    return at


def _word_end(source: str, at: int, last: int) -> int:
    while at < last and not source[at].isspace() and source[at] != "<":
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the words of a text, as it is written: its run, and what tracks that run.

    `outer` is the range of the source that changes: the run, or the insertion of another editor that holds it.
    """

    part: SourcePart
    outer: Span
    text: Span
    text_tag: str
    run_tag: str
    properties: str
    tracked_tag: str
    namespace: str
    prefix: str | None

    @classmethod
    def of(cls, part: SourcePart, text: etree._Element) -> _Frame:
        """What stands around this text."""
        run = text.getparent()
        assert run is not None
        above = run.getparent()
        tracked = above if above is not None and name_of(above) in _TRACKED else None
        properties = next((child for child in run if name_of(child) == "rPr"), None)
        namespace = etree.QName(run).namespace or ""
        return cls(
            part=part,
            outer=_range(part, run if tracked is None else tracked),
            text=(part.elements[text].start_tag[1], part.elements[text].end_tag[0]),
            text_tag=_tag(part, text),
            run_tag=_tag(part, run),
            properties="" if properties is None else part.text[slice(*_range(part, properties))],
            tracked_tag="" if tracked is None else _tag(part, tracked),
            namespace=namespace,
            prefix=next((prefix for prefix, of in run.nsmap.items() if of == namespace and prefix), None),
        )

    def edits(self, words: Iterable[_Words], ids: Iterator[int]) -> Iterator[Edit]:
        """The edits of the source that track these words."""
        for number, own in enumerate(words):
            if number == 0 and "xml:space" not in self.text_tag and self.part.text[own.start - 1].isspace():
                at = self.text[0] - 1
                yield Edit(at, at, _SPACES)
            old = self.part.text[own.start : own.end]
            taken = self._tracked("del", "delText", old, own, ids) if old else ""
            put = self._tracked("ins", "t", own.new, own, ids) if own.new else ""
            if put and self.tracked_tag:
                put = f"{_SEAM}{_end_of(self.tracked_tag)}{put}{self.tracked_tag}{_SEAM}"
            yield Edit(own.start, own.end, f"{_SEAM}{self._close}{taken}{put}{self._open}{_SEAM}")

    def edit(self, edits: Iterable[Edit]) -> Edit:
        """One edit of all that these are, without halves of a run that hold no words."""
        start, end = self.outer
        inner = spliced(self.part.text[start:end], [Edit(e.start - start, e.end - start, e.new) for e in edits])
        heads = {self._open, f"{self.run_tag}{self.properties}{self.text_tag}"}
        for head, seam in ((head, seam) for head in heads for seam in (_SEAM, 2 * _SEAM)):
            inner = inner.replace(f"{head}{seam}{self._close}", "")
        if self.tracked_tag:
            for seam in (_SEAM, 2 * _SEAM):
                inner = inner.replace(f"{self.tracked_tag}{seam}{_end_of(self.tracked_tag)}", "")
        return Edit(start, end, inner.replace(_SEAM, ""))

    @property
    def _open(self) -> str:
        return f"{self.run_tag}{self.properties}<{_name(self.text_tag)}{_SPACES}>"

    @property
    def _close(self) -> str:
        return f"{_end_of(self.text_tag)}{_end_of(self.run_tag)}"

    def _tracked(self, kind: str, holder: str, words: str, own: _Words, ids: Iterator[int]) -> str:
        """Words struck out or put in, as an element of the part."""
        name = _name(self.run_tag)
        before = name[: name.rfind(":") + 1]
        prefix = self.prefix or "w"
        declared = "" if self.prefix else f' xmlns:w="{self.namespace}"'
        stated = {"id": str(next(ids)), "author": own.by, "date": f"{own.time[:19]}Z"}
        attributes = "".join(
            f' {prefix}:{key}="{escaped(value, self.part).replace(chr(34), "&quot;")}"' for key, value in stated.items()
        )
        return (
            f"<{before}{kind}{declared}{attributes}>{self.run_tag}{self.properties}<{before}{holder}{_SPACES}>{words}"
            f"</{before}{holder}></{name}></{before}{kind}>"
        )


def _tag(part: SourcePart, element: etree._Element) -> str:
    return part.text[slice(*part.elements[element].start_tag)]


def _name(tag: str) -> str:
    found = _TAG.match(tag)
    assert found is not None
    return found[1]


def _end_of(tag: str) -> str:
    return f"</{_name(tag)}>"
