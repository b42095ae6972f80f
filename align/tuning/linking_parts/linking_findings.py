"""The tuned numbers of findings: what is worth a line in the list of what does not fit."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class FindingsTuning:
    """What decides whether something that does not fit is reported, and how gravely."""

    # Words of the texts that no page shows.
    room_share: float = tuned(
        0.5, unit="share of the words' letters", why="The page has room for words if this much of them fits there."
    )
    absent_share: float = tuned(
        0.75,
        unit="share of a sentence's letters",
        why="A sentence with at least this much absent is absent as a whole.",
    )
    absent_letters: int = tuned(4, unit="letters", why="Words of fewer letters may have been lost in reading.")
    far_more_times: int = tuned(
        2, unit="times the letters", why="Words of the page with more than these do not replace words of the text."
    )
    dirt_confidence: float = tuned(
        0.6, unit="confidence", why="Words read with less are taken for the words of the text, unreadable."
    )
    # Words of the pages that no text has.
    sure_line_confidence: float = tuned(
        0.6, unit="confidence", why="A line with less may be a stamp or a stroke of the pen: it is a note only."
    )
    worse_line_confidence: float = tuned(
        0.2, unit="confidence", why="So is a line read worse by more than this than the text around it."
    )
    sure_line_letters: int = tuned(12, unit="letters", why="So is a line with fewer letters.")
    sure_words_confidence: float = tuned(
        0.8, unit="confidence", why="Words within a line stand among text that was read well: with less they are dirt."
    )
    sure_words_letters: int = tuned(
        12, unit="letters", why="Fewer within a line are words only if the volume has such words elsewhere."
    )
    no_dirt_confidence: float = tuned(
        0.85, unit="confidence", why="Words that were all read with at least this are text and not dirt."
    )
    no_dirt_letters: int = tuned(4, unit="letters", why="Such words also have at least this many letters.")
    # What can be read of lines that no text claims.
    legible_confidence: float = tuned(0.8, unit="confidence", why="A word read with this can be read, whatever it is.")
    legible_sign_confidence: float = tuned(
        0.9, unit="confidence", why="One letter by itself needs more: strokes are often read as l, i or a."
    )
    legible_known_letters: int = tuned(
        2, unit="letters", why="A word that the texts have too is known if it has as many: shorter ones are chance."
    )
    legible_known_confidence: float = tuned(
        0.35, unit="confidence", why="A known word can be read if the engine is no less sure."
    )
    legible_likely_confidence: float = tuned(
        0.5, unit="confidence", why="So can a word whose letters are in a usual order."
    )
    legible_strangeness: float = tuned(
        4.0,
        unit="nats a letter",
        why="Letters are in a usual order up to it; most dirt is above, and few words that a text lacks.",
    )
    legible_heights: tuple[float, float] = tuned(
        (0.35, 2.6), unit="usual heights of a word", why="A word is between: less is dust, more is a frame or a pen's."
    )
    legible_share: float = tuned(
        0.5,
        unit="share of a line's characters",
        why="A line with less in words that can be read is dirt, and no finding.",
    )
    legible_within_share: float = tuned(
        0.6,
        unit="share of the lines' characters",
        why="Lines between those of the text, read with doubt, are a stamp's if less than this can be read.",
    )
    surely_legible_share: float = tuned(
        0.75, unit="share of a line's characters", why="With less a line is a note only: some of it is not text."
    )
    legible_letters: int = tuned(
        4, unit="letters and digits", why="A line that no text claims says something from as many on."
    )
    # Order of passages, pages and documents.
    same_words_percent: float = tuned(
        75.0,
        unit="per cent",
        why="Missing words and words in no text are the same if this much of their letters agrees.",
    )
    same_words_letters: int = tuned(12, unit="letters", why="Fewer may be a formula that recurs.")
    apart_letters: int = tuned(
        80, unit="letters of the text", why="Lines of one moved passage have no more between them."
    )
    moved_letters: int = tuned(
        24,
        unit="letters",
        why="Fewer, about half a line, are matched by chance: headings and formulas recur.",
    )
    steady_lines: int = tuned(
        3,
        unit="lines on either side",
        why="This many steady lines are asked whether the page itself contradicts the text.",
    )
    shown_letters: int = tuned(
        60, unit="letters", why="A page that shows fewer says nothing about its order: a heading may stand anywhere."
    )
    moved_share: float = tuned(
        0.8,
        unit="share of a page's text",
        why="A page was moved if this much belongs elsewhere; with less, the text was.",
    )
    repeated_share: float = tuned(
        0.6,
        unit="share of what a document's lines show",
        why="A document occurs twice if other lines show this much.",
    )
    repeated_letters: int = tuned(150, unit="letters", why="And if these lines show at least this many letters.")
    # Links and pairs.
    heading_letters: int = tuned(
        6, unit="letters", why="A heading with fewer is linked by its place: a bad reading of it says little."
    )
    agreeing_share: float = tuned(
        0.2, unit="share of a sentence's letters", why="If no more of them is missing or misread, its words are there."
    )
    alone_probability: float = tuned(
        0.08,
        unit="probability",
        why="A sentence that has no counterpart with at least this is a note: 0.98 of them are reported, and 8 "
        "others in 1,680 sentences; with 0.05 these are 0.98 and 11, with 0.2 0.96 and 2.",
        source="measured by `scripts/eval findings`",
    )
    translated_share: float = tuned(
        0.8, unit="share of the sentences of both sides", why="Sentences render others if this many are surely paired."
    )
    doubtful_probability: float = tuned(
        0.6, unit="probability", why="A less probable pair is a note: the next sentences may be shifted, too."
    )
    # Misprints and spellings.
    reported_probability: float = tuned(0.5, unit="probability", why="A likely misprint is reported from it on.")
    spelling_places: int = tuned(
        3,
        unit="places",
        why="A word surely read in this many, always as the same other word, is a spelling of the text.",
    )
    spelling_words: int = tuned(
        5, unit="words", why="Letters that differ in this many are an orthography's or a typewriter's."
    )
    spelling_share: float = tuned(
        0.4, unit="share of the words", why="A rule of spelling holds for this many of those that it could hold for."
    )


FINDINGS = FindingsTuning()
"""The numbers of findings with which the program links."""
