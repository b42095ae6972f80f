"""The tuned numbers of reading: when a page is good, and how much better another way of reading it must be."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_LEGIBILITY = "legibility, 0..1"
_PAGES = "measured on 19 rendered and real pages, see docs/decisions/0007-preparation.md"


@dataclass(frozen=True)
class ReadingTuning:
    """Numbers of reading. Legibility is the mean confidence of a page's words, weighted by their letters."""

    good: float = tuned(
        0.6,
        unit=_LEGIBILITY,
        why="A page read like this is upright and in its language; wrong ones stay under 0.45.",
        source=_PAGES,
    )
    legible: float = tuned(
        0.45, unit=_LEGIBILITY, why="Pale marks read worse than this are the other side's print.", source=_PAGES
    )
    well_read: float = tuned(
        0.9,
        unit=_LEGIBILITY,
        why="Pages read worse than this are also read with their light evened, or not evened, where that is open: "
        "typescripts above it had 3 errors in 100 letters or fewer.",
        source="measured on drawn typescripts, see docs/decisions/0007-preparation.md",
    )
    sure_trial: float = tuned(0.75, unit=_LEGIBILITY, why="A trial read like this ends the search.")
    surer: float = tuned(
        0.12, unit=_LEGIBILITY, why="Another language or way up is taken only if it reads surer by this.", source=_PAGES
    )
    more_evidence: float = tuned(
        1.3,
        unit="times the evidence",
        why="Another language or way up is taken only if it reads this many times as much.",
    )
    most_languages: int = tuned(3, unit="languages", why="No more languages than these are tried on one page.")
    passage_letters: int = tuned(
        30,
        unit="letters",
        why="A run of doubted lines with at least this many letters may be a passage in another language.",
    )
    passage_doubt: float = tuned(
        0.5, unit="confidence, 0..1", why="A line below this may be in another language than the page."
    )
    direction_open: float = tuned(
        0.65,
        unit="share of letters",
        why="Where fewer letters have their nearest neighbour beside them, a sideways page is tried too.",
    )
    short_strip: float = tuned(
        14.0, unit="letter heights", why="A strip this narrow may be a page number with the dashes beside it."
    )
    strip_scales: tuple[float, ...] = tuned(
        (1.0, 1.4, 2.0),
        unit="times its size",
        why="Short strips are read at these sizes: a number of two digits is right at one and wrong at another.",
    )
    number_bonus: float = tuned(
        0.2, unit=_LEGIBILITY, why="Of readings of one strip, one that is a number alone is likelier by this."
    )
    context_lines: int = tuned(
        2,
        unit="lines",
        why="So many well-read lines lead the strips: among numbers alone an engine cannot know how high a letter is.",
    )
    language_probes: int = tuned(
        5, unit="pages", why="So many pages are read first, to learn in which language a volume is."
    )

    # Second looks at words in doubt
    look_heights: tuple[float, ...] = tuned(
        (26.0, 36.0), unit="pixels a word", why="The engine misreads a word otherwise at another size."
    )
    look_black_height: float = tuned(
        30.0, unit="pixels a word", why="At this size words are looked at in black and white, too."
    )
    look_dpi: float = tuned(200.0, unit="dots an inch", why="Words of these heights are usual print at it.")
    look_gap: int = tuned(24, unit="pixels", why="White between two words: the engine takes each for a line.")
    look_share: float = tuned(
        0.35, unit="share of the narrower width", why="A word that shares more with the place of the words is theirs."
    )


READING = ReadingTuning()
