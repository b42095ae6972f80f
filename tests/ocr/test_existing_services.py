"""Existing OCR of FineReader and of OCR services: each form that they write gives the same words in the same places."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from support.existing_samples import read_back, typed
from support.service_answers import (
    SCHEMAS,
    abbyy,
    azure,
    azure_image,
    azure_read,
    azure_regions,
    document_ai,
    dumped,
    textract,
    textract_blocks,
    vision,
    vision_file,
    vision_page,
)

from align.errors import ScanError
from align.model import Box, Line, Polygon, Reading, ScanInfo, Transform
from align.ocr import place, read_existing

LINES = typed("Утром приехал Петров", "из Ленинграда и привёз", "три письма.")
SECOND = typed("Вечером шёл снег,", "и мы сидели дома.", left=200)
SIZE = (1000, 1400)


def reading(data: bytes, size: tuple[int, int] = SIZE, *, page: int = 0) -> Reading:
    """What the file says of a scan of this size; its name says nothing of its kind."""
    found = read_existing(data, name="ocr/v/1.xml")
    scan = ScanInfo("images/v/1.jpg", None, *size, None, "digest")
    return place(found.pages[page], scan, name=found.name, engine=found.engine, languages=())


def refused(data: bytes) -> ScanError:
    with pytest.raises(ScanError) as caught:
        reading(data)
    assert caught.value.message.startswith("ocr/v/1.xml ")
    assert caught.value.message.endswith("remove it to have the scan read by the OCR engine.")
    return caught.value


def sure_of(found: Reading) -> set[float | None]:
    """The confidences of the words, rounded."""
    stated = {word.confidence for line in found.lines for word in line.words}
    return {value if value is None else round(value, 6) for value in stated}


def moved(lines: tuple[Line, ...], transform: Transform) -> tuple[Line, ...]:
    """The lines of a page that is turned or scaled; the corners of each word begin at the reader's top left."""

    def outline(box: Box) -> Polygon:
        return Polygon(transform.points(box.corners))

    return tuple(
        Line(tuple(replace(w, box=outline(w.box).box, polygon=outline(w.box)) for w in line.words), outline(line.box))
        for line in lines
    )


def turned(angle: int) -> Transform:
    """What happens to a page of SIZE that must be turned clockwise by this angle to stand upright."""
    width, height = SIZE
    return Transform(
        {
            90: (0, 1, 0, -1, 0, width, 0, 0, 1),
            180: (-1, 0, width, 0, -1, height, 0, 0, 1),
            270: (0, -1, height, 1, 0, 0, 0, 0, 1),
        }[angle]
    )


FORMS = {
    "abbyy": abbyy(LINES),
    "vision": vision(LINES),
    "vision of a file": vision_file(LINES),
    "document ai": document_ai(LINES),
    "azure in pixels": azure(LINES),
    "azure in inches": azure(LINES, inches=True),
    "azure preview": azure(LINES, key="boundingBox"),
    "azure read": azure_read(LINES),
    "azure image preview": dumped({"readResult": json.loads(azure(LINES, key="boundingBox"))["analyzeResult"]}),
    "azure image": azure_image(LINES),
    "textract": textract(LINES),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_words_and_places(data):
    """Words, their boxes, lines and confidence come back as they were, and Russian is Russian."""
    found = reading(data)
    assert read_back(found.lines) == read_back(LINES)
    assert sure_of(found) == {0.9}
    assert (found.status, found.language, found.frame.rotation) == ("ok", "ru", 0)


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_a_copy_of_another_size(data):
    """OCR of the scan fits a copy of half the size."""
    halved = moved(LINES, Transform.scale(0.5, 0.5))
    assert read_back(reading(data, (500, 700)).lines) == read_back(halved)


@pytest.mark.parametrize(
    "data",
    [data for name, data in FORMS.items() if name != "textract"],
    ids=[name for name in FORMS if name != "textract"],
)
def test_another_picture_is_refused(data):
    """A page of other proportions fails with the cause ocr-size."""
    with pytest.raises(ScanError) as caught:
        reading(data, (1400, 1000))
    assert caught.value.cause == "ocr-size"


SEVERAL = {
    "abbyy": abbyy(LINES, SECOND),
    "vision": vision_file(LINES, SECOND),
    "document ai": document_ai(LINES, SECOND),
    "azure": azure(LINES, SECOND),
    "azure read": azure_read(LINES, SECOND),
    "textract": dumped([{"Blocks": textract_blocks(LINES, 1)}, {"Blocks": textract_blocks(SECOND, 2)}]),
}


@pytest.mark.parametrize("data", SEVERAL.values(), ids=SEVERAL)
def test_several_pages(data):
    """Each page of a file has its own lines, also where an answer came in several parts."""
    assert len(read_existing(data, name="1").pages) == 2
    assert read_back(reading(data).lines) == read_back(LINES)
    assert read_back(reading(data, page=1).lines) == read_back(SECOND)


def test_answers_in_several_files():
    """The files of one answer are read together: a line may be in one, and its words in the next."""
    blocks = textract_blocks(LINES, 1) + textract_blocks(SECOND, 2)
    for cut in range(len(blocks)):
        parts = [dumped({"Blocks": part}) for part in (blocks[:cut], blocks[cut:])]
        found = read_existing(*parts, name="1")
        assert [len(page.lines) for page in found.pages] == [3, 2]
        assert all(len(line.line.words) > 1 for page in found.pages for line in page.lines)
    for form in (vision_file, document_ai, azure, azure_read):
        assert [len(page.lines) for page in read_existing(form(LINES), form(SECOND), name="1").pages] == [3, 2]


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("form", ["vision", "document_ai", "azure", "textract"])
def test_turned_pages(form, turn):
    """On a page that lies on its side or its head, words run its way, and it is read that way, also of lone words."""
    size = SIZE if turn == 180 else SIZE[::-1]
    for lines in (LINES, typed("Письмо", "Петрову")):
        there = moved(lines, turned(turn))
        sized = {"vision": vision, "document_ai": document_ai, "azure": azure, "textract": textract}[form]
        data = sized(there, size=size).replace(b', "orientation": "PAGE_UP"', b"")
        found = reading(data, size)
        assert found.frame.rotation == turn
        assert read_back(found.lines) == read_back(there)


def test_document_ai_states_the_turn():
    """Where boxes are upright, the orientation that Document AI states says how the page lies."""
    there = moved(typed("Письмо", "Петрову"), turned(90))
    upright = tuple(
        Line(tuple(replace(w, polygon=Polygon(w.box.corners)) for w in line.words), Polygon(line.box.corners))
        for line in there
    )
    data = document_ai(upright, size=SIZE[::-1]).replace(b"PAGE_UP", b"PAGE_LEFT")
    assert reading(data, SIZE[::-1]).frame.rotation == 90


# ABBYY FineReader


@pytest.mark.parametrize("schema", [*SCHEMAS, ""])
@pytest.mark.parametrize("first", ['wordStart="true"', 'wordFirst="1"'])
def test_abbyy_of_every_schema(schema, first):
    """Every version of the schema is read, whichever way it marks the first letter of a word."""
    assert read_back(reading(abbyy(LINES, schema=schema, first=first)).lines) == read_back(LINES)


def test_abbyy_letters_without_spaces():
    """Where no spaces are written, the marks of first letters divide the words."""
    data = re.sub(rb"<charParams [^>]*> </charParams>", b"", abbyy(LINES))
    assert read_back(reading(data).lines) == read_back(LINES)


def test_abbyy_without_letters():
    """Where letters have no places, the line is cut into its words in proportion to their letters."""
    found = reading(abbyy(LINES, letters=False))
    assert [line.text for line in found.lines] == [line.text for line in LINES]
    for line, own in zip(found.lines, LINES, strict=True):
        for word, other in zip(line.words, own.words, strict=True):
            assert abs(word.box.left - other.box.left) <= 2
            assert word.confidence is None


def test_abbyy_confidence():
    """255 says that a confidence is not known; where other values are above 100, the scale ends at 255."""
    unknown = abbyy(LINES).replace(b'charConfidence="90"', b'charConfidence="255"')
    assert sure_of(reading(unknown)) == {None}
    wide = abbyy(LINES).replace(b'charConfidence="90"', b'charConfidence="204"')
    assert sure_of(reading(wide)) == {0.8}
    below = abbyy(LINES).replace(b'charConfidence="90"', b'charConfidence="-1"')
    assert sure_of(reading(below)) == {None}


def test_abbyy_word_in_several_formats():
    """A word whose letters change from bold to plain is one word; variants of letters and words are no text."""
    data = abbyy(LINES[:1]).decode()
    cut = data.index("<charParams", data.index(">т</charParams>"))
    variants = "<wordRecVariants><wordRecVariant><variantText><charParams l='1' t='1' r='2' b='2'>?</charParams>"
    variants += "</variantText></wordRecVariant></wordRecVariants>"
    whole = data[:cut] + variants + '</formatting><formatting bold="1">' + data[cut:]
    assert read_back(reading(whole.encode()).lines) == read_back(LINES[:1])


def test_abbyy_turned_blocks():
    """A block whose text runs upwards has words one above the other; the page stays as most of its text stands."""
    upwards = moved(typed("снизу вверх", left=10, top=10), Transform((0, 1, 900, -1, 0, 500, 0, 0, 1)))
    data = abbyy(LINES).decode()
    block = abbyy(upwards, text='orientation="RotatedCounterclockwise"').decode()
    block = block[block.index("<block") : block.index("</page>")]
    found = reading(data.replace("</page>", block + "</page>").encode())
    assert found.frame.rotation == 0
    assert read_back(found.lines) == read_back((*LINES, *upwards))


def test_abbyy_turned_before_reading():
    """Places in the image that FineReader turned before reading are turned back; original ones stay."""
    upside = moved(LINES, turned(180))
    found = reading(abbyy(LINES, page='rotation="RotatedUpsidedown"'))
    assert read_back(found.lines) == read_back(upside)
    found = reading(abbyy(upside, page='rotation="RotatedUpsidedown" originalCoords="true"'))
    assert read_back(found.lines) == read_back(upside)
    # The scan stood on its right side; FineReader turned it clockwise and read it upright.
    scanned = moved(LINES, turned(90))
    found = reading(abbyy(LINES, page='rotation="RotatedClockwise"'), SIZE[::-1])
    assert read_back(found.lines) == read_back(scanned)
    assert found.frame.rotation == 90


def test_abbyy_variants():
    """A letter without a text is the first variant that holds one; white space around variants is none of the page."""
    plain = abbyy(LINES).decode()
    variants = "<charRecVariants><charRecVariant charConfidence='9'>?</charRecVariant></charRecVariants>"
    indented = plain.replace(variants, f"\n    {variants}\n    ")
    assert read_back(reading(indented.encode()).lines) == read_back(LINES)
    empty = variants.replace("?", "").replace(
        "</charRecVariants>", r"<charRecVariant>\1</charRecVariant></charRecVariants>"
    )
    moved_in = re.sub(re.escape(variants) + r"(\w|[.,])", empty, plain)
    assert read_back(reading(moved_in.encode()).lines) == read_back(LINES)


@pytest.mark.parametrize(
    "place", ['l="-9" t="-9" r="-2" b="-2"', 'l="0" t="0" r="1000" b="1400"', 'l="x" t="1" r="2" b="3"']
)
def test_abbyy_letter_elsewhere(place):
    """One letter with a place elsewhere than its line leaves its word where the other letters are."""
    data = re.sub(r'l="220" t="100" r="240" b="120"', place, abbyy(LINES).decode())
    found = reading(data.encode())
    assert found.lines[0].words[1].box == Box(240, 100, 360, 120)
    assert found.misplaced == ()


# Google


def test_vision_breaks():
    """A comma that touches its word is part of it, and a hyphen that the text lacks stands at the end of the line."""
    annotation = vision_page(LINES[:2])
    words = annotation["pages"][0]["blocks"][0]["paragraphs"][0]["words"]
    words[2]["symbols"][-1]["property"]["detectedBreak"]["type"] = "HYPHEN"
    del words[0]["symbols"][-1]["property"]
    words[1]["symbols"][0]["text"] = ","
    found = reading(dumped({"full_text_annotation": annotation}))
    assert [line.text for line in found.lines] == ["Утром,риехал Петров-", LINES[1].text]
    assert found.lines[0].words[0].box == Box.union(w.box for w in LINES[0].words[:2])


def test_vision_zeros_are_left_out():
    """A corner without x is at x = 0."""
    edge = typed("Край листа", left=0, top=0)
    assert b'{"y": 20}' in vision(edge)
    assert read_back(reading(vision(edge)).lines) == read_back(edge)


def test_vision_in_snake_case_and_numbers():
    """The dictionaries of Google's Python library, with names in snake case and breaks as numbers, are read too."""
    data = vision(LINES).decode()
    for name in ("fullTextAnnotation", "boundingBox", "detectedBreak", "blockType", "detectedLanguages"):
        data = data.replace(f'"{name}"', '"' + re.sub("[A-Z]", lambda m: "_" + m[0].lower(), name) + '"')
    data = data.replace('"EOL_SURE_SPACE"', "3").replace('"SPACE"', "1")
    assert read_back(reading(data.encode()).lines) == read_back(LINES)


def test_vision_pages_in_their_order():
    """Pages stand in the order of their numbers; one without text is blank, one that Google could not read fails."""
    whole = json.loads(vision_file(LINES, SECOND))
    whole["responses"] = [whole["responses"][1], {"context": {"pageNumber": 3}}, whole["responses"][0]]
    whole["responses"].append({"context": {"pageNumber": 4}, "error": {"code": 3, "message": "Bad image data."}})
    data = dumped({"responses": [whole]})
    assert [len(page.lines) for page in read_existing(data, name="1").pages] == [3, 2, 0, 0]
    assert reading(data, page=2).status == "blank"
    with pytest.raises(ScanError, match="Bad image data"):
        reading(data, page=3)


def test_vision_without_a_page_size():
    """Shares of a page whose size is not stated fit any scan."""
    data = vision(LINES, size=None, shares=True)
    assert read_back(reading(data).lines) == read_back(LINES)


def test_vision_words_alone():
    """The older textAnnotations, one text and its words, give the lines of that text."""
    words = [
        {"description": w.text, "boundingPoly": {"vertices": [{"x": x, "y": y} for x, y in w.box.corners]}}
        for line in LINES
        for w in line.words
    ]
    whole = {"locale": "ru", "description": "\n".join(line.text for line in LINES) + "\n"}
    found = reading(dumped({"responses": [{"textAnnotations": [whole, *words]}]}))
    assert read_back(found.lines) == read_back(LINES)
    assert sure_of(found) == {None}


def test_document_ai_tokens():
    """Tokens outside of every line are kept, and tokens that touch are one word."""
    document = json.loads(document_ai(LINES))
    page = document["pages"][0]
    del page["lines"][1]
    found = reading(dumped({"document": document}))
    assert read_back(found.lines) == read_back(LINES)
    token = page["tokens"][-1]["layout"]
    end = int(token["textAnchor"]["textSegments"][0]["endIndex"])
    token["textAnchor"]["textSegments"][0]["endIndex"] = str(end - 2)
    comma = json.loads(json.dumps(page["tokens"][-1]))
    comma["layout"]["textAnchor"]["textSegments"] = [{"startIndex": str(end - 2), "endIndex": str(end)}]
    page["tokens"].append(comma)
    assert read_back(reading(dumped(document)).lines) == read_back(LINES)


def test_document_ai_shards():
    """A list of shards is one document; each points into its own text."""
    shards = [json.loads(document_ai(lines)) for lines in (LINES, SECOND)]
    assert read_back(reading(dumped(shards), page=1).lines) == read_back(SECOND)


# Azure and Amazon


def test_azure_regions():
    """The oldest OCR has no size of the page and no confidence: its places are pixels of the scan."""
    found = reading(azure_regions(LINES))
    assert read_back(found.lines) == read_back(LINES)
    assert sure_of(found) == {None}


def test_azure_words_without_a_line():
    """Words that no line names are lines of their own, as their places have it, and stand where the text has them."""
    answer = json.loads(azure(LINES))
    del answer["analyzeResult"]["pages"][0]["lines"][0]
    found = reading(dumped(answer["analyzeResult"]))
    assert read_back(found.lines) == read_back(LINES)


def test_textract_fits_any_scan():
    """Textract states no size, so that its shares of the page fit a scan of any proportions."""
    found = reading(textract(LINES), (2000, 1400))
    assert read_back(found.lines) == read_back(moved(LINES, Transform.scale(2, 1)))


def test_textract_words_without_a_line():
    """A line without its words keeps its text, and words that no line names are put into the line where they lie."""
    answer = json.loads(textract(LINES))
    answer["Blocks"][1]["Relationships"] = []
    answer["Blocks"] = [block for block in answer["Blocks"] if not block["Id"].startswith("wNone-1")]
    found = reading(dumped(answer))
    assert [line.text for line in found.lines] == [line.text for line in LINES]
    assert read_back(found.lines)[::2] == read_back(LINES)[::2]


# What is wrong


def test_a_bad_place_spoils_no_other():
    """A word whose place is no number, negative or huge is put between its neighbours, which keep their own."""
    for wrong in ("NaN", "1e999", "-1e30", '"x"', "null", "true", "9" * 5000):
        answer = json.loads(azure(LINES))
        answer["analyzeResult"]["pages"][0]["words"][1]["polygon"][0] = "WRONG"
        whole = dumped(answer).decode().replace('"WRONG"', wrong)
        words = {word.text: word.box for line in reading(whole.encode()).lines for word in line.words}
        for word in (word for line in LINES for word in line.words if word.text != "приехал"):
            assert words[word.text] == word.box
        assert words["Утром"].right <= words["приехал"].left < words["приехал"].right <= words["Петров"].left


@pytest.mark.parametrize(
    "data",
    [b"{", b"[" * 100_000, b'{"pages": [{"lines": ["a"]}]}', b"[]", b"{}", b'{"responses": [{}]}', b"[1, 2]",
     b'{"analyzeResult": {"pages": "x"}}', b'{"Blocks": 5}', b"<document><x/></document>", b"{\xff}"],
)  # fmt: skip
def test_other_json_is_refused(data):
    """JSON that is damaged, nested too deep, or of no known service is refused with a sentence, never a blank page."""
    assert refused(data).cause in ("ocr-unreadable", "ocr-unknown-format")


def test_text_without_words_is_no_blank_page():
    """A page whose text is stated without its words fails; a page without any text is blank."""
    annotation = vision_page(LINES)
    for word in annotation["pages"][0]["blocks"][0]["paragraphs"][0]["words"]:
        word["symbols"] = []
    document = json.loads(document_ai(LINES))
    del document["pages"][0]["lines"], document["pages"][0]["tokens"]
    layout = {"textAnchor": {"textSegments": [{"endIndex": "20"}]}}
    result = json.loads(azure(LINES))["analyzeResult"]
    result["pages"][0] |= {"words": [], "lines": [], "spans": [{"offset": 0, "length": 20}]}
    for answer in ({"fullTextAnnotation": annotation}, result, document):
        assert refused(dumped(answer)).cause == "ocr-unreadable"
    assert reading(dumped(document | {"text": ""})).status == "blank"
    document["pages"][0]["layout"] = layout
    assert refused(dumped(document)).cause == "ocr-unreadable"


def test_google_writes_zero_where_no_confidence_is_stated():
    """A confidence of 0 from Google is not known; one from Azure is stated."""
    for data in (vision(LINES), document_ai(LINES)):
        assert sure_of(reading(data.replace(b'"confidence": 0.9', b'"confidence": 0.0'))) == {None}
    assert sure_of(reading(azure(LINES).replace(b'"confidence": 0.9', b'"confidence": 0.0'))) == {0.0}


def test_utf_16():
    """A file in UTF-16 is read, as editors on Windows save it."""
    assert read_back(reading(azure(LINES).decode().encode("utf-16")).lines) == read_back(LINES)
    assert read_back(reading(b"\xef\xbb\xbf" + textract(LINES)).lines) == read_back(LINES)
