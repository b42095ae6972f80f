"""The image files of exported pages: made once, kept while page and encoding stay, removed when their page is gone.

A record next to the export lists the files of each page. So files that a killed export left are made again or removed.
A page's key is made from the bytes of its scan and its frame, so an image can be kept without opening the scan.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from align.batch.exports.scan_files import ScanOpener
from align.export import (
    ENCODING,
    Addresses,
    ImageKind,
    PageKind,
    annotation_path,
    image_files,
    image_folder,
    image_information,
    image_kind,
    image_path,
    thumbnail_path,
)
from align.files.store.export_record import FOLDER as RECORDS
from align.files.store.result_store import ResultStore
from align.model import Frame, Page
from align.records import json_document


@dataclass(frozen=True, slots=True)
class Made:
    """The form and size of a page's image; `made` names its encoding, and is empty where its files are not whole."""

    kind: ImageKind
    width: int
    height: int
    made: str


class ImageRecord:
    """The record of the images of a volume, by the keys of pages; all its paths are below the volume's folder."""

    def __init__(self, store: ResultStore, path: str, folder: str, entries: dict[str, Made]) -> None:
        """Take the entries; read() reads them from the store."""
        self._store, self._path, self._folder = store, path, folder
        self.entries = entries

    @classmethod
    def read(cls, store: ResultStore, folder: str) -> ImageRecord:
        """The record of the export in this folder; an empty one where it is missing or damaged."""
        path = f"{RECORDS}/{folder}/images.json"
        try:
            rows = json.loads(store.read_bytes(path) or b"{}")
            entries = {page: _made(row) for page, row in rows.items()}
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            entries = {}
        return cls(store, path, folder, entries)

    def put(self, page: str, made: Made) -> None:
        """Record how a page's image was made."""
        self.replace({**self.entries, page: made})

    def replace(self, entries: dict[str, Made]) -> None:
        """Record how the images of all pages were made."""
        self.entries = entries
        rows = {name: [image.kind, image.width, image.height, image.made] for name, image in self.entries.items()}
        self._store.write_text(self._path, json_document(rows))

    def remove_all(self) -> None:
        """Remove the images and annotations of all pages, and the record."""
        for page, made in self.entries.items():
            for path in (*_annotations(page), *_paths(page, made)):
                self._store.remove(self.place(path))
        self._store.remove(self._path)

    def place(self, path: str) -> str:
        """The path for the store of a path below the volume's folder."""
        return f"{self._folder}/{path}"


class PageFiles:
    """Writes the images of pages."""

    def __init__(
        self, scans: ScanOpener, store: ResultStore, record: ImageRecord, pages: Sequence[Page], *, tiles: bool
    ) -> None:
        """Take what opens scans, the opened store, the record of earlier images, and the pages of the volume."""
        self._scans, self._store, self._record, self._tiles = scans, store, record, tiles
        self._pages = {page.key: page for page in pages}

    def write(self, page: Page, frame: Frame, addresses: Addresses) -> ImageKind:
        """Write the image of a page if it is not there; its form. ScanError where it cannot be made."""
        wanted = self._wanted(frame)
        kind, width, height = wanted.kind, wanted.width, wanted.height
        before = self._record.entries.get(page.key)
        if before != wanted or not all(self._store.holds(self._record.place(p)) for p in _paths(page.key, wanted)):
            files = self._scans.image(page.scan, frame, kind)
            self._remove(set(_paths(page.key, before) if before else ()) - set(_paths(page.key, wanted)))
            self._record.put(page.key, replace(wanted, made=""))
            self._put(thumbnail_path(page.key), files.thumbnail)
            if kind == "tiles":
                for path, data in files.tiles:
                    self._put(f"{image_folder(page.key)}/{path}", data)
            else:
                self._put(image_path(page.key), files.whole)
            self._record.put(page.key, wanted)
        if kind == "tiles":
            information = image_information(addresses.url(image_folder(page.key)), width, height)
            self._store.write_text(self._record.place(_information(page.key)), json_document(information))
        return kind

    def remove_stale(self, shown_images: Mapping[int, ImageKind], written: Collection[str]) -> None:
        """Remove images and annotations that earlier exports wrote and that no page has any more."""
        entries = self._record.entries
        frames = {key: page.frame for key, page in self._pages.items() if page.frame is not None}
        with_image = {page.key for page in self._pages.values() if page.order in shown_images}
        for page in {**entries, **frames}:
            self._remove(set(_annotations(page)) - set(written))
            if page in entries and page not in with_image:
                self._remove(_paths(page, entries[page]))
        self._record.replace(
            {
                key: entries[key] if key in with_image else replace(self._wanted(frame), made="")
                for key, frame in frames.items()
            }
        )

    def _wanted(self, frame: Frame) -> Made:
        width, height = frame.box.width, frame.box.height
        if frame.rotation in (90, 270):
            width, height = height, width
        kind = image_kind(width, height, tiles=self._tiles)
        return Made(kind, width, height, f"{ENCODING}, turned {frame.rotation}")

    def _put(self, path: str, data: bytes) -> None:
        self._store.write_bytes(self._record.place(path), data)

    def _remove(self, paths: Collection[str] | Iterator[str]) -> None:
        for path in paths:
            self._store.remove(self._record.place(path))


def _annotations(page: str) -> Iterator[str]:
    """The files that the annotations of a page may have."""
    return (annotation_path(page, kind) for kind in get_args(PageKind))


def _paths(page: str, made: Made) -> Iterator[str]:
    """The files of a page's image."""
    yield thumbnail_path(page)
    if made.kind == "tiles":
        yield _information(page)
        yield from (f"{image_folder(page)}/{path}" for path, _ in image_files(made.width, made.height))
    else:
        yield image_path(page)


def _information(page: str) -> str:
    return f"{image_folder(page)}/info.json"


def _made(row: Any) -> Made:  # noqa: ANN401 - whatever the file holds
    kind, width, height, made = row
    if kind not in get_args(ImageKind) or not (0 < int(width) < 10**6 and 0 < int(height) < 10**6):
        raise ValueError(f"no record of an image: {row}")
    return Made(kind, int(width), int(height), str(made))
