"""`--format pdf`: the scans of each volume with the transcription under their ink, under `pdf/` in the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from align.batch.exports.parts import Files, Part, export_parts
from align.batch.exports.request import Exported, ExportRequest
from align.batch.exports.scan_files import ScanOpener
from align.errors import ScanError
from align.export.documents import titles, told_apart
from align.export.pdf.assembly import PdfDocument
from align.export.pdf.metadata import About
from align.export.pdf.page_lines import page_lines
from align.export.pdf.pictures import Picture
from align.export.pdf.unlinked import Unlinked, unlinked_sentences, with_unlinked
from align.files.paths import shown
from align.files.scans.fingerprints import RunScans
from align.files.scans.stored import stored_image
from align.linking.findings.catalogue import word_doubts
from align.linking.words.line_texts import Said, line_texts
from align.linking.words.whole_sentences import with_whole_sentences
from align.model import Document, LineTexts, Link, PlainText, ScanInfo, VolumeResult
from align.version import VERSION
from align.workers.calls import Workers

FOLDER = "pdf"


def export_pdf(request: ExportRequest) -> Exported:
    """Write the chosen volumes or documents; the outcome. A page whose scan cannot be opened is white."""
    failures: list[str] = []
    with closing(Workers(request.pool)) as workers:
        scans = ScanOpener(RunScans(request.collection.root), workers)

        def files(part: Part) -> Files:
            yield f"{part.name}.pdf", _PartAsPdf(request, part, scans, failures).chunks()

        exported = export_parts(request, FOLDER, files)
    return exported.and_of(Exported(failures=tuple(failures)))


@dataclass(slots=True)
class _PartAsPdf:
    """What is written into one file; a sentence for each page that failed goes into `failures`."""

    request: ExportRequest
    part: Part
    scans: ScanOpener
    failures: list[str]
    pictures: dict[ScanInfo, Picture | None] = field(default_factory=dict)

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file, page by page."""
        contents = _Contents.of(self.part)
        file = PdfDocument(self._about(contents))
        for volume in self.part.by_page():
            self._add(file, contents, volume)
            yield file.taken()
        file.end([(document, contents.titles[document.document]) for document in self.part.documents])
        yield file.taken()

    def _add(self, file: PdfDocument, contents: _Contents, volume: VolumeResult) -> None:
        page = volume.pages[0]
        if page.frame is None:
            self.failures.append(
                f"{shown(page.scan.path)} could not be read by align run, so its page is not in the PDF: repair the "
                "scan, then run align run and align export again."
            )
            return
        links = [link for link in volume.links if link.document in self.part.names]
        here = {link.text for link in links if link.kind == "transcription"}
        texts = {path: text for path, text in contents.transcriptions.items() if path in here}
        matches = with_whole_sentences(page.order, volume.matches[0], links, texts)
        lines: Sequence[LineTexts] = line_texts(page, matches, Said(texts, links, word_doubts(volume.findings)))
        # The page with rows for text that no line of it has.
        whole, lines, contents.unlinked[:] = with_unlinked(page, lines, matches, contents.unlinked)
        file.add(page, page.frame, self._picture(file, page.scan), page_lines(whole, lines), links)

    def _picture(self, file: PdfDocument, scan: ScanInfo) -> Picture | None:
        """The picture of a scan, which is written once; None where it cannot be opened."""
        if scan not in self.pictures:
            try:
                image = stored_image(self.request.collection.root, self.scans.scans.known(scan))
                image = image or self.scans.encoded(scan, self.request.quality)
                self.pictures[scan] = file.picture(image)
            except ScanError as error:
                self.failures.append(error.message)
                self.pictures[scan] = None
        return self.pictures[scan]

    def _about(self, contents: _Contents) -> About:
        part, volume = self.part, self.part.pieces.name
        if part.document is None:
            stated = (known.title for known in self.request.collection.volumes if known.name == volume)
            title = next(filter(None, stated), volume)
        else:
            title = contents.titles[part.document]
        authors = dict.fromkeys(document.author for document in part.documents if document.author)
        return About(title, tuple(authors), contents.language, f"align {VERSION}")


@dataclass(frozen=True, slots=True)
class _Contents:
    """The titles of a volume's documents, no two the same; the transcriptions of the part; their usual language.

    `unlinked` is the text without a place that was not written yet.
    """

    titles: Mapping[str, str]
    transcriptions: Mapping[str, PlainText]
    language: str | None
    unlinked: list[Unlinked]

    @classmethod
    def of(cls, part: Part) -> _Contents:
        """What is said of the part."""
        headings: list[Link] = []
        texts: dict[str, PlainText] = {}
        unlinked: list[Unlinked] = []
        for document in part.pieces.documents:
            links = part.pieces.links_of(document.document)
            headings += [link for link in links if link.role == "heading"]
            if document.document in part.names:
                texts.update(_transcriptions(part, document, links))
                unlinked += unlinked_sentences(links)
        letters: dict[str, int] = {}
        for text in texts.values():
            letters[text.language] = letters.get(text.language, 0) + len(text.content)
        named = told_apart(titles(part.pieces.documents, headings))
        return cls(named, texts, max(letters, key=lambda language: letters[language], default=None), unlinked)


def _transcriptions(part: Part, document: Document, links: tuple[Link, ...]) -> Iterator[tuple[str, PlainText]]:
    own = tuple(link for link in links if link.kind == "transcription")
    volume = VolumeResult(part.pieces.name, documents=(document,), links=own)
    for text in part.results.texts_of(volume):
        yield text.path, text
