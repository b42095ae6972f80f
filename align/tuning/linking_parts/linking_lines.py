"""The tuned numbers of lines: what a line of a page is, which label a page bears, where paragraphs begin."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class LinesTuning:
    """What decides the roles of lines, the labels of pages, and the paragraphs of lines that no text claims."""

    # Page labels.
    run_reach_pages: int = tuned(
        8,
        unit="pages",
        why="Two printed numbers within this many pages must agree to make a run; a single number is chance.",
    )
    mending_numbers: int = tuned(
        3, unit="numbers", why="A misread number is put right if the run has at least this many around it."
    )
    head_words: int = tuned(7, unit="words", why="A line with a page number and more words is no head.")
    edge_words: int = tuned(
        12, unit="words", why="An edge line with more words, its number counted, is not looked at for a head's number."
    )
    headed_pages: int = tuned(
        2, unit="pages", why="If this many have a head with their number, other short edge lines with one are heads."
    )
    counted_on_pages: int = tuned(
        3,
        unit="pages",
        why="Page numbers are counted on over no more unnumbered pages, and markers are checked over as many.",
    )
    largest_roman: int = tuned(400, unit="page number", why="A roman numeral of this value or more is no page number.")
    # Roles of lines.
    edge_lines: int = tuned(
        2, unit="lines", why="A head or a page number is among this many lines from the top or the bottom."
    )
    catchword_words: int = tuned(
        3, unit="words", why="A catchword has no more: a narrow column or a particle brings a second and third."
    )
    same_head_percent: float = tuned(
        80.0,
        unit="per cent",
        why="Two heads are the same if this much of their letters agrees: one or two in ten may not.",
    )
    same_head_letters: int = tuned(
        4, unit="letters", why="Two heads are the same only if their lengths differ by no more."
    )
    shortest_head_letters: int = tuned(4, unit="letters", why="Heads of fewer letters recur by chance.")
    long_head_letters: int = tuned(
        8, unit="letters", why="A head of at least this many need be on two pages only: they do not recur by chance."
    )
    head_reach_pages: int = tuned(
        8,
        unit="pages",
        why="A head is looked for this many pages before and after: it stands on every other page at least.",
    )
    common_heads: int = tuned(50, unit="heads", why="This many of the most frequent heads are looked for on all pages.")
    scrap_confidence: float = tuned(
        0.35, unit="confidence", why="Below it the engine guesses at shapes: pen strokes, stamps, dirt."
    )
    number_characters: int = tuned(
        9, unit="characters", why="Digits misread as letters are put right only in lines that are no longer: '- 5З -'."
    )
    # Reading order.
    same_column_share: float = tuned(
        0.5, unit="share of the narrower line's width", why="Lines of one column share more than this."
    )
    above_heights: float = tuned(
        0.5, unit="heights of the lower line", why="A line is above another if it is further up by more: lines slope."
    )
    # Rows that an engine cut in two.
    cut_rows: int = tuned(3, unit="words", why="So many words cut at one place are no chance.")
    cut_share: float = tuned(
        0.3,
        unit="share of the rows",
        why="In this many of the rows that end at one place a word is cut: it is no margin.",
    )
    cut_reach_heights: float = tuned(
        3.0,
        unit="heights of a word",
        why="Cuts this near each other are one: the strip moves with the skew of the page.",
    )
    cut_spaces: float = tuned(
        1.5, unit="usual spaces between words", why="A cut between two words leaves one: columns are further apart."
    )
    near_share: float = tuned(
        0.5, unit="share of the usual space", why="Letters of one word are nearer than this, words are not."
    )
    # Paragraphs of lines that no text claims.
    column_lines: int = tuned(
        5,
        unit="lines on either side",
        why="They show where the column begins and ends: a skewed column moves.",
    )
    short_line_share: float = tuned(
        0.25,
        unit="share of the column's width",
        why="A line that ends this much before the end of its column closes a paragraph.",
    )
    wide_gap_pitches: float = tuned(
        1.45, unit="usual distances of lines", why="Lines further apart are two paragraphs."
    )
    indent_heights: float = tuned(
        1.0,
        unit="heights of the line",
        why="A line that begins further right is indented: less than two letters may be the engine's mistake.",
    )
    # Blocks of lines that no text claims.
    pitch_lines: int = tuned(3, unit="lines", why="Fewer lines of the text do not say how far apart its lines are.")
    beside_heights: float = tuned(
        4.0, unit="heights of the lower line", why="Pieces of one line are no further apart: else they are two columns."
    )
    same_size_times: float = tuned(
        1.6, unit="times the smaller letters", why="Letters that are larger by more belong to another block."
    )
    set_off_pitches: float = tuned(
        2.2,
        unit="usual distances of lines",
        why="A block further from the text is no part of it: a letterhead, a stamp. Paragraphs are 1 to 2 apart.",
    )


LINES = LinesTuning()
"""The numbers of lines with which the program links."""
