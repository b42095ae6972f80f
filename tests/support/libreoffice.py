"""Tables filled in with LibreOffice, without a window: opened, sorted, written into, saved in another form."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

# Form: the name of the filter, and its options. 76 is UTF-8, 34 Windows-1251, 65535 UTF-16; 59 is ";", 9 the tab.
FORMS: Mapping[str, tuple[str, str]] = {
    "xlsx": ("Calc MS Excel 2007 XML", ""),
    "ods": ("calc8", ""),
    "semicolons": ("Text - txt - csv (StarCalc)", "59,34,76,1"),
    "windows-1251": ("Text - txt - csv (StarCalc)", "44,34,34,1"),
    "tabs, UTF-16": ("Text - txt - csv (StarCalc)", "9,34,65535,1"),
}
_LIBRARY = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:{0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{0}.dtd">\n'  # noqa: E501
_SPACE = 'xmlns:library="http://openoffice.org/2000/library"'
_MACRO = """
Sub Fill(sheet, keyColumn, key, cells)
  Dim row As Long, at As Integer
  For row = 1 To 100000
    If sheet.getCellByPosition(keyColumn, row).String = key Then
      For at = 0 To UBound(cells)
        If cells(at) <> "" Then sheet.getCellByPosition(at, row).setFormula("'" & cells(at))
      Next
      Exit Sub
    End If
    If sheet.getCellByPosition(keyColumn, row).String = "" Then Exit Sub
  Next
End Sub

Sub Save(document, address, filter, options)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = filter
  how(1).Name = "FilterOptions" : how(1).Value = options
  document.storeToURL(address, how())
End Sub

Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim order(0) As New com.sun.star.table.TableSortField
  Dim sorting(1) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL({source}, "_blank", 0, hidden())
  sheet = document.Sheets.getByIndex(0)
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  all = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
  order(0).Field = {sorted} : order(0).IsAscending = False
  sorting(0).Name = "SortFields" : sorting(0).Value = order()
  sorting(1).Name = "ContainsHeader" : sorting(1).Value = True
  all.sort(sorting())
{fills}
{saves}
  document.close(True)
  StarDesktop.terminate()
End Sub
"""


def needs_libreoffice() -> None:
    """Skip the test where there is no LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice here: apt-get install --no-install-recommends libreoffice-calc-nogui")


def filled_in(
    source: Path, target: Path, rows: Mapping[str, Sequence[str]], forms: Sequence[str], *, key_column: int, by: int
) -> dict[str, Path]:
    """The files, by form, in which LibreOffice saved the table after a macro sorted it and wrote into its first cells.

    `rows` are the cells by key; `by` is the column by which the table is sorted.
    """
    needs_libreoffice()
    files = {
        form: target / f"saved-{at}{'.csv' if 'Text' in FORMS[form][0] else f'.{form}'}"
        for at, form in enumerate(forms)
    }
    fills = "\n".join(
        f"  Fill(sheet, {key_column}, {_basic(key)}, Array({', '.join(map(_basic, cells))}))"
        for key, cells in rows.items()
    )
    saves = "\n".join(
        f"  Save(document, {_basic(path.as_uri())}, {', '.join(map(_basic, FORMS[form]))})"
        for form, path in files.items()
    )
    macro = _MACRO.format(source=_basic(source.as_uri()), sorted=by, fills=fills, saves=saves)
    profile = target / "profile"
    # The first start makes the profile, and would put an empty library in the place of the macro's.
    _run(profile, "--terminate_after_init")
    _put_macro(profile / "user" / "basic", macro)
    _run(profile, "macro:///Standard.M.Main")
    return files


def converted(source: Path, target: Path) -> Path:
    """The table that LibreOffice saved as .ods, saved by it as .xlsx again."""
    _run(target / "profile", "--convert-to", "xlsx", "--outdir", str(target / "converted"), str(source))
    return target / "converted" / f"{source.stem}.xlsx"


def _run(profile: Path, *words: str) -> None:
    program = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    subprocess.run([*program, *words], check=True, capture_output=True, timeout=500)


def _basic(text: str) -> str:
    """The text as Basic writes it."""
    quoted = text.replace('"', '""').replace("\n", '" & Chr(10) & "')
    return f'"{quoted}"'


def _put_macro(folder: Path, macro: str) -> None:
    standard = folder / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    (folder / "script.xlc").write_text(
        _LIBRARY.format("libraries") + f'<library:libraries {_SPACE} xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" '
        'library:link="false"/></library:libraries>',
        encoding="utf-8",
    )
    (standard / "script.xlb").write_text(
        _LIBRARY.format("library") + f'<library:library {_SPACE} library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="M"/></library:library>',
        encoding="utf-8",
    )
    (standard / "M.xba").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<script:module xmlns:script="http://openoffice.org/2000/script" '
        f'script:name="M" script:language="StarBasic">{escape(macro)}</script:module>',
        encoding="utf-8",
    )
