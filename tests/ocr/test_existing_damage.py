"""Existing OCR that is damaged in any way gives lines on the scan, or an error with a sentence: never anything else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from support.existing_samples import alto, hocr, page_line, page_xml, region, typed
from support.service_answers import abbyy, azure, azure_read, azure_regions, document_ai, textract, vision, vision_file

from align.errors import AlignError
from align.model import ScanInfo
from align.ocr import place, read_existing

LETTERS = Path(__file__).parent / "hocr_letters"
LINES = typed("Утром приехал Петров", "из Ленинграда и привёз", "три письма.")
ORDER = '<ReadingOrder><OrderedGroup><RegionRefIndexed index="0" regionRef="r"/></OrderedGroup></ReadingOrder>'
SAMPLES = (
    alto(LINES).replace(b"<SP/>", b'<Shape><Polygon POINTS="1,2 30,4 50,66 7,80"/></Shape><HYP CONTENT="-"/>'),
    page_xml(region("r", *map(page_line, LINES)), order=ORDER, page='orientation="0.5" primaryLanguage="Russian"'),
    page_xml(
        region("r", *(page_line(x, words=False, more='<Baseline points="1,2 30,4 50,6"/>') for x in LINES)),
    ),
    hocr(LINES, LINES[:1]),
    hocr(LINES).replace(b"</p>", b"&nbsp;"),
    hocr(LINES).replace(b"</p>", "<p class='ocr_par' title='bbox 90 300 500 400'>ещё<br/>строка</p></p>".encode()),
    (LETTERS / "choice_2_boxes.hocr").read_bytes(),
    page_xml(
        region("r", page_line(LINES[0]), more='custom="readingOrder {index:1;}"').replace(
            "</TextRegion>", "<TextEquiv><Unicode>ещё\nстрока\nи ещё</Unicode></TextEquiv></TextRegion>"
        )
        + '<TextRegion id="s" custom="readingOrder {index:0;}"><Coords points="90,300 500,300 500,400 90,400"/>'
        '<TextLine><Baseline points="90,350 400,350"/>'
        '<Word><Glyph><Coords points="90,320 99,320 99,350"/></Glyph></Word>'
        "</TextLine><TextEquiv><Unicode>одно слово</Unicode></TextEquiv></TextRegion>"
    ),
    abbyy(LINES, LINES[:1]),
    vision(LINES),
    vision_file(LINES, LINES[:1]),
    document_ai(LINES),
    azure(LINES),
    azure_read(LINES),
    azure_regions(LINES),
    textract(LINES),
)
SCAN = ScanInfo("images/v/1.jpg", None, 1000, 1400, None, "digest")
SNIPPETS = (
    b"", b"<", b">", b'"', b"&", b"&#0;", b"&x;", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [", b"]]>", b"NaN", b"-inf",
    b"1e400", b"-1", b"0", b"99999999999999999999999", b"\xff\xfe", b"\0", b"\xed\xa0\x80", b"</TextLine>",
    b"<Page>", b"<Word/>",
    b"{", b"}", b"[", b"]", b"null", b"{}", b"[[]]", b"1e999", b'"x"', b"true", b":", b",",
    b"<span class='ocr_line ocrx_word ocr_page'>", b"bbox 5 5 1 1", b"bbox 0 0 1000 1400", b",,,", b"0,0 0,0 0,0",
    b'ID="b" ID="b"',
    b"0,0 1000,0 1000,1400 0,1400", b"9,9 9,9",
    "\u202e\u0301".encode(),
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with some places cut out, and something else put there."""
    data = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 2, 5, 30, 300])))
        data = data[:start] + draw(st.sampled_from(SNIPPETS) | st.binary(max_size=8)) + data[end:]
    return data


@given(damaged(), st.sampled_from([(1000, 1400), (500, 700), (1, 1), (1400, 1000)]))
@example(b"<html><body class='ocr_page'>", (1000, 1400))
@example(b"<html><!--ocr_page-->", (1000, 1400))
def test_damage_gives_lines_or_a_sentence(data, size):
    """Whatever is done to a file, its pages are placed inside of the scan, or an error of ours says what to do."""
    scan = ScanInfo(SCAN.path, None, *size, None, SCAN.digest)
    try:
        found = read_existing(data, name="ocr/v/1.xml")
    except AlignError as error:
        check_sentence(error)
        return
    for page in found.pages:
        try:
            reading = place(page, scan, name=found.name, engine=found.engine, languages=())
        except AlignError as error:
            check_sentence(error)
            continue
        assert (reading.status == "ok") == bool(reading.lines)
        for line in reading.lines:
            for points in (line.polygon.points, *(word.polygon.points for word in line.words)):
                assert all(0 <= x <= size[0] and 0 <= y <= size[1] for x, y in points)
            for word in line.words:
                assert 0 <= word.box.left < word.box.right <= size[0]
                assert 0 <= word.box.top < word.box.bottom <= size[1]
                assert len(word.polygon.points) == 4
                assert word.text == "".join(word.text.split())
                assert not {unicodedata.category(c) for c in word.text} & {"Cc", "Cf", "Cs", "Cn"}


def check_sentence(error: AlignError) -> None:
    assert error.cause in ("ocr-unreadable", "ocr-size", "ocr-unknown-format")
    assert error.message.startswith("ocr/v/1.xml ")
    assert error.message.endswith("engine.")
