"""The parts that an export writes, each a volume or one document of it; one that fails spoils no other."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from align.batch.exports.request import Exported, ExportRequest
from align.errors import InputError, OutputError
from align.files.collection.opening import Collection
from align.files.paths import shown
from align.files.store.export_record import ExportRecord
from align.files.store.result_store import ResultStore, Stamp
from align.files.store.results import Results, damage
from align.model import Document, Link, Page, VolumeResult
from align.records import DamagedRecord, Pieces


@dataclass(frozen=True, slots=True)
class Part:
    """What is written as one: a volume, or one document of it with the pages that show it.

    `name` is its place below the folder of the format, without an ending: "diary", or "diary/1934-12-18". It is read
    piece by piece, so that a volume of a thousand pages takes little memory.
    """

    name: str
    results: Results
    pieces: Pieces
    document: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its documents, in order."""
        return tuple(stated.document for stated in self.documents)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Its documents, in order."""
        return tuple(stated for stated in self.pieces.documents if self.document in (None, stated.document))

    @property
    def pages(self) -> tuple[Page, ...]:
        """Its pages in order, without their lines."""
        shown = {order for stated in self.documents for order, _ in stated.areas}
        return tuple(page for page in self.pieces.pages if self.document is None or page.order in shown)

    def title(self, collection: Collection) -> str:
        """The title of a volume as collection.toml states it, or else its name; of a document likewise."""
        if self.document is not None:
            return next((stated.title for stated in self.documents if stated.title), self.document)
        name = self.pieces.name
        return next((v.title for v in collection.volumes if v.name == name and v.title), name)

    def sentences(self) -> Iterator[tuple[Page, Sequence[Link]]]:
        """The pages in order, each with the links on it; of a document with its own alone."""
        for piece in self.by_page():
            (page,) = piece.pages
            yield page, [link for link in piece.links if self.document in (None, link.document)]

    def rows(self, file: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a result file, such as "links.jsonl": of the volume, or those of the document alone."""
        rows = self.pieces.rows_of(file)
        if self.document is None:
            return rows
        orders = {page.order for page in self.pages}
        texts = {path for stated in self.documents for path in stated.texts}
        return (
            row
            for row in rows
            if (row["document"] == self.document if "document" in row else row.get("page") in orders)
            or ("texts" in row and "bead" in row and row["texts"][0] in texts)
        )

    def by_document(self) -> Iterator[VolumeResult]:
        """Each document as a volume of its own: its texts, links, pairs, findings, and the pages that show it."""
        for name in self.names:
            own = self.pieces.of_document(name)
            yield replace(own, texts=self.results.texts_of(own))

    def outlines(self) -> Iterator[VolumeResult]:
        """Each document as a volume of its own, but without its plain texts, and its pages without their lines."""
        return map(self.pieces.outline_of, self.names)

    def by_page(self) -> Iterator[VolumeResult]:
        """Each page as a volume of its own: its lines, and all links, documents and findings with a place on it."""
        for page in self.pages:
            yield self.pieces.of_page(page.order)


# The files of a part: the path of each below the folder of the format, and its bytes, all at once or bit by bit; None
# where a file of an earlier export stays as it is.
Files = Iterable[tuple[str, bytes | Iterator[bytes] | None]]


def export_parts(
    request: ExportRequest, folder: str, files: Callable[[Part], Files], *, by_document: bool = True
) -> Exported:
    """Write the files of each chosen volume or document; a volume that fails is told, and the others go on.

    Where a volume is written whole, files of earlier exports that no longer belong there are removed. With
    `by_document`, a document has files of its own, which the whole volume has not.
    """
    stage = f"Writing {folder}"
    failures: list[str] = []
    stay = removed_with_their_volumes(request, folder)
    count, last = 0, ""
    request.progress.begin(stage, len(request.volumes))
    for name in request.volumes:
        with (
            told_failures(failures, request, name, f"as {folder}"),
            ExportRecord.of(request.store, folder, name) as record,
        ):
            for part in parts_of(request.results, name, request.documents):
                for path, data in files(part):
                    if data is None:
                        record.keep(f"{folder}/{path}")
                        continue
                    stamp = _written(request.store, f"{folder}/{path}", data)
                    record.put(f"{folder}/{path}", stamp, part.document if by_document else None)
                    count, last = count + 1, path
                if part.document is None:
                    stay += record.remove_stale(part.names)
        request.progress.advance(stage)
    where = str(request.store.out / folder)
    said = {0: (), 1: (shown(f"{where}/{last}"),)}.get(count, (f"{shown(where)}: {count} files.",))
    return Exported((*said, *told_stays(request.store, stay)), tuple(failures))


def _written(store: ResultStore, path: str, data: bytes | Iterator[bytes]) -> Stamp:
    """The stamp of a file with these bytes, which is now written."""
    return store.write_bytes(path, data) if isinstance(data, bytes) else store.write_chunks(path, data)


def removed_with_their_volumes(
    request: ExportRequest,
    folder: str,
    remove: Callable[[ExportRecord, Container[str]], tuple[str, ...]] = ExportRecord.remove_stale,
) -> list[str]:
    """Remove what earlier exports wrote for volumes that have no results any more; the paths that stay as changed."""
    stay: list[str] = []
    if not request.documents:
        for gone in ExportRecord.others(request.store, folder, request.results.volumes):
            with gone as record:
                stay += remove(record, ())
    return stay


def told_stays(store: ResultStore, paths: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each file of what is gone that stays, because somebody changed it."""
    return tuple(
        f"{shown(str(store.out / path))} was changed after it was exported, so it stays, though what it was made of is "
        "gone: remove it if nobody needs it."
        for path in paths
    )


@contextmanager
def told_failures(failures: list[str], request: ExportRequest, volume: str, how: str) -> Iterator[None]:
    """A block that writes one volume, "as tmx": what stops it becomes a sentence with its name in `failures`."""
    try:
        yield
    except (InputError, OutputError) as error:
        failures.append(f"Volume {shown(volume)} is not exported {how}: {error.message}")
    except DamagedRecord:
        failures.append(damage(request.results.store, [volume]).message)


def parts_of(results: Results, name: str, documents: Iterable[str]) -> Iterator[Part]:
    """The volume of this name as a part, or each of these documents that it holds."""
    pieces, chosen = results.pieces(name), list(documents)
    if not chosen:
        yield Part(name, results, pieces)
    held = {stated.document for stated in pieces.documents}
    for document in chosen:
        if document in held:
            yield Part(f"{name}/{document}", results, pieces, document)
