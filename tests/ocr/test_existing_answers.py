"""Answers of OCR services whose levels disagree: no word gets lost, and text that is in no line is placed or told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from ocr.test_existing_services import LINES, SIZE, moved, reading, turned
from support.existing_samples import alto, hocr, read_back
from support.service_answers import (
    azure,
    azure_image,
    azure_read,
    document_ai,
    dumped,
    textract,
    vision,
    vision_page,
)

from align.model import Reading

TEXTS = [line.text for line in LINES]
SECOND = LINES[0].words[1]
WHOLE = "\n".join(TEXTS)


def changed(data: bytes, change: Callable[[Any], object], size: tuple[int, int] = SIZE) -> Reading:
    """What is read of an answer that was changed."""
    answer = json.loads(data)
    change(answer)
    return reading(dumped(answer), size)


def without_second_word(answer: Any) -> None:
    """Takes the second word of the first line out of the answer, wherever its service has it."""
    if "Blocks" in answer:
        answer["Blocks"] = [block for block in answer["Blocks"] if block["Id"] != "wNone-0-1"]
    elif "readResult" in answer:
        del answer["readResult"]["blocks"][0]["lines"][0]["words"][1]
    elif "analyzeResult" in answer:
        pages = answer["analyzeResult"].get("pages") or [answer["analyzeResult"]["readResults"][0]["lines"][0]]
        del pages[0]["words"][1]
    else:
        del answer["pages"][0]["tokens"][1]


ANSWERS = [azure(LINES), azure_read(LINES), azure_image(LINES), document_ai(LINES), textract(LINES)]


@pytest.mark.parametrize("data", ANSWERS, ids=["azure", "read", "image", "document-ai", "textract"])
def test_a_word_that_only_its_line_has(data):
    """A word that is in the text of a line and not among its words is put where the others leave room."""
    found = changed(data, without_second_word)
    assert [line.text for line in found.lines] == TEXTS
    first, second, third = found.lines[0].words
    assert first.box.right < second.box.left < second.box.right < third.box.left
    assert read_back(found.lines)[1:] == read_back(LINES)[1:]


def no_lines(answer: Any) -> None:
    if "Blocks" in answer:
        answer["Blocks"] = [block for block in answer["Blocks"] if block["BlockType"] != "LINE"]
    elif "analyzeResult" in answer:
        answer["analyzeResult"]["pages"][0]["lines"] = []
    elif "pages" in answer:
        answer["pages"][0]["lines"] = []
    else:
        for word in answer["responses"][0]["fullTextAnnotation"]["pages"][0]["blocks"][0]["paragraphs"][0]["words"]:
            word["symbols"][-1].pop("property")


@pytest.mark.parametrize("angle", [0, 90, 180])
@pytest.mark.parametrize("make", [azure, document_ai, textract, vision])
def test_words_alone(make, angle):
    """Words without lines are lines as their places have it, whichever way the page lies."""
    lines = moved(LINES, turned(angle)) if angle else LINES
    size = SIZE[::-1] if angle == 90 else SIZE
    data = make(lines, size=size)
    assert read_back(changed(data, no_lines, size).lines) == read_back(lines)


def test_words_of_markup_without_lines():
    """So are words of ALTO and hOCR that stand in a block alone; one of them with a place elsewhere stays with them."""
    for data in (re.sub(rb"</?TextLine[^>]*>", b"", alto(LINES)), hocr(LINES).replace(b'class="ocr_line"', b"")):
        assert read_back(reading(data).lines) == read_back(LINES)
        wrong = data.replace(b'HPOS="220" VPOS="100"', b'HPOS="700" VPOS="900"')
        wrong = wrong.replace(b"bbox 220 100 360 120", b"bbox 700 900 840 920")
        assert [line.text for line in reading(wrong).lines] == TEXTS


def test_a_hyphen_of_document_ai():
    """Where a token is divided at the end of its line, the hyphen stands there once."""

    def divide(answer: Any) -> None:
        answer["pages"][0]["tokens"][2]["detectedBreak"] = {"type": "HYPHEN"}

    assert changed(document_ai(LINES[:1]), divide).lines[0].text == f"{TEXTS[0]}-"


def test_a_word_of_azure_without_a_span():
    """A word whose span is damaged is put into the line on which it lies and whose text has it."""

    def damage(answer: Any) -> None:
        answer["analyzeResult"]["pages"][0]["words"][1]["span"] = {"offset": -1, "length": -4}

    assert read_back(changed(azure(LINES), damage).lines) == read_back(LINES)


def test_the_order_of_textract_s_layout():
    """Where the answer has a layout, lines stand in its order: Textract itself reads across columns."""

    def shuffle(answer: Any) -> None:
        page, one, two, three, *words = answer["Blocks"]
        layouts = [
            {"BlockType": "LAYOUT_TEXT", "Id": name, "Relationships": [{"Type": "CHILD", "Ids": ids}]}
            for name, ids in (("a", ["lNone-0", "lNone-1"]), ("b", ["lNone-2"]))
        ]
        answer["Blocks"] = [page, three, one, two, *words, *layouts]

    assert [line.text for line in changed(textract(LINES), shuffle).lines] == TEXTS


def box(top: int, bottom: int) -> dict[str, object]:
    return {"vertices": [{"x": x, "y": y} for x, y in ((100, top), (900, top), (900, bottom), (100, bottom))]}


def last_line_in_a_paragraph_alone(answer: Any) -> None:
    """Takes the last line and its words out, so that its text is in a paragraph alone."""
    start, end, count = len(WHOLE) - len(TEXTS[-1]), len(WHOLE), sum(len(line.words) for line in LINES[:-1])
    if "analyzeResult" in answer:
        page = answer["analyzeResult"]["pages"][0]
        place = [{"pageNumber": 1, "polygon": [100, 180, 900, 180, 900, 210, 100, 210]}]
        span = [{"offset": start, "length": end - start}]
        answer["analyzeResult"]["paragraphs"] = [{"content": TEXTS[-1], "spans": span, "boundingRegions": place}]
        page["words"] = page["words"][:count]
    else:
        page = answer["pages"][0]
        segment = {"startIndex": str(start), "endIndex": str(end)}
        layout = {"textAnchor": {"textSegments": [segment]}, "boundingPoly": box(180, 210)}
        page["paragraphs"] = [{"layout": layout}]
        page["tokens"] = page["tokens"][:count]
    page["lines"] = page["lines"][:-1]


@pytest.mark.parametrize("make", [azure, document_ai])
def test_text_of_a_paragraph_alone(make):
    """Text that is in a paragraph and in no line is put into the paragraph's place, and told."""
    found = changed(make(LINES), last_line_in_a_paragraph_alone)
    assert [line.text for line in found.lines] == TEXTS
    assert 180 <= found.lines[-1].box.top < found.lines[-1].box.bottom <= 210
    assert found.estimated == (TEXTS[-1],)


def test_text_of_vision_alone():
    """Text of the whole answer that is in no word of it is told."""
    annotation = vision_page(LINES[:2]) | {"text": WHOLE}
    found = reading(dumped({"responses": [{"fullTextAnnotation": annotation}]}))
    assert found.estimated + found.unused == (TEXTS[-1],)


def test_a_word_of_vision_by_its_letters():
    """A word without a place of its own has that of its letters."""

    def by_letters(answer: Any) -> None:
        for word in answer["responses"][0]["fullTextAnnotation"]["pages"][0]["blocks"][0]["paragraphs"][0]["words"]:
            word["symbols"][-1]["boundingBox"] = word.pop("boundingBox")

    assert read_back(changed(vision(LINES), by_letters).lines) == read_back(LINES)


def test_a_break_before_a_letter():
    """A break that the service states before a letter divides words there."""

    def turn_round(answer: Any) -> None:
        words = answer["responses"][0]["fullTextAnnotation"]["pages"][0]["blocks"][0]["paragraphs"][0]["words"]
        breaks = [word["symbols"][-1].pop("property") for word in words]
        for word, stated in zip(words[1:], breaks, strict=False):
            word["symbols"][0]["property"] = {"detectedBreak": stated["detectedBreak"] | {"isPrefix": True}}

    assert read_back(changed(vision(LINES), turn_round).lines) == read_back(LINES)


def test_a_word_of_vision_beside_the_page():
    """A word beside the page is put between its neighbours, and named."""

    def move(answer: Any) -> None:
        words = answer["responses"][0]["fullTextAnnotation"]["pages"][0]["blocks"][0]["paragraphs"][0]["words"]
        words[1]["boundingBox"] = {"vertices": [{"x": x, "y": 100} for x in (2000, 2100)] + [{"x": 2100, "y": 120}]}

    found = changed(vision(LINES), move)
    assert [line.text for line in found.lines] == TEXTS
    assert found.misplaced == (SECOND.text,)


def annotations(*left_out: int, **changes: str) -> dict[str, Any]:
    """The older textAnnotations without some of the words, by number; `w3` is another text of the fourth."""
    words = [
        {"description": changes.get(f"w{n}", word.text), "boundingPoly": {"vertices": [
            {"x": x, "y": y} for x, y in word.box.corners]}}
        for n, word in enumerate(word for line in LINES for word in line.words)
    ]  # fmt: skip
    kept = [word for n, word in enumerate(words) if n not in left_out]
    return {"responses": [{"textAnnotations": [{"description": WHOLE, "boundingPoly": {}}, *kept]}]}


@pytest.mark.parametrize(
    "answer", [annotations(1), annotations(w1=""), annotations(w1="приехап")], ids=["left out", "empty", "misread"]
)
def test_one_word_that_disagrees_with_the_whole_text(answer):
    """One word that is not as the whole text has it spoils no other."""
    found = reading(dumped(answer))
    assert [line.text for line in found.lines] == TEXTS
    others = {word for line in read_back(found.lines) for word in line if word[0] != SECOND.text}
    assert others == {word for line in read_back(LINES) for word in line if word[0] != SECOND.text}


def test_words_in_another_order_than_the_whole_text():
    """The whole text says the order of the words; without it, their places do."""
    answer = annotations()
    stated = answer["responses"][0]["textAnnotations"]
    stated[1:4], stated[4:8] = stated[5:8], [stated[4], *stated[1:4]]
    assert read_back(reading(dumped(answer)).lines) == read_back(LINES)
    alone = annotations()
    del alone["responses"][0]["textAnnotations"][0]
    assert read_back(reading(dumped(alone)).lines) == read_back(LINES)
