"""The findings that belong to no volume: about files and folders of a collection, and about its texts."""

from __future__ import annotations

from collections.abc import Sequence

from align.batch.rows import Row, read_rows, spliced_findings
from align.batch.selection import Options
from align.batch.translations import write_translations
from align.export import finding_rows, json_lines
from align.files.collection.opening import Collection
from align.files.collection.tree import Problem
from align.files.collection.volumes import Volume
from align.files.store.result_store import ResultStore
from align.linking import numbered
from align.linking.findings.catalogue import CATALOGUE
from align.model import Finding, key


def problem_findings(problems: Sequence[Problem]) -> list[Finding]:
    """One finding for each problem, in their order."""
    return [
        Finding(
            code=problem.code,
            severity=CATALOGUE[problem.code].severity,
            case=problem.case,
            values={"path": problem.path, **problem.values},
            subjects=(key(problem.path),),
        )
        for problem in problems
    ]


def write_loose_findings(
    store: ResultStore, collection: Collection, chosen: Sequence[Volume], doubts: Sequence[Finding], options: Options
) -> list[Row]:
    """Write the findings that belong to no volume, and return their rows; `doubts` are those about texts.

    Where the run is about a part of the collection, the other rows stay as they were.
    """
    findings = numbered("_", [*problem_findings(collection.problems), *doubts])
    fresh = list(finding_rows(findings, ()))
    old = read_rows(store.read_bytes("findings.jsonl"))
    document = options.document
    others = {text.path for volume in collection.volumes if volume not in chosen for text in volume.texts}
    whole = old is None or (document is None and options.volume is None)

    def is_fresh(row: Row) -> bool:
        return whole or (row["text"] not in others if document is None else row["document"] == document)

    rows = fresh if whole or old is None else spliced_findings(fresh, old, is_fresh)
    store.write_text("findings.jsonl", json_lines(rows))
    write_translations(store, "", rows, findings, is_fresh)
    return rows
