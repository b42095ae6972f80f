"""The tuned numbers of linking: handed through, from the volume down to the last word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace

import pytest
from support.linked_volumes import make_line, make_pages, make_text, paged, prose
from support.small_volumes import small_volumes
from support.tuning_watch import numbers_read

from align.linking import Doubt, best_readings, link_volume, rereads
from align.model import Page, SourceText
from align.tuning.bitext import BITEXT, BitextTuning
from align.tuning.linking import LINKING
from align.tuning.matching import MATCHING, MatchingTuning


def parts_of(tuning: object) -> list[object]:
    """The tuning and its parts, from the outside in."""
    inner = [getattr(tuning, field.name) for field in fields(tuning)]  # type: ignore[arg-type]
    return [tuning, *(part for value in inner if is_dataclass(value) for part in parts_of(value))]


def odd_volumes() -> Iterator[tuple[list[Page], list[SourceText]]]:
    """What the small volumes lack: heads, numerals, a hyphen, other words, lost lines, a short document."""
    rows = paged("В тот день прошло 25 лет. " + " ".join(prose("ru")), lines=12)[:4]
    text = " ".join(line for page in rows for line in page)
    pages = [list(page) for page in rows]
    pages[0][0] = pages[0][0].replace("25", "26")
    first, second = pages[0][2].split(" ", 1)
    pages[0][2] = f"{first}   {second[:2]}{second[3:]}"
    line = pages[0][5].split()
    pages[0][5] = " ".join(line[:-4])
    pages[0].append(" ".join(line[-4:]))
    for number in (0, 1):
        pages[number] = ["Записки путешественника", *pages[number], "xiv"]
    first, last = pages[1][5].rsplit(" ", 1)
    pages[1][5:7] = [f"{first} {last[:2]}-", f"{last[2:]} {pages[1][6]}"]
    words = pages[2][3].split()
    pages[2][3] = " ".join([words[0], "борщ", "щука", "чехол", "шляпа", *words[5:]])
    del pages[2][6:11]
    pages[3].append("Поздравляю вас сердечно, голубчик!")
    letter = "Поздравляю вас сердечно, голубчик! " + " ".join(prose("ru")[-12:])
    yield make_pages(pages), [make_text(text), make_text(letter, document="e")]
    rows = paged(" ".join(prose("ru")[20:]), lines=14)[:3]
    text = " ".join(line for page in rows for line in page)
    pages = [[make_line(line, 100, 100 + 60 * n) for n, line in enumerate(page)] for page in rows]
    words = rows[0][3].split()
    pages[0][3] = make_line(" ".join([*words[:2], *words[5:]]), 100, 280)
    pages[0][6] = make_line(f"{rows[0][6]} ыых щю", 100, 460, confidence=0.5)
    words = rows[0][9].split()
    pages[0][9] = make_line(" ".join([*words[:2], "ъ", *words[4:]]), 100, 640, confidence=0.4)
    lines = rows[1]
    moved = [*lines[:2], *lines[6:9], *lines[2:6], *lines[9:]]
    pages[1] = [make_line(line, 100, 100 + 60 * n) for n, line in enumerate(moved)]
    yield make_pages(pages), [make_text(text)]
    yield make_pages(paged(letter, lines=14)), [make_text(letter, document=name) for name in "ab"]
    clauses = "На второй день он потерялся в подземной дороге и ездил по кругу; на третий я нашел его в кладовой."
    halves = "On the second day he got lost on the Underground. On the third I found him in the storeroom."
    lines = [clauses[: clauses.index(";") + 1], clauses[clauses.index(";") + 2 :]]
    yield make_pages([lines]), [make_text(clauses), make_text(halves, language="en")]


# Numbers that only a volume made for them reads; the tests of their own modules hold these volumes.
ODD_NUMBERS = {
    "agreed_confidence",  # Words that all three looks read the same.
    "beside_heights",  # Two blocks of lines beside each other.
    "cut_reach_heights",  # Rows that an engine cut in two, as the next two, and near_share.
    "cut_share",
    "cut_spaces",
    "dirt_confidence",  # Fewer words read than written, with no room for the others.
    "filled_share",  # Words of one line that stand far apart.
    "guess_beside",  # Words whose confidence is not stated, as the next two.
    "guess_known",
    "guess_strange",
    "heading_letters",  # A partial or doubtful link of words that no collation finds.
    "legible_likely_confidence",  # Lines outside the text that were read with doubt, as the next three.
    "legible_sign_confidence",
    "legible_strangeness",
    "legible_within_share",
    "near_share",
    "same_size_times",  # Two blocks of lines, one of them in larger letters.
    "spelling_share",  # Five words or more that differ in the same letter.
    "sure_words_letters",  # Words inside a line, read neither badly nor well.
    "translated_share",  # A sentence and its translation, both moved.
}


def seeing_words(_pages: Sequence[Page], doubts: Sequence[Doubt]) -> dict[Doubt, tuple[str, ...]]:
    """The same answer to all doubts."""
    return dict.fromkeys(doubts, ("слово",))


@pytest.mark.slow
def test_only_the_tunings_passed_in_are_read() -> None:
    """Every tuned number that linking reads comes from the tunings that it was given, and it reads its own."""
    tuning, matching, bitext = deepcopy(LINKING), deepcopy(MATCHING), deepcopy(BITEXT)
    parts = parts_of(tuning)
    with numbers_read(MatchingTuning, BitextTuning, *{type(part) for part in parts}) as read:
        for pages, texts in (*small_volumes(), *odd_volumes()):
            linked = link_volume(
                "v", pages, texts, look_again=seeing_words, tuning=tuning, matching=matching, bitext=bitext
            )
            asked = rereads(linked.pages, linked.matches, texts, tuning=tuning)
            spoilt = [replace(page, lines=page.lines[: len(page.lines) // 2]) for page in pages]
            orders = [reread.page for reread in asked]
            best_readings([spoilt, pages], orders, texts, tuning=tuning, matching=matching)
    assert set(read) <= {id(part) for part in (*parts, matching, bitext)}
    unread = {type(part).__name__: {f.name for f in fields(part)} - read.get(id(part), set()) for part in parts}
    assert set().union(*unread.values()) == ODD_NUMBERS
