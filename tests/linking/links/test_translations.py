"""Translations through transcriptions, and through what was read where there is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import every_line, make_page, make_pages, make_text, prose, wrapped
from support.paired_texts import EN, RU, area, link, one_to_one

from align.linking import link_volume
from align.linking.findings.pairing_findings import pairing_findings
from align.linking.links.pairing import Pairing, counterparts, pair
from align.linking.links.transcriptions import unplaced
from align.linking.links.translations import translation_links, unpaired_links
from align.linking.links.without_transcription import read_from_pages
from align.model import Bead, LineAt, Link

NOTED = make_text("Утро было серое, и дождь\n* Так в рукописи, правильно: снег.\nшёл весь день. Никто не вышел.")
NOTED_EN = make_text("The morning was grey. It rained.\n\n[A note by the translator. — Ed.]\n", language="en")


def through(beads: Sequence[Bead], *links: Link) -> list[Link]:
    return translation_links(Pairing(RU, EN, tuple(beads)), {x.sentence: x for x in links})


BEADS = [Bead((0,), (0,), 1.0), Bead((1, 2), (1,), 0.98), Bead((3,), (2,), 0.95)]


def test_a_sentence_takes_the_areas_of_its_counterparts():
    """One sentence for two stands in the areas of both, one area a page, and names both."""
    found = through(BEADS, *(link(RU, n, area(1, n)) for n in range(4)))
    assert [[i for a in x.areas for i in a.lines] for x in found] == [[0], [1, 2], [3]]
    assert [x.status for x in found] == ["linked"] * 3
    assert [x.score for x in found] == [1.0, 0.98, 0.95]
    assert found[1].counterparts == (RU.sentences[1].id, RU.sentences[2].id)
    assert found[1].areas[0].spans == EN.sentences[1].spans


def test_over_two_pages_a_translation_is_not_divided():
    """Counterparts on two pages give two areas without spans."""
    found = through(BEADS, link(RU, 0, area(1)), link(RU, 1, area(1)), link(RU, 2, area(2)), link(RU, 3, area(2)))
    assert [(a.page, a.spans) for a in found[1].areas] == [(1, None), (2, None)]


def test_the_status_is_that_of_what_it_goes_through():
    """Partial counterparts make it partial, weak ones or a weak bead doubtful, unplaced ones leave it unlinked."""
    found = through(
        [Bead((0,), (0,), 1.0), Bead((1, 2), (1,), 1.0), Bead((3,), (2,), 1.0)],
        link(RU, 0, area(1), status="partial", score=0.95),
        link(RU, 1, area(1)),
        link(RU, 2, status="unlinked"),
        link(RU, 3, status="unlinked"),
    )
    assert [(x.status, x.reason, x.via) for x in found] == [
        ("partial", "not-on-page", "transcription"),
        ("partial", "not-scanned", "transcription"),
        ("unlinked", "not-scanned", None),
    ]
    weak = through([Bead((0,), (0,), 0.5), Bead((1,), (1,), 1.0), Bead((2, 3), (), 0.9), Bead((), (2,), 0.9)],
                   link(RU, 0, area(1)), link(RU, 1, area(1), status="doubtful", score=0.4),
                   link(RU, 2, area(1)), link(RU, 3, area(1)))  # fmt: skip
    assert [(x.status, x.reason) for x in weak] == [
        ("doubtful", "weak"),
        ("doubtful", "weak"),
        ("unlinked", "no-counterpart"),
    ]


def test_a_translation_without_a_transcription_is_unlinked():
    """Without anything to go through every sentence lacks a counterpart."""
    assert {(x.status, x.reason, x.score, x.via) for x in unpaired_links(EN)} == {
        ("unlinked", "no-counterpart", 0.0, None)
    }


def test_notes_answer_notes_alone():
    """A note is never the counterpart of running text, and a note on one side only stands alone."""
    pairing = pair(NOTED, NOTED_EN, one_to_one)
    roles = [
        ({NOTED.sentences[i].role for i in b.left}, {NOTED_EN.sentences[i].role for i in b.right})
        for b in pairing.beads
    ]
    for left, right in roles:
        assert not left or not right or ("body" in left) == ("body" in right)
    assert sorted(i for b in pairing.beads for i in b.left) == list(range(len(NOTED.sentences)))
    assert sorted(i for b in pairing.beads for i in b.right) == list(range(len(NOTED_EN.sentences)))


def test_counterparts_go_both_ways():
    """Whatever a sentence names names it; those in no bead with the other side name nothing."""
    found = counterparts([Pairing(RU, EN, (*BEADS[:2], Bead((3,), (), 0.9), Bead((), (2,), 0.9)))])
    for one, others in found.items():
        assert others
        assert all(one in found[other] for other in others)
    assert RU.sentences[3].id not in found
    assert EN.sentences[2].id not in found


def test_sentences_alone_are_one_finding_a_run():
    """Neighbours without counterparts are one finding, those of the other text another; marks alone are a note."""
    links = {x.sentence: x for x in [*(link(RU, n, area(1)) for n in range(4)), *unpaired_links(EN)]}
    pairing = Pairing(
        RU,
        EN,
        (Bead((0,), (0,), 1.0), Bead((1,), (), 0.9), Bead((2,), (), 0.9), Bead((3,), (1,), 1.0), Bead((), (2,), 0.9)),
    )
    found = pairing_findings(pairing, links, one_to_one)
    assert [(f.text, f.sentences, f.severity) for f in found] == [
        (EN.path, (EN.sentences[2].id,), "warning"),
        (RU.path, (RU.sentences[1].id, RU.sentences[2].id), "warning"),
    ]
    assert found[1].pages == (1,)
    assert len(found[1].areas) == 2
    signs = make_text("* * *")
    own = {x.sentence: x for x in unpaired_links(signs)}
    alone = pairing_findings(Pairing(signs, EN, (Bead((0,), (), 1.0),)), own, one_to_one)
    assert [f.severity for f in alone if f.text == signs.path] == ["note"]


def test_what_was_moved_has_its_counterpart():
    """Sentences that the transcription has elsewhere, and their translation, are not without counterparts."""
    links = {x.sentence: x for x in [*unpaired_links(RU), *unpaired_links(EN)]}
    pairing = Pairing(
        RU, EN, (Bead((0,), (0,), 1.0), Bead((), (1,), 0.9), Bead((1,), (), 0.9), Bead((2, 3), (2,), 1.0))
    )
    moved = {RU.sentences[1].id}
    assert pairing_findings(pairing, links, one_to_one, moved) == []
    assert len(pairing_findings(pairing, links, one_to_one, {RU.sentences[2].id})) == 2
    dropped = Pairing(RU, EN, (Bead((0,), (0,), 1.0), Bead((1,), (), 0.9), Bead((2, 3), (1, 2), 1.0)))
    assert [f.sentences for f in pairing_findings(dropped, links, one_to_one, moved)] == [(RU.sentences[1].id,)]


LETTER = "Утром приехал Карпов и привез 17 писем. Одно было от моей сестры Веры. Вечером обедали у посла Майского."
ORPHAN = make_text(
    "In the morning Karpov came with 17 letters. One was from my sister Vera. We dined at the ambassador's.",
    language="en",
    document="o",
)


def test_what_was_read_stands_in_for_a_transcription():
    """The sentences read on free lines carry the translation's links: areas, no counterparts, "ocr-bead"."""
    pages = make_pages([wrapped(LETTER, 30)])
    (found,) = read_from_pages(pages, every_line(pages), [ORPHAN], one_to_one)
    assert [x.sentence for x in found.links] == [s.id for s in ORPHAN.sentences]
    assert {(x.via, x.counterparts, x.kind, x.document, x.text) for x in found.links} == {
        ("ocr-bead", (), "translation", "o", ORPHAN.path)
    }
    assert [p for p, _ in found.lines] == [0] * len(pages[0].lines)
    assert [x.areas[0].spans for x in found.links] == [s.spans for s in ORPHAN.sentences]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_paragraphs_are_seen_on_turned_pages(rotation):
    """No sentence runs over a short line or a wide gap, whichever way the page lies."""
    rows = [
        "Утром приехал Карпов и привез",
        "семнадцать писем",
        "Одно было от сестры моей Веры",
        "",
        "и вечером обедали у посла там",
    ]
    page = make_page(rows, rotation=rotation)
    seen: list[str] = []

    def spy(left: Sequence[str], right: Sequence[str], **_: object) -> list[Bead]:
        seen.extend(left)
        return one_to_one(left, right)

    read_from_pages([page], every_line([page]), [ORPHAN], spy)
    assert seen == ["Утром приехал Карпов и привез семнадцать писем", *rows[2:3], *rows[4:]]


def test_a_chance_alignment_links_nothing():
    """Where beads are unsure on the whole nothing is linked, and so it is with a few scraps or none."""
    pages = make_pages([wrapped(LETTER, 30)])
    unsure = lambda left, right, **_: [Bead((n,), (n,), 0.1) for n in range(min(len(left), len(right)))]  # noqa: E731
    free = every_line(pages)
    assert read_from_pages(pages, free, [ORPHAN], unsure) == []
    assert read_from_pages(pages, [LineAt(0, 0)], [ORPHAN], one_to_one) == []
    assert read_from_pages(pages, [], [ORPHAN], one_to_one) == []
    assert read_from_pages(pages, free, [], one_to_one) == []
    assert read_from_pages([], [], [ORPHAN], one_to_one) == []


def test_several_orphans_each_get_their_own_rows():
    """Translations one after another keep their sentences, paths, languages and spans apart."""
    content = "Nobody left the house. The morning was grey and it rained."
    second = make_text(content, language="en-x-second", document="p")
    pages = make_pages([wrapped(LETTER + " Никто не вышел из дому. Утро было серое, и шёл дождь.", 30)])
    found = read_from_pages(pages, every_line(pages), [ORPHAN, second], one_to_one)
    assert [f.text.path for f in found] == [ORPHAN.path, second.path]
    for own in found:
        assert [x.sentence for x in own.links] == [s.id for s in own.text.sentences]
        assert {(x.text, x.language) for x in own.links} == {(own.text.path, own.text.language)}


def test_the_language_is_that_of_the_free_lines():
    """What was read is split and aligned in the language of its own pages, not of the volume's first."""
    pages = [make_page(["The morning was grey."], language="en"), make_page(wrapped(LETTER, 30), order=2)]
    seen = []

    def spy(left: Sequence[str], right: Sequence[str], **options: object) -> list[Bead]:
        seen.append(options["left_language"])
        return one_to_one(left, right)

    read_from_pages(pages, every_line(pages)[len(pages[0].lines) :], [ORPHAN], spy)
    assert seen == ["ru"]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "Утро.",
                "прогу-",
                "лка была",
                "— Нет!",
                "—",
                "-",
                "¬",
                "a-",
                "Слово слово слово слово",
                "\u0301",
                "1934 г. Потом",
            ]
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_lines_of_any_kind_are_read(lines, pages_count):
    """Whatever the free lines hold, links keep their rules and each line that they show is a free one."""
    rows = [lines[n::pages_count] for n in range(pages_count)]
    pages = make_pages(rows)
    free = every_line(pages)
    for found in read_from_pages(pages, free, [ORPHAN], one_to_one):
        assert set(found.lines) <= set(free)
        assert all((x.status == "unlinked") == (not x.areas) for x in found.links)


def test_the_lines_of_an_orphan_are_no_finding():
    """In a whole volume the lines that carry a translation without transcription are not reported as in no text."""
    pages = make_pages([wrapped(LETTER, 40)])
    result = link_volume("v", pages, [ORPHAN])
    assert {x.via for x in result.links} == {"ocr-bead"}
    assert [f.code for f in result.findings] == ["no-transcription"]


def test_prose_of_another_story_is_linked_to_nothing_surely():
    """A translation of other words than the pages hold has no sentence that counts as linked."""
    pages = make_pages([wrapped(" ".join(prose("ru")[:15]), 40)])
    result = link_volume("v", pages, [make_text(" ".join(prose("en")[:12]), language="en")])
    assert {x.status for x in result.links} <= {"unlinked", "doubtful"}


def test_dots_for_what_was_left_out_answer_nothing():
    """An elision set against the sentence that it stands for leaves both without a counterpart."""
    russian = make_text("Утро было серое. Вышло немного. Вечером приехал Карпов.")
    english = make_text("The morning was grey. [...] Karpov came in the evening.", language="en")
    pairing = pair(russian, english, one_to_one)
    assert [(b.left, b.right) for b in pairing.beads] == [((0,), (0,)), ((1,), ()), ((), (1,)), ((2,), (2,))]
    assert pair(russian, RU, one_to_one).beads[1].right == (1,)


def test_rows_of_stars_answer_each_other():
    """What holds no letter in both texts is paired like anything else."""
    russian, english = make_text("* * *"), make_text("* * *", language="en")
    assert [(b.left, b.right) for b in pair(russian, english, one_to_one).beads] == [((0,), (0,))]


def test_commentary_of_a_translation_is_apart():
    """A translator's note that nothing answers is apart; a sentence without an answer is unlinked and says why."""
    for found in (unpaired_links(NOTED_EN), translation_links(Pairing(RU, NOTED_EN, ()), {})):
        assert {(x.status, x.reason) for x in found if x.role == "commentary"} == {("apart", None)}
        assert {(x.status, x.reason) for x in found if x.role == "body"} == {("unlinked", "no-counterpart")}


def test_what_goes_through_commentary_has_no_place():
    """A sentence whose only counterpart is apart is unlinked; so is a note on a page that failed or was read badly."""
    apart = [link(RU, n, status="apart") for n in range(4)]
    assert {(x.status, x.reason) for x in through(BEADS, *apart)} == {("unlinked", "not-on-page")}
    note = NOTED.sentences[1]
    assert note.role == "note"
    assert unplaced(note.role, "not-on-page") == ("apart", None)
    assert [unplaced(note.role, reason) for reason in ("page-failed", "weak")] == [
        ("unlinked", "page-failed"), ("unlinked", "weak"),
    ]  # fmt: skip
