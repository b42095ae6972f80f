"""`--format alto`, `page` and `hocr`: a file for each scan, under its name, which can be put back as existing OCR."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath

from align.batch.exports.page_texts import PageTexts
from align.batch.exports.parts import Files, Part, export_parts
from align.batch.exports.request import Exported, ExportRequest
from align.export import OcrPage, Origin, Side, alto, hocr, ocr_page, page_xml
from align.files.paths import shown
from align.model import Page
from align.version import VERSION


def export_alto(request: ExportRequest) -> Exported:
    """Write ALTO 4.4: a file for each image file; the outcome."""
    return _OcrExport(request, "alto", ".xml", alto).done()


def export_hocr(request: ExportRequest) -> Exported:
    """Write hOCR 1.2: a file for each image file; the outcome."""
    return _OcrExport(request, "hocr", ".hocr", hocr).done()


def export_page(request: ExportRequest) -> Exported:
    """Write PAGE 2019-07-15: a file for each page of an image file, since PAGE knows one page alone; the outcome."""

    def written(pages: Iterable[OcrPage], origin: Origin) -> bytes:
        (page,) = pages
        return page_xml(page, origin)

    return _OcrExport(request, "page", ".xml", written, one_page=True).done()


def origin_of(request: ExportRequest) -> Origin:
    """What the files say of themselves: made by this version, of results of this time."""
    time = datetime.fromtimestamp(request.results.version().written, UTC)
    return Origin(VERSION, f"{time:%Y-%m-%dT%H:%M:%SZ}", request.text)


@dataclass(frozen=True, slots=True)
class ScanPages:
    """An image file with its pages, and the name for a file about it, without an ending: that of the image file.

    `pages` has those of each image in the file: one, or two where a spread shows two.
    """

    name: str
    path: str
    pages: Sequence[Sequence[Page]]


def scans_of(pages: Iterable[Page], *, one_page: bool = False) -> Iterator[ScanPages]:
    """The image files that these pages are on, in order; with `one_page`, each image of a file by itself."""
    by_path: dict[str, dict[int | None, list[Page]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        by_path[page.scan.path][page.scan.index].append(page)
    stems = Counter(PurePosixPath(path).stem for path in by_path)
    for path, images in by_path.items():
        pure = PurePosixPath(path)
        name = pure.stem if stems[pure.stem] == 1 else pure.name
        if one_page and not images.keys() <= {None, 0}:
            for index, own in images.items():
                yield ScanPages(f"{name}-{(index or 0) + 1:04d}", path, [own])
        else:
            yield ScanPages(name, path, list(images.values()))


def unread(page: Page) -> str:
    """The sentence about a page that could not be read, so that there is no file about it."""
    return (
        f"{shown(page.scan.path)} could not be read by align run, so it is left out: repair the scan, then run align "
        "run and align export again."
    )


@dataclass(frozen=True, slots=True)
class _OcrExport:
    """An export into files of one format, which `written` makes."""

    request: ExportRequest
    folder: str
    suffix: str
    written: Callable[[Iterable[OcrPage], Origin], bytes]
    one_page: bool = False
    failures: list[str] = field(default_factory=list)

    def done(self) -> Exported:
        """Write all files; the outcome."""
        origin = origin_of(self.request)
        exported = export_parts(self.request, self.folder, lambda part: self._files(part, origin), by_document=False)
        return exported.and_of(Exported(failures=tuple(self.failures)))

    def _files(self, part: Part, origin: Origin) -> Files:
        volume = part.pieces.name
        texts = PageTexts(part)
        root = self.request.collection.root
        for scan in scans_of(part.pages, one_page=self.one_page):
            failed = [page for own in scan.pages for page in own if page.frame is None]
            self.failures.extend(map(unread, failed))
            # A file about a PDF has a page for each of its pages, even for one that could not be read.
            if len(failed) == sum(map(len, scan.pages)):
                continue
            image = os.path.relpath(root / scan.path, self.request.store.out / self.folder / volume)
            pages = self._pages(texts, scan, image.replace(os.sep, "/"))
            yield f"{volume}/{scan.name}{self.suffix}", self.written(pages, origin)

    def _pages(self, texts: PageTexts, scan: ScanPages, image: str) -> Iterator[OcrPage]:
        for own in scan.pages:
            sides = [Side(page, (), {}) if page.frame is None else texts.side(page) for page in own]
            yield ocr_page(sides, self.request.text, image=image)
