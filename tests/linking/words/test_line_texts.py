"""Human text on the lines of a scan: which words, where, and whether a line is sure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_line, make_page

from align.linking.words.line_texts import Said, line_texts
from align.model import Area, Box, Finding, Line, LineText, Link, Match, PlainText, Polygon, Word

PATH = "transcripts/v/d.ru.txt"


def word(text: str, left: int, right: int, confidence: float | None = 0.9) -> Word:
    box = Box(left, 100, right, 140)
    return Word(text, box, Polygon(box.corners), confidence)


def line(*words: Word) -> Line:
    return Line(words, Polygon(Box.union(w.box for w in words).corners))


def link(content: str, start: int, end: int, number: int = 1, status: str = "linked") -> Link:
    box = Box(0, 0, 9, 9)
    area = Area(1, (box,), (Polygon(box.corners),), (0,), ((start, end),))
    return Link(
        f"v.d.ru.s{number:04d}", "k", "d", PATH, "transcription", "ru", "body", ((start, end),), content[start:end],
        status, 0.9, areas=(area,),
    )  # fmt: skip


def written(read: Line | str, content: str, span: tuple[int, int] | None = None, **said) -> LineText | None:
    """The text on a page's only line, which shows this span of the text: all of it, if none is given."""
    page = make_page([read])
    where = span or (0, len(content))
    texts = {PATH: PlainText(PATH, "d", "ru", content)}
    links = said.pop("links", [link(content, 0, len(content))])
    return line_texts(page, {0: (Match(PATH, where, 0.9),)}, Said(texts, links, **said))[0].written


def test_each_word_has_the_box_of_the_word_that_was_read():
    """A word of the text stands in the box of its misread twin, and belongs to its sentence."""
    read = make_line("дожль шел весь день")
    found = written(read, "дождь шёл весь день")
    assert found is not None
    assert found.text == "дождь шёл весь день"
    assert [w.box for w in found.words] == [w.box for w in read.words]
    assert {w.sentence for w in found.words} == {"v.d.ru.s0001"}
    assert found.sure
    assert found.language == "ru"
    assert [w.confidence for w in found.words] == [None] * 4


def test_two_words_read_as_one_share_its_box():
    """The box is divided between them by their letters, one after the other."""
    found = written(line(word("деньпрошел", 100, 320)), "день прошел")
    assert found is not None
    first, second = (w.box for w in found.words)
    assert (first.left, second.right) == (100, 320)
    assert 160 <= first.right <= second.left <= 210


def test_a_word_read_as_two_has_the_box_around_both():
    """An engine that divides a word does not make it two."""
    found = written(line(word("пере", 100, 180), word("говоры", 190, 300)), "переговоры")
    assert found is not None
    assert [(w.text, w.box.left, w.box.right) for w in found.words] == [("переговоры", 100, 300)]


def test_marks_that_were_read_apart_are_in_the_box_of_their_word():
    """Quotes, stops and a hyphen that an engine made words of their own stand in the box of the word that has them."""
    read = line(
        *(word('"', 100, 110), word("Вверх", 115, 200), word('?"', 205, 225), word("—", 300, 330)),
        *(word("сказал.", 400, 520), word(".", 530, 540), word("при", 600, 660), word("-", 665, 675)),
    )
    found = written(read, "«Вверх?» — сказал. пришёл", (0, 22))
    assert found is not None
    assert [(w.text, w.box.left, w.box.right) for w in found.words] == [
        ("«Вверх?»", 100, 225), ("—", 300, 330), ("сказал.", 400, 520), ("при-", 600, 675),
    ]  # fmt: skip


def test_a_word_that_was_not_read_is_put_between_its_neighbours():
    """It has the room between them, and the line is not sure."""
    found = written(line(word("Утром", 100, 200), word("Петров", 400, 520)), "Утром приехал Петров")
    assert found is not None
    assert found.text == "Утром приехал Петров"
    assert 200 <= found.words[1].box.left < found.words[1].box.right <= 400
    assert not found.sure


def test_a_word_without_room_shares_the_box_of_a_neighbour():
    """Its place is then a part of that box."""
    found = written(line(word("Утром", 100, 200), word("Петров", 202, 320)), "Утром и Петров")
    assert found is not None
    assert [w.box.left for w in found.words] == sorted(w.box.left for w in found.words)
    assert all(w.box.right <= 320 for w in found.words)


def test_a_hyphen_at_the_line_end_stays_as_on_the_page():
    """The text divides nothing there, the page does: the word keeps its hyphen and says what it is a part of."""
    content = "принял 46 папок вчера"
    found = written(make_line("принял 46 па-"), content, (0, 12))
    assert found is not None
    assert (found.text, found.words[-1].whole, found.sure) == ("принял 46 па-", "папок", True)
    rest = written(make_line("пок вчера"), content, (12, 21))
    assert rest is not None
    assert (rest.text, rest.words[0].whole, rest.sure) == ("пок вчера", "папок", True)


def test_a_hyphen_of_the_text_is_written_once():
    """A word with a hyphen of its own, divided there, has it at the line end and not at the next line's beginning."""
    content = "пришел кто-то вчера"
    assert written(make_line("пришел кто-"), content, (0, 10)).text == "пришел кто-"
    assert written(make_line("то вчера"), content, (10, 19)).text == "то вчера"
    assert written(make_line("то вчера"), content, (11, 19)).text == "то вчера"


def test_a_line_that_ends_inside_a_word_without_a_hyphen_is_not_sure():
    """Whether the page has a hyphen there is not known; the line that goes on is not sure either."""
    content = "ввоза и вывоза Багрецов полагает"
    page = make_page([make_line("ввоза и вывоза Б"), make_line("агрецов полагает", top=200)])
    texts = {PATH: PlainText(PATH, "d", "ru", content)}
    matches = {0: (Match(PATH, (0, 16), 0.9),), 1: (Match(PATH, (16, 32), 0.9),)}
    found = line_texts(page, matches, Said(texts, [link(content, 0, 32)]))
    assert [own.written.sure for own in found] == [False, False]


def test_dashes_go_where_they_were_read():
    """A dash that was read as a hyphen has its box; one that was not read stands between the words."""
    read = line(word("Да", 100, 140), word("-", 160, 180), word("сказал", 200, 320), word("он", 360, 400))
    found = written(read, "Да — сказал — он")
    assert found is not None
    assert found.text == "Да — сказал — он"
    assert found.words[1].box == read.words[1].box
    assert 320 <= found.words[3].box.left < found.words[3].box.right <= 360
    assert found.sure


def test_each_word_is_in_its_sentence():
    """A line with the end of one sentence and the beginning of the next has words of both, as read and as written."""
    content = "поздно. Он сел."
    page = make_page(["поздно. Он сел."])
    said = Said({PATH: PlainText(PATH, "d", "ru", content)}, [link(content, 0, 7), link(content, 8, 15, 2)])
    (found,) = line_texts(page, {0: (Match(PATH, (0, 15), 1.0),)}, said)
    for text in (found.read, found.written):
        assert [w.sentence[-1] for w in text.words] == ["1", "2", "2"]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("он шел домой СТАМП", "он шел домой"),
        ("он шёл фывапр", "он шел домой"),
        ("деньги въ банкѣ", "деньги в банке"),
    ],
    ids=["another word stands there", "a word was read wholly otherwise", "spelt in the old way"],
)
def test_what_the_page_may_have_otherwise_is_not_sure(read, text):
    """A line with other words, or another spelling, than its text teaches no recogniser."""
    found = written(make_line(read), text)
    assert found is not None
    assert found.text == text
    assert not found.sure


def test_a_scrap_of_dirt_leaves_a_line_sure():
    """Two letters at the margin are no word of the page, and are not written."""
    found = written(make_line("'а он шел домой"), "он шел домой")
    assert found is not None
    assert (found.text, found.sure) == ("он шел домой", True)


@pytest.mark.parametrize(("severity", "sure"), [("warning", False), ("note", True)])
def test_a_finding_about_the_words_of_a_line_makes_it_unsure(severity, sure):
    """A likely misprint is there, or it is not: until somebody looks, the line is not sure."""
    finding = Finding(code="likely-misprint", severity=severity, lines=("v.p0001.l001",))
    assert written(make_line("он шел домой"), "он шел домой", findings=[finding]).sure is sure


def test_a_doubtful_link_makes_its_lines_unsure():
    """What is not sure of the sentence is not sure of the line."""
    doubtful = [link("он шел домой", 0, 12, status="doubtful")]
    assert not written(make_line("он шел домой"), "он шел домой", links=doubtful).sure


def test_a_line_that_no_text_has_has_no_text():
    """Its words as they were read are there."""
    (found,) = line_texts(make_page(["ТОРГПРЕДСТВО"]), {}, Said({}))
    assert found.written is None
    assert (found.read.text, found.read.language, found.read.words[0].confidence) == ("ТОРГПРЕДСТВО", "ru", 0.9)


def test_of_two_texts_in_one_language_the_line_says_one():
    """A second transcription says the same again: the one that was read is written, once."""
    other = "transcripts/v/d.ru-x-old.txt"
    texts = {PATH: PlainText(PATH, "d", "ru", "он шел"), other: PlainText(other, "d", "ru-x-old", "онъ шелъ")}
    matches = {0: (Match(PATH, (0, 6), 1.0), Match(other, (0, 8), 1.0))}
    (found,) = line_texts(make_page(["он шел"]), matches, Said(texts))
    assert found.written.text == "он шел"


def test_what_leaves_no_ink_is_not_written():
    """Soft hyphens, marks of direction and control characters of a text are on no page."""
    found = written(make_line("договор был"), "дого\u00adвор\u200e\x07 был")
    assert found is not None
    assert found.text == "договор был"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_on_a_turned_page_words_follow_each_other_as_they_are_read(rotation):
    """A box is cut along the line, whichever way the page lies on its scan: the first word is where reading begins."""
    page = make_page(["деньпрошел"], rotation=rotation)
    content = "день прошел"
    said = Said({PATH: PlainText(PATH, "d", "ru", content)}, [link(content, 0, 11)])
    (found,) = line_texts(page, {0: (Match(PATH, (0, 11), 0.9),)}, said)
    first, second = (w.box for w in found.written.words)
    whole = page.lines[0].words[0].box
    start = {0: first.left - whole.left, 90: whole.bottom - first.bottom, 180: whole.right - first.right,
             270: first.top - whole.top}[rotation]  # fmt: skip
    assert start == 0
    assert first.intersection(second) is None
    assert Box.union((first, second)) == whole


@settings(deadline=None)
@given(st.text("аб вг-—.", max_size=30), st.text("аб вг-—.", min_size=1, max_size=30))
def test_the_words_written_are_the_words_of_the_text_inside_the_line(read, text):
    """Whatever was read, the words are those of the text in order, each with a box inside the boxes of the line."""
    if not read.split():
        return
    own = make_line(read)
    found = written(own, text)
    if found is not None:
        assert found.text == " ".join(text.split())
        assert all(w.box.intersection(own.box) == w.box for w in found.words)
