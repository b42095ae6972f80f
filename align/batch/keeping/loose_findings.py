"""Findings that belong to no volume: about files of the collection, and about source texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

from align.batch.selection import Options
from align.batch.texts import read_texts
from align.errors import InputError
from align.files.collection.opening import Collection
from align.files.collection.tree import Problem
from align.files.collection.volumes import Volume
from align.files.store.result_store import ResultStore
from align.files.store.results import read_loose
from align.linking import numbered
from align.linking.findings.catalogue import CATALOGUE
from align.model import Finding, key
from align.records.renewal import renewed_findings
from align.workers.calls import Pool, Workers


def problem_findings(problems: Iterable[Problem]) -> list[Finding]:
    """One finding for each problem of the collection's files and folders, in their order."""
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


def loose_findings(
    store: ResultStore,
    collection: Collection,
    linked: Sequence[Volume],
    options: Options,
    about_texts: Sequence[Finding],
    pool: Pool,
) -> tuple[Finding, ...]:
    """The findings about files and texts of the collection; `about_texts` are of the volumes that were `linked`.

    After a run over a part, all others are as they were; where the old ones are damaged, the `pool` reads
    the other texts.
    """
    fresh = numbered("_", [*problem_findings(collection.problems), *about_texts])
    others = [volume for volume in collection.volumes if volume not in linked]
    if options.document is None and not others:
        return fresh
    try:
        old = read_loose(store)
    except InputError:
        unread = [text for volume in others for text in volume.texts]
        with closing(Workers(pool)) as workers:
            read = read_texts(collection.root, unread, collection.page_marker, workers)
        more = [finding for entry in read for finding in entry.findings]
        return numbered("_", [*problem_findings(collection.problems), *about_texts, *more])
    if options.document is not None:
        return renewed_findings(fresh, old, lambda finding: finding.document == options.document)
    texts_outside = {text.path for volume in others for text in volume.texts}
    return renewed_findings(fresh, old, lambda finding: finding.text not in texts_outside)
