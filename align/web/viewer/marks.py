"""What the viewer marks in the texts: findings at their sentences, and how well a doubtful one was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import fmean
from typing import Any

from align.linking.findings.catalogue import CATALOGUE
from align.model import Finding, Link, Status, VolumeResult

Marked = Mapping[str, list[dict[str, Any]]]
# Sentences that an editor should look at first.
UNSURE: tuple[Status, ...] = ("doubtful", "partial", "unlinked")


def sentence_findings(volume: VolumeResult) -> Marked:
    """What is said of each sentence (by its id) that a finding names: the finding's key, severity, title and words."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in volume.findings:
        for sentence in finding.sentences:
            found[sentence].append(_said(finding))
    return found


def _said(finding: Finding) -> dict[str, Any]:
    title = CATALOGUE[finding.code].title._asdict() if finding.code in CATALOGUE else finding.code
    words = {language: finding.wording(language).message for language in ("en", *finding.translations)}
    return {"key": finding.key, "severity": finding.severity, "title": title, "words": words}


def agreement(link: Link, volume: VolumeResult) -> float | None:
    """How alike the lines of a sentence in doubt are to its text, 0 to 1; None for all other sentences."""
    if link.status != "doubtful" or link.kind != "transcription":
        return None
    at = {page.order: i for i, page in enumerate(volume.pages)}
    found = [
        match.similarity
        for area in link.areas
        for line in area.lines_read
        for match in volume.matches[at[area.page]].get(line, ())
        if match.text == link.text
    ]
    return round(fmean(found), 2) if found else None


def to_look_at(volume: VolumeResult) -> Mapping[str, int]:
    """The number of sentences of each document, by its name, that an editor should look at first.

    A translation lights up with its transcription, so that it counts only where the transcription does not.
    """
    numbers: dict[str, int] = defaultdict(int)
    grave = {sentence for own in volume.findings if own.severity != "note" for sentence in own.sentences}
    unsure = {own.sentence for own in volume.links if own.status in UNSURE or own.sentence in grave}
    for link in volume.links:
        seen = link.kind == "translation" and not unsure.isdisjoint(link.counterparts)
        numbers[link.document] += link.sentence in unsure and not seen
    return numbers
