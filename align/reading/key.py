"""The key of a reading: one text over all that the reading depends on."""

from __future__ import annotations

from collections.abc import Iterable

from align.model import Frame, ScanInfo, key

# The way from pixels to lines. Raise it whenever a page may be read differently, by other steps or tuned numbers.
CHAIN = "chain 14"
# What a kept reading means. Raise it whenever the stored form has another meaning.
STORED_MEANING_VERSION = "1"


def reading_key(
    scan: ScanInfo, *, engine: str, languages: Iterable[str], again: tuple[Frame, str] | None = None
) -> str:
    """The key under which readings of a scan are kept: 16 hex digits.

    `engine`: the engine's name with its version and settings; `languages`: BCP 47, all that may be tried, in any order;
    `again`: None for the usual reading of a whole scan, else the one frame that is read again and the name of the way.
    """
    frame, way = ([], []) if again is None else ([f"{again[0].box.xywh} {again[0].rotation}"], [again[1]])
    return key(
        scan.digest, str(scan.index), *frame, CHAIN, *way, engine, "+".join(sorted(languages)), STORED_MEANING_VERSION
    )
