"""Existing OCR: what each format states is read at its place, and what is wrong is refused with one clear sentence."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from support.existing_samples import (
    ALTO_NAMESPACES,
    PAGE_VERSIONS,
    alto,
    corners,
    hocr,
    page_line,
    page_xml,
    read_back,
    region,
    typed,
)

from align.errors import ScanError
from align.model import Box, Reading, ScanInfo
from align.ocr import place, read_existing

LINES = typed("Утром приехал Петров", "из Ленинграда и привёз", "три письма.")
SIZE = (1000, 1400)


def reading(data: bytes, size: tuple[int, int] = SIZE, *, languages: tuple[str, ...] = (), page: int = 0) -> Reading:
    """What the file says of a scan of this size."""
    found = read_existing(data, name="ocr/v/1.xml")
    scan = ScanInfo("images/v/1.jpg", None, *size, None, "digest")
    return place(found.pages[page], scan, name=found.name, engine=found.engine, languages=languages)


def refused(data: bytes, size: tuple[int, int] = SIZE) -> ScanError:
    """The error that the file gives, which is one sentence that says what to do."""
    with pytest.raises(ScanError) as caught:
        reading(data, size)
    message = caught.value.message
    assert message.startswith("ocr/v/1.xml ")
    assert message.endswith("remove it to have the scan read by the OCR engine.")
    assert "\n" not in message
    return caught.value


def with_regions(*regions: str, **more: str) -> Reading:
    return reading(page_xml("".join(regions), **more))


@contextmanager
def suppress_cause(cause: str) -> Iterator[None]:
    """Lets errors of this cause alone pass."""
    try:
        yield
    except ScanError as error:
        if error.cause != cause:
            raise


# Formats and versions


@pytest.mark.parametrize("namespace", ALTO_NAMESPACES)
def test_alto_of_every_version(namespace):
    """Words, boxes and confidence of ALTO come back as written, whatever its namespace."""
    found = reading(alto(LINES, namespace=namespace))
    assert read_back(found.lines) == read_back(LINES)
    assert {word.confidence for line in found.lines for word in line.words} == {0.9}
    assert (found.status, found.language, found.preparation, found.frame.box) == (
        "ok",
        "ru",
        "existing",
        Box(0, 0, 1000, 1400),
    )


@pytest.mark.parametrize("version", PAGE_VERSIONS)
def test_page_of_every_version(version):
    """Words, boxes and confidence of PAGE come back as written, whatever its version."""
    found = with_regions(region("r", *map(page_line, LINES)), version=version)
    assert read_back(found.lines) == read_back(LINES)
    assert {word.confidence for line in found.lines for word in line.words} == {0.9}


def test_page_with_point_elements():
    """PAGE of 2010, which has points as elements, is read as well."""
    points = "".join(f'<Point x="{x:g}" y="{y:g}"/>' for x, y in LINES[0].box.corners)
    line = (
        f"<TextLine><Coords>{points}</Coords><TextEquiv><PlainText>{LINES[0].text}</PlainText></TextEquiv></TextLine>"
    )
    assert [w.text for w in with_regions(region("r", line)).lines[0].words] == [w.text for w in LINES[0].words]


@pytest.mark.parametrize("kind", ["ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"])
def test_hocr_lines_of_every_class(kind):
    """Words, boxes and confidence of hOCR come back as written, from lines and from what stands as one."""
    found = reading(hocr(LINES, line_class=kind))
    assert read_back(found.lines) == read_back(LINES)
    assert {word.confidence for line in found.lines for word in line.words} == {0.9}


def test_hocr_of_several_pages():
    """Each page of an hOCR file has its own lines."""
    data = hocr(LINES[:1], LINES[1:])
    assert read_back(reading(data, page=1).lines) == read_back(LINES[1:])
    assert len(read_existing(data, name="x").pages) == 2


def test_hocr_that_is_no_xml():
    """HTML that is no XML is read as browsers read it, its entities and unclosed tags included."""
    data = hocr(LINES).replace(b"<head/>", b"<head><meta name=x>").replace(b"</p>", b"<br>&nbsp;")
    assert read_back(reading(data).lines) == read_back(LINES)


def test_hocr_with_entities_of_html():
    """A file of hOCR that is XML but for the entities of HTML is read too."""
    dtd = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://a.invalid/x.dtd"><html'
    data = hocr(LINES).replace(b"<html", dtd).replace(b"<p ", b"&nbsp;&mdash;<p ")
    assert read_back(reading(data).lines) == read_back(LINES)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_hocr_of_every_encoding(encoding):
    """HTML is read in the encoding that it states or marks."""
    text = hocr(LINES).decode().replace('<?xml version="1.0" encoding="UTF-8"?>', "").replace("</p>", "")
    text = text.replace("<head/>", f'<head><meta charset="{encoding}">')
    assert read_back(reading(text.encode(encoding)).lines) == read_back(LINES)


def test_words_outside_of_lines():
    """Words of hOCR that stand in no line are a line by what they stand in."""
    data = re.sub(rb'<span class="ocr_line"[^>]*>', b"<b>", hocr(LINES))
    assert [line.text for line in reading(data.replace(b"</span></span>", b"</span></b>")).lines] == [
        line.text for line in LINES
    ]


def test_floats_that_hold_lines():
    """An hOCR float with lines in it is no line itself."""
    data = hocr(LINES).replace(b"class='ocr_carea'", b"class='ocr_textfloat'")
    assert read_back(reading(data).lines) == read_back(LINES)


# What is printed


def test_hyphens_at_line_ends():
    """A word divided at a line end stays divided, with the hyphen that ALTO holds apart, and takes up its place."""
    data = alto(LINES[:1]).replace(
        b"</TextLine>", b'<HYP HPOS="540" VPOS="100" WIDTH="10" HEIGHT="20" CONTENT="\xc2\xad"/></TextLine>'
    )
    data = data.replace(
        'CONTENT="Петров"'.encode(), 'CONTENT="Петров" SUBS_TYPE="HypPart1" SUBS_CONTENT="Петрова"'.encode()
    )
    last = reading(data).lines[0].words[-1]
    assert (last.text, last.box) == ("Петров-", Box(380, 100, 550, 120))


def test_hyphen_stated_twice():
    """A hyphen that the word holds already is not added again."""
    data = alto(typed("Петро-")).replace(b"</TextLine>", b'<HYP CONTENT="-"/></TextLine>')
    assert reading(data).lines[0].text == "Петро-"


def test_invisible_characters():
    """Control characters, marks of direction and hyphens that do not show are left out."""
    data = alto(typed("аб в")).replace("аб".encode(), "а&#x202E;&#xAD;б&#x9;г&#x85;".encode())
    assert reading(data).lines[0].text == "аб г в"


def test_lowest_index_counts():
    """Of several readings of one line in PAGE the one with the lowest index is taken."""
    texts = "".join(
        f"<TextEquiv {index}><Unicode>{text}</Unicode></TextEquiv>"
        for index, text in (("", "без номера"), ('index="7"', "седьмое"), ('index="0" conf="0.5"', "нулевое чтение"))
    )
    line = f'<TextLine><Coords points="{corners(Box(10, 10, 150, 30))}"/>{texts}</TextLine>'
    (found,) = with_regions(region("r", line)).lines
    assert found.text == "нулевое чтение"


# Places


@pytest.mark.parametrize(("unit", "factor"), [("pixel", 1.0), ("mm10", 0.8467), ("inch1200", 4.0), ("pixel", 0.5)])
def test_units_and_scale(unit, factor):
    """In whatever unit and of a copy of whatever size, words come back within a pixel."""
    found = reading(alto(LINES, unit=unit, factor=factor))
    for line, true in zip(found.lines, LINES, strict=True):
        for word, own in zip(line.words, true.words, strict=True):
            assert max(abs(a - b) for a, b in zip(word.box.xywh, own.box.xywh, strict=True)) <= 2
            assert max(abs(word.box.left - own.box.left), abs(word.box.bottom - own.box.bottom)) <= 1


def test_size_is_not_stated():
    """Where a file states no size its pixels are those of the scan; another unit then says nothing."""
    assert read_back(reading(alto(LINES, None)).lines) == read_back(LINES)
    assert refused(alto(LINES, None, unit="mm10")).cause == "ocr-size"


@pytest.mark.parametrize(
    "spaces",
    [
        '<PrintSpace HPOS="0" VPOS="0" WIDTH="1000" HEIGHT="1400">',
        '<TopMargin HPOS="0" VPOS="0" WIDTH="1000" HEIGHT="90"/>'
        '<PrintSpace HPOS="80" VPOS="90" WIDTH="920" HEIGHT="1310">',
    ],
)
def test_size_by_the_print_space(spaces):
    """Where a page of ALTO states no size, or 0, it is as large as its print space and margins together."""
    data = alto(LINES, None).replace(b"<PrintSpace>", spaces.encode())
    for stated in (data, data.replace(b'ID="p"', b'ID="p" WIDTH="0" HEIGHT="0"')):
        scaled = reading(stated, (2000, 2800)).lines
        assert [w.box.xywh for w in scaled[0].words] == [tuple(2 * v for v in w.box.xywh) for w in LINES[0].words]


def test_other_proportions():
    """A file about a page of other proportions is refused, and two per cent are borne."""
    assert reading(alto(LINES), (1000, 1420)).status == "ok"
    assert refused(alto(LINES), (1400, 1000)).cause == "ocr-size"
    assert refused(alto(LINES), (1000, 1450)).cause == "ocr-size"


def test_words_outside_of_the_scan():
    """Boxes are cut at the scan's edge; where most words lie outside the file is refused."""
    found = reading(alto(typed("один два", left=950) + LINES))
    assert found.lines[0].words[-1].box == Box(950, 100, 1000, 120)
    assert refused(alto(typed("один два три", left=1500))).cause == "ocr-size"


def test_hocr_page_with_a_corner_elsewhere():
    """Places of hOCR count from the corner of its page."""
    moved = typed(*(line.text for line in LINES), left=130, top=170)
    data = hocr(moved).replace(b"bbox 0 0 1000 1400", b"bbox 30 70 1030 1470")
    assert read_back(reading(data).lines) == read_back(LINES)


def test_lines_without_words():
    """Words of a line that is stated as a whole are cut from its box by their letters."""
    for data in (
        alto(LINES, words=False),
        page_xml(region("r", *(page_line(line, words=False) for line in LINES))),
        re.sub(rb"<span class='ocrx_word'[^>]*>([^<]*)</span>", rb"\1", hocr(LINES)),
    ):
        assert read_back(reading(data).lines) == read_back(LINES)


def test_words_cut_from_a_slope():
    """On a sloping outline each cut word has the height of its own part."""
    text = "слово " * 9 + "слово"
    slope = "100,100 690,200 690,220 100,120"
    line = f'<TextLine><Coords points="{slope}"/><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>'
    words = with_regions(region("r", line)).lines[0].words
    assert len(words) == 10
    assert all(word.box.height < 40 for word in words)
    assert words[0].box.top < 110
    assert words[-1].box.bottom > 210


def test_texts_shared_among_boxes():
    """Where PAGE words have places and the line alone has text, as many words take these places."""
    words = "".join(f'<Word><Coords points="{corners(w.box)}"/></Word>' for w in LINES[0].words)
    line = f"<TextLine>{words}<TextEquiv><Unicode>{LINES[0].text}</Unicode></TextEquiv></TextLine>"
    assert read_back(with_regions(region("r", line)).lines) == read_back(LINES[:1])


def test_polygon_of_alto():
    """The outline that ALTO gives a line is the line's, commas between its points or not."""
    for points in ("100,100 640,104 640,124 100,120", "100 100 640 104 640 124 100 120"):
        shape = f'<Shape><Polygon POINTS="{points}"/></Shape><String'.encode()
        found = reading(alto(LINES[:1]).replace(b"<String", shape, 1))
        assert found.lines[0].polygon.points == ((100, 100), (640, 104), (640, 124), (100, 120))


# Order, orientation, language


def test_reading_order_of_groups():
    """Lines stand in the order of PAGE's groups, nested ones too; regions that it leaves out follow."""
    names = ["a", "b", "c", "d", "e"]
    regions = [region(n, page_line(line)) for n, line in zip(names, typed(*names), strict=True)]
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="2" regionRef="a"/>'
        '<OrderedGroupIndexed index="1" id="h"><RegionRefIndexed index="1" regionRef="d"/>'
        '<RegionRefIndexed index="0" regionRef="c"/></OrderedGroupIndexed>'
        '<UnorderedGroupIndexed index="0" id="u"><RegionRef regionRef="e"/></UnorderedGroupIndexed>'
        "</OrderedGroup></ReadingOrder>"
    )
    assert [line.text for line in with_regions(*regions, order=order).lines] == ["e", "c", "d", "a", "b"]


def test_reading_order_of_alto():
    """ALTO's ReadingOrder is followed, by blocks or by lines."""
    order = (
        b'<ReadingOrder><OrderedGroup ID="g"><ElementRef REF="l2"/><ElementRef REF="l0"/></OrderedGroup></ReadingOrder>'
    )
    data = alto(LINES).replace(b"<Layout>", order + b"<Layout>")
    for n in range(3):
        data = data.replace(b"<TextLine H", f'<TextLine ID="l{n}" H'.encode(), 1)
    assert [line.text for line in reading(data).lines] == [LINES[n].text for n in (2, 0, 1)]


@pytest.mark.parametrize(
    ("data", "rotation"),
    [
        (alto(LINES, page='ROTATION="90"'), 90),
        (alto(LINES, page='ROTATION="-89.5"'), 270),
        (alto(LINES, page='ROTATION="1.2"'), 0),
        (page_xml(region("r", *map(page_line, LINES)), page='orientation="90"'), 90),
        (page_xml(region("r", *map(page_line, LINES), more='orientation="-180"')), 180),
        (hocr(LINES).replace(b"baseline 0 -2", b"textangle 270"), 270),
    ],
)
def test_stated_orientation(data, rotation):
    """The turn that a file states, clockwise or not as its format has it, is the frame's."""
    assert reading(data).frame.rotation == rotation


@pytest.mark.parametrize(
    ("turn", "rotation"),
    [(lambda x, y: (1000 - x, 1400 - y), 180), (lambda x, y: (y, 1000 - x), 90), (lambda x, y: (1400 - y, x), 270)],
)
def test_orientation_by_words(turn, rotation):
    """Where no turn is stated, the direction in which words follow one another tells it, and outlines begin as read."""
    size = SIZE if rotation == 180 else SIZE[::-1]
    turned = []
    for line in LINES:
        boxes = [Box.around(turn(*corner) for corner in word.box.corners) for word in line.words]
        words = "".join(
            f'<Word><Coords points="{corners(box)}"/><TextEquiv><Unicode>{w.text}</Unicode></TextEquiv></Word>'
            for box, w in zip(boxes, line.words, strict=True)
        )
        turned.append(f'<TextLine><Coords points="{corners(Box.union(boxes))}"/>{words}</TextLine>')
    found = reading(page_xml(region("r", *turned), size), size)
    assert found.frame.rotation == rotation
    for line, true in zip(found.lines, LINES, strict=True):
        for word, own in zip(line.words, true.words, strict=True):
            assert word.polygon.points == tuple(turn(*corner) for corner in own.box.corners)


def test_words_cut_along_a_baseline():
    """A baseline says in which direction words are cut from their line, and which way up the page lies."""
    baseline = '<Baseline points="640,110 100,110"/>'
    found = with_regions(region("r", page_line(LINES[0], words=False, more=baseline)))
    lefts = [word.box.left for word in found.lines[0].words]
    assert lefts == sorted(lefts, reverse=True)
    assert found.frame.rotation == 180


def test_right_to_left():
    """Words of scripts that run from right to left are cut so, and their page is not upside down."""
    line = typed("שלום עולם גדול")[0]
    found = with_regions(region("r", page_line(line, words=False)))
    lefts = [word.box.left for word in found.lines[0].words]
    assert lefts == sorted(lefts, reverse=True)
    assert found.frame.rotation == 0


@pytest.mark.parametrize(
    ("lines", "page", "languages", "expected"),
    [
        (LINES, "", (), "ru"),
        (typed("The morning came"), "", (), "en"),
        (typed("Der Morgen kam"), 'primaryLanguage="German"', (), "de"),
        (LINES, 'primaryLanguage="English"', (), "ru"),
        (LINES, 'primaryLanguage="Ukrainian"', (), "uk"),
        (LINES, "", ("ru-petr1708",), "ru-petr1708"),
        (typed("The morning came"), "", ("ru", "en"), "en"),
        (typed("The morning came"), "", ("de",), "de"),
        (typed("17 29"), "", (), None),
    ],
)
def test_the_page_s_language_is_set_or_stated_or_told_by_script(lines, page, languages, expected):
    """The page's language is what collection.toml has, then what the file states, then what the script says."""
    assert reading(page_xml(region("r", *map(page_line, lines)), page=page), languages=languages).language == expected


# What is wrong


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "ocr-unreadable"),
        (b" \n", "ocr-unreadable"),
        (alto(LINES)[:-100], "ocr-unreadable"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "ocr-unreadable"),
        (codecs.BOM_UTF16_LE + b"<", "ocr-unreadable"),
        (b'<!DOCTYPE alto [<!ENTITY a "b">]>' + alto(LINES).partition(b"?>")[2], "ocr-unreadable"),
        (b'<!DOCTYPE alto [<!ENTITY a SYSTEM "file:///etc/hostname">]><alto>&a;</alto>', "ocr-unreadable"),
        (b"<alto>" + b"<a>" * 230 + b"</a>" * 230 + b"</alto>", "ocr-unreadable"),
        (b"<alto/>", "ocr-unreadable"),
        (page_xml('<TextRegion><TextEquiv><Unicode>abc</Unicode></TextEquiv></TextRegion>'), "ocr-unreadable"),
        (b"<TEI/>", "ocr-unknown-format"),
        (b"<html><body><p>Text</p></body></html>", "ocr-unknown-format"),
        (b"<document><paragraph/></document>", "ocr-unknown-format"),
            (b"<document xmlns='http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml'/>", "ocr-unreadable"),
    ],
)  # fmt: skip
def test_what_cannot_be_used(data, cause):
    """A damaged file, one with entities, one nested too deep and one of another format have their causes."""
    assert refused(data).cause == cause


def test_too_many_tags():
    """A file with more tags than can be held in memory is refused before it is parsed."""
    assert refused(b"<alto>" + b"<a/>" * 4_000_001).cause == "ocr-unreadable"


def test_blank_page():
    """A page without words, or with dirt alone, is blank."""
    for data in (alto(()), page_xml(""), hocr(()), alto(typed("~ .", confidence=0.1))):
        found = reading(data)
        assert (found.status, found.lines, found.language) == ("blank", (), None)


@pytest.mark.parametrize("number", ["NaN", "inf", "-5", "1e308", "99999999999999999999", "0", "", "x", "1_0"])
@pytest.mark.parametrize("name", ["WIDTH", "HEIGHT", "HPOS", "VPOS", "WC"])
def test_hostile_numbers(name, number):
    """Numbers that no place can have leave the other words where they are, or fail the page."""
    for pattern in (rb"(<String[^>]* )%s=\"[^\"]*\"", rb"(<Page[^>]* )%s=\"[^\"]*\""):
        data = re.sub(pattern % name.encode(), rb'\1%s="%s"' % (name.encode(), number.encode()), alto(LINES), count=1)
        found = None
        with suppress_cause("ocr-size"):
            found = reading(data)
        assert found is None or read_back(found.lines)[1:] == read_back(LINES)[1:]


def test_engine_names_the_file():
    """A reading names its format and the file's digest, so that a changed file is another reading."""
    one, other = (read_existing(data, name="x").engine for data in (alto(LINES), alto(LINES[:2])))
    assert re.fullmatch(r"existing alto [0-9a-f]{12}", one)
    assert one != other
    assert read_existing(hocr(LINES), name="x").engine.startswith("existing hocr ")
    assert read_existing(page_xml(""), name="x").engine.startswith("existing page ")
