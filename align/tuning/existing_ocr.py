"""The tuned numbers of existing OCR: which stated places are believed, and where texts without one are put."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_OF_SIMILAR = "a pair of texts without any likeness costs 1"
_CASES = "judged on files of Transkribus, eScriptorium, Tesseract and ABBYY, 2026-11"


@dataclass(frozen=True)
class ExistingOcrTuning:
    """Numbers of existing OCR. No reading of an engine depends on them."""

    # Places that are believed
    tower: float = tuned(
        3.0,
        unit="heights of the line, or of its words",
        why="A word or line that is higher has no place: some programs state the whole page as its place.",
        source=_CASES,
    )
    wide_word: float = tuned(
        2.0,
        unit="usual widths of a letter",
        why="A word with wider letters has the place of several words, if others lie under it.",
        source=_CASES,
    )
    letters_under: int = tuned(
        2,
        unit="letters",
        why="Words under a wide one count from here on: a mark alone is easily part of a word's place.",
    )
    covered: float = tuned(
        0.9, unit="share of the inner place's length", why="A place covers another that it shares so much with."
    )
    apart: float = tuned(
        0.75, unit="heights of the higher one", why="A word is apart from its line if their middles are further apart."
    )
    shared: float = tuned(
        0.25,
        unit="share of the lower one's height",
        why="A word that shares so much with its line is not apart from it.",
    )
    beyond: float = tuned(
        2.0, unit="heights of the line", why="A word further behind the line's end has another place than the line."
    )
    room: float = tuned(
        0.5,
        unit="share of a word's width",
        why="A line with so much room left has room for a word that lies beyond it.",
    )
    narrowest_letter: float = tuned(
        0.1, unit="heights of the line", why="An outline with less width for each letter is not that of its text."
    )
    upright: float = tuned(
        2.0, unit="widths of the line", why="A line that is so much higher than wide runs up or down the page."
    )

    # Outlines from baselines, and blocks
    above: float = tuned(0.75, unit="heights of the line", why="So much of a line is above its baseline.")
    below: float = tuned(
        0.25,
        unit="heights of the line",
        why="So much of a line is below its baseline; a baseline further from an outline is not the outline's.",
    )
    behind: float = tuned(
        3.0,
        unit="heights of the line",
        why="An outline that goes on so far behind its baseline's end has a point that is wrong.",
        source=_CASES,
    )
    block: float = tuned(
        3.0,
        unit="usual heights of a line",
        why="An outline that is so high, and too narrow for its text, is a block's.",
    )
    block_letters: int = tuned(
        10, unit="letters", why="The outline of a text with fewer letters may be that of a large initial."
    )
    letters_a_height: float = tuned(
        2.0,
        unit="widths of a letter",
        why="A line is so high, where nothing on the page shows how high lines are.",
    )

    # Rows between lines
    row_letter: float = tuned(
        0.4,
        unit="share of the distance of two lines",
        why="A text without a place is divided into rows of such letters.",
    )
    row_narrowest: float = tuned(
        0.15,
        unit="share of the distance of two lines",
        why="Texts are a row each if their letters are no narrower than this; else they are divided.",
    )
    row_lowest: float = tuned(
        0.5, unit="usual heights of a line", why="Lines have room between others if each is no lower than this."
    )
    row_highest: float = tuned(
        2.0, unit="usual heights of a line", why="Beside one line only, a row is no higher than this."
    )
    row_least_letter: float = tuned(
        2.0, unit="units of the file", why="An area where a letter has less each way is none for its text."
    )
    letter_room: float = tuned(
        0.3,
        unit="share of a letter's usual width",
        why="A word without a place is put between its neighbours if each of its letters has so much room.",
    )

    row_one_line: float = tuned(
        3.5,
        unit="usual heights of a line",
        why="A line between two others is in the middle of their room; of a higher one it has all.",
    )

    # Lines without a place
    row_words: int = tuned(3, unit="words", why="So many words show where a line is that states no place.")
    row_height: float = tuned(
        1.5, unit="heights of the highest word", why="Words are in a row if they are no higher together."
    )

    # The stated size of a page
    page_lines: float = tuned(
        0.1, unit="share of the lines", why="A page is too small if so many lines go on behind its edges, or below it."
    )
    page_fewest_lines: int = tuned(2, unit="lines", why="One line that is elsewhere does not make a page too small.")
    page_behind: float = tuned(
        0.02,
        unit="share of the line's length",
        why="A line goes on behind an edge with more than this.",
    )
    page_next: float = tuned(
        2.0,
        unit="heights of the line",
        why="A line below the page goes on there if it is so near to the one before.",
    )
    page_letters: float = tuned(
        0.5, unit="share of the letters", why="A page is too small if more of them are outside of it."
    )

    # The text of a line beside its words, and of a region beside its lines
    fuller: float = tuned(
        0.5,
        unit="share of the other text's letters",
        why="Of two texts of one place the preferred one is passed over if it has less: it was cut.",
    )
    same_line: float = tuned(0.6, unit="similarity", why="Two texts of this similarity are readings of one line.")
    left_alone: float = tuned(
        0.6, unit="cost", why=f"A word of either side may be left alone at this cost; {_OF_SIMILAR}."
    )
    joined: float = tuned(
        0.2, unit="cost", why=f"One pair more or fewer than there are words costs so much; {_OF_SIMILAR}."
    )
    unread: float = tuned(0.35, unit="cost", why=f"A place without a text fits any word at this cost; {_OF_SIMILAR}.")
    other_width: float = tuned(
        0.1,
        unit="cost for a factor of two",
        why="A word fits a place less if it is wider or narrower than its letters.",
    )
    other_width_most: float = tuned(
        0.3, unit="cost", why="The width of a place counts for no more than this: what is read there says more."
    )
    in_a_row: int = tuned(
        6,
        unit="words",
        why="So many words in a row are added or taken away at most, beyond those by which the numbers differ.",
    )
    lacking_letters: int = tuned(
        3, unit="letters", why="The lines of a region lack something if it has more letters than this beside theirs."
    )
    lacking_share: float = tuned(
        0.02,
        unit="share of the region's letters",
        why="Less than this is no text that is lacking, but a word corrected.",
    )


EXISTING_OCR = ExistingOcrTuning()
