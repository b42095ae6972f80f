"""The tuned numbers of ocr: which lines are dirt, which missed lines are believed, and what makes two columns."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_CONFIDENCE = "confidence, 0..1"
_COLUMN_PAGES = "measured on drawn pages of two columns, see docs/decisions/0007-preparation.md"


@dataclass(frozen=True)
class OcrTuning:
    """Numbers of ocr. A word height is the usual height of the words of a line."""

    # Dirt and words
    dirt_mark: float = tuned(
        0.5, unit=_CONFIDENCE, why="A line without a letter or digit is dirt if the engine is less confident."
    )
    dirt_letters: float = tuned(
        0.3, unit=_CONFIDENCE, why="A line of one or two letters is dirt if the engine is less confident."
    )
    sure_word: float = tuned(
        0.6, unit=_CONFIDENCE, why="A word read like this is a word; on show-through and shadows no word is."
    )

    # Missed lines
    believed: float = tuned(
        0.5, unit=_CONFIDENCE, why="A strip is believed from here on; less is dirt, strokes or parts of a stamp."
    )
    long_letters: int = tuned(
        12, unit="letters", why="A strip with at least this many letters is a line, and believed sooner."
    )
    believed_long: float = tuned(
        0.35,
        unit=_CONFIDENCE,
        why="A long strip is believed from here on: text under a stamp reads badly, and a line in no text does no "
        "harm.",
    )
    same_row: float = tuned(
        0.5, unit="share of the lower piece's height", why="Two pieces that share this much height are one line."
    )
    same_word: float = tuned(0.4, unit="share of a word's area", why="A word with more of it in a known word is known.")
    over_word: float = tuned(
        0.2, unit="share of the narrower width", why="Pieces that share more width than this are above each other."
    )
    joined_gap: float = tuned(
        4.0, unit="heights of the lower piece", why="Pieces of one row that are further apart are two lines."
    )

    # Columns
    column_lines: int = tuned(
        8, unit="full lines", why="A column has at least this many full lines.", source=_COLUMN_PAGES
    )
    full_line: float = tuned(
        0.6, unit="share of the column's width", why="A line is full from this width on.", source=_COLUMN_PAGES
    )
    full_lines: float = tuned(
        0.5, unit="share of a side's lines", why="At least this share of a column's lines is full."
    )
    gutter: float = tuned(
        1.1, unit="word heights", why="A gutter is at least so wide; two words are closer.", source=_COLUMN_PAGES
    )
    gutter_zone: tuple[float, float] = tuned(
        (0.25, 0.75), unit="shares of the text's width", why="A gutter lies between these two places."
    )
    crossed: float = tuned(
        0.12,
        unit="share of the lines",
        why="No more lines than this cross a gutter: headings, and lines that were read across.",
        source=_COLUMN_PAGES,
    )
    in_column: float = tuned(
        0.9, unit="share of a word's width", why="A word is in a column if at least this share of its width is."
    )
    wide_line: float = tuned(
        0.85,
        unit="share of the text's width",
        why="A line across the gutter that is so wide was read across both columns; a heading over both is narrower.",
    )
    white_of_gutter: float = tuned(
        0.6,
        unit="share of the gutter's width",
        why="White within a line that is at least so wide is the gutter's; narrower white is between two words.",
    )
    neighbour_letters: int = tuned(
        3,
        unit="letters",
        why="A line is no heading if the line beside it has a word of at least this many letters.",
    )
    beside: float = tuned(
        0.6,
        unit="share of the shorter column's height",
        why="The shorter column is beside the other so far.",
    )
    alike_widths: float = tuned(0.5, unit="share of the wider column's width", why="The narrower column is so wide.")


OCR = OcrTuning()
