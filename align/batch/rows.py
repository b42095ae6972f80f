"""Result rows read back, and those of one document renewed among those of the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

Row = dict[str, object]


def read_rows(data: bytes | None, *, whole: bool = False) -> list[Row] | None:
    """The rows of a JSON-lines file (or of one JSON text, if `whole`), or None where it is not there or damaged."""
    if data is None:
        return None
    try:
        rows = [json.loads(part) for part in ([data] if whole else data.split(b"\n")) if part.strip()]
    except ValueError:
        return None
    return rows if all(isinstance(row, dict) for row in rows) else None


def kept_rows(
    fresh: Mapping[str, Sequence[Row]], old: Mapping[str, Sequence[Row] | None], document: str, texts: set[str]
) -> dict[str, list[Row]]:
    """For each file (by its name) its rows: the fresh ones of the document, the old ones of all others.

    Pages stay as they were; lines keep their matches in the texts of other documents. A file that was not there is
    wholly fresh.
    """
    kept: dict[str, list[Row]] = {}
    for name, rows in fresh.items():
        before = old[name]
        if before is None:
            kept[name] = list(rows)
        elif name == "pages":
            kept[name] = list(before)
        elif name == "lines":
            kept[name] = _lines(rows, before, texts)
        elif name == "beads":
            kept[name] = _spliced(rows, before, lambda row: bool(texts & set(_texts(row))))
        else:
            kept[name] = _spliced(rows, before, lambda row: row["document"] == document)
    if old["findings"] is not None:
        _renumber(kept["findings"])
    return kept


def _texts(row: Row) -> list[str]:
    texts = row["texts"]
    return [str(path) for path in texts] if isinstance(texts, list) else []


def _spliced(fresh: Sequence[Row], old: Sequence[Row], mine: Callable[[Row], bool]) -> list[Row]:
    """The old rows with the document's replaced by the fresh ones, where the first of them stood, or at the end."""
    own = [row for row in fresh if mine(row)]
    result: list[Row] = []
    done = False
    for row in old:
        if not mine(row):
            result.append(row)
        elif not done:
            result += own
            done = True
    return result if done else result + own


def _lines(fresh: Sequence[Row], old: Sequence[Row], texts: set[str]) -> list[Row]:
    """The old lines, with their matches in the document's texts renewed."""
    own = {row["line"]: [m for m in _matches(row) if m["text"] in texts] for row in fresh}
    return [
        {**row, "matches": [m for m in _matches(row) if m["text"] not in texts] + own.get(row["line"], [])}
        for row in old
    ]


def _matches(row: Row) -> list[Row]:
    matches = row["matches"]
    return matches if isinstance(matches, list) else []


def _renumber(findings: Sequence[Row]) -> None:
    """Give findings ids by position again, so that each is there once."""
    for number, row in enumerate(findings, start=1):
        stem, _, _ = str(row["finding"]).rpartition(".f")
        row["finding"] = f"{stem}.f{number:04d}"
