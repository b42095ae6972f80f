"""The tuned numbers of places: where a line stands in the texts, and where a sentence stands on the pages."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class PlacesTuning:
    """What decides between lines that claim the same words, fills gaps, cuts words, and believes texts and markers."""

    # Lines that claim the same words.
    copy_share: float = tuned(
        0.6, unit="share of a page's placed characters", why="A page is a copy if an earlier page claims at least this."
    )
    copy_characters: int = tuned(
        80, unit="characters", why="And at least this many: a page that repeats only a heading or a formula is no copy."
    )
    near_characters: int = tuned(
        120,
        unit="characters",
        why="Lines with fewer between them follow each other in the text: one line may have been lost.",
    )
    same_words_share: float = tuned(
        0.5, unit="share of the shorter line's range", why="Lines that share more claim mostly the same words."
    )
    # Words that two sentences share, and words that are too high.
    shared_word_share: float = tuned(
        0.25,
        unit="share of a word's letters",
        why="Sentences share a word if each has this much of it; less is noise from misread letters, not a lost space.",
    )
    too_high_times: float = tuned(
        1.7, unit="times the usual height", why="A word that is higher holds a stamp or a stroke as well."
    )
    level_words: int = tuned(3, unit="words", why="Of fewer words the page says which are too high.")
    # Outlines: where a line is parted, and what has none.
    apart_heights: float = tuned(
        3.0,
        unit="heights of a word",
        why="White paper that is wider parts a line: typists leave up to 2.9 after a sentence; further away is dirt.",
        source="gaps between words of the lines with a text, on ../shared/real and drawn volumes",
    )
    filled_share: float = tuned(
        0.5,
        unit="share of the space between two words",
        why="A space is no white paper if letters of the text that were not read would fill this much of it.",
    )
    speck_heights: float = tuned(
        0.5,
        unit="heights of a word",
        why="What is lower is a speck, and no letter: an o is 0.6 high. A dash is longer.",
    )
    # Gaps that an unclaimed line of the page fills.
    longest_gap_characters: int = tuned(
        1500, unit="characters", why="Longer gaps are missing passages, for which matching has better means."
    )
    between_percent: float = tuned(
        65.0, unit="per cent", why="The least similarity of a line that stands between the gap's neighbours."
    )
    elsewhere_percent: float = tuned(80.0, unit="per cent", why="The least similarity of a line elsewhere on the page.")
    elsewhere_letters: int = tuned(10, unit="letters", why="Elsewhere on the page fewer letters are found anywhere.")
    chance_percent: float = tuned(
        42.0,
        unit="per cent",
        why="The mean similarity of unrelated prose of one language.",
        source="measured on unrelated prose; held by tests/linking/places/test_gap_filling.py",
    )
    chance_spread_percent: float = tuned(
        50.0,
        unit="per cent times the root of the letters",
        why="How far that similarity spreads.",
        source="measured on unrelated prose; held by tests/linking/places/test_gap_filling.py",
    )
    rest_letters: int = tuned(
        3, unit="letters", why="A line that holds all but these of a gap gets it whole: the rest are a misread word's."
    )
    gap_rounds: int = tuned(
        3, unit="rounds", why="A gap that held two lines is filled in two, the second line beside the first."
    )
    slope_heights: float = tuned(
        0.3, unit="heights of the line", why="A line may stand this far beyond the gap's neighbour: lines slope."
    )
    close_heights: int = tuned(
        4, unit="heights of the taller line", why="A line further from the gap's neighbour is not between."
    )
    # Page markers.
    marker_reach_characters: int = tuned(
        400, unit="characters", why="Words further from a marker do not say where it stands: a page may be missing."
    )
    marker_slack_characters: int = tuned(
        24, unit="characters", why="A marker may stand this far from the page break: nobody breaks a word for it."
    )
    # Which texts stand on the pages.
    shown_share: float = tuned(
        0.5,
        unit="share of what the pages show of a document's other text",
        why="Of a document in two languages, a text with at least this is a transcription.",
    )
    line_letters: int = tuned(
        45, unit="letters", why="A text stands on the pages if lines show at least this many: about one line."
    )
    hardly_share: float = tuned(0.1, unit="share of a text's letters", why="Or if they show at least this.")
    # Texts that are copies of others.
    same_text_share: float = tuned(
        0.5,
        unit="share of the shorter text's runs of four words",
        why="Two texts are the same, or nearly, if the other has this much: a changed word in ten leaves 0.66.",
    )
    same_text_letters: int = tuned(60, unit="letters", why="A text with fewer may be a formula that documents share.")
    twice_share: float = tuned(
        0.5,
        unit="share of the shorter text's characters",
        why="Two texts that are the same both stand on the pages if these show this much twice.",
    )


PLACES = PlacesTuning()
"""The numbers of places with which the program links."""
