"""Decisions laid over results: what each finding's row and each document's row says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from align.decisions.calibration import NO_CALIBRATIONS, Calibrations
from align.decisions.fates import FateKind, fates
from align.decisions.subjects import subjects_of
from align.model import Document, DocumentState, Finding, FindingDecision, VolumeResult
from align.model.decided import DecisionStanding, DocumentStage
from align.model.decision import Event, Subject


@dataclass(frozen=True, slots=True)
class WithDecisions:
    """A volume with what was decided of it, and how many decisions have each fate."""

    result: VolumeResult
    fates: Mapping[FateKind, int]


_STAGES: Mapping[str | None, DocumentStage] = {
    "to-do": "to-do", "in-work": "in-work", "second-reader": "second-reader", "done": "done",
}  # fmt: skip


def with_decisions(
    result: VolumeResult, standing: Mapping[Subject, Event], calibrations: Calibrations = NO_CALIBRATIONS
) -> WithDecisions:
    """The volume with the decisions of its findings and the states of its documents, as they stand now.

    A finding that took the place of one that was decided on names that decision as "changed". Each finding says how
    likely it is by what was decided of its kind.
    """
    found = fates(standing, subjects_of(result))
    of_finding: dict[str, FindingDecision] = {}
    of_document: dict[str, DocumentState] = {}
    for fate in sorted(found, key=lambda fate: fate.kind == "stands"):
        if fate.now is None or fate.kind == "gone":
            continue
        if fate.now.subject.kind == "finding":
            of_finding[fate.now.subject.key] = _decision(fate.event, fate.kind)
        stage = _STAGES.get(fate.event.decision)
        if fate.now.subject.kind == "document" and stage is not None and fate.now.where.document is not None:
            of_document[fate.now.where.document] = DocumentState(stage, fate.event.by, fate.event.time)
    return WithDecisions(
        replace(
            result,
            findings=tuple(_finding(own, of_finding.get(own.key), calibrations) for own in result.findings),
            documents=tuple(_document(document, of_document.get(document.document)) for document in result.documents),
        ),
        Counter(fate.kind for fate in found),
    )


def _decision(event: Event, standing: DecisionStanding) -> FindingDecision:
    return FindingDecision(
        decision=event.decision,
        value=None if event.value is None else dict(sorted(event.value.items())),
        comment=event.comment,
        flag=event.flag,
        by=event.by,
        time=event.time,
        event=event.event,
        standing=standing,
    )


def _finding(finding: Finding, decision: FindingDecision | None, calibrations: Calibrations) -> Finding:
    calibrated = calibrations.calibrated(finding.code, finding.score)
    if (finding.decision, finding.calibrated) == (decision, calibrated):
        return finding
    return replace(finding, decision=decision, calibrated=calibrated)


def _document(document: Document, state: DocumentState | None) -> Document:
    return document if document.state == state else replace(document, state=state)
