"""The tuned numbers of links: which sentence stands where, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned

_BY_JUDGEMENT = "set by judgement; `scripts/eval scores` compares the scores with truth"
_CONTRACT = "the output contract"


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """The logistic weights of a link's score."""

    constant: float = tuned(
        -7.0, unit="log-odds", why="The score of a link without any evidence.", source=_BY_JUDGEMENT
    )
    similarity: float = tuned(8.0, unit="log-odds", why="For letters that were all read alike.", source=_BY_JUDGEMENT)
    coverage: float = tuned(
        3.0, unit="log-odds", why="For a sentence whose letters are all placed.", source=_BY_JUDGEMENT
    )
    length: float = tuned(
        0.6, unit="log-odds a logarithm of letters", why="For a sentence with more letters.", source=_BY_JUDGEMENT
    )
    steady: float = tuned(
        1.5, unit="log-odds", why="For lines that are all continued by their neighbours.", source=_BY_JUDGEMENT
    )


_WEIGHTS = LinkWeights()


@dataclass(frozen=True, slots=True)
class LinksTuning:
    """What decides the status of links, the reason for missing ones, and the parts of beads."""

    # Score and status.
    weights: LinkWeights = _WEIGHTS
    long_letters: int = tuned(100, unit="letters", why="More placed letters make a sentence's link no surer.")
    sure: float = tuned(
        0.9,
        unit="probability",
        why="A link with at least this probability is linked: right in nine of ten such cases.",
        source=_CONTRACT,
    )
    whole_share: float = tuned(
        0.9, unit="share of a sentence's letters", why="A sentence with less of it placed is partial.", source=_CONTRACT
    )
    hopeless: float = tuned(
        0.3,
        unit="probability",
        why="A less probable link gets no place: none was right.",
        source="measured by `scripts/eval scores` on 10,239 links",
    )
    # Sentences without a place.
    lost_page_share: float = tuned(
        0.5,
        unit="share of a usual page's letters",
        why="Sentences lost between two pages stood on a page that was not scanned if they have more letters.",
    )
    # Beads with several translated sentences.
    clauses_a_sentence: int = tuned(
        3,
        unit="clauses a translated sentence",
        why="More are joined before they are aligned: a bead has at most four sentences of one side.",
    )
    # Translations without a transcription.
    unclaimed_characters: int = tuned(
        60, unit="characters", why="Fewer unclaimed characters are scraps: no document stands there."
    )
    least_mean_score: float = tuned(
        0.3,
        unit="probability",
        why="A document whose links have a lower mean score is not linked: its beads are chance.",
    )


LINKS = LinksTuning()
"""The numbers of links with which the program links."""
