"""How soon an editor should look at a finding."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

from align.linking.findings.catalogue import CATALOGUE, Cost
from align.linking.findings.weights import costs, likelihood, weight
from align.model import Finding


def test_what_an_edition_lacks_most_costs_most() -> None:
    """Costs fall from a whole document to a mere label, and each kind of finding has one of them."""
    falling = [costs()[cost] for cost in get_args(Cost)]
    assert all(one > other > 0 for one, other in pairwise(falling))
    assert {entry.costs for entry in CATALOGUE.values()} == set(get_args(Cost))


def test_a_missing_sentence_weighs_more_than_a_letter() -> None:
    """A sentence that may be missing comes before a misprint that is sure, and after it where it is unlikely."""
    misprint = Finding(code="likely-misprint", score=1.0)
    assert weight(Finding(code="sentence-not-on-scan", score=0.5)) > weight(misprint)
    assert weight(Finding(code="sentence-not-on-scan", score=0.05)) < weight(misprint)


def test_a_sure_link_makes_its_doubt_unlikely() -> None:
    """The score of a doubtful link is that of the link: the lower, the likelier is the finding."""
    assert likelihood("link-doubtful", 0.9) < likelihood("link-doubtful", 0.3)
    assert likelihood("likely-misprint", 0.9) > likelihood("likely-misprint", 0.3)


def test_what_was_decided_here_goes_before_the_score() -> None:
    """A calibrated finding weighs what its kind was worth in this collection."""
    assert weight(Finding(code="likely-misprint", score=0.9, calibrated=0.2)) < weight(
        Finding(code="likely-misprint", score=0.3)
    )
