"""The tuned numbers of words: which word of a page shows which word of a text, and which of the two is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_FITTED = "fitted by `scripts/eval findings --fit` on volumes with a changed word, name or number a page"

_UNSTATED = (
    "chosen between two settings that were tried on the differences of 13 volumes: 80 false misprints with 0.99 for "
    "all, 6 and 9 with these two"
)


@dataclass(frozen=True, slots=True)
class MisprintWeights:
    """The logistic weights of the evidence for a misprint; `constant` aside, they are named as in MisprintEvidence."""

    constant: float = tuned(-4.2, unit="log-odds", why="The text is seldom wrong.", source=_FITTED)
    confidence: float = tuned(
        1.4, unit="log-odds a log-odds of confidence", why="The engine is sure of the word.", source=_FITTED
    )
    unsure: float = tuned(1.7, unit="log-odds", why="The engine is unsure of the word.", source=_FITTED)
    misread: float = tuned(
        -3.33, unit="log-odds for each tenth of the words", why="Words of the page were misread.", source=_FITTED
    )
    misread_known: float = tuned(
        -0.99,
        unit="log-odds for each tenth of the words",
        why="The same, if the word read stands elsewhere.",
        source=_FITTED,
    )
    seen: float = tuned(
        -1.08, unit="log-odds a logarithm of times", why="The same letters are misread elsewhere.", source=_FITTED
    )
    edits: float = tuned(0.7, unit="log-odds an edit", why="Many letters differ.", source=_FITTED)
    alike: float = tuned(
        -1.07, unit="log-odds", why="All letters that differ have one shape to the engine.", source=_FITTED
    )
    lost: float = tuned(-3.4, unit="log-odds", why="Letters were only lost.", source=_FITTED)
    gained: float = tuned(1.98, unit="log-odds", why="Letters were only gained.", source=_FITTED)
    fits: float = tuned(
        0.82, unit="log-odds a letter", why="The room on the page fits what was read better.", source=_FITTED
    )
    width: float = tuned(
        0.02, unit="log-odds a log ratio", why="The box of the word fits what was read better.", source=_FITTED
    )
    beside: float = tuned(-1.46, unit="log-odds", why="A word beside it was misread.", source=_FITTED)
    strange: float = tuned(
        0.24, unit="log-odds a nat", why="The word written has letters in a stranger order.", source=_FITTED
    )
    known: float = tuned(2.09, unit="log-odds", why="The word read stands elsewhere in the volume.", source=_FITTED)
    steady: float = tuned(
        -2.37, unit="log-odds", why="The word written is read elsewhere as it is written.", source=_FITTED
    )
    joined: float = tuned(-2.89, unit="log-odds", why="Words are divided or joined.", source=_FITTED)
    short: float = tuned(-3.95, unit="log-odds", why="One of the two words is short.", source=_FITTED)
    cut: float = tuned(
        -2.0,
        unit="log-odds",
        why="The word read is a part of the word written, cut off at a line end or by a misread word.",
        source=_FITTED,
    )
    nearer: float = tuned(
        0.0, unit="log-odds", why="The second looks are nearer to the first reading than to the text.", source=_FITTED
    )


_OF_WORDS = MisprintWeights()
_OF_NUMBERS = MisprintWeights(
    constant=-3.28,
    confidence=1.96,
    unsure=1.63,
    misread=-0.71,
    misread_known=0.0,
    seen=-3.51,
    edits=1.45,
    alike=-3.19,
    lost=-4.2,
    gained=-6.4,
    fits=0.74,
    width=-0.59,
    beside=-0.15,
    strange=0.0,
    known=0.0,
    steady=0.0,
    joined=2.5,
    short=0.98,
    cut=0.0,
    nearer=0.0,
)

# For words that were looked at again; fitted on these alone (seed 151), with a ridge that holds them near the others.
_OF_LOOKED_WORDS = MisprintWeights(
    constant=-6.13,
    confidence=1.57,
    unsure=1.59,
    misread=-3.38,
    misread_known=-0.96,
    seen=-1.38,
    edits=0.92,
    alike=-1.1,
    lost=-3.37,
    gained=1.94,
    fits=0.82,
    width=0.21,
    beside=-1.66,
    strange=0.31,
    known=2.29,
    steady=-2.39,
    joined=-2.89,
    short=-3.83,
    cut=-2.0,
    nearer=1.89,
)
_OF_LOOKED_NUMBERS = MisprintWeights(
    constant=-3.95,
    confidence=1.77,
    unsure=1.59,
    misread=-0.75,
    misread_known=0.0,
    seen=-3.49,
    edits=1.42,
    alike=-3.26,
    lost=-4.2,
    gained=-6.41,
    fits=0.72,
    width=-0.55,
    beside=-0.2,
    strange=0.0,
    known=0.0,
    steady=0.0,
    joined=2.5,
    short=0.93,
    cut=0.0,
    nearer=5.66,
)


@dataclass(frozen=True, slots=True)
class WordsTuning:
    """What decides which words stand for each other, how they differ, and whether the text or the engine is wrong."""

    # Words as read beside words as written.
    anchor_words: int = tuned(
        3, unit="words", why="A run of at least this many equal words is paired without looking at its context."
    )
    anchor_letters: int = tuned(10, unit="letters", why="Such a run also has at least this many letters in total.")
    alone_edits: float = tuned(
        0.6,
        unit="edits a letter",
        why="For a letter on one side alone; two unrelated words of one length cost about 0.85 edits a letter.",
    )
    run_edits: float = tuned(1.5, unit="edits", why="For a run of words on one side alone, however long it is.")
    joined_edits: float = tuned(0.4, unit="edits", why="For two words that stand for one.")
    scrap_confidence: float = tuned(
        0.3, unit="confidence", why="A word read with less may be dirt: no letters of the word beside it."
    )
    largest_pairs: int = tuned(
        250_000, unit="pairs of words", why="A part with more is not searched, to save time: its words stay alone."
    )
    # Passages.
    far_characters: int = tuned(
        1500,
        unit="characters",
        why="Lines further apart in the text do not run on: a page or more between them was not scanned.",
    )
    overlap_characters: int = tuned(
        100,
        unit="characters",
        why="Lines may overlap by these: a word is divided badly, or words are missing that both would have.",
    )
    beyond_characters: int = tuned(
        600, unit="characters", why="This much of the text before and after a passage is looked at too."
    )
    divided_lines: int = tuned(
        4, unit="lines", why="A divided word goes on in one of these: heads, numbers or a note may be between."
    )
    # Differences.
    unlike_share: float = tuned(
        0.5, unit="share of the letters", why="Words that differ in more have nothing to do with each other."
    )
    well_confidence: float = tuned(
        0.8, unit="confidence", why="A word read with at least this is not taken for another word."
    )
    several_words: int = tuned(
        3, unit="words", why="This many on each side are a replaced passage; fewer are a matter of single words."
    )
    comparable_times: int = tuned(
        3,
        unit="times the letters",
        why="Runs of words can be compared only if neither has more than these of the other.",
    )
    line_apart_pitches: float = tuned(
        1.6, unit="usual distances of lines", why="Lines further apart have room for a line between them."
    )
    # What a volume's words are like.
    prior_occurrences: float = tuned(
        2.0, unit="occurrences", why="What the next shorter context weighs against a context of letters."
    )
    enough_words: int = tuned(
        4000,
        unit="words",
        why="About this many show the widths of letters; of a longer volume every second or third is taken.",
    )
    ridge_words: float = tuned(3.0, unit="words", why="What holds the width of a letter at 1 weighs this much.")
    width_rounds: int = tuned(40, unit="rounds", why="Widths are improved in turn: after these they no longer change.")
    least_error_letters: float = tuned(0.15, unit="letters", why="The error of boxes is at least this.")
    most_box_log: float = tuned(
        6.0, unit="log likelihood", why="A box takes away no more: one that is far off is a broken box."
    )
    known_confidence: float = tuned(
        0.85, unit="confidence", why="A word read with at least this counts as known elsewhere."
    )
    rare_letter_share: float = tuned(
        0.0002, unit="share of a text's letters", why="A letter with no more is not of the text's alphabet."
    )
    # Words that state no confidence.
    guess_known: float = tuned(
        0.9,
        unit="confidence",
        why="A word without a stated confidence counts as read with this if the texts have it.",
        source=_UNSTATED,
    )
    guess_strange: float = tuned(
        0.5,
        unit="confidence",
        why="And with this if they do not have it: most such words are misread.",
        source=_UNSTATED,
    )
    guess_beside: float = tuned(
        0.85,
        unit="confidence",
        why="As evidence for a misprint it counts with at least this: what stands beside it says the rest.",
        source=_UNSTATED,
    )
    # Evidence for misprints.
    misprint_words: int = tuned(2, unit="words", why="A difference with more on either side is no misprint of a word.")
    much_misread_share: float = tuned(
        0.1, unit="share of a page's words", why="A page with more of its words misread is as bad as any."
    )
    unsure_confidence: float = tuned(0.6, unit="confidence", why="A word read with less is mostly misread.")
    short_letters: int = tuned(3, unit="letters", why="Words that are no longer are read for each other.")
    least_confidence: float = tuned(
        0.3,
        unit="confidence",
        why="Words without any confidence are right as often as words with this one.",
        source="measured",
    )
    most_confidence: float = tuned(0.99, unit="confidence", why="More counts as this: its logarithm has no end at 1.")
    clearly_log: float = tuned(2.0, unit="log ratio", why="From it on a box shows that it has the letters read.")
    most_edits: float = tuned(6.0, unit="edits", why="More count as this many.")
    most_strange_nats: float = tuned(8.0, unit="nats", why="A larger difference of strangeness counts as this.")
    most_room_letters: float = tuned(3.0, unit="letters", why="The room fits one of two words better by no more.")
    space_letters: float = tuned(
        0.7,
        unit="letters",
        why="The room between two words is larger by these than the word between them, beside the usual space.",
    )
    doubted_probability: float = tuned(
        0.01, unit="probability", why="A word that is likelier misprinted than this is looked at again."
    )
    doubted_number: float = tuned(
        0.001,
        unit="probability",
        why="A number likelier wrong than this is looked at again: numbers are few, and a speck makes them unsure.",
    )
    agreeing_looks: int = tuned(3, unit="looks", why="A word that so many looks read alike was read surely.")
    agreed_confidence: float = tuned(
        0.9,
        unit="confidence",
        why="A word that all looks read alike was read with this at least, if its letters are not misread elsewhere.",
        source="of 771 changed words so read (seed 51) 11 were missed without it, 8 with 0.85, 7 with this",
    )
    most_doubts: int = tuned(
        12, unit="words a page", why="More are not looked at again, to save time: the page is a bad one."
    )
    word_misprints: MisprintWeights = _OF_WORDS
    number_misprints: MisprintWeights = _OF_NUMBERS
    looked_word_misprints: MisprintWeights = _OF_LOOKED_WORDS
    looked_number_misprints: MisprintWeights = _OF_LOOKED_NUMBERS


WORDS = WordsTuning()
"""The numbers of words with which the program links."""
