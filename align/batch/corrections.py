"""The accepted readings of a collection written as corrected copies of its texts, with a diff and a list."""

from __future__ import annotations

import codecs
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from align.decisions.fates import Fate, fates
from align.decisions.readings import Reading, Refusal, has_reading, moved_since, overlapping, readings_of
from align.decisions.subjects import SubjectAt, subjects_of
from align.errors import TextError
from align.export.spreadsheet import Column, table_csv
from align.export.unified_diff import diff_of
from align.files.paths import file_of, read_source_bytes
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.texts.corrected.putting import Replacement, corrected_text
from align.files.texts.loading import read_source
from align.linking.findings.catalogue import MISSING_WORDS
from align.model import PageName, VolumeResult
from align.model.decision import Event, Subject

LIST, DIFF = "corrections.csv", "corrections.diff"
COLUMNS = tuple(map(Column, ("file", "place", "old", "new", "who", "when", "page", "finding")))
_TEXTS = "transcripts/"


class Correction(NamedTuple):
    """One reading that was put in, where, and the names of the finding's pages."""

    reading: Reading
    place: str
    pages: str


@dataclass(slots=True)
class Corrections:
    """What was written, what was refused, and how many findings are to be mended by hand, without a reading."""

    files: list[str] = field(default_factory=list)
    made: list[Correction] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class _File:
    """A text of which a corrected copy is made: its bytes before and after, and its diff, which patch may carry out."""

    path: str
    data: bytes
    diff: str
    applies: bool


def write_corrections(
    root: Path, results: Results, standing: Mapping[Subject, Event], store: ResultStore, *, folder: str
) -> Corrections:
    """Write the corrected copies, the diff and the list into a folder of the store ("" for its top); what was done.

    Copies of an earlier call that are no longer made are removed. The texts of the collection are only read.
    """
    done = Corrections()
    decided = _decided(results, standing, done)
    files: dict[str, _File | None] = {}
    for volume in (results.volume(name) for name in results.volumes) if decided else ():
        found = _told(readings_of(volume, decided, missing=MISSING_WORDS), done)
        pages = {page.order: PageName.of(page) for page in volume.pages}
        by_text: dict[str, list[Reading]] = defaultdict(list)
        for reading in found:
            by_text[reading.text].append(reading)
        for path, readings in by_text.items():
            files[file_of(path)] = _corrected(root, volume, path, readings, pages, files.get(file_of(path)), done)
    _write(store, f"{folder}/" if folder else "", [file for file in files.values() if file is not None], done)
    return done


def _decided(results: Results, standing: Mapping[Subject, Event], done: Corrections) -> dict[str, Event]:
    """The decisions with a reading, by the key of the finding, that were made on what the results say."""
    mends = {subject: event for subject, event in standing.items() if has_reading(event)}
    done.by_hand = sum(
        event.subject.kind == "finding" and event.decision == "mend" and not has_reading(event)
        for event in standing.values()
    )
    decided = {}
    for fate in fates(mends, _findings(results)) if mends else ():
        if fate.kind == "stands":
            decided[fate.event.subject.key] = fate.event
        else:
            done.refused.append(Refusal(fate.event, None, _fate_words(fate)))
    return decided


def _fate_words(fate: Fate) -> str:
    if fate.kind == "changed" and fate.now is not None:
        return f"it was decided on an earlier text, and now “{_line(fate.now.words)}” stands there; decide it again"
    return "the last run did not find it any more; the text may be mended already"


def _line(words: str) -> str:
    return " / ".join(" ".join(line.split()) for line in words.split("\n"))[:200]


def _findings(results: Results) -> Iterator[SubjectAt]:
    volumes = (results.volume(name) for name in results.volumes)
    for volume in (*volumes, VolumeResult("", findings=results.loose)):
        yield from (at for at in subjects_of(volume) if at.subject.kind == "finding")


def _told(found: Iterable[Reading | Refusal], done: Corrections) -> list[Reading]:
    """The readings that replace no words of each other; all others are refused."""
    readings = []
    for one in found:
        if isinstance(one, Refusal):
            done.refused.append(one)
        else:
            readings.append(one)
    rivals = overlapping(readings)
    for n, rival in sorted(rivals.items()):
        other = readings[rival]
        words = f"“{other.new.strip()}” of {other.event.by} (finding {other.finding.id}) is for the same words"
        done.refused.append(Refusal(readings[n].event, readings[n].finding, f"{words}; undo one of the two"))
    return [reading for n, reading in enumerate(readings) if n not in rivals]


def _corrected(
    root: Path,
    volume: VolumeResult,
    path: str,
    readings: Sequence[Reading],
    pages: Mapping[int, PageName],
    other: _File | None,
    done: Corrections,
) -> _File | None:
    """The copy of a text's file; `other` is that with the corrections of another text in the same file."""

    def refuse(reading: Reading, why: str) -> None:
        done.refused.append(Refusal(reading.event, reading.finding, why))

    try:
        data = other.data if other else read_source_bytes(root, path)
        content = read_source(data, path=path, volume="", document="", language="und").content
        fresh = []
        for reading in readings:
            if why := moved_since(reading, volume.contents[path], content):
                refuse(reading, why)
            else:
                fresh.append(reading)
        ordered = [Replacement(*reading.span, reading.new, reading.event.by, reading.event.time) for reading in fresh]
        corrected = corrected_text(data, ordered, path=path)
    except TextError as error:
        for reading in readings:
            refuse(reading, f"the text cannot be corrected ({error.message})")
        return other
    for n, reading in enumerate(fresh):
        if n in corrected.refused:
            refuse(reading, corrected.refused[n])
        else:
            named = ", ".join(pages[order].short for order in reading.finding.pages if order in pages)
            done.made.append(Correction(reading, _place(content, reading.span[0]), named))
    if len(corrected.refused) == len(fresh):
        return other
    codec = corrected.codec
    before = content if codec is None else data.decode(codec)
    after = corrected.content if codec is None else corrected.data.decode(codec)
    applies = codec is not None and codecs.lookup(codec).name == "utf-8"
    diff = (other.diff if other else "") + "".join(diff_of(path, before, after))
    return _File(file_of(path), corrected.data, diff, applies)


def _place(content: str, at: int) -> str:
    line = content.count("\n", 0, at)
    return f"line {line + 1}, character {at - content.rfind(chr(10), 0, at)}"


def _write(store: ResultStore, folder: str, files: Sequence[_File], done: Corrections) -> None:
    kept = {f"{folder}{file.path}" for file in files}
    for path in _earlier(store, folder):
        if path not in kept and store.holds(path):
            store.remove(path)
    for file in files:
        store.write_bytes(f"{folder}{file.path}", file.data)
    files = sorted(files, key=lambda file: file.path)
    done.files = [file.path for file in files]
    done.made.sort(key=lambda own: (own.reading.text, own.reading.span))
    to_read = [file for file in files if not file.applies]
    note = "# Only to be read: these files are no UTF-8 text; take the corrected copies instead.\n"
    diff = "".join(file.diff for file in files if file.applies)
    diff += (note if to_read else "") + "".join(file.diff for file in to_read)
    store.write_text(f"{folder}{DIFF}", diff)
    store.write_bytes(f"{folder}{LIST}", table_csv(COLUMNS, map(_row, done.made)))


def _row(own: Correction) -> tuple[str, ...]:
    reading = own.reading
    return (
        reading.text,
        own.place,
        reading.old.strip(),
        reading.new.strip(),
        reading.event.by,
        reading.event.time,
        own.pages,
        reading.finding.id,
    )


def _earlier(store: ResultStore, folder: str) -> list[str]:
    """The paths of the copies that the last list names: no other file of the folder is ours to remove."""
    data = store.read_bytes(f"{folder}{LIST}") or b""
    try:
        rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return []
    if not rows or tuple(rows[0]) != tuple(column.name for column in COLUMNS):
        return []
    named = {row[0] for row in rows[1:] if row}
    files = {file_of(path) for path in named}
    return sorted(f"{folder}{path}" for path in files if path.startswith(_TEXTS) and ".." not in path.split("/"))
