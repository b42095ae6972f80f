"""Array in, (array, transform) out: frames, light, borders, skew, size."""

from align.imaging.frames import find_frames
from align.imaging.prepare import Prepared, prepare, survey_frame
from align.imaging.resample import cut, quarter_turned
from align.imaging.survey import Survey, is_blank, survey

__all__ = [
    "Prepared",
    "Survey",
    "cut",
    "find_frames",
    "is_blank",
    "prepare",
    "quarter_turned",
    "survey",
    "survey_frame",
]
