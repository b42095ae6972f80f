"""Array in, (array, transform) out: frames, light, borders, skew, size."""

from align.imaging.alternative_preparation import Way, prepare_otherwise
from align.imaging.frames import find_frames
from align.imaging.ink_boxes import fitted_to_ink
from align.imaging.overview import Survey, is_blank, survey
from align.imaging.prepare import Prepared, evening_is_open, is_uneven, prepare, survey_frame
from align.imaging.resample import cut, quarter_turned
from align.imaging.strips import Stacked, stacked, unread_strips

__all__ = [
    "Prepared",
    "Stacked",
    "Survey",
    "Way",
    "cut",
    "evening_is_open",
    "find_frames",
    "fitted_to_ink",
    "is_blank",
    "is_uneven",
    "prepare",
    "prepare_otherwise",
    "quarter_turned",
    "stacked",
    "survey",
    "survey_frame",
    "unread_strips",
]
