"""Sentence pairs side by side for historians: what the page says, what the translation says, how sure, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from align.export.bitexts.units import Unit, unit_of, units_of
from align.export.overlay.captions import plain
from align.export.spreadsheet import Cell, Column, Link, table_xlsx
from align.export.viewer_addresses import viewer_address
from align.model import VolumeResult
from align.records import NamedBead

SHEET = "Sentences"
COLUMNS = (
    Column("page", 9),
    Column("transcription", 60),
    Column("translation", 60),
    Column("pair score", 7),
    Column("status", 10),
    Column("place score", 7),
    Column("in the viewer", 10),
    Column("document", 16),
    Column("title", 28),
    Column("date", 12),
    Column("languages", 10),
    Column("role", 10),
    Column("key", 18, opaque=True),
    Column("sentence", 30),
)
# The columns on paper: to "place score".
_PRINTED = 6


def side_by_side(documents: Iterable[VolumeResult], *, up: str) -> bytes:
    """The sentences of the documents as a table, XLSX; `up` leads from the file to the folder of results ("../")."""
    rows = (row for document in documents for row in _rows(document, up))
    return table_xlsx(COLUMNS, rows, sheet=SHEET, printed=_PRINTED)


def _rows(volume: VolumeResult, up: str) -> Iterator[tuple[Cell, ...]]:
    (document,) = volume.documents
    for languages, unit, paired in _units(volume):
        first = unit.sentences[0]
        address = viewer_address(volume.volume, "d", document.document, "s", first.key)
        yield (
            ", ".join(label or f"[{order}]" for order, label in zip(unit.pages, unit.labels, strict=True)),
            plain(unit.source) or None,
            plain(unit.target) or None,
            unit.bead.score if paired else None,
            unit.status,
            unit.place_score,
            Link("viewer", up + address),
            plain(document.document),
            plain(document.title or ""),
            plain(document.date or ""),
            languages,
            first.role,
            first.key,
            first.sentence,
        )


def _units(volume: VolumeResult) -> Iterator[tuple[str, Unit, bool]]:
    """The units of each pair of texts, then the sentences of the texts that are in no pair; with their languages."""
    paired: set[str] = set()
    for pair, units in units_of(volume):
        paired |= {pair.transcription, pair.translation}
        for unit in units:
            yield " – ".join(pair.languages), unit, True
    for link in volume.links:
        if link.text not in paired:
            left, right = ((link,), ()) if link.kind == "transcription" else ((), (link,))
            yield link.language, unit_of(volume, NamedBead(link.sentence, left, right, link.score)), False
