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
from align.files.collection.names import meant
from align.files.collection.opening import Collection
from align.files.collection.settings import nearest
from align.files.collection.volumes import Volume, unreadable_images
from align.files.paths import shown
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


def as_named(collection: Collection, options: Options, known: Iterable[str] = ()) -> Options:
    """The options with volume and document as the collection spells them; UsageError where there is none of the name.

    A name may be typed in another Unicode form than on the disk ("й" as one sign or as two), or in another case.
    `known` are the volumes that have results; one that is gone from the collection, or gives no scans now, counts too.
    """
    volumes = {volume.name: volume for volume in collection.volumes}
    volume = document = None
    if options.volume is not None:
        gone = [name for name in known if name not in collection.folders]
        volume = meant(options.volume, [*volumes, *(folder.volume for folder in collection.away), *gone])
        if volume is None:
            raise UsageError(
                f"There is no volume “{shown(options.volume)}” in this collection{nearest(options.volume, volumes)}: "
                f"give one of {_some(volumes)}."
            )
        if volume not in volumes:
            return replace(options, volume=volume)
        volumes = {volume: volumes[volume]}
    if options.document is not None:
        documents = list(dict.fromkeys(text.document for chosen in volumes.values() for text in chosen.texts))
        document = meant(options.document, documents)
        if document is None:
            where = f"volume “{shown(volume)}”" if volume else "this collection"
            raise UsageError(
                f"There is no document “{shown(options.document)}” in {where}{nearest(options.document, documents)}: "
                "give the name of a text without its language and ending, such as 1934-12-18 for 1934-12-18.ru.txt."
            )
    return replace(options, volume=volume, document=document)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(map(shown, listed[:10])) + (" ..." if len(listed) > 10 else "")


def chosen_volumes(collection: Collection, options: Options, known: Iterable[str] = ()) -> list[Volume]:
    """The volumes that a run works on; UsageError where there is no such volume or document.

    `known`: the volumes that have results. One of them that is gone from the collection may be named: the run works on
    no volume then, and removes the results. Raises InputError where the volume's folder of scans gives none now.
    """
    named = as_named(collection, options, known)
    volumes = [volume for volume in collection.volumes if named.volume in (None, volume.name)]
    away = [folder for folder in collection.away if folder.volume == named.volume]
    if away and not volumes:
        raise unreadable_images(replace(away[0], why=away[0].why or "it holds no scans"))
    if named.document is not None:
        volumes = [volume for volume in volumes if any(text.document == named.document for text in volume.texts)]
    return volumes


def volume_scans(volume: Volume, root: Path, page_marker: re.Pattern[str] | None) -> VolumeScans:
    """The scans and texts of a volume, with the languages to try: those of collection.toml, or else LANGUAGES."""
    languages = volume.languages or _by_texts(volume)
    texts = tuple(TextJob(root, file, page_marker) for file in volume.texts)
    return VolumeScans(
        volume.name,
        volume.scans,
        languages,
        ocr=volume.ocr,
        stated=volume.languages,
        texts=texts,
        text_layers=volume.text_layer,
    )


def _by_texts(volume: Volume) -> tuple[str, ...]:
    """The languages to try, the language of most of the volume's texts first."""
    texts_of_language = Counter(primary(text.language) for text in volume.texts)
    return tuple(sorted(LANGUAGES, key=lambda language: (-texts_of_language[language], LANGUAGES.index(language))))
