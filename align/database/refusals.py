"""Decisions that are not taken, since another editor's stands against them."""

from __future__ import annotations

from align.errors import InputError
from align.model.decision import Event


class StaleDecision(InputError):  # noqa: N818 - a refusal, said as editors say it
    """Another decision stands than the one that the editor saw; `current` is that one, None where none stands."""

    def __init__(self, current: Event | None) -> None:
        """Say who was quicker."""
        by = f"{current.by} decided otherwise meanwhile" if current else "The decision was taken back meanwhile"
        super().__init__(f"{by}: look at it again, then decide.", cause="stale")
        self.current = current

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the event when the error comes from another process."""
        return type(self), (self.current,)


class ClashingDecision(InputError):  # noqa: N818 - a refusal, said as editors say it
    """The decision contradicts in meaning another one that stands, which is `other`."""

    def __init__(self, other: Event) -> None:
        """Say whose decision it contradicts."""
        super().__init__(
            f"It contradicts what {other.by} decided about another {other.subject.kind} ({other.subject.key}): take "
            "one of the two back.",
            cause="clash",
        )
        self.other = other

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the event when the error comes from another process."""
        return type(self), (self.other,)
