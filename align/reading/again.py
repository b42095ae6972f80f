"""One written side read again in another way than usual, for pages whose usual reading does not fit their text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from align.imaging import Way, prepare, prepare_otherwise
from align.model import Frame, Reading
from align.ocr import BlockReader, Engine, mapped, without_dirt
from align.pixels import Pixels

# Each way by its name: the alternative preparation, if any, and whether the page is read as one block. A block is read
# line by line, so that no line beside a stamp or a stain is taken for a part of a picture.
WAYS: Mapping[str, tuple[Way | None, bool]] = {
    "block": (None, True),
    "bright": ("bright", False),
    "bright-block": ("bright", True),
    "local-block": ("local", True),
}


def read_again(pixels: Pixels, frame: Frame, *, way: str, engine: Engine, language: str) -> Reading | None:
    """The reading of one frame in a way of WAYS; None where the way is the usual one for this scan or engine.

    `pixels`: the whole scan; `frame`: as the usual reading has it, with the right way up; `language`: BCP 47.
    """
    preparation, block = WAYS[way]
    prepared = prepare_otherwise(pixels, frame, preparation) if preparation else prepare(pixels, frame)
    if prepared is None:
        return None
    read = engine.read
    if block:
        if not isinstance(engine, BlockReader):
            return None
        read = engine.read_block
    lines = without_dirt(read(prepared.image, languages=(language,), dpi=prepared.dpi))
    in_scan = mapped(lines, prepared.to_scan, frame.box, side=prepared.side)
    status: Literal["ok", "blank"] = "ok" if in_scan else "blank"
    return Reading(frame, status, language, in_scan, f"{way}+{prepared.steps}", engine.name)
