"""Volumes linked with decisions of editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_pages, make_text, paged, prose, wrapped

from align.linking import link_volume
from align.model import (
    Box,
    Decided,
    DecidedLink,
    DecidedPair,
    Link,
    Page,
    Polygon,
    SourceText,
    VolumeResult,
)

RUSSIAN = (
    "12 марта 1934 г.\n\nУтром приехал Карпов и привез 17 писем из Ленинграда. Одно письмо было от моей сестры Веры. "
    "Она пишет, что в городе холодно и что дров не хватает. Вечером мы обедали у посла. "
    "За столом говорили только о погоде и о ценах на хлеб. Посол спросил, когда я еду в Москву. "
    "Я ответил, что поеду 25 апреля. Он ничего не сказал. Ночью я долго не мог уснуть и читал Диккенса.\n"
)
ENGLISH = (
    "12 March 1934\n\nIn the morning Karpov arrived and brought 17 letters from Leningrad. One letter was from "
    "my sister Vera. She writes that it is cold in the city and that there is not enough firewood. In the evening "
    "we dined with the ambassador. At table they spoke only of the weather and of the price of bread. The ambassador "
    "asked when I was going to Moscow. I answered that I should go on 25 April. He said nothing. At night I could "
    "not sleep for a long time and read Dickens.\n"
)


@cache
def volume() -> tuple[tuple[Page, ...], tuple[SourceText, ...]]:
    lines = [line for paragraph in RUSSIAN.split("\n") for line in wrapped(paragraph, 48)]
    return tuple(make_pages([lines[:5], lines[5:]])), (make_text(RUSSIAN), make_text(ENGLISH, language="en"))


def linked(links: Mapping[str, DecidedLink] | None = None, **decided: object) -> VolumeResult:
    pages, texts = volume()
    return link_volume("v", pages, texts, decided=Decided(links or {}, **decided))  # type: ignore[arg-type]


@cache
def usual() -> VolumeResult:
    return linked()


def by_id(result: VolumeResult) -> dict[str, Link]:
    return {link.sentence: link for link in result.links}


def russian(result: VolumeResult, number: int) -> Link:
    return [link for link in result.links if link.language == "ru"][number]


def english(result: VolumeResult, number: int) -> Link:
    return [link for link in result.links if link.language == "en"][number]


def places(link: Link) -> tuple[tuple[int, tuple[Box, ...]], ...]:
    return tuple((area.page, area.boxes) for area in link.areas)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(st.integers(0, 900)), draw(st.integers(0, 700))
    return Box(left, top, left + draw(st.integers(1, 500)), top + draw(st.integers(1, 200)))


@st.composite
def choices(draw: st.DrawFn) -> dict[str, DecidedLink]:
    """Any decisions on any sentences: boxes anywhere, over each other, over nothing."""
    sentences = draw(st.lists(st.sampled_from([link.sentence for link in usual().links]), unique=True, max_size=5))
    decided = {}
    for sentence in sentences:
        kind = draw(st.sampled_from(["right", "wrong", "placed", "not-on-scan"]))
        orders = draw(st.sampled_from([(1,), (2,), (1, 2)]))
        where = tuple((order, tuple(draw(st.lists(boxes(), min_size=1, max_size=3)))) for order in orders)
        decided[sentence] = DecidedLink(kind, () if kind == "not-on-scan" else where)  # type: ignore[arg-type]
    return decided


def test_nothing_decided_changes_nothing() -> None:
    """A volume without decisions is the same value as one that was linked without them."""
    pages, texts = volume()
    assert linked() == link_volume("v", pages, texts)


@settings(max_examples=15, deadline=None)
@given(choices())
def test_decisions_are_obeyed_exactly(decided: dict[str, DecidedLink]) -> None:
    """A placed link has exactly its boxes, a sentence that is not on the scans none, and no sentence is lost."""
    result = linked(decided)
    before, after = by_id(usual()), by_id(result)
    assert list(after) == list(before)
    for sentence, choice in decided.items():
        link = after[sentence]
        assert link.decided == choice.choice
        if choice.choice in ("right", "placed"):
            assert (places(link), link.status, link.score) == (choice.places, "linked", 1.0)
        elif choice.choice == "not-on-scan":
            assert (link.areas, link.status, link.reason) == ((), "unlinked", "not-on-page")
        else:
            for area in link.areas:
                for order, forbidden in choice.places:
                    middles = [((b.left + b.right) / 2, (b.top + b.bottom) / 2) for b in area.boxes]
                    assert order != area.page or not any(
                        f.left <= x < f.right and f.top <= y < f.bottom for f in forbidden for x, y in middles
                    )
    assert all(link.decided is None for sentence, link in after.items() if sentence not in decided)


@settings(max_examples=15, deadline=None)
@given(st.sets(st.integers(0, 9)))
def test_links_that_were_right_stay_as_they_are(numbers: set[int]) -> None:
    """All links are the same, boxes and lines too, if those that are right are found right."""
    chosen = [russian(usual(), n) for n in numbers]
    result = linked({link.sentence: DecidedLink("right", places(link)) for link in chosen})
    for before, after in zip(usual().links, result.links, strict=True):
        assert (after.areas, after.status, after.via) == (before.areas, before.status, before.via)
        assert after.decided == ("right" if before in chosen else None)
    assert result.matches == usual().matches


@pytest.mark.parametrize("missing", [2, 3, 8])
def test_words_beside_a_placed_sentence_that_the_text_lacks_are_claimed_by_no_neighbour(missing: int) -> None:
    """A sentence that claims words of a missing one stands at its place once the sentence beyond these was placed."""
    pages, _ = volume()
    whole = [link for link in usual().links if link.language == "ru"]
    others = [link for link in whole if link is not whole[missing]]
    texts = [make_text(RUSSIAN.replace(whole[missing].content, ""))]

    def wrong(decided: Decided) -> list[int]:
        links = link_volume("v", pages, texts, decided=decided).links
        return [n for n, (a, b) in enumerate(zip(links, others, strict=True)) if places(a) != places(b)]

    by_hand = make_text(texts[0].content).sentences[missing].id
    assert missing - 1 in wrong(Decided())
    assert wrong(Decided({by_hand: DecidedLink("placed", places(others[missing]))})) == []


def test_a_translation_stands_where_its_original_was_placed() -> None:
    """The translation of a placed sentence has its boxes."""
    box = Box(100, 600, 700, 640)
    result = linked({russian(usual(), 3).sentence: DecidedLink("placed", ((2, (box,)),))})
    assert russian(result, 3).via == "editor"
    assert places(english(result, 3)) == ((2, (box,)),)
    assert english(result, 3).decided is None


def test_words_under_a_placed_box_belong_to_no_other_sentence() -> None:
    """A sentence gives up the line that an editor gave to its neighbour, and the pages keep what was read."""
    first, second = russian(usual(), 5), russian(usual(), 6)
    taken = places(second)
    result = linked({first.sentence: DecidedLink("placed", taken)})
    own = {(area.page, line) for area in russian(result, 6).areas for line in area.lines}
    given_away = {(area.page, line) for area in russian(result, 5).areas for line in area.lines}
    assert not any(box in boxes for _, boxes in places(russian(result, 6)) for _, of in taken for box in of)
    assert given_away or not own
    assert [page.lines for page in result.pages] == [page.lines for page in usual().pages]


def test_a_wrong_link_is_made_elsewhere() -> None:
    """Of a passage that the pages show twice, a sentence that was wrong in one place goes to the other."""
    story = " ".join(prose("ru")[:30])
    pages = paged(story, lines=9)
    pages.append([*pages[1][:3], "Совсем иное"])
    volume, text = make_pages(pages), make_text(story)
    before = link_volume("v", volume, [text])
    again = next(
        link for link in before.links if link.areas and link.areas[0].page == 2 and link.areas[0].lines[0] == 1
    )
    wrong = Decided({again.sentence: DecidedLink("wrong", places(again))})
    after = by_id(link_volume("v", volume, [text], decided=wrong))[again.sentence]
    assert {area.page for area in after.areas} <= {len(pages)}
    assert after.decided == "wrong"


def test_a_placed_sentence_pulls_its_neighbours() -> None:
    """Of two passages that read alike, the sentences around a placed one go to the passage in which it is."""
    story = prose("ru")
    text = make_text(" ".join([*story[:20], "Так кончился день.", *story[20:40]]))
    lines = paged(text.content, lines=12)
    garbled = [["щх" * (len(line) // 2) for line in page] for page in lines[1:3]]
    pages = make_pages([lines[0], *garbled, *lines[3:]])
    before = link_volume("v", pages, [text])
    inside = [
        link
        for link in link_volume("v", make_pages(lines), [text]).links
        if {area.page for area in link.areas} <= {2, 3} and link.areas
    ]
    middle = inside[len(inside) // 2]
    decided = Decided({middle.sentence: DecidedLink("placed", places(middle))})
    after = by_id(link_volume("v", pages, [text], decided=decided))
    assert places(after[middle.sentence]) == places(middle)
    right = {link.sentence: {area.page for area in link.areas} for link in inside}
    good = [
        sum({a.page for a in links[s].areas} == pages_ for s, pages_ in right.items())
        for links in (by_id(before), after)
    ]
    assert good[1] >= good[0]


def test_decided_pairs_are_the_beads() -> None:
    """Sentences are paired as decided, the others between them, and each stands in exactly one bead."""
    left = [link.sentence for link in usual().links if link.language == "ru"]
    right = [link.sentence for link in usual().links if link.language == "en"]
    pair = DecidedPair((left[2], left[3]), (right[2],))
    (beads,) = (pair_.beads for pair_ in linked(pairs=(pair,)).pairs)
    assert ((2, 3), (2,), 1.0) in [(bead.left, bead.right, bead.score) for bead in beads]
    assert sorted(n for bead in beads for n in bead.left) == list(range(len(left)))
    assert sorted(n for bead in beads for n in bead.right) == list(range(len(right)))
    assert english(linked(pairs=(pair,)), 2).counterparts == (left[2], left[3])


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_beads_cover_both_texts_whatever_is_decided(data: st.DataObject) -> None:
    """Pairs that cross, repeat each other or leave a side empty leave every sentence in exactly one bead."""
    sides = [[x.sentence for x in usual().links if x.language == language] for language in ("ru", "en")]
    some = [st.lists(st.sampled_from(side), unique=True, max_size=3) for side in sides]
    pairs = tuple(
        DecidedPair(tuple(left), tuple(right), parted)
        for left, right, parted in data.draw(st.lists(st.tuples(*some, st.booleans()), max_size=4))
        if left or right
    )
    (beads,) = (pair.beads for pair in linked(pairs=pairs).pairs)
    for n, side in enumerate(sides):
        assert sorted(i for bead in beads for i in (bead.left, bead.right)[n]) == list(range(len(side)))


def test_a_wrong_pair_is_parted() -> None:
    """Two sentences that are no pair are each alone."""
    left, right = russian(usual(), 3).sentence, english(usual(), 3).sentence
    result = linked(pairs=(DecidedPair((left,), (right,), parted=True),))
    assert by_id(result)[right].counterparts == ()
    assert by_id(result)[left].counterparts == ()


def test_labels_and_copies_are_as_decided() -> None:
    """A page bears the label that was decided, or none, and is the copy of the page that was decided."""
    result = linked(labels={1: "77", 2: None}, copies={2: 1})
    assert [(page.label, page.label_source, page.duplicate_of) for page in result.pages] == [
        ("77", "assigned", None),
        (None, None, 1),
    ]
    assert not any(area.page == 2 for link in result.links for area in link.areas)


def test_a_sentence_placed_where_nothing_was_read_has_no_line() -> None:
    """A box over nothing has no line, and its outline is the box."""
    box = Box(5, 3000, 400, 3040)
    (area,) = russian(linked({russian(usual(), 4).sentence: DecidedLink("placed", ((1, (box,)),))}), 4).areas
    assert (area.boxes, area.lines, area.polygons) == ((box,), (None,), (Polygon(box.corners),))
    assert area.spans == russian(usual(), 4).spans


def test_a_sentence_over_two_pages_is_divided_as_its_words_are() -> None:
    """The spans of a sentence that was placed on two pages say what each of them shows."""
    over = next(link for link in usual().links if len(link.areas) == 2 and link.language == "ru")
    grown = tuple((order, tuple(replace(box, right=box.right + 1) for box in boxes_)) for order, boxes_ in places(over))
    link = by_id(linked({over.sentence: DecidedLink("placed", grown)}))[over.sentence]
    assert [area.spans for area in link.areas] == [area.spans for area in over.areas]
