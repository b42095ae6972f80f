"""Workbooks made by hand, as no spreadsheet would make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet_xml(rows: str, *, before: str = "", main: str = MAIN) -> str:
    """A sheet with these rows."""
    declared = f'<?xml version="1.0" encoding="UTF-8"?>{before}'
    return f'{declared}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'


def inline(*texts: str) -> str:
    """Cells with these texts in them."""
    return "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' for text in texts)


def workbook(*sheets: str, more: Mapping[str, str | bytes] | None = None, main: str = MAIN) -> bytes:
    """A workbook with these sheets and whatever else is given."""
    tabs = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1))
    links = "".join(
        f'<Relationship Id="r{n}" Type="t" Target="worksheets/s{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_R}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATED}">{links}</Relationships>',
        **{f"xl/worksheets/s{n}.xml": text for n, text in enumerate(sheets, start=1)},
        **(more or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()
