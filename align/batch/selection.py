"""What a run is about: which volumes, and in which languages their pages are looked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from align.batch.overlays import Overlays
from align.batch.volume_reading import VolumeScans
from align.errors import UsageError
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume
from align.model.language import primary

# Pages are looked for in these languages where collection.toml names none for the volume.
LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for: one volume or document only, which overlays, and whether to read kept pages anew."""

    volume: str | None = None
    document: str | None = None
    overlays: Overlays = "svg"
    retry: bool = False


def chosen_volumes(collection: Collection, options: Options) -> list[Volume]:
    """The volumes that a run is about; UsageError where there is no such volume or document."""
    volumes = list(collection.volumes)
    if options.volume is not None:
        volumes = [volume for volume in volumes if volume.name == options.volume]
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


def volume_scans(volume: Volume) -> VolumeScans:
    """The scans of a volume; pages may be in the languages that collection.toml names, or else in all that we try."""
    languages = volume.languages or _by_texts(volume)
    return VolumeScans(volume.name, volume.scans, languages, ocr=volume.ocr, stated=volume.languages)


def _by_texts(volume: Volume) -> tuple[str, ...]:
    """The languages that pages may be in, those of the volume's texts first."""
    own = Counter(primary(text.language) for text in volume.texts)
    return tuple(sorted(LANGUAGES, key=lambda language: (-own[language], LANGUAGES.index(language))))
