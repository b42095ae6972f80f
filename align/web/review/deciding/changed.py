"""Which decisions still stand as they were made, and which were made on an earlier text; kept up to date."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from threading import Lock

from align.decisions.fates import Fate, fates
from align.decisions.subjects import unchanged
from align.model.decision import Event, Subject
from align.web.review.deciding.history import History
from align.web.review.deciding.shown_results import ShownResults


@dataclass(slots=True)
class Changed:
    """The fates of the events that stand, in the results that are shown now.

    All fates are found anew after a run. After that an event that says what stands there now has no other fate.
    """

    history: History
    results: Callable[[], ShownResults]
    _others: dict[Subject, Fate] = field(init=False, default_factory=dict)
    _version: str | None = field(init=False, default=None)
    _number: int = field(init=False, default=0)
    _lock: Lock = field(init=False, default_factory=Lock)

    def others(self) -> Mapping[Subject, Fate]:
        """The fates of the events that do not stand in the results: "changed" or "gone"."""
        with self._lock:
            results, last = self.results(), self.history.last
            if self._version != results.version or not self._followed(results):
                found = fates(self.history.standing(), results.every)
                self._others = {fate.event.subject: fate for fate in found if fate.kind != "stands"}
            self._version, self._number = results.version, last
            return dict(self._others)

    def standing(self) -> Mapping[Subject, Event]:
        """The events that stand, and whose subjects are unchanged."""
        others = self.others()
        if not others:
            return self.history.standing()
        return {subject: event for subject, event in self.history.standing().items() if subject not in others}

    def lines(self) -> Iterator[str]:
        """Each event that does not stand in the results, as JSON, with what is there now."""
        for fate in self.others().values():
            now = "null"
            if fate.now is not None:
                about = {
                    "subject": fate.now.subject._asdict(),
                    "content": fate.now.content,
                    "where": asdict(fate.now.where),
                }
                now = json.dumps(about, ensure_ascii=False)
            yield f'{{"event":{self.history.line(fate.event)},"fate":"{fate.kind}","now":{now}}}'

    def _followed(self, results: ShownResults) -> bool:
        """Whether the fates could be kept up to date by the new events alone."""
        for subject in dict.fromkeys(event.subject for _, event in self.history.after(self._number)):
            stands, at = self.history.standing_of(subject), results.subjects.get(subject)
            if stands is not None and (at is None or not _says_now(stands, at.content)):
                return False
            self._others.pop(subject, None)
        return True


def _says_now(event: Event, content: str) -> bool:
    """Whether the event was made on this very content; of links and pairs it is not the words alone that count."""
    if event.subject.kind in ("link", "pair"):
        return event.content == content
    return unchanged(event.content, content)
