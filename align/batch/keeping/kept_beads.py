"""Beads kept from run to run: sentences that were aligned once are not aligned again while nothing about them changes.

Aligning takes most of the time of linking, and depends on nothing but the sentences, their languages, the lexicon and
the program. So after one text of a volume was edited, only that text's sentences are aligned again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from align.files.store.readings import ReadingStore
from align.linking.links.pairing import AlignSentences
from align.model import Bead, key
from align.tuning.every import linking_digest
from align.version import VERSION

# Beads of a volume are kept in so many files, so that none of them is too large for a volume of 100,000 pages.
_PARTS = 16


def beads_basis(dictionary: str | None) -> str:
    """A digest over all that beads depend on besides the sentences; `dictionary` is the name of the one in use."""
    return key(linking_digest(), VERSION, str(dictionary))


@dataclass(slots=True)
class KeptBeads:
    """The beads of one volume, by a digest of what was aligned; `basis` says what else they depend on.

    Kept beads that are damaged, or of another basis, count as absent. `aligned` counts what had to be aligned.
    """

    store: ReadingStore
    volume: str
    basis: str
    aligned: int = 0
    _used: dict[str, str] = field(default_factory=dict)
    _kept: dict[int, Mapping[str, Any]] = field(default_factory=dict)

    def keeping(self, align: AlignSentences) -> AlignSentences:
        """The same aligner, which takes what was kept."""

        def aligned(left: Sequence[str], right: Sequence[str], **how: Any) -> list[Bead]:  # noqa: ANN401 - as they come
            digest = _digest(left, right, how)
            kept = self._used.get(digest) or self._part(_part_of(digest)).get(digest)
            beads = _decoded(kept, len(left), len(right))
            if beads is None:
                beads = align(left, right, **how)
                kept = _encoded(beads)
                self.aligned += 1
            self._used[digest] = str(kept)
            return beads

        return aligned

    def put(self) -> None:
        """Keep what was used, and nothing else, for the next run."""
        parts: list[dict[str, str]] = [{} for _ in range(_PARTS)]
        for digest in sorted(self._used):
            parts[_part_of(digest)][digest] = self._used[digest]
        for number, used in enumerate(parts):
            if used != self._part(number):
                self.store.put(self._key(number), {"basis": self.basis, "beads": used})

    def _part(self, number: int) -> Mapping[str, Any]:
        if number not in self._kept:
            value = self.store.get(self._key(number)) or {}
            beads = value.get("beads") if value.get("basis") == self.basis else None
            self._kept[number] = beads if isinstance(beads, dict) else {}
        return self._kept[number]

    def _key(self, number: int) -> str:
        return f"beads of {self.volume}, part {number}"


def _part_of(digest: str) -> int:
    return int(digest[:8], 16) % _PARTS


def _digest(left: Sequence[str], right: Sequence[str], how: Mapping[str, object]) -> str:
    asked = json.dumps([list(left), list(right), sorted(how.items())])
    return sha256(asked.encode("ascii")).hexdigest()[:32]


def _encoded(beads: Sequence[Bead]) -> str:
    return json.dumps([[bead.left, bead.right, bead.score, bead.alone] for bead in beads], separators=(",", ":"))


def _decoded(kept: object, lefts: int, rights: int) -> list[Bead] | None:
    """The beads that were kept; None where they are no beads between so many sentences."""
    try:
        beads = [
            Bead(tuple(left), tuple(right), score, tuple(alone))
            for left, right, score, alone in json.loads(kept)  # type: ignore[arg-type]  # other types are refused below
        ]
    except (ValueError, TypeError, RecursionError):
        return None
    every = sorted(i for bead in beads for i in bead.left), sorted(j for bead in beads for j in bead.right)
    return beads if every == (list(range(lefts)), list(range(rights))) else None
