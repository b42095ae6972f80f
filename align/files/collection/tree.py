"""The files and folders of a collection: usable ones are listed, and each unusable one is reported as a problem."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from align.errors import InputError
from align.files.collection.names import file_order, natural_key, nearest_name, split_suffix
from align.files.paths import leads_out, name_fault, shown

ProblemCode = Literal[
    "unknown-volume",
    "same-name",
    "no-language",
    "unknown-type",
    "unknown-scan",
    "nested-folder",
    "empty-volume",
    "no-texts",
    "outside",
    "bad-name",
    "reserved-name",
    "unreadable",
    "unused-setting",
]

SETTINGS_FILE = "collection.toml"
# Names to ignore, which systems and people leave there: hidden files, locks of Word, folder views, read-me files.
LITTER = re.compile(r"\.|~\$|readme|(?:thumbs\.db|ehthumbs\.db|desktop\.ini|@eadir|__macosx)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the collection that is left out or in doubt; it becomes an input finding.

    `path` is relative to the collection, in the form for messages. `case` and `values` say what happened: the catalogue
    of findings has the words. It is `grave` where it leaves a volume without any text.
    """

    code: ProblemCode
    path: str
    case: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    grave: bool = False

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about: the path, and of a setting also the key and the name that it states."""
        return (self.path, *(self.values[name] for name in ("setting", "name") if name in self.values))


def unused(case: str, setting: str, name: str, known: Iterable[str] = (), **values: str) -> Problem:
    """The problem that a setting of collection.toml, as a dotted key, states a name that fits nothing.

    Of the known names the nearest is told.
    """
    near = nearest_name(name, known)
    told = {"setting": setting, "name": shown(name), **{key: shown(value) for key, value in values.items()}}
    if near:
        return Problem("unused-setting", SETTINGS_FILE, f"{case}-near", {**told, "near": shown(near)})
    return Problem("unused-setting", SETTINGS_FILE, case, told)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files and folders of one folder that can be used, by name, each in natural order."""

    files: tuple[str, ...]
    folders: tuple[str, ...]


def has_folder(root: Path, relative: str, problems: list[Problem]) -> bool:
    """Whether the collection has this folder; where the system does not say, that is added to the problems."""
    try:
        return stat.S_ISDIR((root / relative).stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        problems.append(unread_folder(relative, error))
        return False


def unread_folder(relative: str, error: OSError) -> Problem:
    """The problem of a folder that the operating system refuses to read."""
    return Problem("unreadable", shown(relative), "folder", {"why": error.strerror or str(error)})


def unread_in(problems: Iterable[Problem], folder: str) -> list[Problem]:
    """Those of the problems that say that this folder, or something in it, cannot be read."""
    return [p for p in problems if p.code == "unreadable" and f"{p.path}/".startswith(f"{folder}/")]


def list_folder(root: Path, relative: str, problems: list[Problem]) -> Folder:
    """The usable files and folders in a folder of the collection; each unusable one is added to the problems.

    The root is resolved. One pass of os.scandir tells files from folders without a look at each on the disk.
    Raises InputError where the folder itself leads out of the collection.
    """
    where = root / relative
    if leads_out(root, where):
        raise InputError(
            f"{shown(relative)}/ is a link out of the collection {shown(str(root))}: put the folder itself there.",
            cause="outside",
        )
    files: list[str] = []
    folders: list[str] = []
    unusable: list[Problem] = []
    try:
        with os.scandir(where) as entries:
            for entry in entries:
                problem = _sort_entry(root, entry, f"{relative}/{entry.name}", files, folders)
                if problem is not None:
                    unusable.append(problem)
    except OSError as error:
        unusable.append(unread_folder(relative, error))
    problems.extend(sorted(unusable, key=lambda p: (natural_key(p.path), p.path)))
    return Folder(tuple(sorted(files, key=file_order)), tuple(sorted(folders, key=natural_key)))


def _sort_entry(
    root: Path, entry: os.DirEntry[str], relative: str, files: list[str], folders: list[str]
) -> Problem | None:
    if LITTER.match(entry.name):
        return None
    name = shown(relative)
    fault = name_fault(entry.name)
    if fault:
        return Problem("bad-name", name, fault)
    if entry.is_symlink():
        if leads_out(root, Path(entry.path)):
            return Problem("outside", name)
        if not Path(entry.path).exists():
            return Problem("unreadable", name, "dangling")
    if entry.is_dir():
        folders.append(entry.name)
    elif entry.is_file():
        files.append(entry.name)
    else:
        return Problem("unreadable", name, "special")
    return None


def deeper(relative: str, folders: Iterable[str]) -> list[Problem]:
    """A problem for each folder that lies deeper than folders are read."""
    return [Problem("nested-folder", shown(f"{relative}/{name}")) for name in folders]


def of_type(
    relative: str, files: Iterable[str], suffixes: tuple[str, ...], problems: list[Problem], *, expected: str
) -> list[str]:
    """The files with one of the suffixes, in the order given; each of the others is added to the problems."""
    kept = []
    for name in files:
        if split_suffix(name)[1].lower() in suffixes:
            kept.append(name)
        else:
            problems.append(Problem("unknown-type", shown(f"{relative}/{name}"), values={"expected": expected}))
    return kept
