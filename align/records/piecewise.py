"""A volume decoded piece by piece, by document or by page, so that a volume of a thousand pages takes little memory.

The bytes of the files are kept, and where each row begins and ends. Rows become values when they are asked for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from align.model import Document, Finding, Link, Page, PairedTexts, VolumeResult
from align.records.beads import BEADS
from align.records.documents import DOCUMENTS
from align.records.findings import FINDINGS, findings_of_rows
from align.records.jsonl import rows_of
from align.records.lines import LINES
from align.records.links import LINKS, decoded_links
from align.records.pages import PAGES
from align.records.record import DamagedRecord, ReadRow, Record
from align.records.translations import TRANSLATIONS

K = TypeVar("K")
T = TypeVar("T")

# Where a row begins and ends in the bytes of its file.
_Place = tuple[int, int]


class Pieces:
    """The pieces of a volume; `files` are the bytes of its files by name. DamagedRecord where these are damaged."""

    def __init__(self, name: str, files: Mapping[str, bytes]) -> None:
        """Note where each row is; no more is kept of it than that."""
        self.name, self._files = name, files
        self._lines: dict[int, list[_Place]] = defaultdict(list)
        self._links_of: dict[str, list[_Place]] = defaultdict(list)
        self._links_on: dict[int, list[_Place]] = defaultdict(list)
        self._beads: dict[str, list[_Place]] = defaultdict(list)
        self._line_numbers: dict[str, int] = {}
        outline = self._checked(self._outline)
        self.pages: tuple[Page, ...] = outline.pages
        self.documents: tuple[Document, ...] = outline.documents
        self._checked(self._index)

    def of_document(self, document: str) -> VolumeResult:
        """One document: its links, pairs and findings, and the pages that show it, with all their lines; no texts."""
        bare = self.outline_of(document)
        shown = self._with_lines(bare.pages)
        return replace(bare, pages=shown.pages, matches=shown.matches)

    def outline_of(self, document: str) -> VolumeResult:
        """One document as `of_document` has it, but its pages without their lines, which take most of the time."""
        own = tuple(self._documents_named[document])
        orders = {order for stated in own for order, _ in stated.areas}
        pages = tuple(self.pages[at] for at in sorted(at for order in orders for at in self._pages_at[order]))
        links = self.links_of(document)
        return VolumeResult(
            self.name,
            pages=pages,
            matches=tuple({} for _ in pages),
            documents=own,
            links=links,
            pairs=self._pairs(own, links),
            findings=tuple(self._findings_of[document]),
        )

    def of_page(self, order: int) -> VolumeResult:
        """One page with its lines; the documents, links and findings that have a place on it; no pairs and no texts."""
        shown = self._with_lines([self.pages[at] for at in self._pages_at[order]])
        on, found = tuple(self._documents_on[order]), tuple(self._findings_on[order])
        return replace(shown, documents=on, links=self._links(self._links_on.get(order, ())), findings=found)

    def rows_of(self, file: str) -> Iterator[ReadRow]:
        """The rows of one file, such as "links.jsonl", as JSON has them."""
        for _, row in self._rows(file):
            yield row

    def links_of(self, document: str) -> tuple[Link, ...]:
        """The links of one document, in the order of its texts."""
        return self._links(self._links_of.get(document, ()))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the volume."""

        def read() -> tuple[Finding, ...]:
            found = findings_of_rows(rows_of(self._files[FINDINGS.file]), self._line_numbers)
            words = rows_of(self._files.get(TRANSLATIONS.file, b""))
            return TRANSLATIONS.decode(VolumeResult(self.name, findings=found), words).findings

        return self._checked(read)

    @cached_property
    def _pages_at(self) -> Mapping[int, list[int]]:
        """Where in `pages` the pages of an order are."""
        return _grouped((page.order, at) for at, page in enumerate(self.pages))

    @cached_property
    def _documents_named(self) -> Mapping[str, list[Document]]:
        return _grouped((stated.document, stated) for stated in self.documents)

    @cached_property
    def _documents_on(self) -> Mapping[int, list[Document]]:
        return _grouped((at, stated) for stated in self.documents for at in dict.fromkeys(at for at, _ in stated.areas))

    @cached_property
    def _findings_of(self) -> Mapping[str | None, list[Finding]]:
        return _grouped((finding.document, finding) for finding in self.findings)

    @cached_property
    def _findings_on(self) -> Mapping[int, list[Finding]]:
        return _grouped((order, finding) for finding in self.findings for order in dict.fromkeys(finding.pages))

    def _outline(self) -> VolumeResult:
        pages = PAGES.decode(VolumeResult(self.name), rows_of(self._files[PAGES.file]))
        return DOCUMENTS.decode(pages, rows_of(self._files[DOCUMENTS.file]))

    def _index(self) -> None:
        for place, row in self._rows(LINES.file):
            self._line_numbers[row["line"]] = len(self._lines[row["page"]])
            self._lines[row["page"]].append(place)
        for place, row in self._rows(LINKS.file):
            self._links_of[row["document"]].append(place)
            for order in dict.fromkeys(area["page"] for area in row["areas"]):
                self._links_on[order].append(place)
        for place, row in self._rows(BEADS.file):
            self._beads[row["texts"][0]].append(place)

    def _rows(self, file: str) -> Iterator[tuple[_Place, ReadRow]]:
        data, start = self._files[file], 0
        while start < len(data):
            end = data.find(b"\n", start)
            end = len(data) if end < 0 else end
            if data[start:end].strip():
                yield (start, end), json.loads(data[start:end])
            start = end + 1

    def _read(self, record: Record, places: Iterable[_Place]) -> list[ReadRow]:
        data = self._files[record.file]
        return [json.loads(data[start:end]) for start, end in places]

    def _with_lines(self, pages: Sequence[Page]) -> VolumeResult:
        rows = self._read(LINES, (place for page in pages for place in self._lines.get(page.order, ())))
        bare = VolumeResult(self.name, pages=tuple(pages), matches=tuple({} for _ in pages))
        return self._checked(lambda: LINES.decode(bare, rows))

    def _links(self, places: Iterable[_Place]) -> tuple[Link, ...]:
        return self._checked(lambda: decoded_links(self._read(LINKS, places), self._line_numbers))

    def _pairs(self, documents: Iterable[Document], links: tuple[Link, ...]) -> tuple[PairedTexts[str], ...]:
        places = [place for document in documents for text in document.texts for place in self._beads.get(text, ())]
        own = VolumeResult(self.name, links=links)
        return self._checked(lambda: BEADS.decode(own, self._read(BEADS, places)).pairs)

    @staticmethod
    def _checked(work: Callable[[], T]) -> T:
        try:
            return work()
        except (LookupError, ValueError, TypeError, RecursionError) as error:
            raise DamagedRecord(None) from error


def _grouped(pairs: Iterable[tuple[K, T]]) -> Mapping[K, list[T]]:
    """What stands under each key, in the order in which it comes; nothing under other keys."""
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for name, value in pairs:
        groups[name].append(value)
    return groups
