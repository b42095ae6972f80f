"""Places as claims: a word against its line, a line against its baseline, its region and the page."""

from __future__ import annotations

import re

import pytest
from ocr.test_existing import LINES, reading, refused
from support.existing_samples import alto, corners, hocr, page_line, page_xml, read_back, region, typed

from align.model import Box, Line, Reading

OWN = read_back(LINES)
FOUR = typed("Утром приехал Петров", "из Ленинграда и привёз", "три больших письма", "от старых друзей.")


def moved(line: Line, dx: int, dy: int) -> str:
    """A TextLine whose words are elsewhere than its outline."""
    words = page_line(line)
    for word in line.words:
        box = Box(word.box.left + dx, word.box.top + dy, word.box.right + dx, word.box.bottom + dy)
        words = words.replace(f'<Word><Coords points="{corners(word.box)}"', f'<Word><Coords points="{corners(box)}"')
    return words


def in_page(*lines: str, area: Box | None = None) -> Reading:
    """What is read of these lines, in a region of this outline."""
    made = region("r", *lines)
    if area is not None:
        made = made.replace('points="0,0 9,0 9,9"', f'points="{corners(area)}"')
    return reading(page_xml(made))


# A word against its line


@pytest.mark.parametrize(("dx", "dy"), [(0, 300), (0, -60), (0, 40), (0, 20), (300, 0), (-80, 0), (200, 700)])
def test_words_elsewhere_than_their_line(dx, dy):
    """Words that all lie above, below or behind their line are cut from it, and they are named."""
    found = in_page(page_line(FOUR[0]), moved(FOUR[1], dx, dy), page_line(FOUR[2]))
    assert read_back(found.lines) == read_back(FOUR[:3])
    assert found.misplaced == tuple(FOUR[1].text.split())
    assert found.ocr_file == "ocr/v/1.xml"


def test_words_elsewhere_in_alto_and_hocr():
    """So do words of ALTO and hOCR."""
    data = alto(FOUR).decode()
    start, end = data.index('<String HPOS="100" VPOS="140"'), data.index("</TextLine>", data.index('VPOS="140"'))
    found = reading((data[:start] + data[start:end].replace('VPOS="140"', 'VPOS="440"') + data[end:]).encode())
    assert (read_back(found.lines), found.misplaced) == (read_back(FOUR), tuple(FOUR[1].text.split()))
    data = re.sub(r"(ocrx_word' title='bbox \d+) 140 (\d+) 160", r"\1 440 \2 460", hocr(FOUR).decode())
    found = reading(data.encode())
    assert (read_back(found.lines), found.misplaced) == (read_back(FOUR), tuple(FOUR[1].text.split()))


@pytest.mark.parametrize("box", [Box(220, 500, 360, 520), Box(800, 100, 940, 120), Box(0, 0, 1000, 1400)])
def test_one_word_elsewhere(box):
    """One word below its line, behind its end and out of order, or over all, is put between its neighbours."""
    word = FOUR[0].words[1]
    line = page_line(FOUR[0]).replace(
        f'<Word><Coords points="{corners(word.box)}"', f'<Word><Coords points="{corners(box)}"'
    )
    found = in_page(line)
    first, second, third = read_back(found.lines)[0]
    assert (first, third) == (OWN[0][0], OWN[0][2])
    assert second[0] == "приехал"
    assert first[1][0] + first[1][2] < second[1][0] < second[1][0] + second[1][2] < third[1][0]
    assert found.misplaced == ("приехал",)


@pytest.mark.parametrize("box", [Box(700, 100, 820, 120), Box(5000, 100, 5120, 120), Box(380, 5000, 500, 5020)])
def test_the_last_word_elsewhere(box):
    """So is the last word of a line that is far behind the line's end, or outside of the page, if there is room."""
    word = FOUR[0].words[2]
    line = page_line(FOUR[0]).replace(
        f'<Word><Coords points="{corners(word.box)}"', f'<Word><Coords points="{corners(box)}"'
    )
    first, second, third = read_back(in_page(line).lines)[0]
    assert [first, second] == OWN[0][:2]
    assert third[0] == "Петров"
    assert second[1][0] + second[1][2] < third[1][0] < third[1][0] + third[1][2] <= FOUR[0].box.right


def test_a_line_that_is_too_short():
    """Words behind the end of their line keep their places where the line has no room for them."""
    short = page_line(FOUR[0]).replace(corners(FOUR[0].box), "100,100 210,100 210,120 100,120", 1)
    found = in_page(short)
    assert (read_back(found.lines), found.misplaced) == (OWN[:1], ())


def test_words_that_have_the_place_of_their_line():
    """Words that all state the line as their place are cut from it; one that does so is told, and put between."""
    line = FOUR[0]
    every = page_line(line)
    for word in line.words:
        every = every.replace(
            f'<Word><Coords points="{corners(word.box)}"', f'<Word><Coords points="{corners(line.box)}"'
        )
    found = in_page(every)
    assert (read_back(found.lines)[0], found.misplaced) == (OWN[0], ())
    second = line.words[1]
    one = page_line(line).replace(
        f'<Word><Coords points="{corners(second.box)}"', f'<Word><Coords points="{corners(line.box)}"'
    )
    found = in_page(one)
    assert [read_back(found.lines)[0][n] for n in (0, 2)] == [OWN[0][n] for n in (0, 2)]
    assert found.misplaced == ("приехал",)


# A line that is not where its outline says


@pytest.mark.parametrize(
    ("outline", "area"),
    [
        (Box(0, 0, 9, 9), None),
        (Box(0, 0, 1000, 1400), None),
        (Box(100, 900, 640, 920), Box(90, 90, 700, 300)),
        (Box(3000, 3000, 3600, 3020), None),
    ],
)
def test_a_line_whose_outline_is_none(outline, area):
    """Words keep their places where their line's outline is a dot, the page, outside of its region or of the page."""
    wrong = page_line(FOUR[1]).replace(corners(FOUR[1].box), corners(outline), 1)
    found = in_page(page_line(FOUR[0]), wrong, page_line(FOUR[2]), area=area)
    assert (read_back(found.lines), found.misplaced) == (read_back(FOUR[:3]), ())
    assert found.lines[1].box == FOUR[1].box


def test_lines_of_one_outline():
    """Words keep their places where all lines state the same outline."""
    same = [page_line(line).replace(corners(line.box), "100,900 640,900 640,920 100,920", 1) for line in FOUR]
    found = in_page(*same)
    assert (read_back(found.lines), found.misplaced) == (read_back(FOUR), ())


def test_a_line_that_is_out_of_order():
    """Words keep their places where these are in order with the lines of the page, and their line's outline is not."""
    below = page_line(FOUR[1]).replace(corners(FOUR[1].box), "100,440 540,440 540,460 100,460", 1)
    found = in_page(page_line(FOUR[0]), below, page_line(FOUR[2]), page_line(FOUR[3]))
    assert (read_back(found.lines), found.misplaced) == (read_back(FOUR), ())


def line_of(text: str, coords: str, baseline: str = "") -> str:
    """A TextLine without words."""
    base = f'<Baseline points="{baseline}"/>' if baseline else ""
    return f"<TextLine>{coords}{base}<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>"


@pytest.mark.parametrize(
    "coords",
    [
        "",
        '<Coords points=""/>',
        '<Coords points="206,140"/>',
        '<Coords points="0,0 0,0"/>',
        '<Coords points="100,100 540,100 540,120 100,120"/>',
    ],
)
def test_a_line_by_its_baseline(coords):
    """A line without an outline, or with one far above its baseline, stands on its baseline, as high as the others."""
    line = line_of(FOUR[1].text, coords, "100,155 540,155")
    found = in_page(page_line(FOUR[0]), line, page_line(FOUR[2]))
    assert read_back(found.lines) == read_back(FOUR[:3])
    assert (found.misplaced, found.estimated) == ((), ())


def test_a_baseline_that_is_turned():
    """So does a line that runs up the page."""
    line = line_of("Утром приехал", "", "700,900 700,640")
    first, second = in_page(page_line(FOUR[0]), line).lines[1].words
    assert second.box.bottom < first.box.top
    assert (first.box.left, first.box.right) == (685, 705)


def test_a_baseline_across_the_stated_direction():
    """A baseline that runs down the page says nothing of a line that is stated to be level."""
    line = line_of(FOUR[1].text, "", "100,155 100,555")
    made = region("r", page_line(FOUR[0]), line, page_line(FOUR[2]), more='orientation="0"')
    found = reading(page_xml(made))
    assert [line.text for line in found.lines] == [line.text for line in FOUR[:3]]
    assert 120 <= found.lines[1].box.top < found.lines[1].box.bottom <= 180


@pytest.mark.parametrize(
    ("coords", "told"),
    [('<Coords points="206,140"/>', True), ('<Coords points="NaN,1 2,3 4,5"/>', True), ("", False)],
)
def test_a_line_without_a_place(coords, told):
    """A line without a usable place is put in the middle between its neighbours, and told; others keep their places."""
    found = in_page(page_line(FOUR[0]), line_of(FOUR[1].text, coords), page_line(FOUR[2]))
    assert read_back(found.lines)[::2] == [read_back(FOUR)[0], read_back(FOUR)[2]]
    assert found.lines[1].text == FOUR[1].text
    assert (found.lines[1].box.top, found.lines[1].box.bottom) == (140, 160)
    assert (found.misplaced, found.estimated) == ((tuple(FOUR[1].text.split()), ()) if told else ((), (FOUR[1].text,)))


def test_a_line_outside_of_the_page():
    """A line that lies outside of the page is put between its neighbours, and told."""
    line = page_line(FOUR[1], words=False).replace(corners(FOUR[1].box), "3000,140 3440,140 3440,160 3000,160")
    found = in_page(page_line(FOUR[0]), line, page_line(FOUR[2]))
    assert [line.text for line in found.lines] == [line.text for line in FOUR[:3]]
    assert 120 <= found.lines[1].box.top < found.lines[1].box.bottom <= 180
    assert found.misplaced == tuple(FOUR[1].text.split())


def test_a_line_where_there_is_room_for_several():
    """A line between two that are far from each other has all of the room there: where it stands in it is not known."""
    far = typed(FOUR[2].text, top=300)[0]
    found = in_page(page_line(FOUR[0]), line_of(FOUR[1].text, ""), page_line(far))
    assert (found.lines[1].box.top, found.lines[1].box.bottom) == (120, 300)


def test_a_line_that_is_there_twice():
    """A line that the file states twice, in one place, is one line."""
    found = in_page(*map(page_line, (FOUR[0], FOUR[1], FOUR[0])))
    assert read_back(found.lines) == read_back(FOUR[:2])


@pytest.mark.parametrize("factor", [0.5, 0.75])
@pytest.mark.parametrize("words", [True, False])
def test_a_size_that_cannot_be(factor, words):
    """Where lines go on behind the edges of the page as stated, places are pixels of the scan, if they fit there."""
    wide = typed(*(" ".join([line.text] * 2) for line in FOUR), size=20)
    size = (int(1000 * factor), int(300 * factor))
    data = page_xml(region("r", *(page_line(line, words=words) for line in wide)), size)
    found = reading(data, (1000, 300))
    assert [line.box for line in found.lines] == [line.box for line in wide]
    assert found.misplaced == ()


def test_a_size_that_cannot_be_and_another_scan():
    """If they do not fit the scan either, the page fails: no line is put where it is not."""
    data = page_xml(region("r", *map(page_line, FOUR)), (250, 110))
    assert refused(data, (500, 220)).cause == "ocr-size"
    assert refused(data, (2500, 1100)).cause == "ocr-size"
    assert refused(alto(FOUR, (250, 110), unit="mm10"), (1000, 440)).cause == "ocr-size"


def test_one_line_below_a_copy_of_the_page():
    """A line that is outside by mistake does not make the size of the page wrong."""
    data = page_xml(region("r", *map(page_line, FOUR[:3]), page_line(typed("мимо", top=1500)[0])))
    found = reading(data, (2000, 2800))
    assert [line.box.xywh for line in found.lines] == [tuple(2 * v for v in line.box.xywh) for line in FOUR[:3]]
    assert found.misplaced == ("мимо",)


def test_a_line_with_the_place_of_the_page():
    """A line without words that states the page as its place is put between its neighbours."""
    line = line_of(FOUR[1].text, f'<Coords points="{corners(Box(0, 0, 1000, 1400))}"/>')
    found = in_page(page_line(FOUR[0]), line, page_line(FOUR[2]))
    assert (found.lines[1].box.top, found.lines[1].box.bottom) == (140, 160)
    assert found.misplaced == tuple(FOUR[1].text.split())


def test_a_point_that_is_wrong():
    """A point of an outline far outside of the page moves no word: the baseline says where the line begins."""
    coords = '<Coords points="100,140 540,140 540,160 100,160 -1323,150"/>'
    found = in_page(page_line(FOUR[0]), line_of(FOUR[1].text, coords, "100,155 540,155"))
    assert read_back(found.lines)[1] == read_back(FOUR)[1]


@pytest.mark.parametrize("point", ["NaN,140", "1e300,140", "oops", "100,", "100,1390", "-900,150"])
def test_one_point_of_an_outline(point):
    """One point of an outline that is no place, or far from all others, leaves the outline as the others have it."""
    coords = f'<Coords points="100,140 {point} 540,140 540,160 100,160"/>'
    found = in_page(page_line(FOUR[0]), line_of(FOUR[1].text, coords), page_line(FOUR[2]))
    assert (found.lines[1].box, found.misplaced) == (FOUR[1].box, ())


def test_a_line_down_the_page():
    """A line that is much higher than wide is cut into words along its height."""
    line = line_of("Утром приехал Петров", f'<Coords points="{corners(Box(700, 200, 730, 800))}"/>')
    words = in_page(line).lines[0].words
    assert [word.box.height > word.box.width for word in words] == [True] * 3
    assert all(word.box.left == 700 and word.box.right == 730 for word in words)


def test_a_block_as_one_line():
    """A paragraph that is stated as one line is divided into rows, and told as an estimate."""
    text = " ".join(line.text for line in FOUR)
    found = in_page(line_of(text, f'<Coords points="{corners(Box(100, 100, 560, 260))}"/>'))
    assert len(found.lines) > 2
    assert " ".join(line.text for line in found.lines) == text
    assert " ".join(found.estimated) == text
