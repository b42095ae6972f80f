"""Beads of one sentence against several, divided; and the markers of translations."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_page, make_text

from align.bitext import align_sentences
from align.linking import link_volume
from align.linking.links.bead_parts import clauses, divided
from align.linking.links.pairing import Pairing
from align.model import Bead

RU = "На второй день он потерялся в подземной дороге и ездил по кругу; на третий день я нашел его в кладовой с ящиками."
EN = (
    "On the second day he got lost on the Underground and went round the Circle. "
    "On the third I found him in the storeroom."
)


@settings(deadline=None)
@given(st.text("аб ,.;!—«» \n", max_size=60))
def test_clauses_hold_every_letter_once(content):
    """The clauses of a span stand in order, do not overlap, and hold every character that is not white space."""
    found = clauses(content, (0, len(content)))
    assert all(a < b for a, b in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    held = "".join(content[a:b] for a, b in found)
    assert "".join(held.split()) == "".join(content.split())


def test_each_translated_sentence_gets_its_clause():
    """Of a sentence that became two, each of the two has its own half."""
    russian, english = make_text(RU), make_text(EN, language="en")
    pairing = Pairing(russian, english, (Bead((0,), (0, 1), 0.9),))
    parts = divided(pairing, pairing.beads[0], align_sentences)
    assert [part.rights for part in parts] == [(0,), (1,)]
    halves = [" ".join(RU[a:b] for a, b in part.spans) for part in parts]
    assert halves[0].endswith("по кругу;")
    assert halves[1].startswith("на третий день")


def test_a_bead_without_clauses_is_not_divided():
    """A sentence of one clause stays whole, and its translations share it."""
    russian, english = make_text("Дождь шел весь день."), make_text("It rained. All day.", language="en")
    pairing = Pairing(russian, english, (Bead((0,), (0, 1), 0.9),))
    assert divided(pairing, pairing.beads[0], align_sentences) == []


def test_divided_sentences_claim_different_places():
    """On the page the two halves of a sentence are two places, and none is left over."""
    lines = [RU[: RU.index(";") + 1], RU[RU.index(";") + 2 :]]
    texts = [make_text(RU), make_text(EN, language="en")]
    result = link_volume("v", [make_page(lines)], texts)
    english = [link for link in result.links if link.language == "en"]
    assert [[area.lines for area in link.areas] for link in english] == [[(0,)], [(1,)]]


BODIES = [
    ["Утром ходил на почту и получил две посылки.", "Чиновник долго искал очки и потом печать."],
    ["Вечером был у Петрова, который вернулся из Гулля.", "Он привез яблоки, газеты и плохие новости."],
]
ENGLISH = [
    "In the morning I went to the post office and received two parcels. "
    "The clerk looked a long time for his spectacles and then for the seal.",
    "In the evening I was at Petrov's, who had come back from Hull. He brought apples, newspapers and bad news.",
]


def marker_findings(second: str) -> list[tuple[str, tuple[int, ...]]]:
    """The findings on markers where the translation calls its second page so."""
    pages = [make_page([f"- {53 + n} -", *BODIES[n]], order=n + 1) for n in range(2)]
    texts = [
        make_text("\n\n".join(" ".join(body) for body in BODIES)),
        make_text(f"Page 53\n\n{ENGLISH[0]}\n\nPage {second}\n\n{ENGLISH[1]}\n", language="en"),
    ]
    found = link_volume("v", pages, texts).findings
    return [(finding.code, finding.pages) for finding in found if "marker" in finding.message]


def test_a_right_marker_of_a_translation_is_no_finding():
    """A translation's marker that names the page of its sentences is not mentioned."""
    assert marker_findings("54") == []


def test_a_wrong_marker_of_a_translation_is_a_finding():
    """A translation's marker that names another page is one finding, on the page where its sentences stand."""
    assert marker_findings("57") == [("label-disagrees", (2,))]
