"""What editors decided, as a run takes it: read once, and for each volume what is its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from align.batch.assembly import Assembled, assembled
from align.batch.scans import ScanResult
from align.decisions.calibration import Calibrations
from align.decisions.in_results import WithDecisions, with_decisions
from align.decisions.obeyed import decided_of, of_no_volume, of_volume
from align.decisions.unobeyed import Unobeyed, unobeyed
from align.model import Decided, Finding, SourceText, VolumeResult, key
from align.model.decision import Event, Subject
from align.tuning.decisions import DECISIONS
from align.tuning.numbers import fingerprint

StandingEvents = Callable[[], Mapping[Subject, Event]]
"""Reads the events that stand for a collection."""


def no_decisions() -> Mapping[Subject, Event]:
    """The events of a collection in which nothing was decided."""
    return {}


@dataclass(frozen=True, slots=True)
class VolumeDecisions:
    """The events that may be about one volume, and what all events of the collection tell of scores."""

    standing: Mapping[Subject, Event]
    calibrations: Calibrations

    @classmethod
    def of(
        cls, standing: Mapping[Subject, Event], volume: str, volumes: Sequence[str], calibrations: Calibrations
    ) -> VolumeDecisions:
        """Those of all events; `volumes` are all volumes of the collection."""
        return cls(of_volume(standing, volume, volumes), calibrations)

    @property
    def digest(self) -> str:
        """A digest over them: with another one the rows of findings and documents may differ; empty for none."""
        told = (*(event.event for event in self.standing.values()), self.calibrations.digest)
        return key(*told, fingerprint(DECISIONS)) if any(told) else ""

    def assembled(self, volume: str, scans: Sequence[ScanResult]) -> Assembled:
        """The pages of the volume, as decided."""
        return assembled(volume, scans, self.standing)

    def decided(self, pages: Assembled, texts: Sequence[SourceText]) -> Decided:
        """What linking obeys."""
        return decided_of(self.standing, pages.pages, texts)

    def unobeyed(self, volume: str, pages: Assembled, texts: Sequence[SourceText]) -> tuple[Unobeyed, ...]:
        """The decisions that linking cannot obey."""
        return unobeyed(self.standing, volume, pages.pages, texts)

    def applied(self, result: VolumeResult) -> WithDecisions:
        """The results of the volume with what was decided of its findings and documents."""
        return with_decisions(result, self.standing, self.calibrations)


def loose_with_decisions(
    findings: Sequence[Finding], standing: Mapping[Subject, Event], calibrations: Calibrations
) -> tuple[Finding, ...]:
    """The findings that belong to no volume, with what was decided of them."""
    loose = VolumeResult("", findings=tuple(findings))
    return with_decisions(loose, of_no_volume(standing), calibrations).result.findings


def told_unobeyed(found: Mapping[str, Sequence[Unobeyed]], volumes: Sequence[str]) -> tuple[Unobeyed, ...]:
    """The decisions that no volume could obey, each once; `found` are those of each volume, `volumes` are all.

    A decision that names no volume of the collection may be about any: what one has not, another may have.
    """
    named = {each.event.event: each for several in found.values() for each in several if not each.gone}
    counts = Counter(each.event.event for several in found.values() for each in several if each.gone)
    for several in found.values():
        for each in several:
            if each.gone and (each.event.where.volume in volumes or counts[each.event.event] == len(volumes)):
                named.setdefault(each.event.event, each)
    return tuple(named.values())
