"""Digests of everything that the results of a volume are made from: if one changes, the volume is linked again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from align.batch.assembly import Assembled
from align.batch.scans import ScanResult, scan_parts
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume
from align.model import Decided, SourceText, key
from align.records import SCHEMA_VERSION
from align.tuning.every import linking_digest
from align.version import VERSION

# Takes the place of a digest where results are made from inputs of several runs.
UNKNOWN = "0" * 16


def settings_digest(settings: Mapping[str, object]) -> str:
    """A digest over the settings of a run, this program's version and that of the result files."""
    return key(json.dumps(settings, sort_keys=True), VERSION, str(SCHEMA_VERSION))


def inputs_digest(
    settings: Mapping[str, object],
    collection: Collection,
    volume: Volume,
    scans: Sequence[ScanResult],
    texts: Sequence[SourceText],
    pages: Assembled,
    decided: Decided,
) -> str:
    """A digest over everything that linking a volume depends on; decisions that it does not obey are no part of it."""
    obeyed = repr((pages.orders, [page.status for page in pages.pages], decided))
    stated = [collection.document(volume.name, text.document) for text in texts]
    return key(
        settings_digest(settings),
        linking_digest(),
        *(part for scan in scans for part in scan_parts(scan)),
        *(part for text in texts for part in (text.path, text.content, repr(text.markers), repr(text.details))),
        repr(stated),
        repr(volume.labels),
        obeyed,
    )
