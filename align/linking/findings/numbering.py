"""Findings get what they lack at birth: an id from their position, a key from their subjects, and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from align.linking.findings.catalogue import wordings
from align.model import Finding, key, ncname


def numbered(volume: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with ids, keys and words: ids are `<volume>.f0001` and on.

    A key is made from the code, the subjects, and how often the two came before.
    """
    occurrences: Counter[tuple[str, ...]] = Counter()
    result = []
    for number, finding in enumerate(findings, start=1):
        subject = (finding.code, *finding.subjects)
        occurrences[subject] += 1
        words = wordings(finding)
        result.append(
            replace(
                finding,
                id=f"{ncname(volume)}.f{number:04d}",
                key=key(*subject, str(occurrences[subject])),
                message=words["en"].message,
                suggestion=words["en"].suggestion,
                translations={language: own for language, own in words.items() if language != "en"},
            )
        )
    return tuple(result)
