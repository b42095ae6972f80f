"""Levels of one file that disagree: the one that says most is taken, at the places of the others."""

from __future__ import annotations

import pytest
from ocr.test_existing import LINES, reading
from support.existing_samples import alto, corners, hocr, page_xml, read_back, region, typed

from align.model import Box, Line

LINE = typed("The harbour was quiet when we")[0]


def equivalents(*texts: str) -> str:
    """TextEquiv elements; a text may have an index before a colon."""
    parts = (text.rpartition(":") for text in texts)
    return "".join(
        f"<TextEquiv{f' index={chr(34)}{n}{chr(34)}' if n else ''}><Unicode>{t}</Unicode></TextEquiv>"
        for n, _, t in parts
    )


def page_of(words: list[str | None], text: str, line: Line = LINE, *, outline: Box | None = None) -> list:
    """What is read of a line of PAGE with these texts at its words' places, and this text of its own."""
    made = "".join(
        f'<Word><Coords points="{corners(word.box)}"/>{"" if own is None else equivalents(own)}</Word>'
        for word, own in zip(line.words, words, strict=True)
    )
    coords = f'<Coords points="{corners(outline or line.box)}"/>'
    found = reading(page_xml(region("r", f"<TextLine>{coords}{made}{equivalents(text)}</TextLine>")))
    assert (found.misplaced, found.estimated, found.unused) == ((), (), ())
    return read_back(found.lines)[0]


OWN = read_back([LINE])[0]
TEXT = LINE.text


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("", "приехал"), "приехал"),
        (("  ", "приехал", "приехав"), "приехал"),
        (("0:", "1:приехал", "2:приехав"), "приехал"),
        (("2:приехав", "1:приехал", "0:"), "приехал"),
        (("приехав", "1:приехал"), "приехал"),
        (("\n   приехал\n  ",), "приехал"),
    ],
)
def test_the_first_alternative_that_holds_text(texts, expected):
    """Of several TextEquiv the one with the lowest index counts, or the first, among those that hold text."""
    line = f'<TextLine><Coords points="{corners(Box(10, 10, 150, 30))}"/>{equivalents(*texts)}</TextLine>'
    assert reading(page_xml(region("r", line))).lines[0].text == expected


def test_plain_text_where_unicode_is_empty():
    """A TextEquiv whose Unicode is empty says what its PlainText says."""
    held = "<TextEquiv><PlainText>слово</PlainText><Unicode/></TextEquiv>"
    line = f'<TextLine><Coords points="{corners(Box(10, 10, 150, 30))}"/>{held}</TextLine>'
    assert reading(page_xml(region("r", line))).lines[0].text == "слово"


def test_the_first_alternative_of_alto():
    """A String of ALTO without CONTENT is its glyphs, or its first alternative that holds text."""
    instead = "<ALTERNATIVE/><ALTERNATIVE>приехал</ALTERNATIVE><ALTERNATIVE>приехав</ALTERNATIVE>"
    glyphs = "".join(f'<Glyph CONTENT="{c}"><Variant CONTENT="x"/></Glyph>' for c in "приехал")
    for inner in (instead, glyphs):
        data = alto(LINES).decode().replace('CONTENT="приехал"/>', f'CONTENT="">{inner}</String>')
        assert read_back(reading(data.encode()).lines) == read_back(LINES)


def test_variants_of_a_glyph_of_alto():
    """A glyph without a letter has that of its first variant that holds one."""
    word = LINES[0].words[1]
    glyphs = "".join(
        f'<Glyph CONTENT=""><Variant CONTENT=" "/><Variant CONTENT="{letter}"/><Variant CONTENT="x"/></Glyph>'
        for letter in word.text
    )
    data = alto(LINES).decode().replace(f'CONTENT="{word.text}"/>', f'CONTENT="">{glyphs}</String>')
    assert read_back(reading(data.encode()).lines) == read_back(LINES)


def test_words_that_are_stale():
    """A line that was corrected has its own text, at the places of its words."""
    assert page_of(["Thc", "horbour", "wos", "quict", "whcn", "wc"], TEXT) == OWN


@pytest.mark.parametrize("known", [{0, 1}, {5}, {2, 4}, set()])
def test_words_without_text(known):
    """Where some words have no text, or none has, the line's text takes their places."""
    assert page_of([word.text if n in known else None for n, word in enumerate(LINE.words)], TEXT) == OWN


def test_a_word_put_in():
    """A word that only the line's text has is put between its neighbours, which keep their places."""
    words = [None if word.text == "was" else word for word in LINE.words]
    line = Line(tuple(word for word in words if word is not None), LINE.polygon)
    found = page_of([word.text for word in line.words], TEXT, line)
    assert [place for place in found if place[0] != "was"] == [place for place in OWN if place[0] != "was"]
    left, _, width, _ = next(place for text, place in found if text == "was")
    assert OWN[1][1][0] + OWN[1][1][2] <= left
    assert left + width <= OWN[3][1][0]


def test_a_word_put_in_where_there_is_no_room():
    """A word that was added to the line's text, with no gap for it, shares the place of the word before it."""
    found = page_of([word.text for word in LINE.words], TEXT.replace("was quiet", "was so quiet"))
    assert [text for text, _ in found] == TEXT.replace("was quiet", "was so quiet").split()
    assert [place for place in found if place[0] not in ("was", "so")] == [p for p in OWN if p[0] != "was"]
    (was, so), (x, _, width, _) = [place for text, place in found if text in ("was", "so")], OWN[2][1]
    assert x == was[0] < so[0] < so[0] + so[2] <= x + width


def test_a_word_left_out():
    """A word that the line's text has no more is gone, and the others keep their places."""
    assert page_of([word.text for word in LINE.words], TEXT.replace("quiet ", "")) == OWN[:3] + OWN[4:]


def test_words_divided_otherwise():
    """Two words that were read as one share its place, and one that was read as two has both places."""
    joined = typed("Theharbour was quiet when we")[0]
    found = page_of(["Theharbonr", "was", "quiet", "when", "we"], TEXT, joined)
    assert [text for text, _ in found] == TEXT.split()
    assert found[2:] == read_back([joined])[0][1:]
    assert (found[0][1][0], found[1][1][0] + found[1][1][2]) == (100, 300)
    found = page_of(["The", "harbour", "was", "quiet", "when", "we"], TEXT.replace("was quiet", "wasquiet"))
    assert found[2] == ("wasquiet", (OWN[2][1][0], 100, OWN[3][1][0] + OWN[3][1][2] - OWN[2][1][0], 20))


def test_words_that_say_more_than_their_line():
    """A line of which hardly anything is left does not take the words away."""
    assert page_of([word.text for word in LINE.words], "The") == OWN
    assert page_of([word.text for word in LINE.words], "") == OWN


def test_another_text_altogether():
    """A line's text that resembles none of its words is still the line's text, in order."""
    assert [text for text, _ in page_of(["xx"] * 6, TEXT)] == TEXT.split()


def test_confidence_stays_where_nothing_changed():
    """A word of the line's text has the confidence of its word if that has the same text, else none."""
    words = "".join(
        f'<Word><Coords points="{corners(w.box)}"/><TextEquiv conf="0.9"><Unicode>{t}</Unicode></TextEquiv></Word>'
        for w, t in zip(LINE.words, ["The", "horbour", "was", "quiet", "when", "we"], strict=True)
    )
    line = f"<TextLine>{words}{equivalents(TEXT)}</TextLine>"
    found = reading(page_xml(region("r", line))).lines[0].words
    assert [word.confidence for word in found] == [0.9, None, 0.9, 0.9, 0.9, 0.9]


def test_text_beside_the_words_of_an_hocr_line():
    """Text of a line of hOCR that is in none of its words is put between them."""
    data = (
        hocr([LINE])
        .decode()
        .replace("<span class='ocrx_word' title='bbox 260 100 320 120; x_wconf 90'>was</span>", "was")
    )
    assert "was" in data
    found = read_back(reading(data.encode()).lines)[0]
    assert [text for text, _ in found] == TEXT.split()
    assert found[:2] + found[3:] == OWN[:2] + OWN[3:]


def test_a_divided_word_of_alto_without_its_hyphen():
    """A word divided at a line's end gets its hyphen, where ALTO says that it is divided and states none."""
    divided = 'CONTENT="Петров" SUBS_TYPE="HypPart1" SUBS_CONTENT="Петровым"'
    data = alto(LINES[:1]).decode().replace('CONTENT="Петров"', divided)
    assert reading(data.encode()).lines[0].words[-1].text == "Петров-"
    whole = divided.replace("Петровым", "Петров")
    assert reading(data.replace(divided, whole).encode()).lines[0].words[-1].text == "Петров"


def test_the_hyphen_of_a_divided_word_of_alto_as_a_string():
    """A String that is the hyphen of a divided word before it is a part of this word."""
    stated = 'CONTENT="привёз" SUBS_TYPE="HypPart1" SUBS_CONTENT="привёзший"/><String CONTENT="-"/>'
    found = reading(alto(LINES).decode().replace('CONTENT="привёз"/>', stated).encode())
    assert found.lines[1].words[-1].text == "привёз-"
    assert found.misplaced == ()


@pytest.mark.parametrize(("end", "read"), [("Петров⸗", "Петров-"), ("Петров=", "Петров-"), ("7=", "7="), ("¬", "¬")])
def test_a_double_hyphen(end, read):
    """A double hyphen behind a letter at a line's end is a hyphen; elsewhere it stays as printed."""
    data = alto(LINES[:1]).decode().replace('CONTENT="Петров"', f'CONTENT="{end}"').replace("приехал", "при⸗ехал=")
    assert reading(data.encode()).lines[0].text == f"Утром при⸗ехал= {read}"


def test_a_string_outside_of_lines():
    """Strings of ALTO that stand in a block without lines are a line."""
    data = alto(LINES[:1]).decode()
    start, end = data.index("<TextLine"), data.index("<String")
    bare = (data[:start] + data[end:]).replace("</TextLine>", "")
    assert read_back(reading(bare.encode()).lines) == read_back(LINES[:1])
