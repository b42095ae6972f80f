"""The tuned numbers of linking: those of each wing, of choosing between readings, and of the volume as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.linking_parts.linking_findings import FINDINGS, FindingsTuning
from align.tuning.linking_parts.linking_lines import LINES, LinesTuning
from align.tuning.linking_parts.linking_links import LINKS, LinksTuning
from align.tuning.linking_parts.linking_places import PLACES, PlacesTuning
from align.tuning.linking_parts.linking_words import WORDS, WordsTuning
from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class ReadingsTuning:
    """What decides which pages are read again, and which of several readings is taken."""

    lost_letters: float = tuned(
        60.0,
        unit="letters",
        why="A page that missed or misread this many is read again: other preparations miss other lines and words.",
    )
    lost_share: float = tuned(0.04, unit="share of a page's text", why="And at least this much of its text.")
    better_times: float = tuned(
        1.01,
        unit="times the letters of the first reading",
        why="A page with lines replaced must show more.",
    )
    whole_times: float = tuned(
        1.5,
        unit="times the letters of the best reading before",
        why="A reading taken whole must show more: its dirt and its boxes come with it.",
    )
    worth_letters: float = tuned(
        5.0,
        unit="letters",
        why="A line is replaced if that shows this many letters more: a word, not a letter here and there.",
    )
    worth_new_letters: float = tuned(
        12.0,
        unit="letters",
        why="A line is added if it shows this many: scraps at a page's edge may match a word lost elsewhere.",
    )
    covered_share: float = tuned(
        0.5, unit="share of what a line shows", why="A line is not added if other lines show more of it."
    )


READINGS = ReadingsTuning()
"""The numbers with which the program chooses between readings."""


@dataclass(frozen=True, slots=True)
class LinkingTuning:
    """What decides how a volume is linked, a part for each wing of `align/linking`."""

    language_share: float = tuned(
        0.02,
        unit="share of a volume's pages",
        why="A language of more pages counts for the volume: in a long one single pages may have been misjudged.",
    )
    lines: LinesTuning = LINES
    places: PlacesTuning = PLACES
    links: LinksTuning = LINKS
    words: WordsTuning = WORDS
    findings: FindingsTuning = FINDINGS
    readings: ReadingsTuning = READINGS


LINKING = LinkingTuning()
"""The numbers with which the program links."""
