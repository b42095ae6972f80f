"""All tuned numbers of the program together, and what the results of linking depend on beside their inputs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from align.model import key
from align.tuning.bitext import BITEXT
from align.tuning.decisions import DECISIONS
from align.tuning.existing_ocr import EXISTING_OCR
from align.tuning.export import EXPORT
from align.tuning.imaging import IMAGING
from align.tuning.linking import LINKING
from align.tuning.matching import MATCHING
from align.tuning.numbers import fingerprint
from align.tuning.ocr import OCR
from align.tuning.reading import READING
from align.tuning.text import TEXT

# The default instance of each package, from lower layers to upper ones.
TUNINGS: Mapping[str, object] = MappingProxyType(
    {
        "text": TEXT,
        "matching": MATCHING,
        "bitext": BITEXT,
        "decisions": DECISIONS,
        "linking": LINKING,
        "imaging": IMAGING,
        "ocr": OCR,
        "existing_ocr": EXISTING_OCR,
        "reading": READING,
        "export": EXPORT,
    }
)

# Raise this whenever the same inputs and tuned numbers may give other results. Volumes that were linked under another
# version are linked anew by the next run. A change of code alone is not noticed: tests/tuning/test_linking_digest.py
# compares the results of small volumes, and fails if this number was forgotten.
LINKING_VERSION = 6

# The parts whose numbers come after linking: no link depends on them.
_AFTER_LINKING = {"decisions", "export"}


def linking_digest() -> str:
    """16 hex digits over LINKING_VERSION and the numbers of linking; other digits mean that results may differ."""
    return key(str(LINKING_VERSION), fingerprint(*(TUNINGS[name] for name in TUNINGS if name not in _AFTER_LINKING)))
