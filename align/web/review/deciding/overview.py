"""How far the work is: documents with their states, editors with their paces, and how long the rest will take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from align.model.decision import Event, Subject
from align.web.review.deciding.history import History
from align.web.review.deciding.pace import seconds_each, seconds_left
from align.web.review.deciding.shown_results import DocumentAt, ShownResults

Standing = Mapping[Subject, Event]


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document, its state with who said so and when, and how many of its findings are decided.

    `stated` is the event that says the state; without one a document is "to-do", or "in-work" once anything is decided,
    or "nothing" where there is nothing to decide.
    """

    at: DocumentAt
    state: str
    stated: Event | None
    findings: int
    decided: int
    flagged: int
    seconds_left: int | None

    def json(self) -> dict[str, object]:
        """The state as the API says it."""
        return {
            "volume": self.at.volume,
            "document": self.at.document,
            "title": self.at.title,
            "key": self.at.key,
            "state": self.state,
            "by": self.stated and self.stated.by,
            "time": self.stated and self.stated.time,
            "event": self.stated and self.stated.event,
            "findings": self.findings,
            "decided": self.decided,
            "flagged": self.flagged,
            "seconds_left": self.seconds_left,
        }


def document_states(results: ShownResults, standing: Standing, each: float | None) -> list[DocumentState]:
    """The states of all documents, in their order, for an editor whom a decision takes `each` seconds.

    `standing` are the events that stand and whose subjects are unchanged.
    """
    return [_state(own, standing, each) for own in results.documents]


def pace(history: History, by: str) -> float | None:
    """The seconds that a decision takes this editor; None where too few are known."""
    return seconds_each(history.editors().get(by, ()))


def progress(results: ShownResults, history: History, standing: Standing, by: str) -> dict[str, object]:
    """The progress of the whole, of each document and of each editor, as the API says it to the editor `by`."""
    each = pace(history, by)
    outside = results.outside()
    states = document_states(results, standing, each)
    findings = sum(own.findings for own in states) + len(outside)
    decided = sum(own.decided for own in states)
    decided += sum((event := standing.get(subject)) is not None and event.decision is not None for subject in outside)
    whose = Counter(event.by for event in standing.values() if event.decision is not None)
    return {
        "findings": findings,
        "decided": decided,
        "seconds_left": seconds_left(findings - decided, each),
        "documents": [own.json() for own in states],
        "editors": [
            {"by": name, "decided": whose[name], "last": times[-1], "seconds_each": seconds_each(times)}
            for name, times in sorted(history.editors().items())
            if times
        ],
    }


def _state(own: DocumentAt, standing: Standing, each: float | None) -> DocumentState:
    stated = standing.get(Subject("document", own.key))
    events = [event for subject in own.findings if (event := standing.get(subject)) is not None]
    decided = sum(event.decision is not None for event in events)
    flagged = sum(event.flag for event in events)
    state = stated.decision if stated is not None else None
    unstated = "in-work" if decided else "to-do" if own.findings else "nothing"
    left = seconds_left(len(own.findings) - decided, each)
    return DocumentState(own, state or unstated, stated, len(own.findings), decided, flagged, left)
