"""The volumes of a collection: the scans of each in order, and the existing OCR of scans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from align.errors import InputError
from align.files.collection.names import composed, split_suffix, unified
from align.files.collection.settings import Labels, VolumeSettings, quoted
from align.files.collection.sources import MAIN, TextFile
from align.files.collection.tree import Problem, deeper, has_folder, list_folder, of_type, unread_in, unused
from align.files.paths import shown
from align.model import ncname
from align.model.plurals import several

SCAN_SUFFIXES = (
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp",
    ".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".jpc", ".pdf",
)  # fmt: skip
# The content of a file says what it is; the suffix only that it is OCR.
# Scan files that may have many pages.
_PAGED = (".pdf", ".tif", ".tiff")
OCR_SUFFIXES = (".xml", ".hocr", ".html", ".json")
# Names that are taken next to the volumes' folders, each with the command that writes there: a volume of such a name
# would meet what that command writes. Those of `align export` are its formats, and the programs that it makes zips for.
_EXPORTS = (
    "alto", "annotations", "csv", "escriptorium", "hocr", "iiif", "page", "parquet", "pdf", "tei", "tmx", "transkribus",
    "xliff", "xlsx",
)  # fmt: skip
_RESERVED: Mapping[str, str] = {
    **dict.fromkeys(("run.json", "findings.jsonl", "findings.ru.jsonl"), "run"),
    **dict.fromkeys(_EXPORTS, "export"),
    "report": "report",
    "viewer": "view",
    "corrections": "corrections",
}


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file with one or more scans; the path is relative to the collection, with forward slashes."""

    path: str

    @property
    def stem(self) -> str:
        """The file's name without its suffix, NFC."""
        return composed(split_suffix(self.path.rpartition("/")[2])[0])


@dataclass(frozen=True, slots=True)
class OcrFile:
    """Existing OCR of the scan file with the path `scan`: of another file, or the text in the scan file itself.

    `parts` are the further files of an answer that a service gave in several, in order.
    """

    path: str
    scan: str
    parts: tuple[str, ...] = ()

    @property
    def is_layer(self) -> bool:
        """Whether it is the text in the scan file itself."""
        return self.path == self.scan


@dataclass(frozen=True, slots=True)
class Volume:
    """One ordered sequence of scans, with the texts of its documents (sorted by document, then language)."""

    name: str
    scans: tuple[ScanFile, ...]
    texts: tuple[TextFile, ...] = ()
    ocr: tuple[OcrFile, ...] = ()
    title: str | None = None
    languages: tuple[str, ...] = ()
    labels: Labels = field(default_factory=Labels)
    text_layer: bool = True

    def __repr__(self) -> str:
        return f"<Volume {self.name}: {several(len(self.scans), 'scan file')}, {several(len(self.texts), 'text')}>"


@dataclass(frozen=True, slots=True)
class Away:
    """A folder of scans that gives none now: `why` says what keeps it from being read, None says that it is empty."""

    volume: str
    path: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The volumes with scans, the folders that give none now, and the names of all, also of those that are left out."""

    volumes: list[Volume]
    away: list[Away]
    names: list[str]


def find_volumes(root: Path, problems: list[Problem]) -> Found:
    """The volumes with their scans in natural order, `main` first; none where images/ holds no scans.

    Each folder that is left out is added to the problems. Raises InputError where images/ is missing, cannot be read or
    leads out.
    """
    before = len(problems)
    if not has_folder(root, "images", problems) and not unread_in(problems, "images"):
        raise InputError(
            f"The collection {shown(str(root))} has no folder images/: put the scans into images/<volume>/, or bring "
            "back the disk that they are on.",
            cause="no-scans",
        )
    top = list_folder(root, "images", problems)
    for unread in unread_in(problems[before:], "images"):
        if unread.path == "images":
            raise unreadable_images(Away("", shown(f"{root}/images"), unread.values["why"]))
    refused = {composed(p.path.removeprefix("images/")): p for p in problems[before:]}
    away = [Away(name, p.path, "it is a link to nothing") for name, p in refused.items() if p.case == "dangling"]
    volumes_by_name: dict[str, Volume] = {}
    taken: dict[str, str] = {}
    direct = _scans("images", top.files, problems)
    if direct:
        volumes_by_name[MAIN] = Volume(MAIN, direct)
        taken = {unified(MAIN): "images", ncname(MAIN): "images"}
    for name in top.folders:
        folder = f"images/{name}"
        known = len(problems)
        inner = list_folder(root, folder, problems)
        closed = [own for own in unread_in(problems[known:], shown(folder)) if own.path == shown(folder)]
        if closed:
            away.append(Away(composed(name), shown(folder), closed[0].values["why"]))
            continue
        problems.extend(deeper(folder, inner.folders))
        volume = Volume(composed(name), _scans(folder, inner.files, problems))
        claims = {unified(name), ncname(volume.name)}
        rival = next((taken[c] for c in sorted(claims) if c in taken), None)
        problem = _fault(volume, folder, rival)
        if problem is not None:
            problems.append(problem)
            if not volume.scans:
                away.append(Away(volume.name, shown(folder), None))
            continue
        volumes_by_name[volume.name] = volume
        taken.update(dict.fromkeys(claims, folder))
    names = [MAIN] * bool(direct) + [composed(name) for name in top.folders]
    return Found(list(volumes_by_name.values()), away, [*names, *(name for name in refused if name not in names)])


def is_reserved(name: str) -> bool:
    """Whether a volume of this name would meet results that are next to the volumes' folders."""
    return unified(name) in _RESERVED


def unreadable_images(away: Away) -> InputError:
    """The error for a folder of scans that cannot be read."""
    return InputError(
        f"{away.path} cannot be read ({away.why}): check its permissions, or bring back the disk that it is on, and "
        "run again.",
        cause="unreadable",
    )


def _fault(volume: Volume, folder: str, rival: str | None) -> Problem | None:
    path = shown(folder)
    if not volume.scans:
        return Problem("empty-volume", path)
    if is_reserved(volume.name):
        return Problem("reserved-name", path, values={"command": _RESERVED[unified(volume.name)]})
    if rival is not None:
        return Problem("same-name", path, "volume", {"rival": shown(rival)})
    return None


def _scans(folder: str, files: Iterable[str], problems: list[Problem]) -> tuple[ScanFile, ...]:
    kept = of_type(folder, files, SCAN_SUFFIXES, problems, expected="JPEG, PNG, TIFF, WebP, JPEG 2000, PDF")
    return tuple(ScanFile(f"{folder}/{name}") for name in kept)


def find_ocr(root: Path, volumes: Sequence[Volume], problems: list[Problem]) -> dict[str, list[OcrFile]]:
    """The existing OCR of each volume, by the stem of its scan; a file without a scan is added to the problems."""
    if not has_folder(root, "ocr", problems):
        return {}
    top = list_folder(root, "ocr", problems)
    by_name = {unified(volume.name): volume for volume in volumes}
    ocr_of_volume: dict[str, list[OcrFile]] = {}
    for name, folder in [(MAIN, "ocr")] * bool(top.files) + [(name, f"ocr/{name}") for name in top.folders]:
        inner = top if folder == "ocr" else list_folder(root, folder, problems)
        if folder != "ocr":
            problems.extend(deeper(folder, inner.folders))
        volume = by_name.get(unified(name))
        scans = {unified(scan.stem): scan.path for scan in volume.scans} if volume else {}
        parted: dict[str, list[str]] = {}
        for file in of_type(folder, inner.files, OCR_SUFFIXES, problems, expected=", ".join(OCR_SUFFIXES)):
            stem = unified(split_suffix(file)[0])
            scan = scans.pop(stem, None)
            if volume is not None and not volume.scans:
                continue
            whole = None if scan is not None else _in_parts(unified(file), scans)
            if volume is None or (scan is None and whole is None):
                problems.append(Problem("unknown-scan", shown(f"{folder}/{file}")))
            elif scan is not None:
                ocr_of_volume.setdefault(volume.name, []).append(OcrFile(f"{folder}/{file}", scan))
            elif whole is not None:
                parted.setdefault(whole, []).append(f"{folder}/{file}")
        for scan, parts in parted.items():
            assert volume is not None
            ocr_of_volume.setdefault(volume.name, []).append(OcrFile(parts[0], scan, tuple(parts[1:])))
    return ocr_of_volume


# What services add to the name of a file whose answer they give in parts, such as "-output-1-to-20" or "-0".
_PART = re.compile(r"(?:[._-](?:output-)?|output-)[0-9]{1,6}(?:-to-[0-9]{1,6})?\.json\Z")


def _in_parts(file: str, scans: Mapping[str, str]) -> str | None:
    """The scan file with several pages of whose OCR this file is a part, by its name; None where it is of none."""
    found = _PART.search(file)
    path = scans.get(file[: found.start()]) if found else None
    return path if path and split_suffix(path)[1].lower() in _PAGED else None


def in_stated_order(volume: Volume, settings: VolumeSettings, problems: list[Problem]) -> tuple[ScanFile, ...]:
    """The volume's scans in the order that collection.toml states; those it does not name follow in natural order.

    A scan is named by its stem or its file name. A name that no scan has, or that stands there twice, is added to the
    problems.
    """
    if not settings.order:
        return volume.scans
    named: dict[str, list[ScanFile]] = {}
    for scan in volume.scans:
        for name in {unified(scan.stem), unified(scan.path.rpartition("/")[2])}:
            named.setdefault(name, []).append(scan)
    ordered: dict[ScanFile, None] = {}
    for name in settings.order:
        scans = named.get(unified(name))
        where = f"volume.{quoted(volume.name)}.order"
        if not scans:
            problems.append(unused("scan", where, name, [scan.stem for scan in volume.scans], volume=volume.name))
            continue
        if ordered.keys() >= set(scans):
            problems.append(unused("scan-twice", where, name))
        ordered.update(dict.fromkeys(scans))
    ordered.update(dict.fromkeys(volume.scans))
    return tuple(ordered)
