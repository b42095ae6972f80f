"""XLIFF 2.1: valid by the schemas of OASIS, with every sentence of the transcription, read by Translate Toolkit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.bilingual import bilingual
from translate.storage.xliff2 import Xliff2File

from align.export.bitexts.xliff import languages_of, xliff_bytes
from align.model import VolumeResult

SCHEMAS = Path(__file__).parent / "schemas"
CORE, METADATA = "urn:oasis:names:tc:xliff:document:2.0", "urn:oasis:names:tc:xliff:metadata:2.0"
NAMES = {"x": CORE, "m": METADATA}


@cache
def schemas() -> tuple[etree.XMLSchema, etree.XMLSchema]:
    """The schema of the core, and of the module for metadata."""
    core, metadata = (etree.XMLSchema(etree.parse(SCHEMAS / name)) for name in ("xliff_core_2.0.xsd", "metadata.xsd"))
    return core, metadata


def faults(data: bytes) -> list[str]:
    """What the schemas say is wrong, and the ids that repeat within a file element."""
    root = etree.fromstring(data)
    core, metadata = schemas()
    found = [] if core.validate(root) else [entry.message for entry in core.error_log]
    for element in root.iter(f"{{{METADATA}}}metadata"):
        if not metadata.validate(etree.fromstring(etree.tostring(element))):
            found += [entry.message for entry in metadata.error_log]
    for file in root.findall("x:file", NAMES):
        names = [unit.get("id") for unit in file.findall("x:unit", NAMES)]
        found += [f"{name} repeats" for name in set(names) if names.count(name) > 1]
    names = [file.get("id") for file in root.findall("x:file", NAMES)]
    return found + [f"{name} repeats" for name in set(names) if names.count(name) > 1]


def written(*documents: VolumeResult, languages: tuple[str, str] = ("ru", "en")) -> bytes:
    """The file of these documents."""
    return b"".join(xliff_bytes(documents, languages))


def words(side: etree._Element) -> str:
    """The text of a source or target, `cp` elements as the characters that they stand for."""
    return (side.text or "") + "".join(chr(int(cp.get("hex"), 16)) + (cp.tail or "") for cp in side)


def test_every_sentence_of_the_transcription_is_a_source():
    """Another program reads the units: pairs of every shape, and a sentence alone as one that is not yet translated."""
    data = written(bilingual())
    assert faults(data) == []
    read = Xliff2File.parsestring(data)
    assert [(unit.source, unit.target) for unit in read.units] == [
        ("Раз.", "One."),
        ("Два. Три.", "Two and three."),
        ("Четыре & <пять>.", "Four & <five>."),
        ("Один без пары.", None),
    ]
    states = [segment.get("state") for segment in etree.fromstring(data).iter(f"{{{CORE}}}segment")]
    assert states == ["translated"] * 3 + ["initial"]


def test_each_unit_says_its_score_its_page_and_its_sentences():
    """The metadata of a unit are those of its bead and its place; those of a file are those of its document."""
    root = etree.fromstring(written(bilingual()))
    unit = root.find(".//x:unit[@id='v.1934-12-18.ru-en.b0002']", NAMES)
    assert {meta.get("type"): meta.text for meta in unit.iterfind(".//m:meta", NAMES)} == {
        "score": "0.91",
        "place-score": "0.97",
        "status": "linked",
        "document": "1934-12-18",
        "pages": "1",
        "page-labels": "53",
        "transcription": "v.1934-12-18.ru.s0002 v.1934-12-18.ru.s0003",
        "translation": "v.1934-12-18.en.s0002",
    }
    file = root.find("x:file", NAMES)
    assert file.get("original") == "transcripts/v/1934-12-18.ru.txt"
    known = {meta.get("type"): meta.text for meta in file.iterfind("m:metadata/m:metaGroup/m:meta", NAMES)}
    assert known == {"volume": "v", "document": "1934-12-18", "title": "18 декабря", "date": "1934-12-18"}


def test_a_file_has_the_pairs_of_two_languages_alone():
    """Another translation goes into another file, and a document without sentences to translate into none."""
    first, second = bilingual(), bilingual(document="letter", languages=("ru", "en-x-garnett"))
    nothing = bilingual(left=(), right=("Alone.",), beads=[((), (0,))])
    assert [languages_of(volume) for volume in (first, second, nothing)] == [
        [("ru", "en")],
        [("ru", "en-x-garnett")],
        [],
    ]
    data = written(first, second, nothing, languages=("ru", "en-x-garnett"))
    assert faults(data) == []
    assert [file.get("id") for file in etree.fromstring(data)] == ["v.letter.ru-en-x-garnett"]


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1, max_size=4))
def test_any_texts_make_a_valid_file_and_come_back(pairs):
    """Whatever the sentences are, the file is valid, and each text comes back letter by letter."""
    left, right = ([pair[side] for pair in pairs] for side in (0, 1))
    data = written(bilingual(left, right, [((n,), (n,)) for n in range(len(pairs))]))
    assert faults(data) == []
    root = etree.fromstring(data)
    assert [words(side) for side in root.iter(f"{{{CORE}}}source")] == left
    assert [words(side) for side in root.iter(f"{{{CORE}}}target")] == right


def test_names_that_no_id_may_have_are_escaped():
    """A document named with spaces and signs gives ids that the schema takes."""
    assert faults(written(bilingual(document="1 & <2>", title="\x00\ud800"))) == []
