"""`--for escriptorium` and `--for transkribus`: a zip of images and files about them, in the layout that these import.

eScriptorium takes the entries of a zip one after the other, and knows an image by the name in the file about it: images
stand first, all in one folder. Transkribus pairs `0001.jpg` with `page/0001.xml`, and has pages in the order of names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from align.batch.exports.ocr_formats import ScanPages, origin_of, scans_of, unread
from align.batch.exports.page_texts import PageTexts
from align.batch.exports.parts import Part, parts_of, removed_with_their_volumes, told_failures, told_stays
from align.batch.exports.request import Exported, ExportRequest
from align.batch.exports.scan_files import ScanOpener
from align.errors import ScanError, UsageError
from align.export import OcrPage, Origin, PageFiles, alto, ocr_page, page_xml, transkribus_mets
from align.files.collection.names import natural_key
from align.files.paths import shown
from align.files.scans.fingerprints import RunScans
from align.files.store.export_record import ExportRecord
from align.workers.calls import Workers

Program = Literal["escriptorium", "transkribus"]
# The formats that each program imports, the one it is given first.
IMPORTED: Mapping[Program, tuple[str, ...]] = {"escriptorium": ("alto", "page"), "transkribus": ("page",)}
# Zip files know no earlier time; a fixed one makes the same bytes of the same results.
_TIME = (1980, 1, 1, 0, 0, 0)


def format_for(program: Program, formats: Sequence[str]) -> str:
    """The format of the files in a zip for this program; UsageError where it imports none of the formats wanted."""
    imported = IMPORTED[program]
    if any(name not in imported for name in formats) or len(formats) > 1:
        wanted = " or ".join(f"--format {name}" for name in imported)
        raise UsageError(f"--for {program} takes {wanted}, and no other format: leave out --format, or give that one.")
    return formats[0] if formats else imported[0]


def export_zip(request: ExportRequest, program: Program, format_name: str) -> Exported:
    """Write a zip for this program of each chosen volume or document; the outcome."""
    stage = f"Writing for {program}"
    failures: list[str] = []
    written: list[str] = []
    stay = removed_with_their_volumes(request, program)
    request.progress.begin(stage, len(request.volumes))
    with closing(Workers(request.pool)) as workers:
        scans = ScanOpener(RunScans(request.collection.root), workers)
        for name in request.volumes:
            how = f"for {program}"
            with told_failures(failures, request, name, how), ExportRecord.of(request.store, program, name) as record:
                for part in parts_of(request.results, name, request.documents):
                    path = f"{program}/{part.name}.zip"
                    zipped = _Zip(request, part, scans, origin_of(request), program, format_name)
                    with request.store.writing(path) as stream, ZipFile(stream, "w", ZIP_STORED) as file:
                        zipped.write(file)
                    record.put(path, request.store.stamp(path), part.document)
                    failures += zipped.failures
                    written.append(path)
                    if part.document is None:
                        stay += record.remove_stale(part.names)
            request.progress.advance(stage)
    made = tuple(shown(str(request.store.out / path)) for path in written)
    return Exported((*made, *told_stays(request.store, stay)), tuple(failures))


@dataclass(frozen=True, slots=True)
class _Image:
    """An image in the zip: the pages on it, and its name without and with its ending."""

    scan: ScanPages
    stem: str
    name: str


@dataclass(slots=True)
class _Zip:
    """The zip of one part."""

    request: ExportRequest
    part: Part
    scans: ScanOpener
    origin: Origin
    program: Program
    format_name: str
    failures: list[str] = field(default_factory=list)

    def write(self, file: ZipFile) -> None:
        """Write all images, then the files about them."""
        images = list(self._images(file))
        texts = PageTexts(self.part)
        folder = "page/" if self.program == "transkribus" else ""
        make: Callable[[OcrPage], bytes] = self._alto if self.format_name == "alto" else self._page_xml
        # METS lists images: where one shows two pages, labels by its order would be those of other pages.
        labelled = all(len(image.scan.pages[0]) == 1 for image in images)
        described = []
        for image in images:
            sides = [texts.side(page) for page in image.scan.pages[0]]
            page = ocr_page(sides, self.request.text, image=image.name, id_prefix=False)
            label = page.label if labelled else None
            described.append(PageFiles(image.name, f"{folder}{image.stem}.xml", label))
            _put(file, described[-1].page, make(page))
        if self.program == "transkribus":
            _put(file, "mets.xml", transkribus_mets(self._title(), described, self.origin))

    def _images(self, file: ZipFile) -> Iterator[_Image]:
        """The images, each written; a page without one has no file about it."""
        scans = list(scans_of(self.part.pages, one_page=True))
        names = [scan.name for scan in scans]
        numbered = names != sorted(names, key=natural_key)
        for number, scan in enumerate(scans, 1):
            page = scan.pages[0][0]
            if page.frame is None:
                self.failures.append(unread(page))
                continue
            try:
                image = self.scans.plain(page.scan)
            except ScanError as error:
                self.failures.append(error.message)
                continue
            stem = f"{number:04d}_{scan.name}" if numbered else scan.name
            _put(file, stem + image.suffix, image.data, packed=False)
            yield _Image(scan, stem, stem + image.suffix)

    def _alto(self, page: OcrPage) -> bytes:
        return alto([page], self.origin)

    def _page_xml(self, page: OcrPage) -> bytes:
        # Transkribus reads the version of 2013 alone.
        return page_xml(page, self.origin, version="2013-07-15" if self.program == "transkribus" else "2019-07-15")

    def _title(self) -> str:
        name = self.part.pieces.name
        titles = {volume.name: volume.title for volume in self.request.collection.volumes}
        return titles.get(name) or self.part.name


def _put(file: ZipFile, name: str, data: bytes, *, packed: bool = True) -> None:
    entry = ZipInfo(name, _TIME)
    entry.external_attr = 0o644 << 16
    file.writestr(entry, data, ZIP_DEFLATED if packed else ZIP_STORED)
