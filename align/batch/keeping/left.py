"""Volumes that a run leaves as they were, because a part of their input that the last run had cannot be read now.

What cannot be read is never taken for empty. A folder that may not be opened, a share that is away and a scan that is
half copied say nothing about what an editor wants, so the volume keeps its results.
"""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.batch.keeping.volume_states import Sources, VolumeStates
from align.batch.scans import ScanResult
from align.errors import InputError, TextError
from align.files.collection.names import unified
from align.files.collection.opening import Collection
from align.files.collection.tree import Problem
from align.files.collection.volumes import Volume
from align.files.paths import read_source_bytes, shown
from align.model.plurals import several

# Why a scan that was read before may fail now through no fault of its own: its disk is away, or it is being copied.
_PASSING = frozenset({"missing", "unreadable", "empty", "truncated", "not-an-image"})


@dataclass(frozen=True, slots=True)
class Left:
    """A volume that is left as it was: the cause, a short fixed word, and a sentence that says what to do."""

    volume: str
    cause: str
    message: str


def nothing_done(left: Sequence[Left]) -> InputError:
    """The error of a run that could do nothing, because all of its volumes are left as they were."""
    more = f" (and {several(len(left) - 1, 'more volume')})" if len(left) > 1 else ""
    return InputError(f"{left[0].message.removesuffix('.')}{more}.", cause=left[0].cause)


def left_by_images(collection: Collection, states: VolumeStates) -> Iterator[Left]:
    """The volumes whose folder of scans cannot be read, or holds no scan any more."""
    for away in collection.away:
        if away.why is not None:
            yield _unreadable(away.volume, away.path, away.why)
        elif states.sources(away.volume).scans:
            yield _emptied(states, away.volume, away.path, "scans", cause="no-scans")


def left_by_folders(collection: Collection, volume: Volume, states: VolumeStates) -> Left | None:
    """The volume, where a folder of its texts or existing OCR cannot be read, or holds nothing any more; else None."""
    before = states.sources(volume.name)
    for problem in collection.problems:
        if problem.code == "unreadable" and _concerns(problem, volume.name, before):
            return _unreadable(volume.name, problem.path, problem.values.get("why"))
    texts = {text.path for own in collection.volumes for text in own.texts}
    ocr = {file.path for own in collection.volumes for file in own.ocr}
    for folder in _lost(before.texts, texts):
        return _emptied(states, volume.name, folder, "texts", cause="no-texts")
    for folder in _lost(before.ocr, ocr):
        return _emptied(states, volume.name, folder, "files of OCR", cause="no-ocr")
    return None


def _lost(before: Iterable[str], now: Names[str]) -> list[str]:
    """The folders of the files of the last run that hold none of the files of now, of whatever volume."""
    folders = sorted({path.rpartition("/")[0] for path in before})
    return [folder for folder in folders if not any(path.startswith(f"{folder}/") for path in now)]


def left_by_files(
    root: Path, volume: Volume, scans: Iterable[ScanResult], read: Names[str], states: VolumeStates
) -> Left | None:
    """The volume, where one of its files cannot be read now and could be in the last run; else None.

    `read`: the paths of the texts that could be read.
    """
    before = states.sources(volume.name)
    known = {*before.scans, *before.ocr}
    ocr_of_scan = {file.scan: file.path for file in volume.ocr}
    for scan in scans:
        failure = scan.failure
        if failure is None:
            continue
        were_read = {scan.scan.path, ocr_of_scan.get(scan.scan.path)} & known
        if failure.cause == "changing" or (failure.cause in _PASSING and were_read):
            return _left(volume.name, failure.cause, failure.message)
    for text in volume.texts:
        if text.path in before.texts and text.path not in read:
            try:
                read_source_bytes(root, text.path)
            except TextError as error:
                if error.cause in _PASSING:
                    return _left(volume.name, error.cause, error.message)
    return None


def _concerns(problem: Problem, volume: str, before: Sources) -> bool:
    """Whether what cannot be read is, or may hold, one of the volume's texts, or of its files of OCR, or its scans."""
    if problem.case == "folder" and unified(problem.path) in {
        name for top in ("transcripts", "ocr") for name in (top, unified(f"{top}/{volume}"))
    }:
        return True
    return any(path == problem.path or path.startswith(f"{problem.path}/") for path in before.paths)


def _unreadable(volume: str, path: str, why: str | None) -> Left:
    reason = f" ({why})" if why else ""
    return _left(
        volume,
        "unreadable",
        f"{path} cannot be read{reason}: check its permissions, bring back the disk that it is on, and run again",
    )


def _emptied(states: VolumeStates, volume: str, folder: str, what: str, *, cause: str) -> Left:
    results = shown(str(states.store.out / volume))
    return _left(
        volume,
        cause,
        f"{shown(folder)} holds no {what} any more: bring them back, or the disk that they are on, or delete {results} "
        "if they are to be gone, and run again",
    )


def _left(volume: str, cause: str, message: str) -> Left:
    return Left(volume, cause, f"{message.removesuffix('.')}; volume {shown(volume)} is left as it was.")
