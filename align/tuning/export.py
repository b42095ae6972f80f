"""The tuned numbers of exports: how words of a text are put on the words of a page, and when that is sure."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class ExportTuning:
    """Numbers of exports. No result of linking depends on them."""

    sure_similarity: float = tuned(
        0.75, unit="similarity", why="A line that was read much otherwise than its text may show another text."
    )
    sure_word: float = tuned(
        0.5, unit="edits a letter", why="A word that was read wholly otherwise may be another word on the page."
    )
    scrap_letters: int = tuned(
        2,
        unit="letters",
        why="A word read beside the text is a scrap of dirt if it has no more; a longer one is a word.",
    )
    room: float = tuned(
        0.3,
        unit="share of a letter's usual width",
        why="A word that was not read is put between its neighbours if each of its letters has so much room.",
    )


EXPORT = ExportTuning()
