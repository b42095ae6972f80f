"""One written side read again in another way than usual, for pages whose usual reading does not fit their text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from align.imaging import IMAGING, ImagingTuning, Way, prepare, prepare_alternative, undithered
from align.model import Frame, Reading
from align.ocr import OCR, BlockReader, Engine, OcrTuning, mapped, without_dirt
from align.pixels import Pixels

# Each way by its name: the alternative preparation, if any, and whether the page is read as one block. A block is read
# line by line, so that no line beside a stamp or a stain is taken for a part of a picture.
WAYS: Mapping[str, tuple[Way | None, bool]] = {
    "block": (None, True),
    "bright": ("bright", False),
    "bright-block": ("bright", True),
    "local-block": ("local", True),
}


def read_again(
    pixels: Pixels,
    frame: Frame,
    *,
    way: str,
    engine: Engine,
    language: str,
    imaging: ImagingTuning = IMAGING,
    ocr: OcrTuning = OCR,
) -> Reading | None:
    """The reading of one frame in a way of WAYS; None where the way is the usual one for this scan or engine.

    `pixels`: the whole scan; `frame`: as the usual reading has it, with the right way up; `language`: BCP 47;
    `imaging`, `ocr`: the tuned numbers of these packages.
    """
    preparation, block = WAYS[way]
    pixels = undithered(pixels, tuning=imaging)
    prepared = (
        prepare_alternative(pixels, frame, preparation, tuning=imaging)
        if preparation
        else prepare(pixels, frame, tuning=imaging)
    )
    if prepared is None:
        return None
    read = engine.read
    if block:
        if not isinstance(engine, BlockReader):
            return None
        read = engine.read_block
    lines = without_dirt(read(prepared.image, languages=(language,), dpi=prepared.dpi), tuning=ocr)
    in_scan = mapped(lines, prepared.to_scan, frame.box, side_bearing=prepared.side_bearing)
    status: Literal["ok", "blank"] = "ok" if in_scan else "blank"
    return Reading(frame, status, language, in_scan, f"{way}+{prepared.steps}", engine.name)
