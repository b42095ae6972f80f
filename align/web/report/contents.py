"""The content of a report: the results of one run, and on request a comparison with an earlier run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.files.store.results import Results
from align.files.store.versions import ResultsVersion
from align.model import Severity
from align.web.report.compare import LocatedFinding, compared, located
from align.web.report.view_model import (
    ShownFinding,
    ShownVolume,
    as_located,
    gone_findings,
    loose_findings,
    ranked,
    severity_counts,
    shown_volume,
    with_changes,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds: the findings in their rank, the volumes, the run it is compared with, which results."""

    title: str
    findings: tuple[ShownFinding, ...]
    volumes: tuple[ShownVolume, ...]
    compared_with: str | None
    version: ResultsVersion

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings of each severity there are."""
        return severity_counts(self.findings)


def gathered(results: Results, *, title: str, against: Results | None, against_name: str | None) -> Report:
    """What the report of these results shows; with `against`, also what changed since that earlier run."""
    version = results.version()
    volumes = tuple(shown_volume(results.volume(name)) for name in results.volumes)
    loose = loose_findings(results.loose)
    findings = [own for volume in volumes for own in volume.findings] + list(loose)
    if against is not None:
        now = [own for volume in volumes for own in as_located(volume)] + list(located(None, results.loose, ()))
        comparison = compared(now, _earlier(against))
        findings = [*with_changes(findings, comparison.changes), *gone_findings(comparison)]
    return Report(title, ranked(findings, results.volumes), volumes, against_name, version)


def _earlier(results: Results) -> Sequence[LocatedFinding]:
    """The findings of an earlier run."""
    found = list(located(None, results.loose, ()))
    for name in results.volumes:
        volume = results.volume(name)
        found += located(name, volume.findings, volume.pages)
    return found
