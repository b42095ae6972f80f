"""From an array to an array and the transform that leads back: frames, light, borders, skew, size."""

from align.imaging.alternative_preparation import Way, prepare_alternative
from align.imaging.dither import undithered
from align.imaging.frames import find_frames
from align.imaging.ink_boxes import fitted_to_ink
from align.imaging.overview import Overview, is_blank, overview_of
from align.imaging.prepare import Prepared, is_unevenly_lit, may_need_evening, overview_of_frame, prepare
from align.imaging.resample import cut, quarter_turned
from align.imaging.strips import Stacked, stacked, unread_strips
from align.imaging.word_strips import WordStrip, piled, word_strip
from align.tuning.imaging import IMAGING, ImagingTuning

__all__ = [
    "IMAGING",
    "ImagingTuning",
    "Overview",
    "Prepared",
    "Stacked",
    "Way",
    "WordStrip",
    "cut",
    "find_frames",
    "fitted_to_ink",
    "is_blank",
    "is_unevenly_lit",
    "may_need_evening",
    "overview_of",
    "overview_of_frame",
    "piled",
    "prepare",
    "prepare_alternative",
    "quarter_turned",
    "stacked",
    "undithered",
    "unread_strips",
    "word_strip",
]
