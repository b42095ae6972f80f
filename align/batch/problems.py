"""What is wrong with the files and folders of a collection, as findings."""

from __future__ import annotations

from collections.abc import Sequence

from align.files.collection.tree import Problem
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
