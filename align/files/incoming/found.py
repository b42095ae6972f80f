"""Files of an export and what they become, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import basename

from align.files.collection.names import composed, split_suffix
from align.files.incoming.kinds import Kind
from align.files.incoming.mets import Mets
from align.files.incoming.sources import Refused

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_LONGEST_NAME = 80  # characters; suffixes are added to it


def safe_name(wanted: str, otherwise: str) -> str:
    """A name for a file or a folder that every system takes and that is like the wanted one.

    >>> safe_name("Дневник: 1934/35 ", "volume")
    'Дневник_ 1934_35'
    """
    return _FORBIDDEN.sub("_", composed(wanted)).strip(" .")[:_LONGEST_NAME].strip(" .") or otherwise


@dataclass(frozen=True, slots=True)
class Found:
    """A file of an export: its path there, its size, its kind, and the image that it names as its own."""

    path: str
    size: int
    kind: Kind
    image: str | None = None

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return split_suffix(basename(self.path))[0]


@dataclass(frozen=True, slots=True)
class Described:
    """What a METS file and the details beside it say of the volume whose files are under their folder."""

    mets: Mets | None = None
    title: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the export and the path that it gets in the collection."""

    path: str
    target: str
    kind: Kind


@dataclass(slots=True)
class VolumePlan:
    """A volume of the collection: its files, and what collection.toml says of it where that is needed."""

    name: str
    title: str | None = None
    files: list[Placed] = field(default_factory=list)
    order: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """The volumes that an export becomes, and the files of it that are not taken."""

    volumes: list[VolumePlan] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
