"""Translation memories: by the rules of TMX, with every pair, its score and its page, and read by Translate Toolkit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.bilingual import bilingual
from support.tmx_rules import tmx_faults
from translate.storage.tmx import tmxfile

from align.export.bitexts.tmx import tmx_bytes
from align.export.xml_characters import legal
from align.model import VolumeResult


def written(*documents: VolumeResult, source: str | None = "ru") -> bytes:
    """The translation memory of these documents."""
    return b"".join(tmx_bytes(documents, version="1", source_language=source))


def test_pairs_of_every_shape_are_there_and_sentences_alone_are_not():
    """Another program reads the pairs, those of several sentences joined by a space, with markup as plain letters."""
    data = written(bilingual())
    assert tmx_faults(data) == []
    read = tmxfile.parsestring(data, "ru", "en")
    assert [(unit.source, unit.target) for unit in read.units] == [
        ("Раз.", "One."),
        ("Два. Три.", "Two and three."),
        ("Четыре & <пять>.", "Four & <five>."),
    ]


def test_each_unit_says_its_score_its_page_and_its_sentences():
    """The properties of a unit are its scores, status, page and document; those of a text its sentences and keys."""
    root = etree.fromstring(written(bilingual()))
    first, second, _ = root.iter("tu")
    assert {prop.get("type"): prop.text for prop in first.findall("prop")} == {
        "x-align-score": "0.91",
        "x-align-place-score": "0.97",
        "x-align-status": "linked",
        "x-align-document": "1934-12-18",
        "x-align-pages": "1",
        "x-align-page-labels": "53",
    }
    assert [prop.text for prop in second.iterfind("tuv/prop[@type='x-align-sentences']")] == [
        "v.1934-12-18.ru.s0002 v.1934-12-18.ru.s0003",
        "v.1934-12-18.en.s0002",
    ]
    assert [unit.get("segtype") for unit in root.iter("tu")] == [None, "block", "block"]
    assert first.get("tuid") == "v.1934-12-18.ru-en.b0001"


def test_documents_of_several_source_languages_say_so():
    """Where the transcriptions are in two languages the header says so, and each unit names its own."""
    data = written(bilingual(), bilingual(document="letter", languages=("de", "en-x-garnett")), source=None)
    assert tmx_faults(data) == []
    root = etree.fromstring(data)
    assert root[0].get("srclang") == "*all*"
    assert [unit.get("srclang") for unit in root.iter("tu")] == ["ru"] * 3 + ["de"] * 3


@pytest.mark.parametrize("words", ["\x0b\x00", "\ud800", "\ufffe", "]]>", "\u202eabc", "a\r\nb", "&amp;"])
def test_what_xml_cannot_hold_is_replaced(words):
    """A control character or half of a letter becomes U+FFFD; whatever else stands in a text comes back as it was."""
    read = etree.fromstring(written(bilingual([words], [words], [((0,), (0,))])))
    assert [segment.text for segment in read.iter("seg")] == [legal(words)] * 2


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1, max_size=4))
def test_any_texts_make_a_valid_memory(pairs):
    """Whatever the sentences are, the file keeps the rules and their texts, and no pair without words is in it."""
    left, right = ([pair[side] for pair in pairs] for side in (0, 1))
    data = written(bilingual(left, right, [((n,), (n,)) for n in range(len(pairs))]))
    assert tmx_faults(data) == []
    segments = [segment.text or "" for segment in etree.fromstring(data).iter("seg")]
    assert segments == [legal(words) for pair in pairs if all(words.strip() for words in pair) for words in pair]


def test_no_pairs_are_an_empty_memory():
    """A document without a translation gives a memory without units, which is valid."""
    data = written(bilingual(beads=()))
    assert tmx_faults(data) == []
    assert b"<tu " not in data
