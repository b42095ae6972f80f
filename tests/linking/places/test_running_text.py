"""The running text: what of the texts lines are matched against, and the way back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import cut_text, make_text

from align.linking.places.running_text import RunningText, asides, plain_text, running_text_of
from align.model import SourceText

INTERRUPTED = """29 июля

Четвертый день идет дождь, и полисмен на углу
* Так звали извозчика. — Прим. ред.
стоит в нем по колено. Багрецов молчит.

Page 54

Утро было серое.
"""

PARTS = st.sampled_from(
    ["Утро было серое. ", "Никто не вышел", " из дому.\n", "\n\n", "Page 53\n", "\f", "[p. 54] ", "|55|", "* Сноска. ",
     "\n* Примечание издателя.\n", "[...] ", "прогу-\n", "лка", "1934", "\r\n", "I", "и", "\u00a0", "\u0301"]
)  # fmt: skip


def led_back(texts: list[SourceText], running_text: RunningText) -> list[tuple[int, int]]:
    """Every (text, offset) that some character of the running text leads back to, character by character."""
    found = []
    for at in range(len(running_text.content)):
        for position, text, (start, end) in running_text.within(at, at + 1):
            assert (position, end - start) == (at, 1)
            assert texts[text].content[start] == running_text.content[at]
            found.append((text, start))
    return found


@settings(deadline=None)
@given(st.lists(st.lists(PARTS, max_size=12).map("".join), max_size=3))
def test_every_character_is_in_one_running_text_once(contents):
    """Every visible character outside markers is in one of the two running texts, once, and leads back to itself."""
    texts = [make_text(content, document=f"d{n}") for n, content in enumerate(contents)]
    running, notes = led_back(texts, running_text_of(texts)), led_back(texts, asides(texts))
    found = running + notes
    assert len(found) == len(set(found))
    marked = {(n, i) for n, t in enumerate(texts) for m in t.markers for i in range(m.start, m.end)}
    assert not marked & set(found)
    visible = {(n, i) for n, t in enumerate(texts) for i, c in enumerate(t.content) if not c.isspace()}
    assert visible - marked == {(n, i) for n, i in found if not texts[n].content[i].isspace()}
    aside = {
        (n, i)
        for n, t in enumerate(texts)
        for s in t.sentences
        if s.role in ("note", "commentary")
        for a, b in s.spans
        for i in range(a, b)
    }
    assert set(notes) == aside


@settings(deadline=None)
@given(st.lists(st.lists(PARTS, max_size=12).map("".join), max_size=3), st.data())
def test_a_range_leads_back_as_its_characters_do(contents, data):
    """What lies under a range of the running text is what lies under its characters one by one."""
    texts = [make_text(content, document=f"d{n}") for n, content in enumerate(contents)]
    running_text = running_text_of(texts)
    start = data.draw(st.integers(0, len(running_text.content)))
    end = data.draw(st.integers(start, len(running_text.content)))
    whole = [(text, i) for _, text, (a, b) in running_text.within(start, end) for i in range(a, b)]
    singly = [(text, a) for at in range(start, end) for _, text, (a, _) in running_text.within(at, at + 1)]
    assert whole == singly


def test_a_sentence_that_a_note_interrupts_is_whole():
    """The words on both sides of a note follow each other with nothing but white space between."""
    text = make_text(INTERRUPTED)
    assert "и полисмен на углу стоит в нем по колено. Багрецов молчит. Утро" in " ".join(
        running_text_of([text]).content.split()
    )
    assert asides([text]).content.split() == ["*", "Так", "звали", "извозчика.", "—", "Прим.", "ред."]


def test_markers_are_nowhere():
    """Neither running text holds a page marker."""
    text = make_text(INTERRUPTED)
    assert "54" not in running_text_of([text]).content + asides([text]).content


def test_words_that_only_a_form_feed_parts_stay_apart():
    """Words on both sides of a form feed are two words, a word that an inline marker divides is one."""
    assert running_text_of([make_text("Утро было\fсерое. Ника|54|кой надежды.")]).content.split() == [
        "Утро", "было", "серое.", "Никакой", "надежды."
    ]  # fmt: skip


def test_a_note_over_a_page_break_keeps_its_words_apart():
    """A note in two spans is not glued together where the marker stood."""
    content = "Слово. * Длинное примечание\nPage 54\nкончается здесь. Дело."
    first, second = content.index("*"), content.index("кончается")
    text = cut_text(
        content,
        [
            ("body", [(0, 6)]),
            ("note", [(first, content.index("\nPage")), (second, second + 16)]),
            ("body", [(second + 17, len(content))]),
        ],
    )
    assert asides([text]).content.split() == ["*", "Длинное", "примечание", "кончается", "здесь."]


def test_texts_and_notes_do_not_run_into_each_other():
    """Between two texts, and between two notes, stands a line end."""
    one, other = make_text("Утро было серое", document="a"), make_text("Шёл дождь", document="b")
    assert running_text_of([one, other]).content == "Утро было серое\nШёл дождь\n"


def test_no_texts_give_an_empty_running_text():
    """Nothing, and white space alone, has no pieces."""
    assert running_text_of([]).pieces == asides([]).pieces == running_text_of([make_text(" \n\f\n ")]).pieces == ()


@given(st.text("аб ,.\n", max_size=12))
def test_a_plain_text_is_its_own_running_text(content):
    """A text without markers and notes, given by its characters alone, has the same running text as its source text."""
    text = SourceText("t", "v", "d", "ru", content, ())
    assert plain_text(content) == running_text_of([text])
