"""The source texts of a collection, each with its volume, document and language, from its place and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from align.files.collection.names import composed, text_name, unified
from align.files.collection.settings import DocumentSettings
from align.files.collection.tree import Problem, deeper, has_folder, list_folder, of_type, unread_in
from align.files.paths import shown
from align.model import ncname

TEXT_SUFFIXES = (".txt", ".xml", ".docx")
# The volume of the files that lie directly in images/, not in a folder of their own.
MAIN = "main"


@dataclass(frozen=True, slots=True)
class TextFile:
    """One source text; the path is as on disk, the document's name NFC, the suffix in lower case with its dot."""

    path: str
    volume: str
    document: str
    language: str
    suffix: str


def find_texts(
    root: Path, volumes: Iterable[str], documents: Mapping[str, DocumentSettings], problems: list[Problem]
) -> dict[str, list[TextFile]]:
    """The source texts of each volume, by document, then language, as found under the (resolved) root.

    `volumes` are the volumes' names, `documents` the settings by unified name. A text that is left out is added to the
    problems.
    """
    if not has_folder(root, "transcripts", problems):
        if not unread_in(problems, "transcripts"):
            problems.append(Problem("no-texts", "transcripts", "no-folder"))
        return {}
    census = _Census({unified(name): name for name in volumes}, documents, problems)
    top = list_folder(root, "transcripts", problems)
    for name in _texts("transcripts", top.files, problems):
        census.add("transcripts", name, folder_volume=None)
    for folder in top.folders:
        path = f"transcripts/{folder}"
        inner = list_folder(root, path, problems)
        problems.extend(deeper(path, inner.folders))
        for name in _texts(path, inner.files, problems):
            census.add(path, name, folder_volume=folder)
    if not any(census.texts.values()) and not unread_in(problems, "transcripts"):
        problems.append(Problem("no-texts", "transcripts", "none"))
    return census.texts


def _texts(folder: str, files: Iterable[str], problems: list[Problem]) -> list[str]:
    return of_type(folder, files, TEXT_SUFFIXES, problems, expected=".txt, .xml, .docx")


@dataclass(slots=True)
class _Census:
    """The texts placed until now; it notices a name that two texts claim."""

    volumes: Mapping[str, str]
    documents: Mapping[str, DocumentSettings]
    problems: list[Problem]
    texts: dict[str, list[TextFile]] = field(default_factory=dict)
    claimed: dict[str, str] = field(default_factory=dict)
    spelled: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, folder: str, name: str, *, folder_volume: str | None) -> None:
        """Place one text, or say why it is left out."""
        path = f"{folder}/{name}"
        parts = text_name(name)
        if parts is None:
            self.problems.append(Problem("no-language", shown(path)))
            return
        volume = self._volume(parts.document, folder_volume)
        if volume is None:
            self._report_homeless(path, parts.document, folder_volume)
            return
        # One document whose texts differ in the case of its name is still one document.
        document = self.spelled.setdefault((volume, unified(parts.document)), parts.document)
        text = TextFile(path, volume, document, parts.language, parts.suffix)
        claims = {unified(f"{volume}/{document}/{parts.language}"), ncname(f"{volume}.{document}.{parts.language}")}
        rival = next((self.claimed[c] for c in sorted(claims) if c in self.claimed), None)
        if rival is not None:
            self.problems.append(Problem("same-name", shown(path), "text", {"rival": shown(rival)}))
            return
        self.claimed.update(dict.fromkeys(claims, path))
        self.texts.setdefault(volume, []).append(text)

    def _volume(self, document: str, folder_volume: str | None) -> str | None:
        stated = self.documents.get(unified(document), DocumentSettings()).volume
        if folder_volume is not None:
            # Two volumes may have documents of one name. So the settings count only where the folder names no volume.
            return self.volumes.get(unified(folder_volume)) or (self.volumes.get(unified(stated)) if stated else None)
        if stated:
            return self.volumes.get(unified(stated))
        if unified(document) in self.volumes:
            return self.volumes[unified(document)]
        return self.volumes.get(MAIN) or (next(iter(self.volumes.values())) if len(self.volumes) == 1 else None)

    def _report_homeless(self, path: str, document: str, folder_volume: str | None) -> None:
        case, values = "untold", {"document": shown(document)}
        if folder_volume is not None:
            case, values["folder"] = "folder", shown(composed(folder_volume))
        self.problems.append(Problem("unknown-volume", shown(path), case, values))
