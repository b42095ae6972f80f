"""Numbers of lines in a column of their own are no text; all other numbers are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from align.model import RawText, SourceText
from align.text.line_numbers import find_line_numbers
from align.text.source import structure

PROSE = [
    "The harbour was quiet when we",
    "came down the hill. Nobody had lit",
    "the lamps, and the ferry lay dark",
    "beside the stone pier. My brother",
    "carried both bags and said nothing.",
    "At nine the bell rang twice. We went",
    "aboard and found a bench by the rail.",
    "It was cold there, and we sat close",
    "under one coat until the boat moved",
    "off. Then it rained.",
]
VERSE = [f"{line.split('. ')[0].capitalize()}," for line in PROSE]


def text_of(content: str) -> SourceText:
    return structure(RawText("v/d.en.txt", "v", "d", "en", content, "utf-8"))


def numbered(form: str, lines: list[str], where: Callable[[int], bool], *, other: str = "") -> str:
    """The lines, those of some numbers with their number."""
    return "\n".join(
        form.format(n=n, line=line) if where(n) else f"{other}{line}" for n, line in enumerate(lines, start=1)
    )


def every(_: int) -> bool:
    return True


def fifth(n: int) -> bool:
    return n % 5 == 0


def one_and_fifth(n: int) -> bool:
    return n == 1 or n % 5 == 0


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (numbered("{n:>2}  {line}", PROSE, every), 10),
        (numbered("{n} {line}", PROSE, every), 10),
        (numbered("{n:02}\t{line}", PROSE, every), 10),
        (numbered("{n}. {line}", PROSE, every), 10),
        (numbered("{n:>2}  {line}", PROSE, one_and_fifth, other="    "), 3),
        (numbered("{n} {line}", PROSE, one_and_fifth), 3),
        (numbered("{n}\t{line}", PROSE, fifth, other="\t"), 2),
        (numbered("{line}   {n}", PROSE, fifth), 2),
        (numbered("{line}\t({n})", PROSE, fifth), 2),
        (numbered("{n}\n{line}", PROSE, one_and_fifth), 3),
        (numbered("{n} {line}", PROSE[:7], one_and_fifth), 2),
        (numbered("{n}\n{line}", PROSE[:7], one_and_fifth).replace("\n", "\n\n"), 2),
        (numbered("{n} {line}", PROSE, one_and_fifth).replace("\n", "\r\n"), 3),
        (numbered("{n:>3} | {line}", PROSE, every), 10),
        (numbered("12.{n} {line}", PROSE, every), 10),
        (numbered("L{n:03} {line}", PROSE, every), 10),
        (numbered("{n:>6}\t{line}", [*PROSE[:4], "", *PROSE[4:]], every), 11),
        (numbered("{n} {line}", PROSE, one_and_fifth).replace("\n", "\n\n"), 3),
    ],
)
def test_numbers_that_count_lines_are_left_out(content: str, count: int) -> None:
    """Every line numbered, every fifth, or 1, 5, 10, at the left or the right: the sentences are as without them."""
    text = text_of(content)
    plain = [sentence.content for sentence in text_of("\n".join(PROSE)).sentences]
    assert [sentence.content for sentence in text.sentences] == plain[: len(text.sentences)]
    assert len(text.line_numbers) == count


def test_verse_is_numbered_too() -> None:
    """Numbers on lines of verse, which begin with capitals, are left out."""
    assert len(find_line_numbers(numbered("{n:>3} {line}", VERSE, every))) == 10


def test_each_page_counts_anew() -> None:
    """Numbers may begin again on each page; a page with one number has it at its place."""
    page = numbered("{n:>2}  {line}", PROSE[:7], one_and_fifth, other="    ")
    short = numbered("{n:>2}  {line}", PROSE[:4], one_and_fifth, other="    ")
    text = text_of(f"Page 1\n{page}\n\nPage 2\n{page}\n\nPage 3\n{short}")
    assert [text.content[start:end] for start, end in text.line_numbers] == ["1", "5", "1", "5", "1"]
    assert [marker.label for marker in text.markers] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "content",
    [
        "1 Bread\n2 Salt\n3 Milk\n4 Tea",
        "1. Bread and butter\n2. Salt\n3. Milk",
        "Bread   5\nSalt   6\nMilk   7",
        "We met on\n12 March and\nagain on\n14 April 1934.",
        "It was in\n1934 that we\nand in 1935\nor\n1936 too",
        "In the year\n1934 we went\n1935 we came\n1936 we stayed",
        "1\n\nThe harbour was quiet.\n\n2\n\nMy brother went.",
        "He came at 5\nand left at 9.",
        "\n".join(map(str, range(2, 40))),
        "\n".join(f"{n}\n\nThe harbour was quiet, and we sat there.\n" for n in (1, 3, 5, 7)),
    ],
)
def test_other_numbers_stay(content: str) -> None:
    """Items, sums, dates, years and chapters are text, also where some of them stand under each other."""
    assert find_line_numbers(content) == ()


def test_lines_with_empty_lines_between() -> None:
    """Lines that were typed as paragraphs, an empty line after each, are the text that they are without."""
    spaced, plain = text_of("\n\n".join(PROSE)), text_of("\n".join(PROSE))
    assert [s.content for s in spaced.sentences] == [s.content for s in plain.sentences]


def test_verse_runs_on() -> None:
    """Lines of verse that end with commas are one sentence, whatever begins the next; salutations are not."""
    assert len(text_of("When winter closed the road,\nAnd all the men went home,\nWe kept\nA lamp.").sentences) == 1
    assert len(text_of("Dear Sir,\nI came to the harbour.").sentences) == 2
