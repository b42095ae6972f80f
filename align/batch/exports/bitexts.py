"""`--format tmx` and `--format xliff`: sentence pairs for programs of translators."""

from __future__ import annotations

from align.batch.exports.parts import Files, Part, export_parts
from align.batch.exports.request import Exported, ExportRequest
from align.export.bitexts.tmx import tmx_bytes
from align.export.bitexts.xliff import languages_of, xliff_bytes
from align.version import VERSION


def export_tmx(request: ExportRequest) -> Exported:
    """Write a translation memory of each volume or document."""
    return export_parts(request, "tmx", _tmx)


def export_xliff(request: ExportRequest) -> Exported:
    """Write a file for each pair of languages of each volume or document."""
    return export_parts(request, "xliff", _xliff)


def _tmx(part: Part) -> Files:
    languages = {source for document in part.outlines() for source, _ in languages_of(document)}
    source = next(iter(languages)) if len(languages) == 1 else None
    yield f"{part.name}.tmx", tmx_bytes(part.outlines(), version=VERSION, source_language=source)


def _xliff(part: Part) -> Files:
    pairs = dict.fromkeys(pair for document in part.outlines() for pair in languages_of(document))
    for languages in pairs:
        name = f"{part.name}.{languages[0]}-{languages[1]}.xlf"
        yield name, xliff_bytes(part.outlines(), languages)
