"""Lines divided at the words of placed sentences, and what whole lines show."""

from __future__ import annotations

from support.linked_volumes import make_pages

from align.linking.places.divided_lines import DividedLines
from align.linking.places.placing import PlacedLine, sentence_showings
from align.linking.places.running_text import plain_text
from align.model import SentenceAt, WordAt

TEXT = plain_text("He came late. She sat down.")
PAGES = tuple(make_pages([["He came late. She", "sat down."], ["Later."]]))
PLACED = SentenceAt(0, 0)


def divided() -> DividedLines:
    return DividedLines.of(PAGES, {WordAt(0, 0, n): PLACED for n in range(3)})


def test_a_line_is_divided_where_a_placed_sentence_ends() -> None:
    """The words of the sentence are a line, what is left is another one, and other lines are as they were."""
    first, second = divided().pages
    assert [line.text for line in first.lines] == ["He came late.", "She", "sat down."]
    assert first.lines[2] is PAGES[0].lines[1]
    assert second is PAGES[1]


def test_parts_that_follow_each_other_are_one_place_of_the_whole_line() -> None:
    """Parts of a line whose text is unbroken are joined, and no others."""
    parts = [PlacedLine(0, 0, 0, 13, 1.0), PlacedLine(0, 1, 14, 17, 0.5), PlacedLine(0, 2, 18, 27, 1.0)]
    joined, after = divided().whole_places(parts, TEXT)
    assert (joined.at, joined.start, joined.end) == ((0, 0), 0, 17)
    assert 0.5 < joined.similarity < 1
    assert (after.at, after.start, after.end) == ((0, 1), 18, 27)
    apart = [parts[0], PlacedLine(0, 1, 18, 21, 0.5)]
    assert [(p.line, p.start, p.end) for p in divided().whole_places(apart, TEXT)] == [(0, 0, 13), (0, 18, 21)]


def test_a_fragment_of_a_part_is_one_of_the_whole_line() -> None:
    """The words of a fragment are counted in the line as it was read, and drawn as they are drawn there."""
    lines = divided()
    spans = [[[(0, 13)], [(14, 27)]]]
    whole = sentence_showings(PAGES, spans, TEXT, [PlacedLine(0, 0, 0, 17, 1.0)])
    parts = sentence_showings(lines.pages, spans, TEXT, [PlacedLine(0, 1, 14, 17, 1.0)], parts=lines.parts)
    assert parts[SentenceAt(0, 1)] == whole[SentenceAt(0, 1)]
    assert parts[SentenceAt(0, 1)][0].fragment.first == 3


def test_undivided_pages_are_the_same() -> None:
    """Without owned words nothing is divided or joined."""
    bare = DividedLines.of(PAGES, {})
    assert tuple(bare.pages) == PAGES
    parts = [PlacedLine(0, 0, 0, 8, 1.0), PlacedLine(0, 0, 8, 17, 1.0)]
    assert bare.whole_places(parts, TEXT) == parts
