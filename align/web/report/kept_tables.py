"""The tables of the last report, which an editor may have filled in: they are not overwritten before that is kept."""

from __future__ import annotations

import shlex
from pathlib import Path

from align.decisions.table import is_heading, said
from align.decisions.taking import Decided, Taking, taking
from align.errors import InputError, OutputError
from align.files.paths import shown
from align.files.tables.table_file import read_table
from align.model.decision import Event, Subject
from align.model.plurals import several

TABLES = ("findings.xlsx", "findings.csv")
_NAMELESS = "0" * 32
_TIMELESS = "1970-01-01T00:00:00.000Z"


def refuse_unkept(folder: Path, decided: Decided, collection: Path) -> None:
    """Raise OutputError ("unkept-decisions") where a table in this folder holds decisions that the store does not have.

    The same for a table that cannot be read: nobody knows what it holds.
    """
    for name in TABLES:
        path = folder / name
        if not path.exists():
            continue
        held = _held(path, decided)
        if held is None or held.unkept:
            what = (
                "cannot be read, so what it holds is not known"
                if held is None
                else f"holds {several(held.unkept, 'decision')} that {'is' if held.unkept == 1 else 'are'} not kept yet"
            )
            command = shown(shlex.join(["align", "decisions", "import", str(collection), str(path)]))
            raise OutputError(
                f"{shown(str(path))} {what}, and the new report would overwrite it: take them with "
                f"`{command}`, or move the file elsewhere.",
                cause="unkept-decisions",
            )


def _held(path: Path, decided: Decided) -> Taking | None:
    """What a table adds to what is decided; None where it cannot be read."""
    try:
        table = read_table(path, is_heading)
        rows = list(said(table.headings, table.rows))
    except (InputError, ValueError):
        return None
    return taking(rows, decided, seen=lambda own: own.told, new_event=_bare)


def _bare(subject: Subject) -> Event:
    return Event(_NAMELESS, _TIMELESS, "-", subject)
