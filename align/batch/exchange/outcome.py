"""What came of taking decisions in: how many were taken, and a sentence for each that was not."""

from __future__ import annotations

from dataclasses import dataclass

from align.decisions.table import reading_of, word
from align.files.paths import shown
from align.model.decision import CHOICES, Event, Subject

# Letters of a comment or a reading in a sentence.
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many decisions were taken or would be, how many were there, and sentences about all the others.

    `untouched` counts rows or histories that say nothing against what stands. `conflicts` need an editor's choice, and
    `untaken` cannot be taken as they are.
    """

    taken: int
    there: int
    untouched: int
    conflicts: tuple[str, ...] = ()
    untaken: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is left to an editor."""
        return not self.conflicts and not self.untaken


def spoken(event: Event | None) -> str:
    """A decision with its editor and day, for a sentence: "false alarm (Anna, 2026-11-28; see p. 5)"."""
    if event is None:
        return "nothing, since it was taken back"
    more = [part for part in (f"{event.by}, {event.time[:10]}", reading_of(event), event.comment) if part]
    flag = ", a second reader is asked for" if event.flag else ""
    what = word(event.subject.kind, event.decision) if event.decision in CHOICES[event.subject.kind] else "a comment"
    return f"{what}{flag} ({'; '.join(_cut(part) for part in more)})"


def named(subject: Subject) -> str:
    """A subject for a sentence: "finding 0123456789abcdef"."""
    return f"{subject.kind} {subject.key}"


def _cut(text: str) -> str:
    line = shown(" ".join(text.split()))
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
