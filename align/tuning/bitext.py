"""The tuned numbers of sentence alignment: evidence in log-odds, limits in letters, words and sentences."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_ROUND = "a round figure, set before the first measurement (docs/decisions/0006-beads.md)"
_HAND_ALIGNED = "hand-aligned novels"


@dataclass(frozen=True, slots=True)
class BitextTuning:
    """What decides which sentences translate each other, in the order: evidence, path, words, lexicon, vectors."""

    # Evidence of one bead.
    word_weight: float = tuned(
        0.6, unit="factor", why="Words are not independent, so their log-odds count for less.", source=_ROUND
    )
    length_weight: float = tuned(1.0, unit="factor", why="How much the lengths' log-odds count.", source=_ROUND)
    join_odds: float = tuned(
        -1.8, unit="log-odds", why="For each end of a sentence inside a bead that the other side lacks.", source=_ROUND
    )
    seen_join_odds: float = tuned(
        -0.3, unit="log-odds", why="The same where the other side has that end inside one sentence.", source=_ROUND
    )
    many_odds: float = tuned(
        -2.0, unit="log-odds", why="For a bead with several sentences on both sides.", source=_ROUND
    )
    unit_odds: float = tuned(
        -0.5,
        unit="log-odds",
        why="For each sentence that one side's punctuation has and the other lacks.",
        source=_ROUND,
    )
    most_units: int = tuned(6, unit="sentences", why="A greater difference of punctuation counts as this one.")
    gap_opening_odds: float = tuned(
        -2.5, unit="log-odds", why="For beginning to leave sentences without a counterpart.", source=_ROUND
    )
    gap_odds: float = tuned(-1.5, unit="log-odds", why="For each sentence left without a counterpart.", source=_ROUND)
    paragraphs_together_odds: float = tuned(
        1.0, unit="log-odds", why="For paragraphs that start together.", source=_ROUND
    )
    paragraph_alone_odds: float = tuned(
        -1.5, unit="log-odds", why="For a paragraph that starts on one side only.", source=_ROUND
    )
    paragraph_inside_odds: float = tuned(
        -1.5, unit="log-odds", why="For each paragraph that starts inside a bead.", source=_ROUND
    )
    length_spread: float = tuned(
        0.22, unit="share of the letters", why="How lengths of long translations vary.", source=_HAND_ALIGNED
    )
    length_spread_short: float = tuned(
        2.2, unit="letters", why="How much more those of short ones vary.", source=_HAND_ALIGNED
    )
    usual_spread: float = tuned(
        0.8, unit="standard deviation of a logarithm", why="How the lengths of sentences vary in prose."
    )
    usual_spread_weight: int = tuned(30, unit="sentences", why="What usual_spread weighs against a text's own lengths.")
    length_least_odds: float = tuned(
        -6.0, unit="log-odds", why="A wrong length says no more against a bead than a few wrong words do."
    )
    # Path: scores, and the band in which beads are looked for.
    heat: float = tuned(
        0.5,
        unit="factor",
        why="Evidence counted as independent is too sure of itself: log-odds count half for a score.",
    )
    negligible: float = tuned(1e-4, unit="probability", why="A less likely bead does not change a score's two digits.")
    left_out_weight: float = tuned(
        2.0,
        unit="factor",
        why="How much the lengths' log-odds count, once more, for a sentence of several that may have no counterpart.",
        source="chosen between 0.7 and 2 on 244 sentences dropped from five hand-aligned texts, and 43 from a sixth",
    )
    teaching_score: float = tuned(0.6, unit="probability", why="Only beads at least this likely teach words.")
    own_beads: int = tuned(
        3, unit="beads", why="A new pair of words must occur in this many, else it would only confirm its own bead."
    )
    cell_sentences: int = tuned(8, unit="sentences", why="A side of one cell of the grid in which rare words vote.")
    most_cells: int = tuned(1500, unit="cells", why="A side of the grid at most: bounds memory.")
    rare_sentences: int = tuned(12, unit="sentences", why="A word in more of them says little about its place.")
    margin_sentences: int = tuned(
        48, unit="sentences", why="The band reaches this far beyond its path: a wrong cell or two, and a local gap."
    )
    second_margin_sentences: int = tuned(
        32, unit="sentences", why="The same in the second pass, which knows the beads of the first."
    )
    small_pairs: int = tuned(
        40_000, unit="pairs of sentences", why="Up to this many are all looked at, without a band."
    )
    neighbour_votes: float = tuned(0.5, unit="factor", why="What a cell takes from its neighbours along the diagonal.")
    usual_votes: float = tuned(
        2.0, unit="factor", why="Cells with fewer votes than this times the mean attract no path."
    )
    most_votes: float = tuned(40.0, unit="votes", why="One cell attracts a path no more than this.")
    off_diagonal_cost: float = tuned(0.1, unit="votes", why="For a path at the far end from the diagonal.")
    cell_step_cost: float = tuned(0.5, unit="votes", why="For a step of the path along one text only.")
    # Words: which of them may translate each other.
    word_most_odds: float = tuned(5.0, unit="log-odds", why="One word alone says no more, however rare it is.")
    kept_share: float = tuned(
        0.8,
        unit="share of occurrences",
        why="A number or a name has its counterpart this often; else a translator says 'he'.",
    )
    unknown_null: float = tuned(
        0.4, unit="share of occurrences", why="What no lexicon foresees of a word without translations in it."
    )
    unforeseen_share: float = tuned(
        0.4,
        unit="share of occurrences",
        why="A known word is rendered this often in a way that the lexicon has never seen.",
        source="chosen between 0.15 and 0.6, where little changes (docs/decisions/0006-beads.md)",
    )
    common_share: float = tuned(
        0.002, unit="share of a text's words", why="A more frequent word does not say what a misread word was."
    )
    mark_shares: tuple[tuple[str, float], ...] = tuned(
        (("<?>", 0.8), ("<!>", 0.5), ("<…>", 0.5), ("<(>", 0.5), ("<«>", 0.5), ("<:>", 0.2), ("<;>", 0.2)),
        unit="share of occurrences",
        why="How often a translation keeps each mark: less faithfully than words.",
    )
    name_capital: float = tuned(0.6, unit="share of occurrences", why="A word with more capitals may be a name.")
    background_tokens: float = tuned(
        2000.0, unit="words", why="What the lexicon's background of a word weighs against the text's own counts."
    )
    name_letters: int = tuned(4, unit="letters", why="Shorter names are not compared by sound.")
    name_similarity: float = tuned(0.8, unit="similarity", why="Words that sound less alike are no pair.")
    name_nothing: float = tuned(
        0.6, unit="similarity", why="A pair of names that sound no more alike would say nothing."
    )
    cognate_similarity: float = tuned(0.9, unit="similarity", why="Words in small letters must sound this much alike.")
    skeleton_letters: int = tuned(
        3, unit="consonants", why="Words with fewer are compared whole: they have no skeleton."
    )
    whole_similarity: float = tuned(0.99, unit="similarity", why="Words without a skeleton must sound this much alike.")
    variant_letters: int = tuned(5, unit="letters", why="Shorter words have too many neighbours to be read as another.")
    family_ending: int = tuned(
        3, unit="letters", why="Words of one family differ by no more after their common beginning."
    )
    misread_share: float = tuned(0.7, unit="probability", why="That a word one letter off a known stem is that stem.")
    family_share: float = tuned(0.35, unit="probability", why="That a word with a stem's beginning is of its family.")
    # Lexicon: learning from beads, and dictionaries.
    learning_rounds: int = tuned(6, unit="rounds", why="Of expectation maximisation; later ones change little.")
    sparse_count: float = tuned(0.01, unit="occurrences", why="Prior count of a pair: few translations a word.")
    learnt_null: float = tuned(0.4, unit="share of occurrences", why="Prior share of a word that nothing explains.")
    learnt_null_weight: float = tuned(
        2.0, unit="occurrences", why="What that share weighs: lexicons are of clean texts."
    )
    prior_weight: float = tuned(20.0, unit="occurrences", why="What a known pair weighs against what is seen.")
    least_rest: float = tuned(1e-3, unit="occurrences", why="An expected count of less is none.")
    most_tokens: int = tuned(
        80, unit="words a side", why="Pairs in longer beads are mostly chance and cost the square."
    )
    least_ratio: float = tuned(
        10.0,
        unit="log-likelihood ratio",
        why="Words must meet more often than chance: about one pair of strangers in 600 does.",
        source="Dunning 1993",
    )
    least_count: float = tuned(0.7, unit="occurrences", why="A pair with a smaller expected count is not kept.")
    least_chance: float = tuned(
        0.01, unit="probability", why="A pair whose probabilities are both smaller is not kept."
    )
    dictionary_null: float = tuned(
        0.5, unit="share of occurrences", why="Translators use other words than the dictionary's about as often as not."
    )
    dictionary_share: float = tuned(
        1e-6,
        unit="share of a text's words",
        why="A word of the dictionary alone: a lexicon of a million words lacks it.",
    )
    seldom_share: float = tuned(
        0.1, unit="probability", why="A dictionary's translation, unknown to the lexicon, of a word that it knows."
    )
    # Vectors of an embedder.
    vector_most_odds: float = tuned(8.0, unit="log-odds", why="What a pair of vectors says at most, for or against.")
    stranger_pairs: int = tuned(4000, unit="pairs of sentences", why="They show how alike strangers are.")
    vector_beads: int = tuned(5, unit="beads", why="With fewer to learn from, vectors are not used.")
    vector_pairs: int = tuned(4_000_000, unit="pairs of sentences", why="Larger texts are not compared all with all.")
    chain_factor: float = tuned(
        3.0,
        unit="times the root of the number of pairs",
        why="A rising chain of nearest sentences must be longer: strangers give about 2.",
        source="Vershik and Kerov 1977",
    )


BITEXT = BitextTuning()
"""The numbers with which the program aligns sentences."""
