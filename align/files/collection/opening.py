"""A collection and its contents, found by the places and names of files alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from align.errors import InputError
from align.files.collection.names import natural_key, unified
from align.files.collection.settings import (
    MAX_BYTES,
    DocumentSettings,
    Settings,
    VolumeSettings,
    parse_settings,
)
from align.files.collection.sources import find_texts
from align.files.collection.tree import SETTINGS_FILE, Problem, has_folder
from align.files.collection.unused_settings import unused_settings
from align.files.collection.volumes import (
    Away,
    Volume,
    find_ocr,
    find_volumes,
    in_stated_order,
    unreadable_images,
)
from align.files.paths import inside, shown
from align.model.plurals import several


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder with images/ and transcripts/, as it was found; the root is resolved.

    `documents` holds what collection.toml states about documents, by unified name: `document()` looks it up. `away` are
    the folders in images/ that give no scans now, and `folders` the names of all volumes there, usable or not, in
    order.
    """

    root: Path
    title: str | None
    page_marker: re.Pattern[str] | None
    volumes: tuple[Volume, ...]
    problems: tuple[Problem, ...] = ()
    documents: Mapping[str, DocumentSettings] = field(default_factory=dict)
    away: tuple[Away, ...] = ()
    folders: tuple[str, ...] = ()
    publisher: str | None = None
    licence: str | None = None

    def __repr__(self) -> str:
        scans = sum(len(volume.scans) for volume in self.volumes)
        texts = sum(len(volume.texts) for volume in self.volumes)
        holds = (several(len(self.volumes), "volume"), several(scans, "scan file"), several(texts, "text"))
        return f"<Collection {self.root.name}: {', '.join(holds)}>"

    def document(self, volume: str, name: str) -> DocumentSettings:
        """What collection.toml says about a document of a volume; empty where it says nothing."""
        settings = self.documents.get(unified(name), DocumentSettings())
        return (
            settings if settings.volume is None or unified(settings.volume) == unified(volume) else DocumentSettings()
        )


def open_collection(root: str | os.PathLike[str]) -> Collection:
    """The collection in a folder, in natural order, with a problem for everything that is left out.

    Only names are read, and collection.toml. Raises InputError where nothing can be done: no such folder, no scans, or
    a collection.toml that is not right.

    >>> open_collection("mydiary")
    <Collection mydiary: 1 volume, 3 scan files, 5 texts>
    """
    real = Path(os.path.realpath(root))
    problems: list[Problem] = []
    if not has_folder(real, ".", problems):
        if problems:
            raise unreadable_images(Away("", shown(str(root)), problems[0].values["why"]))
        what = "is not a folder" if real.exists() else "does not exist"
        raise InputError(
            f"The collection {shown(str(root))} {what}: give a folder that holds images/ and transcripts/.",
            cause="no-collection",
        )
    settings = _settings(real)
    found = find_volumes(real, problems)
    volumes = found.volumes
    if not volumes:
        raise _no_scans(real, found.away)
    # A folder of scans that gives none now keeps its settings and its texts: they are not at fault.
    present = [*volumes, *(Volume(away.volume, ()) for away in found.away)]
    given = {unified(name): value for name, value in settings.volumes.items()}
    stated = {volume.name: given.get(unified(volume.name), VolumeSettings()) for volume in volumes}
    documents = _documents(settings, present)
    texts = find_texts(real, [volume.name for volume in present], documents, problems)
    ocr = find_ocr(real, present, problems)
    problems.extend(unused_settings(settings, [volume.name for volume in present], texts))
    whole = tuple(
        replace(
            volume,
            scans=in_stated_order(volume, stated[volume.name], problems),
            texts=tuple(
                sorted(texts.get(volume.name, ()), key=lambda t: (natural_key(t.document), t.language, t.path))
            ),
            ocr=tuple(ocr.get(volume.name, ())),
            title=stated[volume.name].title,
            languages=stated[volume.name].languages,
            labels=stated[volume.name].labels,
            text_layer=stated[volume.name].text_layer,
        )
        for volume in volumes
    )
    return Collection(
        root=real,
        title=settings.title,
        publisher=settings.publisher,
        licence=settings.licence,
        page_marker=settings.page_marker,
        volumes=whole,
        problems=tuple(problems),
        documents=documents,
        away=tuple(found.away),
        folders=tuple(found.names),
    )


def _no_scans(root: Path, away: Iterable[Away]) -> InputError:
    """The error of a collection whose folders of scans cannot be read, or else hold none."""
    for folder in away:
        if folder.why is not None:
            return unreadable_images(folder)
    return InputError(
        f"There are no scans in {shown(str(root / 'images'))}: put JPEG, PNG, TIFF, WebP, JPEG 2000 or PDF files "
        "into images/<volume>/, or bring back the disk that they are on, then run again.",
        cause="no-scans",
    )


def _settings(root: Path) -> Settings:
    if not os.path.lexists(root / SETTINGS_FILE):
        return Settings()
    path = inside(root, SETTINGS_FILE)
    try:
        if not path.is_file():
            raise InputError(f"{SETTINGS_FILE} is not a file: put a file there, or remove it.", cause="settings")
        with path.open("rb") as stream:
            return parse_settings(stream.read(MAX_BYTES + 1))
    except OSError as error:
        raise InputError(
            f"{SETTINGS_FILE} cannot be read ({error.strerror}): check its permissions.", cause="settings"
        ) from error


def _documents(settings: Settings, volumes: Iterable[Volume]) -> dict[str, DocumentSettings]:
    """The settings of documents by unified name; a volume that is not there counts as not stated."""
    known = {unified(volume.name) for volume in volumes}
    return {
        unified(name): document if unified(document.volume or "") in known else replace(document, volume=None)
        for name, document in settings.documents.items()
    }
