"""TEI: what stands on the page becomes content, the rest marks and details."""

from __future__ import annotations

import pytest

from align.errors import TextError
from align.files.texts.loading import read_source
from align.model import RawText

HEADER = """<teiHeader><fileDesc><titleStmt><title>Diary of
 a man</title><author>I. Petrov</author></titleStmt><publicationStmt><idno>pub-1</idno></publicationStmt>
<sourceDesc><msDesc><msIdentifier><repository>Archive</repository><idno>F. 17, l. 3</idno></msIdentifier></msDesc>
</sourceDesc></fileDesc><profileDesc><correspDesc><correspAction type="sent"><persName>I. Petrov</persName>
<date when="1934-12-18">18 Dec</date></correspAction><correspAction type="received"><persName>A. Ivanova</persName>
</correspAction></correspDesc></profileDesc></teiHeader>"""


def tei(body: str, header: str = "") -> RawText:
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'.encode()
    return read_source(data, path="v/d.ru.xml", volume="v", document="d", language="ru")


def blocks(raw: RawText) -> list[tuple[str, str]]:
    return [(m.kind, raw.content[m.start : m.end]) for m in raw.marks if m.kind != "page"]


def pages(raw: RawText) -> list[tuple[str | None, str]]:
    return [(m.label, raw.content[m.start : m.start + 6]) for m in raw.marks if m.kind == "page"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("пере<pb n='2'/>говоры", "переговоры"),
        ("пере-<lb break='no'/>говоры", "переговоры"),
        ("пере-\n  <lb break='no'/>\n говоры", "переговоры"),
        ("пере-<pb n='2' break='no'/>говоры", "переговоры"),
        ("одно<lb/>другое", "одно другое"),
        ("одно \n <lb/> другое", "одно другое"),
        ("пере-<lb/>говоры", "пере-\nговоры"),
        ("конец.<pb n='2'/>Начало", "конец. Начало"),
        ("<choice><sic>шол</sic><corr>шёл</corr></choice>", "шол"),
        ("<choice><corr>шёл</corr><sic>шол</sic></choice>", "шол"),
        ("<choice><orig>миръ</orig><reg>мир</reg></choice>", "миръ"),
        ("<choice><abbr>т.</abbr><expan>товарищ</expan></choice> Сталин", "т. Сталин"),
        ("<subst><del>пять</del><add>шесть</add></subst> раз", "шесть раз"),
        ("до <gap reason='illegible'/> после", "до [...] после"),
        ("<fw type='pageNum'>53</fw>Текст", "Текст"),
        ("<hi>Т</hi>екст <persName>Иванова</persName>", "Текст Иванова"),
        ("a &lt; b &#x2014; c", "a < b — c"),
        ("до<!-- c --><?p x?>сле", "досле"),
        ("он <quote>сказал</quote> так", "он сказал так"),
    ],
)
def test_the_content_is_what_stands_on_the_page(inside: str, text: str) -> None:
    """Line and page breaks, choices, deletions, gaps and running heads give the words that a reader sees."""
    assert tei(f"<p>{inside}</p>").content == text


def test_blocks_have_their_kinds() -> None:
    """Headings, datelines, paragraphs, notes and commentary are marked as what they are, and never mix."""
    raw = tei(
        "<div><head>Письмо</head><opener><dateline>18 декабря</dateline><salute>Друг!</salute></opener>"
        "<p>Первое <note n='1'>Сноска.</note>и второе.</p><closer>Ваш <signed>И. П.</signed></closer>"
        "<note type='editorial'>Так в тексте.</note></div><div type='commentary'><head>Об этом</head><p>Ред.</p></div>"
    )
    assert blocks(raw) == [
        ("heading", "Письмо"),
        ("heading", "18 декабря"),
        ("paragraph", "Друг!"),
        ("paragraph", "Первое и второе."),
        ("note", "Сноска."),
        ("paragraph", "Ваш"),
        ("paragraph", "И. П."),
        ("commentary", "Так в тексте."),
        ("commentary", "Об этом"),
        ("commentary", "Ред."),
    ]


def test_page_breaks_keep_their_place_and_label() -> None:
    """A page break has no width, whether between blocks, inside a word, in a note or at the end."""
    raw = tei("<pb n='1'/><p>Альфа бе<pb n='2'/>та</p><pb/><p>Гамма<note>икс <pb n='2a'/>игрек</note></p><pb n='4'/>")
    assert pages(raw) == [("1", "Альфа "), ("2", "та\n\nГа"), (None, "Гамма\n"), ("2a", "игрек"), ("4", "")]


def test_details_come_from_the_header() -> None:
    """Title, author, date, recipient, repository and identifier are read; what the header lacks is left out."""
    assert tei("<p>x</p>", HEADER).details == {
        "title": "Diary of a man",
        "author": "I. Petrov",
        "date": "1934-12-18",
        "recipient": "A. Ivanova",
        "repository": "Archive",
        "identifier": "F. 17, l. 3",
    }
    assert tei("<p>x</p>", "<teiHeader/>").details == {}


BILLION = "<!DOCTYPE TEI [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY a{i} '{'&a' + (str(i - 1) if i else '') + ';'}{'&a' + (str(i - 1) if i else '') + ';'}'>"
    for i in range(40)
)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (BILLION + "]><TEI><text><body><p>&a39;</p></body></text></TEI>", "entities"),
        ("<!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><TEI><text><p>&x;</p></text></TEI>", "entities"),
        ("<!DOCTYPE TEI SYSTEM 'http://127.0.0.1:1/x.dtd'><TEI><text><p>&mdash;</p></text></TEI>", "entities"),
        ("<TEI><text><body><p>ä&nbsp;</p></body></text></TEI>", "malformed-xml"),
        ("<TEI><text>" + "<div>" * 220 + "</div>" * 220 + "</text></TEI>", "too-deep"),
        ("<TEI><text>" + "<div>" * 100_000, "malformed-xml"),
        ("<TEI><text><body><p>never closed", "malformed-xml"),
        ("<html><body>x</body></html>", "not-tei"),
        ("<teiCorpus><TEI/></teiCorpus>", "empty"),
        ("<TEI><teiHeader/><text><body><p> </p></body></text></TEI>", "empty"),
        ("plain text", "malformed-xml"),
    ],
)
def test_hostile_and_foreign_xml_is_refused(data: str, cause: str) -> None:
    """Entities, external files, bottomless nesting and XML that is not TEI each give one short sentence."""
    with pytest.raises(TextError) as caught:
        read_source(data.encode(), path="v/d.ru.xml", volume="v", document="d", language="ru")
    assert (caught.value.cause, "v/d.ru.xml" in caught.value.message) == (cause, True)
    assert len(caught.value.message) < 400


def test_an_entity_in_an_attribute_does_not_grow() -> None:
    """Declared entities are refused even where only an attribute uses them."""
    data = BILLION + "]><TEI n='&a39;'><text><p>x</p></text></TEI>"
    with pytest.raises(TextError):
        read_source(data.encode(), path="v/d.ru.xml", volume="v", document="d", language="ru")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_the_declared_encoding_is_used(encoding: str) -> None:
    """A document in any encoding that it declares is read."""
    data = f"<?xml version='1.0' encoding='{encoding}'?><TEI><text><p>Привет</p></text></TEI>".encode(encoding)
    assert read_source(data, path="a.xml", volume="v", document="d", language="ru").content == "Привет"


def test_many_joins_cost_no_more_than_many_words() -> None:
    """Fifty thousand broken words in one paragraph are read in time that grows with their number."""
    raw = tei("<p>" + "а-<lb break='no'/>" * 50_000 + "</p>")
    assert len(raw.content) == 50_000


@pytest.mark.slow
def test_a_choice_of_very_many_costs_no_more_than_a_list() -> None:
    """Of fifty thousand readings in one choice one is taken, in time that grows with their number."""
    raw = tei("<p><choice>" + "<seg>x</seg>" * 50_000 + "</choice></p>")
    assert raw.content == "x"
