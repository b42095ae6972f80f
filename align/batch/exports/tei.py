"""`--format tei`: a TEI file for each text of each document, under `tei/` in the results."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from align.batch.exports.parts import Files, Part, export_parts
from align.batch.exports.request import Exported, ExportRequest
from align.batch.exports.tei_texts import LaidOut, read_again
from align.batch.texts import TextJob
from align.errors import TextError
from align.export.documents import titles
from align.export.overlay.svg import url_path
from align.export.tei.document import LinkedText, tei_document
from align.export.tei.header import About, encoding_description
from align.export.tei.sentence_links import Pointer
from align.export.tei.tags import Markup
from align.export.tei.xml_ids import free_stem, sentence_name
from align.files.collection.sources import TextFile
from align.files.paths import file_of, shown
from align.files.texts.linked.breaks import Break
from align.files.texts.linked.earlier_links import without_links
from align.files.texts.linked.putting_links import Added, LinkedSource
from align.model import Document, Link, Match, ScanInfo, VolumeResult
from align.version import VERSION
from align.workers.calls import Workers

FOLDER = "tei"


def export_tei(request: ExportRequest) -> Exported:
    """Write the chosen volumes or documents; a text that cannot be read again is told, and the others are written."""
    with closing(Workers(request.pool)) as workers:
        writer = _Writer(request, workers)
        done = export_parts(request, FOLDER, writer.files, by_document=False)
    return done.and_of(Exported(failures=tuple(writer.failures)))


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a document: its file, its links, how it is laid out, and the name of its TEI file.

    `source` is the file itself where it is TEI. `stem` begins our ids; `names` are the ids of sentences in the new
    file.
    """

    file: TextFile
    links: Sequence[Link]
    laid: LaidOut
    name: str
    source: LinkedSource | None
    stem: str
    names: Mapping[str, str]


@dataclass(slots=True)
class _Writer:
    request: ExportRequest
    workers: Workers
    failures: list[str] = field(default_factory=list)

    def files(self, part: Part) -> Files:
        """The files of the documents of a part."""
        collection, volume = self.request.collection, part.name.partition("/")[0]
        stated = next((own for own in collection.volumes if own.name == volume), None)
        sources = {file.path: file for file in (stated.texts if stated else ())}
        order = {document.document: n for n, document in enumerate(_in_order(part.pieces.documents), start=1)}
        title = (stated.title if stated else None) or volume
        for own in part.by_document():
            texts = list(self._texts(own, sources))
            written = {text.name for text in texts}
            for name in dict.fromkeys(_name(link.document, link.language) for link in own.links):
                if name not in written:
                    yield f"{volume}/{name}", None
            for text in texts:
                about = self._about(own, text, title, order[own.documents[0].document])
                yield f"{volume}/{text.name}", self._written(about, text, self._linked(own, text, texts))

    def _texts(self, own: VolumeResult, sources: Mapping[str, TextFile]) -> Iterator[_Text]:
        """The texts of a document that can be read again as they were linked."""
        links: dict[str, list[Link]] = defaultdict(list)
        for link in own.links:
            links[link.text].append(link)
        for path, found in links.items():
            try:
                file = _file_of(path, found[0].language, sources)
                job = TextJob(self.request.collection.root, file, self.request.collection.page_marker)
                laid = read_again(job, found, self.workers)
            except TextError as error:
                self.failures.append(error.message)
                continue
            source = self._source(laid, path, found)
            stem = free_stem(source.ids, own.pages) if source else ""
            stated = source.own_names() if source else {}
            unmarked = source.unmarked if source else frozenset()
            names = {
                link.sentence: stated.get(n) or sentence_name(link, stem)
                for n, link in enumerate(found)
                if n not in unmarked
            }
            yield _Text(file, found, laid, _name(file.document, file.language), source, stem, names)

    def _source(self, laid: LaidOut, path: str, links: Sequence[Link]) -> LinkedSource | None:
        """The file of a text as one into which links can be put; None where it is none of TEI P5."""
        if not path.lower().endswith(".xml"):
            return None
        try:
            data = without_links(laid.data, path=path)
            return LinkedSource.of(data, [link.spans for link in links], path=path)
        except TextError as error:
            self._tell_new(error)
            return None

    def _tell_new(self, error: TextError) -> None:
        self.failures.append(f"{error.message}; a new file is written, without its markup.")

    def _written(self, about: About, text: _Text, linked: LinkedText) -> bytes:
        """The file: that of the collection with links put in if it is TEI, else a new one."""
        if text.source is not None:
            try:
                return _linked_source(text, text.source, linked)
            except TextError as error:
                self._tell_new(error)
                linked = replace(linked, stem="", names={link.sentence: sentence_name(link) for link in text.links})
        return "".join(tei_document(about, text.laid.text, text.laid.blocks, linked)).encode("utf-8")

    def _about(self, own: VolumeResult, text: _Text, title: str, place: int) -> About:
        document = own.documents[0]
        details = {**document.details, "author": document.author, "date": document.date}
        return About(
            version=VERSION,
            language=text.file.language,
            kind=text.links[0].kind,
            details={
                **{name: value for name, value in details.items() if value},
                "title": titles(own.documents, own.links)[document.document].text,
            },
            collection=self.request.collection.title,
            volume=title,
            place=place,
            publisher=self.request.collection.publisher,
            licence=self.request.collection.licence,
        )

    def _linked(self, own: VolumeResult, text: _Text, texts: Iterable[_Text]) -> LinkedText:
        return LinkedText(
            path=text.file.path,
            links=text.links,
            names={link.sentence: sentence_name(link, text.stem) for link in text.links},
            pages={page.order: page for page in own.pages},
            pointer=_pointer(text, texts),
            href=self._href(text.file.volume),
            pairs=own.pairs,
            ids={other.file.path: [link.sentence for link in other.links] for other in texts},
            lines=_lines(own, text.file.path)
            if self.request.lines and not (text.source and text.source.has_lines)
            else {},
            stem=text.stem,
        )

    def _href(self, volume: str) -> Callable[[ScanInfo], str]:
        """The address of a scan as seen from the files of a volume."""
        folder = self.request.store.out / FOLDER / volume

        def href(scan: ScanInfo) -> str:
            path = os.path.relpath(self.request.collection.root / scan.path, folder).replace(os.sep, "/")
            return url_path(path) + ("" if scan.index is None else f"#page={scan.index + 1}")

        return href


def _name(document: str, language: str) -> str:
    """The name of the TEI file of a text."""
    return f"{document}.{language}.xml"


def _file_of(path: str, language: str, sources: Mapping[str, TextFile]) -> TextFile:
    """The text with this path in the collection: a file, or a column of one; TextError where it is not there."""
    file = sources.get(file_of(path))
    if file is None:
        message = f"{shown(file_of(path))} is no longer in the collection: run align run, then align export again."
        raise TextError(message, cause="missing")
    return file if file.path == path else replace(file, path=path, language=language)


def _linked_source(text: _Text, source: LinkedSource, linked: LinkedText) -> bytes:
    zones = linked.zones()
    attributes = linked.sentences(zones)
    breaks = [
        Break(one.name, one.offset, one.attributes, one.attributes.get("n"), "cert" not in one.attributes)
        for one in linked.milestones()
    ]

    def header(prefix: str) -> str:
        return "".join(encoding_description(VERSION, stem=text.stem, markup=Markup(prefix)))

    def behind(prefix: str) -> str:
        markup = Markup(prefix)
        return "".join(linked.facsimile(zones, markup)) + linked.stand_off(markup)

    return source.written([attributes[link.sentence] for link in text.links], breaks, Added(header, behind))


def _in_order(documents: Iterable[Document]) -> list[Document]:
    """The documents in the order of their places; those without one come last."""
    return sorted(
        documents,
        key=lambda document: min(
            ((0, order, box.top, box.left) for order, box in document.areas), default=(1, 0, 0, 0)
        ),
    )


def _pointer(text: _Text, texts: Iterable[_Text]) -> Pointer:
    """What points from the file of a text to the sentences of all texts of its document."""
    found = {
        sentence: f"#{name}" if other.name == text.name else f"{url_path(other.name)}#{name}"
        for other in texts
        for sentence, name in other.names.items()
    }
    return found.get


def _lines(own: VolumeResult, path: str) -> dict[int, dict[int, Match]]:
    """The first match of each line in this text, by the order of the page and the index of the line."""
    return {
        page.order: {index: match for index, matches in found.items() for match in matches[:1] if match.text == path}
        for page, found in zip(own.pages, own.matches, strict=True)
    }
