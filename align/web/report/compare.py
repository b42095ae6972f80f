"""What two runs found, set against each other: what is new, what is gone, what moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from align.model import Finding, Page

Change = Literal["new", "moved", "same"]


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding with its volume (None: of no volume) and the keys of the pages that it names."""

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
    """The later findings beside the earlier ones, matched by their keys, which ids and edits elsewhere do not touch.

    Where a key comes several times (a note on a pair of languages in two volumes), those of one volume belong
    together. A finding moved when all the scans that it names, and their places in order, are others: a scan that was
    put in before it, or scanned anew, moves nothing.
    """
    earlier: dict[str, list[LocatedFinding]] = defaultdict(list)
    for own in then:
        earlier[own.finding.key].append(own)
    partners: list[LocatedFinding | None] = [None] * len(now)
    for same_volume in (True, False):
        for i, own in enumerate(now):
            candidates = earlier[own.finding.key]
            fitting = [c for c in candidates if not same_volume or c.volume == own.volume]
            if partners[i] is None and fitting:
                partners[i] = fitting[0]
                candidates.remove(fitting[0])
    left = {id(own) for rest in earlier.values() for own in rest}
    changes: list[Change] = [
        "new" if partner is None else "moved" if _moved(own, partner) else "same"
        for own, partner in zip(now, partners, strict=True)
    ]
    return Comparison(tuple(changes), tuple(own for own in then if id(own) in left))


def _moved(now: LocatedFinding, then: LocatedFinding) -> bool:
    if (now.volume, now.finding.document) != (then.volume, then.finding.document):
        return True
    one, other = set(now.finding.pages), set(then.finding.pages)
    return bool(one and other) and now.page_keys.isdisjoint(then.page_keys) and one.isdisjoint(other)
