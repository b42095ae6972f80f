"""Findings about translations: runs without counterpart, doubtful pairs, and what cannot be said of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paired_texts import EN, RU, area, link, one_to_one

from align.linking.findings.numbering import numbered
from align.linking.findings.pairing_findings import (
    bead_findings,
    pairing_findings,
)
from align.linking.links.pairing import Pairing
from align.linking.links.translations import unpaired_links
from align.model import Bead
from align.tuning.linking_parts.linking_findings import FINDINGS

LINKS = {x.sentence: x for x in [*(link(RU, n, area(n + 1)) for n in range(4)), *unpaired_links(EN)]}


def weak_ones(*scores: float) -> list[tuple[float, tuple[str, ...]]]:
    """The doubtful runs where the sentences are paired one by one with these scores: least score, sentences."""
    beads = tuple(Bead((n,), (n,), score) for n, score in enumerate(scores))
    return [(d.score, d.sentences) for d in bead_findings(Pairing(RU, EN, beads), LINKS)]


@pytest.mark.parametrize(
    ("scores", "runs"),
    [
        ((0.9, 0.9, 0.9), []),
        ((0.9, FINDINGS.doubtful_probability, 0.9), []),
        ((0.9, 0.3, 0.9), [(0.3, 1)]),
        ((0.4, 0.3, 0.9), [(0.3, 2)]),
        ((0.4, 0.9, 0.2), [(0.4, 1), (0.2, 1)]),
    ],
)
def test_doubtful_pairs_are_one_note_a_run(scores, runs):
    """Pairs under the threshold that follow each other are one note with the least of their scores."""
    assert [(score, len(sentences) // 2) for score, sentences in weak_ones(*scores)] == runs


def test_a_doubtful_pair_names_both_texts_and_the_pages():
    """The note is about the translation's range, and about the transcription's places."""
    (own,) = bead_findings(Pairing(RU, EN, (Bead((0,), (0,), 0.2),)), LINKS)
    assert (own.severity, own.text, own.spans, own.pages) == ("note", EN.path, EN.sentences[0].spans, (1,))
    assert own.source_text == EN.sentences[0].content


def test_a_sentence_without_counterpart_is_no_doubtful_pair():
    """Of a bead with one side nothing is doubtful as a pair, however low its score; the run is broken by it."""
    beads = (Bead((0,), (0,), 0.3), Bead((1,), (), 0.1), Bead((2,), (1,), 0.3))
    assert [len(d.sentences) for d in bead_findings(Pairing(RU, EN, beads), LINKS)] == [2, 2]


@pytest.mark.parametrize(
    ("alone", "told"),
    [
        ((0.07, 0.07, 0.0), []),
        ((0.07, FINDINGS.alone_probability, 0.0), [1]),
        ((0.6, 0.0, 0.0), [0]),
        ((0.5, 0.5, 0.5), []),
        ((), []),
    ],
)
def test_one_of_several_sentences_may_have_no_counterpart(alone, told):
    """Of sentences that are paired together each that is likely alone is a note with that probability, but not all."""
    found = pairing_findings(Pairing(RU, EN, (Bead((0, 1), (0,), 0.8, alone),)), LINKS, one_to_one)
    assert [(d.code, d.severity, d.sentences, d.score) for d in found] == [
        ("no-counterpart", "note", (RU.sentences[n].id,), alone[n]) for n in told
    ]
    assert all(f"“{EN.sentences[0].content}”" in d.message for d in numbered("v", found))


@given(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 2)))
def test_each_sentence_alone_is_told_once(left, right):
    """Whatever stands alone on either side is in one finding of its own text, and nothing else is."""
    beads = (*(Bead((n,), (), 0.9) for n in left), *(Bead((), (n,), 0.9) for n in right))
    found = pairing_findings(Pairing(RU, EN, beads), LINKS, one_to_one)
    assert sorted(s for d in found if d.text == RU.path for s in d.sentences) == [
        RU.sentences[n].id for n in sorted(left)
    ]
    assert sorted(s for d in found if d.text == EN.path for s in d.sentences) == [
        EN.sentences[n].id for n in sorted(right)
    ]
    assert all(d.severity == "warning" and d.code == "no-counterpart" for d in found)
