"""Source texts as sentences: markers, notes, headings and commentary told apart, nothing lost and nothing twice."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.model import Mark, RawText, SourceText
from align.text.source import structure

SHARED = Path(__file__).resolve().parents[3] / "shared" / "real"


def split_at_stops(text: str, language: str) -> list[tuple[int, int]]:
    """Sentences that end with a mark before a space: enough for what these tests ask."""
    return [m.span() for m in re.finditer(r"\S.*?(?:[.!?…]+(?=\s|$)|$)", text)]


def source(content: str, *, language: str = "ru", marks: tuple[Mark, ...] = (), document: str = "d") -> SourceText:
    raw = RawText("p", "v", document, language, content, "utf-8", marks, {"title": "t"})
    return structure(raw, split=split_at_stops)


def told(content: str, *, language: str = "ru", marks: tuple[Mark, ...] = ()) -> list[tuple[str, str]]:
    return [(s.role, s.content) for s in source(content, language=language, marks=marks).sentences]


def assert_structure_holds(text: SourceText) -> None:
    """Every visible character is in one sentence or one marker; order, ids and paragraphs are sound."""
    owner = [0] * len(text.content)
    for marker in text.markers:
        for i in range(marker.start, marker.end):
            owner[i] += 1
    for sentence in text.sentences:
        assert sentence.content.strip() == sentence.content != ""
        assert not any(unicodedata.category(c) == "Cc" for c in sentence.content)
        for start, end in sentence.spans:
            assert 0 <= start < end <= len(text.content)
            assert not text.content[start].isspace()
            assert not text.content[end - 1].isspace()
            for i in range(start, end):
                owner[i] += 1
    for char, count in zip(text.content, owner, strict=True):
        silent = char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Cn")
        assert count == 1 or (count == 0 and silent)
    firsts = [s.spans[0][0] for s in text.sentences]
    assert firsts == sorted(firsts)
    assert len({s.id for s in text.sentences}) == len({s.key for s in text.sentences}) == len(text.sentences)
    assert list(text.paragraphs) == sorted(set(text.paragraphs))
    assert (text.paragraphs[:1] == (0,)) == bool(text.sentences)


PIECES = st.lists(
    st.sampled_from(
        [
            *("Он был", "дома.", "и ушёл", "Она пере-", "говоры", "слово*", "-", "1. А", "ГЛАВА", "18 декабря 1934 г."),
            *("\n", "\n\n", "\r\n", "\f", "\x0b", " ", "\u00ad", "\u200f", "\x07"),
            *("[p. 5]", "Page 6", "|7|", "* См.", "¹ Сн.", "Примечание: да."),
            *("[...]", "***", "Комментарий", "[Запись", "обрывается.]"),
        ]
    ),
    max_size=25,
)


@given(PIECES)
@settings(max_examples=300)
def test_nothing_is_lost_and_nothing_is_twice(pieces: list[str]) -> None:
    """Any mixture of text, markers, notes and line ends is covered exactly once by sentences and markers."""
    assert_structure_holds(source(" ".join(pieces)))
    assert_structure_holds(source("".join(pieces)))


@given(PIECES)
def test_the_projects_own_splitter_fits(pieces: list[str]) -> None:
    """With the splitter that is used in earnest, any mixture is covered exactly once too."""
    assert_structure_holds(structure(RawText("p", "v", "d", "en", " ".join(pieces), "utf-8")))


@given(st.text(max_size=80))
def test_any_text_is_covered(content: str) -> None:
    """Any text at all is covered exactly once."""
    assert_structure_holds(source(content))


@given(
    st.text(st.sampled_from("аб. \n-"), min_size=1, max_size=30),
    st.lists(
        st.tuples(
            st.sampled_from(["page", "paragraph", "heading", "note", "commentary"]),
            st.integers(0, 30),
            st.integers(0, 30),
        )
    ),
)
def test_any_marks_are_borne(content: str, wanted: list[tuple[str, int, int]]) -> None:
    """Marks in any order, overlapping or empty, leave the text covered exactly once."""
    size = len(content)
    ranges = [(kind, min(a, size), min(b, size)) for kind, a, b in wanted]
    marks = tuple(Mark(kind, min(a, b), min(a, b) if kind == "page" else max(a, b)) for kind, a, b in ranges)  # type: ignore[arg-type]
    assert_structure_holds(source(content, marks=marks))


def test_a_note_inside_a_sentence() -> None:
    """A footnote dropped into the middle of a sentence is a note; the sentence is one, with two spans."""
    content = "Я был у наркома* и говорил\n\n* Иванов И. И. (1880-1940) — дипломат.\n\nо договоре. Потом ушёл."
    text = source(content)
    assert_structure_holds(text)
    first = text.sentences[0]
    assert (first.role, first.content) == ("body", "Я был у наркома* и говорил о договоре.")
    assert [content[a:b] for a, b in first.spans] == ["Я был у наркома* и говорил", "о договоре."]
    assert {s.role for s in text.sentences[1:-1]} == {"note"}
    assert (text.sentences[-1].role, text.sentences[-1].content) == ("body", "Потом ушёл.")
    assert text.paragraphs == (0, 1, len(text.sentences) - 1)


@pytest.mark.parametrize(
    "between", ["[p. 2]\n\nДНЕВНИК ПОСЛА", "54", "[...]", "[Далее зачёркнуто.]", "* Он же.\n\n** Она."]
)
def test_what_may_stand_inside_a_sentence(between: str) -> None:
    """A running head, a number, an elision, commentary and several notes leave a sentence whole around them."""
    text = source(f"{BODY}\n\nОн сказал* ей**, что\n\n{between}\n\nпойдёт домой. Потом ушёл.")
    assert_structure_holds(text)
    assert [s.content for s in text.sentences if s.role == "body"] == [
        BODY,
        "Он сказал* ей**, что пойдёт домой.",
        "Потом ушёл.",
    ]


def test_a_sentence_over_a_page_marker() -> None:
    """A sentence runs across a marker, also in the middle of a word; the marker is in no span."""
    content = "Начались пере-\n[p. 54]\nговоры с Англией.\n\nPage 55\n\nКонец."
    text = source(content)
    assert_structure_holds(text)
    assert [s.content for s in text.sentences] == ["Начались переговоры с Англией.", "Конец."]
    assert [content[a:b] for a, b in text.sentences[0].spans] == ["Начались пере-", "говоры с Англией."]
    assert [m.label for m in text.markers] == ["54", "55"]


def test_a_break_of_no_width_inside_a_word() -> None:
    """A page break of the markup leaves a sentence in one span, and a word divided by it whole."""
    text = source("Начались пере-говоры.", marks=(Mark("paragraph", 0, 21), Mark("page", 14, 14, "2")))
    assert_structure_holds(text)
    assert [(s.content, s.spans) for s in text.sentences] == [("Начались переговоры.", ((0, 21),))]


ONE_PARAGRAPH_A_LINE = "Он пришёл рано утром.\nМы говорили о договоре до самого вечера.\nПотом он ушёл.\n"
WRAPPED = (
    "Today I called on the Secretary, who told me that the\nagreement was ready and that the two coun-\n"
    "tries would sign it.\n  Then I went home.\n"
    "The next day nothing happened at all in the house of the\nambassador, who was ill.\n"
)


def test_line_ends_between_and_inside_paragraphs() -> None:
    """In a text with a paragraph a line, line ends divide; in a wrapped text only short or indented lines do."""
    assert len(source(ONE_PARAGRAPH_A_LINE).paragraphs) == 3
    wrapped = source(WRAPPED, language="en")
    assert_structure_holds(wrapped)
    assert [s.content for s in wrapped.sentences] == [
        "Today I called on the Secretary, who told me that the agreement was ready and that the two countries "
        "would sign it.",
        "Then I went home.",
        "The next day nothing happened at all in the house of the ambassador, who was ill.",
    ]
    assert [len(s.spans) for s in wrapped.sentences] == [1, 1, 1]
    assert wrapped.paragraphs == (0, 1, 2)


def test_a_note_inside_a_wrapped_paragraph() -> None:
    """In wrapped lines without empty ones, a note ends where the interrupted sentence goes on."""
    content = (
        "I saw the Under-Secretary, who told me about the plans of\n* Sir Robert V. (1881-1957), a British\ndiplomat.\n"
        "the two countries, and about\nPage 54\ntheir hopes. Then I left the\nhouse for good."
    )
    assert told(content, language="en") == [
        (
            "body",
            "I saw the Under-Secretary, who told me about the plans of the two countries, and about their hopes.",
        ),
        ("note", "* Sir Robert V."),
        ("note", "(1881-1957), a British diplomat."),
        ("body", "Then I left the house for good."),
    ]


BODY = "Это обычный длинный абзац, в котором рассказано о том, что случилось в этот день."
ROLES = [
    ("18 декабря 1934 г.", "heading"),
    ("Москва, 18 декабря 1934 г.", "heading"),
    ("18.XII.1934 г.", "heading"),
    ("Вторник, 18 декабря", "heading"),
    ("29 July", "heading"),
    ("Tuesday, July 29th, 1934", "heading"),
    ("London, 9th May, 1938", "heading"),
    ("Глава первая", "heading"),
    ("CHAPTER IV. THE END", "heading"),
    ("ДНЕВНИК ПОСЛА", "heading"),
    ("XII", "heading"),
    ("Письмо М. М. Литвинову", "heading"),
    ("В гостях у тёти", "heading"),
    ("Дорогой Максим Максимович!", "body"),
    ("Dear Sirs,", "body"),
    ("— Да", "body"),
    ("18 декабря он уехал.", "body"),
    ("1. Куба величайший между всеми, производит сахар.", "body"),
    ("104) Господин Локк советует, чтоб дети спали.", "body"),
    ("1/ There is appended hereto a translation.", "body"),
    ("[1] В начале было слово, без ссылки выше.", "body"),
    ("Page 53 shows the treaty.", "body"),
    ("**Важное слово**", "body"),
    ("[Мы пошли к нему.]", "body"),
    ("* Иванов И. И. — дипломат.", "note"),
    ("*) См. выше.", "note"),
    ("¹ См. том 2.", "note"),
    ("Примечание: так в тексте.", "note"),
    ("[...]", "commentary"),
    ("[…]", "commentary"),
    ("* * *", "commentary"),
    ("[Комментарий: Запись сделана позже.]", "commentary"),
    ("Комментарий редактора: Иванов ошибся.", "commentary"),
    ("Editor's note: the date is wrong.", "commentary"),
    ("[The entry breaks off here. — Ed.]", "commentary"),
    ("[Далее зачёркнуто три строки.]", "commentary"),
    ("(Запись обрывается. — Ред.)", "commentary"),
    ("Комментарии к договору были кратки.", "body"),
    ("Commentary on the treaty was brief.", "body"),
]


@pytest.mark.parametrize(("line", "role"), ROLES)
def test_a_line_has_the_role_that_its_words_and_neighbours_say(line: str, role: str) -> None:
    """A paragraph of its own between two of running text is told by its words; body is the default."""
    found = told(f"{BODY}\n\n{line}\n\n{BODY}")
    assert {r for r, _ in found[1:-1]} == {role}
    assert found[0] == found[-1] == ("body", BODY)
    if role == "heading":
        assert found[1:-1] == [("heading", line)]


@pytest.mark.parametrize(
    ("before", "note"),
    [
        ("Он встретил Иванова1 и ушёл.", "1 См. о нём выше."),
        ("Он встретил Иванова[1] и ушёл.", "[1] Иванов — дипломат."),
        ("Он встретил Иванова1) и ушёл.", "1) Иванов — дипломат."),
        ("Он встретил Иванова(1) и ушёл.", "(1) Иванов — дипломат."),
        ("Договор готов.2 Конец.", "2. См. архив."),
    ],
)
def test_a_numbered_note_needs_its_reference(before: str, note: str) -> None:
    """A numbered paragraph is a note where the text refers to it, and body where it does not."""
    assert told(f"{before}\n\n{note}\n\n{BODY}")[-2][0] == "note"
    plain = re.sub(r"\W?[12]\W?(?=\s)", " ", before)
    assert told(f"{plain}\n\n{note}\n\n{BODY}")[-2][0] == "body"


def test_items_of_a_starred_list_are_body() -> None:
    """Several paragraphs that begin with the same asterisk, with no reference, are a list."""
    content = f"{BODY}\n\n* первый вопрос\n\n* второй вопрос\n\n* третий вопрос\n\n{BODY}"
    assert {role for role, _ in told(content)} == {"body"}


def test_a_commentary_section_ends_with_the_next_entry() -> None:
    """After a bare heading "Комментарий" all is commentary, up to the next dateline."""
    roles = [role for role, _ in told(f"{BODY}\n\nКомментарий\n\n{BODY}\n\n{BODY}\n\n19 декабря\n\n{BODY}")]
    assert roles == ["body", "commentary", "commentary", "commentary", "heading", "body"]


def test_what_the_markup_states_stands() -> None:
    """Marks of the file decide about roles: a paragraph that it calls one is no heading."""
    content = "Письмо другу\n\nГлава\n\nСноска здесь."
    marks = (Mark("paragraph", 0, 12), Mark("heading", 14, 19), Mark("note", 21, 34))
    assert told(content, marks=marks) == [("body", "Письмо другу"), ("heading", "Глава"), ("note", "Сноска здесь.")]


def test_ids_come_from_position_and_keys_from_content() -> None:
    """Ids are NCNames that count sentences; keys stay when text before them changes, and tell repeats apart."""
    one = source("Первое. Второе. Второе.", document="1934-12-18")
    two = source("Новое. Первое! Второе. Второе.", document="1934-12-18")
    assert [s.id for s in one.sentences] == [f"v.1934-12-18.ru.s000{n}" for n in (1, 2, 3)]
    assert [s.key for s in one.sentences] == [s.key for s in two.sentences[1:]]
    assert len({s.key for s in one.sentences}) == 3
    assert one.details == {"title": "t"}


def test_spans_count_code_points_with_line_ends_as_they_are() -> None:
    """CR LF count as two characters and an emoji as one."""
    content = "\U0001f600 Да.\r\n\r\nНет."
    assert [s.spans for s in source(content).sentences] == [((0, 5),), ((9, 13),)]


@pytest.mark.slow
@pytest.mark.parametrize("content", ["[" * 300_000, "* a\n" * 9_000, "a-\n" * 20_000, "\f" * 20_000, "1 A\n\n" * 9_000])
def test_hostile_texts_cost_no_more_than_long_ones(content: str) -> None:
    """Texts made to confuse are structured in time that grows with their length."""
    text = source(content)
    assert text.content == content


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
def test_real_transcripts_are_body_and_headings() -> None:
    """In the real transcripts nothing is taken for a note or commentary, and all page markers are found."""
    for path in sorted(SHARED.glob("*/transcripts*/*.txt")):
        content = path.read_text(encoding="utf-8")
        text = source(content, language=path.name.split(".")[-2])
        assert_structure_holds(text)
        assert {s.role for s in text.sentences} <= {"body", "heading"}, path.name
        assert len(text.markers) == content.count("<<<"), path.name
        if "paged" not in str(path):
            assert len(text.paragraphs) == len([p for p in content.split("\n\n") if p.strip()]), path.name
