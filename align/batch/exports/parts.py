"""The parts that an export writes, each a volume or one document of it; one that fails spoils no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from align.batch.exports.request import Exported, ExportRequest
from align.errors import InputError, OutputError
from align.files.paths import shown
from align.model import VolumeResult


@dataclass(frozen=True, slots=True)
class Part:
    """What is written as one: a volume, or a document of it with the pages that show it.

    `name` is its place below the folder of the format, without an ending: "diary", or "diary/1934-12-18".
    """

    name: str
    volume: VolumeResult
    document: str | None = None


# The files of a part: the path of each below the folder of the format, and its bytes.
Files = Iterable[tuple[str, bytes]]


def export_parts(request: ExportRequest, folder: str, files: Callable[[Part], Files]) -> Exported:
    """Write the files of each chosen volume or document; a volume that fails is told, and the others go on."""
    stage = f"Writing {folder}"
    failures: list[str] = []
    count = 0
    request.progress.begin(stage, len(request.volumes))
    for name in request.volumes:
        try:
            for part in parts_of(request.results.volume(name), request.documents):
                for path, data in files(part):
                    request.store.write_bytes(f"{folder}/{path}", data)
                    count += 1
        except (InputError, OutputError) as error:
            failures.append(f"Volume {shown(name)} is not exported as {folder}: {error.message}")
        request.progress.advance(stage)
    where = shown(str(request.store.out / folder))
    summary = (f"{where}: 1 file." if count == 1 else f"{where}: {count} files.",) if count else ()
    return Exported(summary, tuple(failures))


def parts_of(volume: VolumeResult, documents: Iterable[str]) -> Iterator[Part]:
    """The volume, or each of these documents that it holds."""
    chosen = list(documents)
    if not chosen:
        yield Part(volume.volume, volume)
    held = {document.document for document in volume.documents}
    for document in chosen:
        if document in held:
            yield Part(f"{volume.volume}/{document}", narrowed(volume, document), document)


def narrowed(volume: VolumeResult, document: str) -> VolumeResult:
    """The volume with this document alone: its texts, links, pairs and findings, and the pages that show it."""
    own = tuple(stated for stated in volume.documents if stated.document == document)
    texts = {path for stated in own for path in stated.texts}
    orders = {order for stated in own for order, _ in stated.areas}
    on = [(page, found) for page, found in zip(volume.pages, volume.matches, strict=True) if page.order in orders]
    return replace(
        volume,
        pages=tuple(page for page, _ in on),
        matches=tuple(found for _, found in on),
        documents=own,
        links=tuple(link for link in volume.links if link.document == document),
        pairs=tuple(pair for pair in volume.pairs if pair.transcription in texts),
        findings=tuple(finding for finding in volume.findings if finding.document == document),
        texts=tuple(text for text in volume.texts if text.document == document),
    )
