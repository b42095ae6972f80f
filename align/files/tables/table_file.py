"""A table that an editor filled in, from its file: .xlsx or .csv, found out by its bytes and not by its name."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.errors import InputError
from align.files.paths import shown
from align.files.tables.delimited import delimited_rows
from align.files.tables.workbook import workbook_sheets

Row = tuple[int, Sequence[str]]
IsHeading = Callable[[Sequence[str]], bool]

# Bytes. 5,000 findings with their pictures take 40 MB.
MOST_BYTES = 256 << 20
# Rows above the heading that an editor may have put there: a title, the date, a remark.
_ABOVE = 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its headings, and its rows with their numbers, which count from 1 as a spreadsheet shows them."""

    headings: Sequence[str]
    rows: Sequence[Row]


def read_table(path: Path, is_heading: IsHeading) -> Table:
    """The table in this file; InputError ("missing", "unreadable", "too-large") and as of `table_of`."""
    return table_of(table_bytes(path), shown(str(path)), is_heading)


def table_of(data: bytes, name: str, is_heading: IsHeading) -> Table:
    """The table in these bytes of a file: it begins with the first row for which `is_heading` is true.

    Of a workbook it is the first sheet that has such a row.

    Raises:
        InputError: causes "too-large", "encrypted", "damaged", "not-a-table", "no-heading".
    """
    if data.startswith(_OLE):
        raise InputError(
            f"{name} is password-protected or an old .xls: save it as .xlsx without a password.", cause="encrypted"
        )
    if data.startswith(_ZIP):
        for rows in workbook_sheets(data, name):
            if (found := _from_heading(rows, is_heading)) is not None:
                return found
    elif (found := _from_heading(delimited_rows(data, name, is_heading), is_heading)) is not None:
        return found
    raise InputError(
        f"{name} has no row of headings in which both 'key' and 'decision' stand: take the table that align report "
        "or align decisions export writes.",
        cause="no-heading",
    )


def table_bytes(path: Path) -> bytes:
    """The bytes of a file that a user names, at most MOST_BYTES; InputError ("missing", "unreadable", "too-large")."""
    name = shown(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{name} is not a file: name the file itself.", cause="unreadable")
        with path.open("rb") as stream:
            data = stream.read(min(status.st_size, MOST_BYTES) + 1)
    except FileNotFoundError as error:
        raise InputError(f"{name} is not there: look at its name and its folder.", cause="missing") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name} cannot be read ({reason}): check its permissions.", cause="unreadable") from error
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{name} is larger than {MOST_BYTES >> 20} MB: remove its pictures, or divide it.", cause="too-large"
        )
    return data


def _from_heading(rows: Iterable[Row], is_heading: IsHeading) -> Table | None:
    headings: Sequence[str] | None = None
    found: list[Row] = []
    for at, (number, cells) in enumerate(rows):
        if headings is not None:
            found.append((number, cells))
        elif is_heading(cells):
            headings = cells
        elif at >= _ABOVE:
            return None
    return None if headings is None else Table(headings, found)
