"""Text that could not be linked stands where it must be on the page: on a free line, or on white paper."""

from __future__ import annotations

from itertools import pairwise

from align.export.pdf.unlinked import Unlinked, unlinked_sentences, with_unlinked
from align.model import (
    Area,
    Box,
    Frame,
    Line,
    LineRole,
    LineText,
    LineTexts,
    Link,
    Match,
    Page,
    Polygon,
    ScanInfo,
    Status,
    TextWord,
    Word,
)

PATH = "transcripts/v/d.ru.txt"
SIZE = Box(0, 0, 600, 800)


def read(text: str, top: int, role: LineRole = "body") -> Line:
    """A line as it was read, ten pixels a letter."""
    box = Box(50, top, 50 + 10 * len(text), top + 20)
    return Line((Word(text, box, Polygon(box.corners), None),), Polygon(box.corners), role=role)


def shown(
    lines: list[tuple[Line, tuple[int, int] | None]], *unlinked: Unlinked, order: int = 1
) -> tuple[list[tuple[str, Box]], int]:
    """What the lines of a page say at the end, and where; how many texts are left. A line with a range is linked."""
    page = Page(
        order, "p", "0" * 16, ScanInfo("s", None, 600, 800, None, ""), Frame(SIZE), "ok", tuple(x for x, _ in lines)
    )
    of_lines = []
    for line, span in lines:
        own = LineText(tuple(TextWord(word.text, word.box) for word in line.words), "ru")
        of_lines.append(LineTexts(own, own if span else None))
    matches = {n: (Match(PATH, span, 1.0),) for n, (_, span) in enumerate(lines) if span}
    whole, written, left = with_unlinked(page, of_lines, matches, unlinked)
    assert len(whole.lines) == len(written)
    return [(own.written.text, Box.union(w.box for w in own.written.words)) for own in written if own.written], len(
        left
    )


def lost(content: str, start: int = 100, before: int | None = 1, behind: int | None = 1) -> Unlinked:
    """A sentence without a place, between two pages."""
    return Unlinked(PATH, (((start, start + len(content)), content),), "ru", before, behind)


ABOVE, BELOW = (read("Первая строка текста", 100), (0, 50)), (read("Другая строка текста", 200), (300, 350))


def test_a_number_read_as_another_letter_stands_on_its_line():
    """A chapter number goes over the line that was read as something else, and not over a running head."""
    free = read("П", 150)
    head = read("Глава", 130, "running-head")
    texts, left = shown([ABOVE, (head, None), (free, None), BELOW], lost("II"))
    assert texts[1] == ("II", free.words[0].box)
    assert (len(texts), left) == (3, 0)


def test_text_that_no_line_was_read_for_stands_between_its_neighbours():
    """Asterisks, or a lost paragraph in rows, go into the white paper between the lines, in order."""
    texts, _ = shown([ABOVE, BELOW], lost("* * *"))
    assert texts[1][0] == "* * *"
    assert 120 <= texts[1][1].top < texts[1][1].bottom <= 200
    far = (read("Другая строка текста", 400), (300, 350))
    texts, _ = shown([ABOVE, far], lost("Потерянный абзац, который не прочла машина, а человек прочел."))
    rows = texts[1:-1]
    assert " ".join(text for text, _ in rows) == "Потерянный абзац, который не прочла машина, а человек прочел."
    assert len(rows) > 1
    assert all(a.bottom <= b.top for (_, a), (_, b) in pairwise(texts))


def test_text_without_white_paper_goes_beside_the_line_before():
    """Where the next line follows at once, the text stands to the right, in the page."""
    texts, _ = shown([ABOVE, (read("Другая строка текста", 125), (300, 350))], lost("II"))
    assert texts[1][0] == "II"
    assert texts[0][1].right <= texts[1][1].left < texts[1][1].right <= SIZE.right


def test_text_of_long_lines_is_not_put_on_a_short_one():
    """A line of quite another length is not taken for a chapter number."""
    stamp = read("Это совсем другая строка, которой нет в тексте", 150)
    texts, _ = shown([ABOVE, (stamp, None), BELOW], lost("II"))
    assert [text for text, _ in texts][1] == "II"
    assert texts[1][1].width < 100


def test_text_between_pages_is_written_once():
    """The page before takes it if a free line is there, or else the page behind."""
    between = lost("II", before=1, behind=2)
    assert shown([ABOVE, (read("П", 150), None)], between)[1] == 0
    assert shown([ABOVE], between)[1] == 1
    texts, left = shown([BELOW], between, order=2)
    assert ([text for text, _ in texts], left) == (["II", BELOW[0].text], 0)
    assert shown([BELOW], between, order=3)[1] == 1


def test_text_that_a_line_shows_is_not_written_again():
    """A sentence that is not linked, though a line shows its words, is left as it is."""
    assert len(shown([ABOVE, (read("V", 150), (100, 101)), BELOW], lost("V"))[0]) == 3


def test_sentences_without_a_place_are_found_between_those_with_one():
    """Neighbours without a place are one text; what an editor says apart is none, but his signs are."""

    def link(start: int, content: str, page: int | None, status: Status = "unlinked") -> Link:
        areas = (Area(page, (SIZE,), (Polygon(SIZE.corners),), (0,), ((start, start + 5),)),) if page else ()
        return Link(
            f"s{start}", "0" * 16, "d", PATH, "transcription", "ru", "body", ((start, start + 5),), content,
            "linked" if page else status, 0.0, areas=areas,
        )  # fmt: skip

    found = unlinked_sentences(
        [link(0, "Раз.", 1), link(10, "II", None), link(20, "Два.", None), link(25, "[рис.]", None, "apart"),
         link(30, "Три.", 2), link(40, "* * *", None, "apart")]
    )  # fmt: skip
    assert [(own.words, own.before, own.behind) for own in found] == [
        (("II", "Два."), 1, 2),
        (("*", "*", "*"), 2, None),
    ]
