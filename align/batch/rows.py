"""Result rows read back, and those of one document renewed among those of the others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

Row = dict[str, object]


def read_rows(data: bytes | None, *, whole: bool = False) -> list[Row] | None:
    """The rows of a JSON-lines file (or of one JSON text, if `whole`), or None where it is not there or damaged."""
    if data is None:
        return None
    try:
        rows = [json.loads(part) for part in ([data] if whole else data.split(b"\n")) if part.strip()]
    except (ValueError, RecursionError):
        return None
    return rows if all(isinstance(row, dict) for row in rows) else None


def kept_rows(
    fresh: Mapping[str, Sequence[Row]], old: Mapping[str, Sequence[Row] | None], document: str, texts: Collection[str]
) -> dict[str, list[Row]] | None:
    """For each file (by its name) its rows: the fresh ones of the document, whose texts are given, the old of all else.

    Pages stay as they were, their labels too; lines keep their matches in the texts of other documents. None where old
    rows are missing or were of other pages: then the document's rows alone cannot be right.
    """
    before = {name: rows for name, rows in old.items() if rows is not None}
    if before.keys() != fresh.keys() or _readings(before) != _readings(fresh):
        return None
    labels = {row["page"]: row["label"] for row in before["pages"]}
    kept = {
        "pages": list(before["pages"]),
        "lines": _lines(fresh["lines"], before["lines"], texts),
        "beads": _spliced(fresh["beads"], before["beads"], lambda row: bool(set(texts) & set(_texts(row)))),
        "findings": spliced_findings(fresh["findings"], before["findings"], lambda row: row["document"] == document),
    }
    for name in fresh.keys() - kept.keys():
        kept[name] = _spliced(fresh[name], before[name], lambda row: row["document"] == document)
    for name in ("links", "findings"):
        kept[name] = [_labelled(row, labels) if row["document"] == document else row for row in kept[name]]
    return {name: kept[name] for name in fresh}


def spliced_findings(fresh: Sequence[Row], old: Sequence[Row], mine: Callable[[Row], bool]) -> list[Row]:
    """The old findings with those that are `mine` replaced by the fresh ones; the others keep their ids.

    Mine take the ids that mine had, and then numbers that no other has: a run over everything numbers by position.
    """
    free = _free_ids(fresh, old, [str(row["finding"]) for row in old if mine(row)])
    own = [{**row, "finding": next(free)} for row in fresh if mine(row)]
    return _spliced(own, old, mine, whole=True)


def _free_ids(fresh: Sequence[Row], old: Sequence[Row], given_up: Sequence[str]) -> Iterator[str]:
    yield from given_up
    names = [str(row["finding"]) for row in (*fresh, *old)]
    stem = names[0].rpartition(".f")[0]
    number = max(int(digits.group()) for name in names if (digits := re.search(r"\d+$", name)))
    # Ids that only fresh rows have are left out as well, which does no harm.
    while True:
        number += 1
        yield f"{stem}.f{number:04d}"


def _readings(rows: Mapping[str, Sequence[Row]]) -> list[tuple[object, ...]]:
    """What other rows hold on to of pages and lines."""
    pages: list[tuple[object, ...]] = [(row["page"], row["id"], row["key"], row["status"]) for row in rows["pages"]]
    return pages + [(row["line"], row["page"], row["box"], row["text"]) for row in rows["lines"]]


def _texts(row: Row) -> list[str]:
    texts = row["texts"]
    return [str(path) for path in texts] if isinstance(texts, list) else []


def _spliced(
    fresh: Sequence[Row], old: Sequence[Row], mine: Callable[[Row], bool], *, whole: bool = False
) -> list[Row]:
    """The old rows with mine replaced by the fresh ones, where the first of them stood, or at the end.

    `whole`: all that is fresh is mine.
    """
    own = [row for row in fresh if whole or mine(row)]
    result: list[Row] = []
    done = False
    for row in old:
        if not mine(row):
            result.append(row)
        elif not done:
            result += own
            done = True
    return result if done else result + own


def _lines(fresh: Sequence[Row], old: Sequence[Row], texts: Collection[str]) -> list[Row]:
    """The old lines, with their matches in the document's texts renewed."""
    own = {row["line"]: [m for m in _list(row, "matches") if m["text"] in texts] for row in fresh}
    return [
        {**row, "matches": [m for m in _list(row, "matches") if m["text"] not in texts] + own[row["line"]]}
        for row in old
    ]


def _labelled(row: Row, labels: Mapping[object, object]) -> Row:
    """The row with the labels that its pages have in the old rows."""
    return {**row, "areas": [{**area, "label": labels[area["page"]]} for area in _list(row, "areas")]}


def _list(row: Row, name: str) -> list[Row]:
    value = row[name]
    return value if isinstance(value, list) else []
