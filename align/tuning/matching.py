"""The tuned numbers of matching: all costs are in letters or edits, and none was fitted to a text."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_DIFFERENCES = "unrelated passages of one language, put where they fit best: 0.6 to 0.73 edits a letter"
_NOISE = "reckoned: every tenth letter lost and every tenth one invented"

MOST_PLACES = 8
"""Votes are packed into integers with three bits for the number of places."""
MOST_PART = 64
"""A part of a line that is compared is one machine word, a bit a character."""


@dataclass(frozen=True, slots=True)
class MatchingTuning:
    """What decides which place in a text a line has, in the order in which `locate` uses it."""

    # Seeds: where a piece of a line may belong.
    seed_contexts: int = tuned(
        8, unit="letters", why="After any letters running text goes on in about 8 ways: this sets a seed's length."
    )
    seed_fewest_letters: int = tuned(3, unit="letters", why="The shortest seed, for very short texts.")
    seed_most_letters: int = tuned(12, unit="letters", why="The longest seed, for the longest texts.")
    seed_rare_places: int = tuned(
        8,
        unit="places in the text",
        why="A run of letters that occurs more often says too little; repeated titles still count. At most 8.",
    )
    seed_drift_letters: int = tuned(
        4, unit="letters", why="Noise inside one piece moves the diagonals of its seeds by this much."
    )
    seed_kept_candidates: int = tuned(
        8, unit="candidates a piece", why="The most that are kept: form letters are the same in all their places."
    )
    seed_kept_share: float = tuned(
        0.2, unit="share of the best candidate's votes", why="A candidate with fewer votes is dropped."
    )
    # Fit: how well a piece fits there.
    fit_margin_letters: int = tuned(
        6, unit="letters", why="A piece is looked for this far from its candidate's place, whatever its length."
    )
    fit_margin_part: int = tuned(
        6, unit="letters of a piece", why="The margin grows by one letter for each of these: noise moves the text less."
    )
    chance_edits: float = tuned(
        0.58,
        unit="edits a letter",
        why="A fit with this many edits gains nothing: chance does as well.",
        source=_DIFFERENCES,
    )
    worst_edits: float = tuned(
        0.65,
        unit="edits a letter",
        why="With more edits a fit is dropped, even one that fills a gap.",
        source=_DIFFERENCES,
    )
    # Chain: which fits to believe.
    jump_cost: float = tuned(
        18.0,
        unit="letters gained",
        why="To go anywhere else in the text: a moved passage of two clean lines pays for it, one line does not.",
    )
    near_letters: int = tuned(
        8, unit="letters", why="Noise alone moves the ends of neighbours' fits by this much; such a step costs little."
    )
    near_cost: float = tuned(
        3.0, unit="letters gained", why="The cost of a step of near_letters; less for shorter ones."
    )
    doubling_cost: float = tuned(
        2.0, unit="letters gained", why="What each doubling of a longer step adds to its cost."
    )
    passed_cost: float = tuned(
        0.5,
        unit="letters gained",
        why="For each piece passed over: of a head and a title that say the same, the title has believed neighbours.",
    )
    passed_most: int = tuned(2, unit="pieces", why="More pieces passed over between two fits cost nothing more.")
    entry_cost: float = tuned(
        0.5,
        unit="letters gained a doubling of pieces times letters",
        why="What all lines together must gain: chance finds more in more places.",
        source="after Karlin and Altschul 1990",
    )
    # Gaps: what neighbours say of unclaimed pieces.
    most_rounds: int = tuned(12, unit="rounds", why="Each goes gap_reach pieces further in; an unreadable page has 40.")
    settled_share: float = tuned(
        0.0005, unit="share of all pieces", why="A round that changes fewer is the last: it takes as long as the first."
    )
    gap_reach: int = tuned(
        4, unit="pieces", why="From farther off a neighbour says little; the next round comes nearer."
    )
    gap_outside_text: int = tuned(
        2, unit="pieces", why="Next to a claimed piece these may take no text: a page number, then a running head."
    )
    gap_deviations: float = tuned(
        2.5, unit="standard deviations of a piece's length", why="Pieces fill a gap if their lengths differ by less."
    )
    gap_variance: float = tuned(
        0.2, unit="square letters a letter", why="How much noise varies the length of a piece.", source=_NOISE
    )
    unread_edits: float = tuned(
        0.7, unit="edits a letter", why="A piece that fills a gap is not charged with more: it was not read at all."
    )
    legible_letters: int = tuned(
        4, unit="letters", why="Shorter pieces do not fill a gap unread: they may be page numbers."
    )
    # Strays: single lines out of reading order.
    stray_letters: int = tuned(20, unit="letters", why="Shorter pieces are found anywhere by chance.")
    stray_edits: float = tuned(0.25, unit="edits a letter", why="A stray must fit better than this.")
    stray_overlap: int = tuned(2, unit="letters", why="A neighbour's fit may reach this far into a stray's text.")
    # Lines: pieces made lines again.
    stretch_factor: float = tuned(
        1.5,
        unit="letters of a gap for each letter that the fits lack",
        why="A gap between neighbours is divided among them unless it is wider.",
    )
    stretch_letters: int = tuned(2, unit="letters", why="The gap may be wider by these, whatever the fits lack.")
    together_letters: int = tuned(8, unit="letters", why="Fits of neighbours that lie nearer share one cut.")
    astray_part: int = tuned(
        4, unit="letters passed over", why="Pieces of one line may lie apart by one more letter for each of these."
    )
    # Cuts: line ends to the character.
    cut_part: int = tuned(
        24, unit="characters", why="Compared at each end of a line: enough to distinguish two places. At most 64."
    )
    cut_slack: int = tuned(8, unit="characters", why="Noise may have taken this many out of the part compared.")
    cut_side: int = tuned(
        16, unit="characters", why="A cut is looked for this far to each side of the guess: twice what fits are off by."
    )
    cut_white: int = tuned(8, unit="characters", why="White space that a cut may leave between neighbours.")
    cut_broken_word: float = tuned(
        1.5, unit="edits", why="For a cut inside a word without a hyphen: the line must have lost its hyphen, too."
    )
    cut_left_out: float = tuned(1.5, unit="edits", why="Neighbours that leave text between them must save more edits.")
    cut_left_out_each: float = tuned(
        0.6, unit="edits a character", why="The same for each character left out, but not for white space around them."
    )
    cut_away: float = tuned(
        0.01, unit="edits a character", why="Of places that fit equally well the one nearest to the guess is taken."
    )
    # What is checked at the end.
    short_characters: int = tuned(
        8, unit="characters", why="A line that is given no more must share unfolded characters with the source."
    )
    readable_similarity: float = tuned(
        0.3, unit="similarity", why="The least similarity of such a line; a page number and a word share nothing."
    )
    sign_characters: int = tuned(
        200, unit="characters", why="A wider gap between two lines is no place for a row of stars."
    )

    def __post_init__(self) -> None:
        if not 1 <= self.seed_rare_places <= MOST_PLACES:
            raise ValueError(f"seed_rare_places are 1 to {MOST_PLACES}: {self.seed_rare_places}")
        if not 1 <= self.cut_part <= MOST_PART:
            raise ValueError(f"characters of cut_part are 1 to {MOST_PART}: {self.cut_part}")


MATCHING = MatchingTuning()
"""The numbers with which the program matches."""
