"""The comparison of two runs: which findings are new, which are gone, which moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from align.model import Finding, Page

Change = Literal["new", "moved", "same"]


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding with its volume and the keys of the pages that it names; the volume is None where it has none."""

    volume: str | None
    finding: Finding
    page_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of each finding of the later run, in its order, and the earlier findings that are no longer there."""

    changes: tuple[Change, ...]
    gone: tuple[LocatedFinding, ...]


def located(volume: str | None, findings: Sequence[Finding], pages: Sequence[Page]) -> tuple[LocatedFinding, ...]:
    """The findings of a volume with the keys of their pages."""
    keys: Mapping[int, str] = {page.order: page.key for page in pages}
    return tuple(
        LocatedFinding(volume, finding, frozenset(keys[order] for order in finding.pages if order in keys))
        for finding in findings
    )


def compared(now: Sequence[LocatedFinding], then: Sequence[LocatedFinding]) -> Comparison:
    """What became of each later finding. Findings are matched by key: a key stays when a text is edited elsewhere.

    A key may occur several times, as that of a note on a pair of languages in two volumes. Findings of the same volume
    are matched first. A finding has moved when it names only other scans, and these have other places in order.
    So a scan that is inserted before it, or scanned again, moves nothing.
    """
    earlier: dict[str, list[LocatedFinding]] = defaultdict(list)
    for before in then:
        earlier[before.finding.key].append(before)
    partners: list[LocatedFinding | None] = [None] * len(now)
    for same_volume in (True, False):
        for i, located_finding in enumerate(now):
            candidates = earlier[located_finding.finding.key]
            fitting = [c for c in candidates if not same_volume or c.volume == located_finding.volume]
            if partners[i] is None and fitting:
                partners[i] = fitting[0]
                candidates.remove(fitting[0])
    left = {id(before) for rest in earlier.values() for before in rest}
    changes: list[Change] = [
        "new" if partner is None else "moved" if _moved(located_finding, partner) else "same"
        for located_finding, partner in zip(now, partners, strict=True)
    ]
    return Comparison(tuple(changes), tuple(before for before in then if id(before) in left))


def _moved(now: LocatedFinding, then: LocatedFinding) -> bool:
    if (now.volume, now.finding.document) != (then.volume, then.finding.document):
        return True
    one, other = set(now.finding.pages), set(then.finding.pages)
    return bool(one and other) and now.page_keys.isdisjoint(then.page_keys) and one.isdisjoint(other)
