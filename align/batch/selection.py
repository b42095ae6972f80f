"""The choice of a run: its volumes, and the languages in which their pages are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from align.batch.overlays import Overlays
from align.batch.texts import TextJob
from align.batch.volume_reading import VolumeScans
from align.errors import UsageError
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume, unreadable_images
from align.model.language import primary

# The languages that are tried on pages where collection.toml names none for the volume.
LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the user: only one volume or document, which overlays, and whether to read kept pages again."""

    volume: str | None = None
    document: str | None = None
    overlays: Overlays = "svg"
    retry: bool = False


def chosen_volumes(collection: Collection, options: Options, known: Iterable[str] = ()) -> list[Volume]:
    """The volumes that a run works on; UsageError where there is no such volume or document.

    `known`: the volumes that have results. One of them that is gone from the collection may be named: the run works on
    no volume then, and removes the results. Raises InputError where the volume's folder of scans gives none now.
    """
    volumes = list(collection.volumes)
    if options.volume is not None:
        volumes = [volume for volume in volumes if volume.name == options.volume]
        away = [folder for folder in collection.away if folder.volume == options.volume]
        if away and not volumes:
            raise unreadable_images(replace(away[0], why=away[0].why or "it holds no scans"))
        if not volumes and options.volume in known and options.volume not in collection.folders:
            return []
        if not volumes:
            names = ", ".join(volume.name for volume in collection.volumes[:10])
            raise UsageError(f"There is no volume “{options.volume}” in this collection: give one of {names}.")
    if options.document is not None:
        volumes = [volume for volume in volumes if any(text.document == options.document for text in volume.texts)]
        if not volumes:
            raise UsageError(
                f"There is no document “{options.document}”: give the name of a text without its language and ending, "
                "such as 1934-12-18 for 1934-12-18.ru.txt."
            )
    return volumes


def volume_scans(volume: Volume, root: Path, page_marker: re.Pattern[str] | None) -> VolumeScans:
    """The scans and texts of a volume, with the languages to try: those of collection.toml, or else LANGUAGES."""
    languages = volume.languages or _by_texts(volume)
    texts = tuple(TextJob(root, file, page_marker) for file in volume.texts)
    return VolumeScans(volume.name, volume.scans, languages, ocr=volume.ocr, stated=volume.languages, texts=texts)


def _by_texts(volume: Volume) -> tuple[str, ...]:
    """The languages to try, the language of most of the volume's texts first."""
    texts_of_language = Counter(primary(text.language) for text in volume.texts)
    return tuple(sorted(LANGUAGES, key=lambda language: (-texts_of_language[language], LANGUAGES.index(language))))
