"""Rows of the sheets of an .xlsx file, read from its XML parts themselves, behind limits.

A reader of whole workbooks opens every part and trusts what the file says of its own size. A table of decisions needs
a few parts, and none of their formulas, dates and styles. Each part is read in pieces, and no tree of it is built.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from align.errors import InputError
from align.files.tables.sheet_parts import FoundElements, Part, SharedTexts, SheetRows, Unwanted
from align.markup_guard import fault_of

# Bytes of one part, unpacked: the sheet of 20,000 findings has 40 MB. A bomb unpacks to more.
_PART_BYTES = 96 << 20
_PIECE = 1 << 16
# Bytes of the list of parts. A picture is a part of its own, and takes 100 bytes of the list.
_LIST_BYTES = 12 << 20
_SHEETS = 50
_ODS = b"application/vnd.oasis.opendocument"
_FAULTS = (
    BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError, KeyError,
    etree.XMLSyntaxError,
)  # fmt: skip


def workbook_sheets(data: bytes, name: str) -> Iterator[Iterator[tuple[int, Sequence[str]]]]:
    """The sheets of a workbook in the order of their tabs, each as its rows that are not empty, with their numbers.

    A cell is its text; of a formula, the value that was computed last.

    Raises:
        InputError: causes "not-a-table", "damaged", "too-large", "encrypted".
    """
    if _list_bytes(data) > _LIST_BYTES:
        raise InputError(f"{name} has too many parts inside: save the table alone.", cause="too-large")
    with _faults_told(name), ZipFile(BytesIO(data)) as archive:
        parts = _Parts(archive, name)
        if "xl/workbook.xml" not in parts.names:
            what = "is an .ods table" if _ODS in data[:200] else "is no table of a spreadsheet"
            raise InputError(f"{name} {what}: save it as .xlsx or .csv.", cause="not-a-table")
        shared = parts.shared_texts()
        for path in parts.sheets():
            yield parts.rows(path, shared)


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    """A block in which whatever is wrong with a workbook becomes one sentence."""
    try:
        yield
    except Unwanted as fault:
        raise InputError(
            f"{name} {fault}: copy what you filled in into the table that align report writes.", cause="too-large"
        ) from fault
    except _FAULTS as error:
        raise InputError(
            f"{name} is damaged ({fault_of(error)}): open it in a spreadsheet and save it again as .xlsx.",
            cause="damaged",
        ) from error


def _list_bytes(data: bytes) -> int:
    """The size of the archive's list of parts, as its end states it; the library reads so much before it can be asked.

    An end in the form for archives above 4 GB counts as too large.
    """
    end = data.rfind(b"PK\x05\x06", -65_557)
    if end < 0 or end + 22 > len(data):
        return 0
    size: int = struct.unpack_from("<I", data, end + 12)[0]
    return (1 << 32) if data[end - 20 : end - 16] == b"PK\x06\x07" else size


class _Parts:
    """The parts of the archive, each read behind the limits."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.names = frozenset(archive.namelist())

    def read(self, path: str, target: Part) -> Iterator[None]:
        """Give a part to the target, piece by piece; between two pieces the caller takes what there is."""
        info = self.archive.getinfo(path)
        if info.flag_bits & 1:
            raise InputError(f"{self.name} is password-protected: save it without a password.", cause="encrypted")
        parser = etree.XMLParser(
            target=target,  # type: ignore[arg-type]  # the stubs ask for bytes too, which no XML parser gives
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        left = _PART_BYTES
        with _faults_told(self.name), self.archive.open(info) as part:
            while piece := part.read(_PIECE):
                left -= len(piece)  # the size that the archive claims may be a lie
                if left < 0:
                    raise Unwanted(f"unpacks to more than {_PART_BYTES >> 20} MB")
                parser.feed(piece)
                yield
            parser.close()
            yield

    def shared_texts(self) -> Sequence[str]:
        """The texts that cells name by number."""
        found = SharedTexts()
        if "xl/sharedStrings.xml" in self.names:
            list(self.read("xl/sharedStrings.xml", found))
        return found.texts

    def sheets(self) -> Iterator[str]:
        """The paths of the sheets, in the order of their tabs."""
        related, sheets = FoundElements("Relationship"), FoundElements("sheet")
        list(self.read("xl/_rels/workbook.xml.rels", related))
        list(self.read("xl/workbook.xml", sheets))
        targets = {own.get("Id"): own.get("Target", "") for own in related.found}
        for sheet in sheets.found[:_SHEETS]:
            target = next((targets.get(value) for key, value in sheet.items() if key.endswith("}id")), None)
            path = posixpath.normpath(posixpath.join("/xl", target or "")).lstrip("/")
            if path in self.names:
                yield path

    def rows(self, path: str, shared: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows of a sheet that are not empty."""
        found = SheetRows(shared)
        for _ in self.read(path, found):
            yield from found.ready()
