"""Links every sentence of a transcription and its translation to its place on the scanned page."""

from align.bitext import align_sentences
from align.matching.locate import locate_lines

__all__ = ["align_sentences", "locate_lines"]
