"""What stands of the events: for each subject the latest event that was not undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from align.model.decision import UNDONE, Event, Subject

History = Mapping[Subject, tuple[Event, ...]]


def standing(events: Iterable[Event]) -> dict[Subject, Event]:
    """For each subject the event that stands, in the order in which the subjects were first decided on.

    An undone event takes back the event that stands; the one before it stands again. A subject all of whose events
    were undone is not in the result.
    """
    stacks: dict[Subject, list[Event]] = {}
    for event in events:
        stack = stacks.setdefault(event.subject, [])
        if event.decision != UNDONE:
            stack.append(event)
        elif stack:
            stack.pop()
    return {subject: stack[-1] for subject, stack in stacks.items() if stack}
