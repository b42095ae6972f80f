"""Links put into a TEI file: every byte of it stays, and it stays valid, whatever its markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.tei_files import TEI, XML_ID, faults, words

from align.files.texts.linked.breaks import Break
from align.files.texts.linked.earlier_links import without_links
from align.files.texts.linked.putting_links import Added, LinkedSource
from align.files.texts.loading import read_source
from align.text.source import structure

NAMESPACE = "http://www.tei-c.org/ns/1.0"
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)
PROGRAM = '<{p}encodingDesc xml:id="align.encoding"><{p}appInfo><{p}application ident="align" version="1" '
PROGRAM += 'xml:id="align.program"><{p}label>align</{p}label></{p}application></{p}appInfo></{p}encodingDesc>\n'
PAGES = '<{p}facsimile xml:id="align.facsimile"><{p}surface xml:id="p1"/><{p}surface xml:id="p2"/></{p}facsimile>\n'


def file_of(body: str, *, attributes: str = f'xmlns="{NAMESPACE}"') -> bytes:
    """A TEI file with this body."""
    return f"<TEI {attributes}>{HEADER}<text><body><div>{body}</div></body></text></TEI>".encode()


def linked(data: bytes, *, breaks: Sequence[Break] = (), path: str = "d.ru.xml") -> bytes:
    """The file with each of its sentences marked."""
    text = structure(read_source(data, path=path, volume="v", document="d", language="ru"))
    source = LinkedSource.of(data, [sentence.spans for sentence in text.sentences], path=path)
    assert source is not None
    attributes = [
        {"xml:id": f"s.{sentence.key}", "facs": "#p1", "ana": "#align.program", "resp": "#align.program"}
        for sentence in text.sentences
    ]
    added = Added(lambda p: PROGRAM.replace("{p}", p), lambda p: PAGES.replace("{p}", p))
    return source.written(attributes, breaks, added)


def content_of(data: bytes) -> str:
    return read_source(data, path="d.xml", volume="", document="", language="und").content


def at(data: bytes, words_there: str) -> int:
    """Where these words stand in the content."""
    return content_of(data).index(words_there)


def is_within(small: bytes, large: bytes) -> bool:
    """Whether all bytes of one file stand in another, in the same order."""
    rest = iter(large)
    return all(byte in rest for byte in small)


def marked(data: bytes) -> str:
    """The first div of a file as it is written, without the values of attributes but part."""
    body = re.search(rb"<[a-z:]*div>(.*)</[a-z:]*div>", data, re.DOTALL)[1].decode()
    return re.sub(r' (?!part|break|place)[\w:]+="[^"]*"', "", body)


CASES = {
    "<p>Первая. Вторая.</p>": "<p><s>Первая.</s> <s>Вторая.</s></p>",
    "<p>Это <hi>быстрая. Бурая</hi> лиса.</p>": (
        '<p><s part="I">Это</s> <hi><s part="F">быстрая.</s> <s part="I">Бурая</s></hi> <s part="F">лиса.</s></p>'
    ),
    "<p>Сло<hi>во. Два</hi> слова.</p>": (
        '<p><s part="I">Сло</s><hi><seg part="F">во.</seg> <s part="I">Два</s></hi> <s part="F">слова.</s></p>'
    ),
    "<p>Он: «Да.« – Нет.</p>": "<p><s>Он: «Да.«</s> <s>– Нет.</s></p>",
    "<p>Конец.Начало.</p>": "<p><s>Конец.</s><seg>Начало.</seg></p>",
    "<p><hi>Первая.</hi> Вторая.</p>": "<p><hi><s>Первая.</s></hi> <s>Вторая.</s></p>",
    "<p><hi>Первая</hi> она. Вторая.</p>": "<p><s><hi>Первая</hi> она.</s> <s>Вторая.</s></p>",
    "<p>Он сказал<note place='foot'>Так. Именно.</note> нет. Да.</p>": (
        "<p><s>Он сказал<note place='foot'><s>Так.</s> <s>Именно.</s></note> нет.</s> <s>Да.</s></p>"
    ),
    "<p>Пере<pb/>нос слова. Да.</p>": "<p><s>Пере<pb/>нос слова.</s> <s>Да.</s></p>",
    "<p>Мы <choice><sic>пришол</sic><corr>пришёл</corr></choice> домой. Да.</p>": (
        "<p><s>Мы <choice><sic>пришол</sic><corr>пришёл</corr></choice> домой.</s> <s>Да.</s></p>"
    ),
    "<p><s>Их первая.</s> <s>Их вторая.</s></p>": "<p><s>Их первая.</s> <s>Их вторая.</s></p>",
    "<p><s>Их первая. Их вторая.</s></p>": "<p><s><seg>Их первая.</seg> <seg>Их вторая.</seg></s></p>",
    "<p><w>Раз</w><pc>.</pc> <w>Два</w><pc>.</pc></p>": (
        "<p><s><w>Раз</w><pc>.</pc></s> <s><w>Два</w><pc>.</pc></s></p>"
    ),
    "<p>См. <bibl>Горький, <title>Мать</title></bibl> и дальше. Да.</p>": (
        '<p><s part="I">См.</s> <bibl><s part="M">Горький, <title>Мать</title></s></bibl> '
        '<s part="F">и дальше.</s> <s>Да.</s></p>'
    ),
    "<p>Сказал: <![CDATA[Раз & два. Три < пять.]]> Да.</p>": (
        "<p><s>Сказал: <![CDATA[Раз & два.]]></s><![CDATA[ ]]><s><![CDATA[Три < пять.]]></s><![CDATA[]]> <s>Да.</s></p>"
    ),
}


@pytest.mark.parametrize("body", CASES)
def test_each_sentence_is_marked_where_its_markup_allows(body):
    """One s where it can be, else parts that lead on to each other; the file stays valid, and all its bytes stay."""
    data = file_of(body)
    new = linked(data)
    assert marked(new) == CASES[body]
    assert is_within(data, new)
    assert faults({"d.xml": new}) == []
    assert content_of(new) == content_of(data)
    assert without_links(new, path="d.xml") == data


def test_an_s_of_the_file_keeps_its_id_and_what_it_points_to():
    """Our pointers stand beside those that it has, and its own id names the sentence."""
    data = file_of('<p><s xml:id="eigen" facs="#other" n="7">Раз.</s> Два.</p>')
    new = linked(data)
    own = next(etree.fromstring(new).iter(f"{TEI}s"))
    assert (own.get(XML_ID), own.get("facs"), own.get("n"), own.get("resp")) == ("eigen", "#other #p1", "7", None)
    assert is_within(data, new)
    assert without_links(new, path="d.xml") == data


def test_elements_put_in_have_the_prefix_of_the_file():
    """In a file with the prefix tei: every new element has it too."""
    body = "<tei:p>Раз. Два.</tei:p>"
    plain = file_of(body, attributes=f'xmlns:tei="{NAMESPACE}"').decode()
    data = re.sub(r"<(/?)(?!tei:)(?=\w)", r"<\1tei:", plain).encode()
    new = linked(data)
    assert marked(new) == "<tei:p><tei:s>Раз.</tei:s> <tei:s>Два.</tei:s></tei:p>"
    assert faults({"d.xml": new}) == []


def test_an_old_encoding_is_kept():
    """In windows-1251 all bytes stay too, and what the encoding lacks is written as a number."""
    data = b'<?xml version="1.0" encoding="windows-1251"?>' + file_of("<p>Раз. Два.</p>").decode().encode("cp1251")
    label = Break("pb", 0, {"xml:id": "x", "n": "½", "facs": "#p1", "resp": "#align.program"})
    new = linked(data, breaks=[label])
    assert is_within(data, new)
    assert etree.fromstring(new).find(f".//{TEI}pb").get("n") == "½"
    assert words(new).keys() == words(linked(file_of("<p>Раз. Два.</p>"))).keys()


def page(offset: int, label: str | None, number: int) -> Break:
    about = {"xml:id": f"p{number}.pb", "n": label, "facs": f"#p{number}", "resp": "#align.program"}
    return Break("pb", offset, about, label)


def test_page_breaks_of_the_file_point_to_the_scans_and_others_are_put_in():
    """A pb just before the page's first word, or of its label nearby, is that page's; others say who put them."""
    body = '<p>Раз, <pb n="53"/>два. Три, четыре, пять. Шесть <pb n="54" facs="#p2"/>семь. Восемь, девять.</p>'
    data = file_of(body)
    breaks = [page(0, "52", 1), page(at(data, "два"), "53", 3), page(at(data, "четыре"), "54", 2)]
    new = linked(data, breaks=breaks)
    found = list(etree.fromstring(new).iter(f"{TEI}pb"))
    assert [(one.get("n"), one.get("facs"), one.get("resp")) for one in found] == [
        ("52", "#p1", "#align.program"), ("53", "#p3", None), ("54", "#p2 #p2", None),
    ]  # fmt: skip
    assert found[0].getparent().tag == f"{TEI}div"
    assert is_within(data, new)


def test_a_page_that_begins_in_a_word_does_not_end_it():
    """Such a pb says that it breaks no word."""
    data = file_of("<p>Переносили. Да.</p>")
    new = linked(data, breaks=[page(4, "2", 2)])
    assert '<s>Пере<pb break="no"/>носили.</s>' in marked(new)
    assert content_of(new) == content_of(data)


def test_a_page_that_begins_where_no_white_space_is_changes_no_word():
    """Between sentences that touch it adds no white space; in a word with a hyphen it stands before the word."""
    data = file_of("<p>Говорит...Василий где-то там. Да.</p>")
    new = linked(data, breaks=[page(at(data, "Василий"), "2", 1), page(at(data, "то"), "3", 2)])
    assert '...</s><pb break="no"/><seg>Василий <pb/>где-то там.</seg>' in marked(new)
    assert content_of(new) == content_of(data)


def test_a_file_without_a_header_takes_no_links():
    """It has no place for what the links point to; TEI P4 has neither."""
    body = f'<text xmlns="{NAMESPACE}"><body><p>Раз.</p></body></text>'
    for data in (f'<TEI xmlns="{NAMESPACE}">{body}</TEI>', f"<TEI.2>{HEADER}{body}</TEI.2>"):
        assert LinkedSource.of(data.encode(), [[(0, 4)]], path="d.xml") is None


_INLINE = ("hi", "name", "foreign", "q", "quote", "bibl", "choice", "note", "s", "seg", "unclear", "title", "app", "w")


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def wrapped(name: str, content: str) -> str:
        if name == "choice":
            return f"<choice><sic>{content}</sic><corr>иначе</corr></choice>"
        if name == "app":
            return f"<app><lem>{content}</lem><rdg>иначе</rdg></app>"
        if name in ("s", "w"):
            return f"<{name}>Раз</{name}>"
        return f"<{name}>{content}</{name}>"

    return st.one_of(
        st.builds("".join, st.lists(inner, max_size=3)), st.builds(wrapped, st.sampled_from(_INLINE), inner)
    )


WORDS = st.sampled_from(["Раз. ", "два ", "Три! ", "А &amp; Б. ", "<lb/>", "<pb/>", " ", "Пять.", "— нет; ", "<gap/>"])
BLOCKS = st.sampled_from(
    ["<p>{}</p>", "<lg><l>{}</l><l>и дальше. Да</l></lg>", "<quote><p>{}</p></quote>", "<list><item>{}</item></list>"]
)


@given(st.lists(st.tuples(BLOCKS, st.recursive(WORDS, _inline, max_leaves=8)), min_size=1, max_size=3))
def test_whatever_the_markup_the_file_stays_valid_and_reads_as_before(blocks):
    """All bytes stay, all words are marked but those of undivided ones, and what was put in comes out again."""
    data = file_of("".join(block.format(inner) for block, inner in blocks) + "<p>Конец.</p>")
    new = linked(data)
    assert is_within(data, new)
    assert faults({"d.xml": data}) + faults({"d.xml": new}) == faults({"d.xml": data})
    assert content_of(new) == content_of(data)
    assert without_links(new, path="d.xml") == data
    text = structure(read_source(data, path="d.ru.xml", volume="v", document="d", language="ru"))
    said = words(new)
    assert all(sentence.key in said for sentence in text.sentences if sentence.content.isalpha())
    root = etree.fromstring(new)
    chains = {e.get(XML_ID): e.get("next") for e in root.iter(f"{TEI}s", f"{TEI}seg") if e.get("next")}
    assert all(chain[1:] in {e.get(XML_ID) for e in root.iter() if e.get("prev") == f"#{own}"}
               for own, chain in chains.items())  # fmt: skip
