"""What collection.toml names and is not there: volumes, documents, texts; each becomes a problem, and stops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from align.files.collection.names import unified
from align.files.collection.settings import DocumentSettings, Settings, quoted
from align.files.collection.sources import TextFile
from align.files.collection.tree import Problem, unused


def unused_settings(
    settings: Settings, volumes: Sequence[str], texts: Mapping[str, Sequence[TextFile]]
) -> Iterator[Problem]:
    """The problems of settings whose volume, document or text is not there, or that are stated twice."""
    files = [text for of_volume in texts.values() for text in of_volume]
    yield from _twice("volume", settings.volumes)
    yield from _twice("document", settings.documents)
    known = {unified(name) for name in volumes}
    for name in settings.volumes:
        if unified(name) not in known:
            yield unused("volume", f"volume.{quoted(name)}", name, volumes)
    by_document: dict[str, list[TextFile]] = {}
    for text in files:
        by_document.setdefault(unified(text.document), []).append(text)
    documents = list(dict.fromkeys(text.document for text in files))
    for name, document in settings.documents.items():
        where = f"document.{quoted(name)}"
        if document.volume is not None and unified(document.volume) not in known:
            yield unused("document-volume", f"{where}.volume", document.volume, volumes)
        if own := by_document.get(unified(name)):
            yield from _of_texts(where, document, own, known)
        else:
            yield unused("document", where, name, documents)


def _twice(kind: str, names: Iterable[str]) -> Iterator[Problem]:
    """Tables whose names differ in nothing that counts; the last one is used."""
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(unified(name), name)
        if other != name:
            yield unused("table-twice", f"{kind}.{quoted(name)}", name, other=f"{kind}.{quoted(other)}")


def _of_texts(where: str, document: DocumentSettings, own: Sequence[TextFile], known: set[str]) -> Iterator[Problem]:
    """What a document's settings say of its texts, held against the texts that it has."""
    volume = unified(document.volume or "")
    if volume in known:
        inside = [text for text in own if unified(text.volume) == volume]
        if not inside:
            yield unused("other-volume", f"{where}.volume", document.volume or "", other=own[0].volume)
            return
        own = inside
    names = [name for text in own for name in names_of(text)]
    stated = [("transcription", document.transcription)] if document.transcription is not None else []
    for key, name in [*stated, *(("translation", name) for name in document.translation)]:
        if unified(name) not in map(unified, names):
            yield unused("text", f"{where}.{key}", name, names)
    for name in document.translation:
        chosen = [text for text in own if named_by(document.transcription or "", text)]
        if any(named_by(name, text) for text in chosen):
            yield unused("text-twice", f"{where}.translation", name)


def names_of(text: TextFile) -> tuple[str, str]:
    """The two names by which a setting may mean a text: its language and its file name."""
    return text.language, text.path.rpartition("/")[2]


def named_by(name: str, text: TextFile) -> bool:
    """Whether a setting of this value means the text."""
    return unified(name) in map(unified, names_of(text))
