"""The messages of findings in Russian, beside findings.jsonl, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from align.batch.rows import Row, read_rows
from align.export import json_lines
from align.files.store.result_store import ResultStore
from align.model import Finding

LANGUAGE = "ru"
# The file beside findings.jsonl, one row for each of its rows, in the same order.
FILE_NAME = f"findings.{LANGUAGE}.jsonl"


def translation_rows(
    rows: Iterable[Row], fresh: Iterable[Finding], old: Sequence[Row] | None, is_fresh: Callable[[Row], bool]
) -> list[Row]:
    """For each row of findings.jsonl its id, its key, and its message and suggestion in Russian.

    Rows that `is_fresh` are this run's findings; the others were kept from the last run, whose translations are `old`.
    A finding without a translation, from a run of an older program, keeps its English.
    """
    made: dict[object, Row] = {
        finding.key: {"message": words.message, "suggestion": words.suggestion}
        for finding in fresh
        for words in [finding.wording(LANGUAGE)]
    }
    kept = {row["key"]: row for row in old or ()}
    result: list[Row] = []
    for row in rows:
        first, second = (made, kept) if is_fresh(row) else (kept, made)
        words = first.get(row["key"]) or second.get(row["key"]) or row
        result.append(
            {
                "finding": row["finding"],
                "key": row["key"],
                "message": words["message"],
                "suggestion": words["suggestion"],
            }
        )
    return result


def write_translations(
    store: ResultStore, folder: str, rows: Sequence[Row], fresh: Iterable[Finding], is_fresh: Callable[[Row], bool]
) -> str:
    """Write the Russian words of the findings in a folder ("maisky/", or "" for none), and return the file's name."""
    name = f"{folder}{FILE_NAME}"
    old = read_rows(store.read_bytes(name))
    store.write_text(name, json_lines(translation_rows(rows, fresh, old, is_fresh)))
    return name
