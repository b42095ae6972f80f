"""ALTO, PAGE and hOCR as they are written: valid by their standards, and read back with the same words and places."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.linked_volumes import make_line, make_page
from support.ocr_schemas import schema_faults

from align.export import Origin, PageFiles, Side, alto, hocr, ocr_page, page_xml, transkribus_mets
from align.export.ocr_files.ocr_page import OcrPage
from align.model import Box, Frame, LineText, LineTexts, Page, TextWord
from align.ocr import place, read_existing

ORIGIN = Origin("1.0", "2026-11-28T12:00:00Z", "human")
WRITERS = {
    "alto": lambda page: alto([page], ORIGIN),
    "page": lambda page: page_xml(page, ORIGIN),
    "page 2013": lambda page: page_xml(page, ORIGIN, version="2013-07-15"),
    "hocr": lambda page: hocr([page], ORIGIN),
}
every_format = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS.keys())
TYPED = ("Утром приехал Петров и при-", "вез письма. Мы ждали", "его с осени.")


def side(page: Page, *, sure: bool = True, written: bool = True, sentence: str | None = "v.d.ru.s0001") -> Side:
    """The page, whose texts have its lines word for word, or not at all."""
    lines = []
    for line in page.lines:
        words = tuple(TextWord(w.text, w.box, sentence, w.confidence) for w in line.words)
        human = tuple(replace(word, confidence=None) for word in words)
        lines.append(LineTexts(LineText(words, "ru"), LineText(human, "ru", sure) if written else None))
    return Side(page, lines, {"v.d.ru.s0001": ("v.d.en.s0001",)})


def with_words(line: LineTexts, *words: TextWord) -> LineTexts:
    return replace(line, written=replace(line.written, words=words))


def made(*lines: str, choice: str = "human", **about) -> OcrPage:
    return ocr_page([side(make_page(lines or TYPED), **about)], choice, image="0001.jpg")


def read_back(data: bytes, page: Page) -> list[list[tuple[str, tuple[int, int, int, int]]]]:
    """The words of each line with their boxes, as this program reads existing OCR."""
    existing = read_existing(data, name="x.xml")
    reading = place(existing.pages[0], page.scan, name="x.xml", engine="e", languages=())
    return [[(w.text, w.box.xywh) for w in line.words] for line in reading.lines]


def faults(data: bytes) -> list[str]:
    """What the schema of the standard finds wrong; of hOCR, whether it is XML at all."""
    return schema_faults(data) if b"DOCTYPE html" not in data else [] if etree.fromstring(data) is not None else ["no"]


@every_format
def test_words_come_back_where_they_were(write):
    """The file is valid, and its words have the same text and the same box, line by line."""
    data = write(made())
    assert faults(data) == []
    page = make_page(TYPED)
    assert read_back(data, page) == [[(w.text, w.box.xywh) for w in line.words] for line in page.lines]


def plain_words(data: bytes) -> list[tuple[str, tuple[int, int, int, int]]]:
    """Each word with left, top, width and height, as the standards state them, by lxml alone."""
    root, found = etree.fromstring(data), []
    for word in root.iter("{*}String", "{*}Word", "{*}span"):
        if word.tag.endswith("String"):
            found.append((word.get("CONTENT"), tuple(int(word.get(k)) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))))
            continue
        if word.tag.endswith("Word"):
            numbers = list(map(int, re.findall(r"\d+", word.find("{*}Coords").get("points"))))
            text, xs, ys = word.findtext("{*}TextEquiv/{*}Unicode"), numbers[::2], numbers[1::2]
        elif word.get("class") == "ocrx_word":
            numbers = list(map(int, re.findall(r"\d+", word.get("title").partition(";")[0])))
            text, xs, ys = word.text, numbers[::2], numbers[1::2]
        else:
            continue
        found.append((text, (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))))
    return found


@every_format
def test_words_and_boxes_are_where_the_standard_has_them(write):
    """Whoever reads the file by its standard finds each word with its box, in order."""
    assert plain_words(write(made())) == [(w.text, w.box.xywh) for line in make_page(TYPED).lines for w in line.words]


@every_format
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_comes_back_as_it_lies(write, rotation):
    """Places are those of the scan, and the turn that makes the page upright is stated."""
    page = make_page(TYPED, rotation=rotation)
    data = write(ocr_page([side(page)], "human", image="x.jpg"))
    assert faults(data) == []
    assert read_back(data, page) == [[(w.text, w.box.xywh) for w in line.words] for line in page.lines]
    existing = read_existing(data, name="x.xml")
    assert place(existing.pages[0], page.scan, name="x", engine="e", languages=()).frame.rotation == rotation


@every_format
def test_lines_are_in_their_regions_and_the_page_has_its_label(write):
    """Lines of another role are another region; label, image and language are stated."""
    lines = [make_line("- 48 -", top=40), *(make_line(text, top=100 + 60 * n) for n, text in enumerate(TYPED))]
    page = make_page([replace(lines[0], role="page-number"), *lines[1:]])
    page = replace(page, label="48", label_source="printed")
    own = ocr_page([side(page)], "human", image="0001.jpg")
    assert [(region.role, len(region.lines)) for region in own.regions] == [("page-number", 1), ("body", 3)]
    text = write(own).decode()
    assert faults(text.encode()) == []
    assert "48" in re.sub(r"(?s)<(String|Unicode|span).*", "", text)
    assert "0001.jpg" in text
    assert re.search('LANG="ru"|="Russian"|lang="ru"', text)


@every_format
def test_a_page_without_words_is_a_page(write):
    """A blank page, and a line whose text is not sure, are valid, and hold no text."""
    blank = ocr_page([side(make_page([], status="blank"))], "human", image="x.jpg")
    assert faults(write(blank)) == []
    unsure = made(choice="sure", sure=False)
    assert [line.words for region in unsure.regions for line in region.lines] == [()] * 3
    data = write(unsure)
    assert faults(data) == []
    assert read_back(data, make_page(TYPED)) == []


@every_format
def test_sentences_are_stated_and_lines_are_marked(write):
    """Each sentence is named once or more; a line that is not sure, or that no text has, says so, another does not."""
    assert b"v.d.ru.s0001" in write(made())
    mark = re.compile(rb'TAGREFS="text\.(\w+)"|type:(unsure|read);|data-mark="(\w+)"')
    assert not mark.search(write(made()))
    assert {max(found) for found in mark.findall(write(made(sure=False)))} == {b"unsure"}
    assert {max(found) for found in mark.findall(write(made(written=False)))} == {b"read"}
    assert not mark.search(write(made(choice="ocr", written=False)))


@every_format
def test_confidence_is_that_of_what_was_read(write):
    """What an engine stated of its own words is stated; of words of the texts there is none."""
    stated = re.compile(rb'WC="0.9"|conf="0.9"|x_wconf 90')
    assert len(stated.findall(write(made(choice="ocr")))) == 12
    assert not stated.search(write(made()))
    unstated = tuple(replace(w, confidence=None) for w in make_page(["раз"]).lines[0].words)
    page = make_page([replace(make_line("раз"), words=unstated)])
    assert not re.search(rb"WC=|conf=|x_wconf", write(ocr_page([side(page)], "ocr", image="x.jpg")))


@every_format
def test_what_is_hostile_in_names_and_texts_stays_text(write):
    """Markup, quotes and what XML cannot hold, in words, labels and file names, break no file."""
    page = make_page(['<b>"&amp;;}', "a{b:c}\ufffe"])
    page = replace(page, label='1"; x <\x07>', label_source="assigned")
    own = ocr_page([side(page, sentence='v.d"<&.ru.s0001')], "human", image='a"b<\x01&.jpg')
    data = write(own)
    assert read_back(data, page)[0][0][0] == '<b>"&amp;;}'
    etree.fromstring(data)


@every_format
@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=4))
def test_any_words_are_written(write, words):
    """Whatever the words are, the file is XML and valid."""
    lines = [make_line("слово " * len(words))]
    page = make_page(lines)
    boxes = [w.box for w in page.lines[0].words]
    human = LineText(tuple(TextWord(text, box) for text, box in zip(words, boxes, strict=True)), "ru")
    own = ocr_page([Side(page, [LineTexts(human, human)], {})], "human", image="x.jpg")
    assert faults(write(own)) == []


def test_places_beyond_the_scan_are_moved_onto_it():
    """No file names a place with a number below zero, or beyond the scan."""
    page = make_page([make_line("далеко за краем листа", left=1300), make_line("до края", left=-60, top=200)])
    own = ocr_page([side(page)], "human", image="x.jpg")
    for region in own.regions:
        for line in region.lines:
            for x, y in (*line.outline, *line.baseline, *(p for w in line.words for p in w.box.corners)):
                assert 0 <= x <= 1400
                assert 0 <= y <= 2000
    assert faults(page_xml(own, ORIGIN)) == []


def test_a_spread_is_one_file_that_states_its_sides():
    """Two pages on a scan are regions of one page, in their order; the file says where each side is, also of a PDF."""
    left, right = make_page(["левая"]), make_page([make_line("правая", left=800)], order=2)
    halves = [Box(0, 0, 700, 2000), Box(700, 0, 1400, 2000)]
    pages = [replace(p, frame=Frame(half), scan=left.scan) for p, half in zip((left, right), halves, strict=True)]
    own = ocr_page([side(page) for page in pages], "human", image="x.jpg")
    assert own.sides == tuple(halves)
    assert [line.text for region in own.regions for line in region.lines] == ["левая", "правая"]
    for name, write in WRITERS.items():
        existing = read_existing(write(own), name=name)
        assert existing.pages[0].sides == ((0, 0, 700, 2000), (700, 0, 1400, 2000))
        assert len(existing.pages) == 1
    assert made().sides == ()
    for data in (alto([made(), replace(own, id="v.p0002")], ORIGIN), hocr([made(), own], ORIGIN)):
        assert [len(page.sides) for page in read_existing(data, name="a.pdf").pages] == [0, 2]


def test_a_file_of_several_pages_has_them_all():
    """ALTO and hOCR of a PDF hold its pages in order, and their ids differ."""
    sides = [side(make_page([text], order=order)) for order, text in ((1, "раз"), (2, "два"))]
    pages = [ocr_page([own], "human", image="a.pdf") for own in sides]
    for data in (alto(pages, ORIGIN), hocr(pages, ORIGIN)):
        assert faults(data) == []
        existing = read_existing(data, name="x")
        assert [page.lines[0].line.text for page in existing.pages] == ["раз", "два"]


def test_the_baseline_is_under_the_letters_that_stand_on_it():
    """Words with letters that reach below the line do not lower it; a slope of the line is the baseline's too."""
    (straight,) = made("Гайка шпала").regions
    # Letters of the grid are 40 pixels high, from 100 on: only words that stand on the line count.
    assert straight.lines[0].baseline == ((100, 140), (320, 140))
    (below,) = made("урок дуб").regions
    assert {y for _, y in below.lines[0].baseline} == {131}


def test_custom_of_page_has_each_sentence_with_its_place_on_the_line():
    """A tag begins where the sentence begins on the line, and goes on in the next line; `structure` comes last."""
    page = make_page(["Он 𝔸 сел. Она", "встала."])
    own = side(page, sure=False)
    sentences = iter(["v.s1", "v.s1", "v.s1", "v.s2", "v.s2"])
    lines = [with_words(x, *(replace(w, sentence=next(sentences)) for w in x.written.words)) for x in own.lines]
    data = page_xml(ocr_page([replace(own, lines=lines)], "human", image="x.jpg"), ORIGIN)
    customs = [e.get("custom") for e in etree.fromstring(data).iter("{*}TextLine")]
    assert customs == [
        "readingOrder {index:0;} sentence {offset:0; length:10; id:v.s1;} sentence {offset:11; length:3; id:v.s2;} "
        "structure {type:unsure;}",
        "readingOrder {index:1;} sentence {offset:0; length:7; continued:true; id:v.s2;} structure {type:unsure;}",
    ]


def test_a_divided_word_says_in_alto_what_it_is_a_part_of():
    """CONTENT is what the line has, hyphen included, and SUBS_CONTENT the whole word, on both lines."""
    page = make_page(["принял па-", "пок"])
    own = side(page)
    lines = [with_words(x, *x.written.words[:-1], replace(x.written.words[-1], whole="папок")) for x in own.lines]
    root = etree.fromstring(alto([ocr_page([replace(own, lines=lines)], "human", image="x")], ORIGIN))
    parts = [s.attrib for s in root.iter("{*}String") if s.get("SUBS_CONTENT")]
    assert [(p["CONTENT"], p["SUBS_TYPE"], p["SUBS_CONTENT"]) for p in parts] == [
        ("па-", "HypPart1", "папок"), ("пок", "HypPart2", "папок"),
    ]  # fmt: skip


def test_the_mets_for_transkribus_is_valid_and_names_each_file():
    """Images and PAGE files are in their groups, and each page has both, in order, with its label."""
    pages = [PageFiles("0001.jpg", "page/0001.xml", "53"), PageFiles("б.png", "page/б.xml", None)]
    data = transkribus_mets('Дневник <"1">', pages, ORIGIN)
    assert schema_faults(data) == []
    root = etree.fromstring(data)
    hrefs = [e.get("{http://www.w3.org/1999/xlink}href") for e in root.iter("{*}FLocat")]
    assert hrefs == ["0001.jpg", "б.png", "page/0001.xml", "page/б.xml"]
    assert [e.get("FILEID") for e in root.iter("{*}area")] == ["IMG_1", "PAGEXML_1", "IMG_2", "PAGEXML_2"]
    assert [e.get("ORDERLABEL") for e in root.iter("{*}div")] == [None, "53", None]


def _program(name: str) -> list[str]:
    return [str(Path(sys.executable).with_name(name))]


def test_hocr_is_valid_by_a_validator_of_others(tmp_path):
    """hocr-spec finds no error in it, also of a scan whose resolution is no whole number."""
    file = tmp_path / "x.hocr"
    file.write_bytes(hocr([replace(made(sure=False), dpi=150.01)], ORIGIN))
    done = subprocess.run([*_program("hocr-spec"), str(file)], capture_output=True, text=True, check=False)
    assert "[OK]" in done.stdout + done.stderr
    assert "[ERROR]" not in done.stdout + done.stderr


def test_alto_is_read_by_a_program_of_others(tmp_path):
    """alto-tools gets the text of each line."""
    file = tmp_path / "x.xml"
    file.write_bytes(alto([made(choice="ocr")], ORIGIN))
    done = subprocess.run([*_program("alto-tools"), "-t", str(file)], capture_output=True, text=True, check=True)
    assert [line.strip() for line in done.stdout.splitlines() if line.strip()] == list(TYPED)
