"""The order in which lines are read, as each format states it."""

from __future__ import annotations

import pytest
from ocr.test_existing import LINES, reading
from support.existing_samples import alto, hocr, page_line, page_xml, region, typed

NAMES = ("aa", "bb", "cc", "dd")


def numbered(line: str, custom: str) -> str:
    return line.replace("<TextLine>", f"<TextLine {custom}>")


def lines_with(*customs: str) -> list[str]:
    """The texts of lines that bear these attributes, in the order in which they are read."""
    made = [numbered(page_line(line), custom) for line, custom in zip(typed(*NAMES), customs, strict=True)]
    return [line.text for line in reading(page_xml(region("r", *made))).lines]


@pytest.mark.parametrize(
    ("customs", "expected"),
    [
        (["index:3", "index:1", "index:0", "index:2"], ["cc", "bb", "dd", "aa"]),
        (["index:10", "index:9", "index:8", "index:11"], ["cc", "bb", "aa", "dd"]),
        (["index:0", "index:0", "index:0", "index:0"], ["aa", "bb", "cc", "dd"]),
        (["index:1", "", "index:0", ""], ["cc", "dd", "aa", "bb"]),
        (["index:x", "index:", "index:0", "index:-1"], ["aa", "bb", "dd", "cc"]),
        ([" index : 3 ; ", "a:2;index:1", "index:0;b:9", "index:2"], ["cc", "bb", "dd", "aa"]),
    ],
)
def test_lines_by_their_custom_index(customs, expected):
    """Lines stand by the index in `custom`, as a number; one without stays behind the line before it, and ties stay."""
    assert lines_with(*(f'custom="structure {{type:x;}} readingOrder {{{c};}}"' for c in customs)) == expected


def test_lines_by_the_attribute_of_2019():
    """Lines stand by their attribute `index`, as PAGE of 2019 has it."""
    assert lines_with('index="1"', 'index="3"', 'index="2"', 'index="0"') == ["dd", "aa", "cc", "bb"]


def test_regions_by_their_custom_index():
    """Regions stand by the index in `custom`, each with its lines, which stand by theirs."""
    one, two, three, four = (page_line(line) for line in typed(*NAMES))
    first = region(
        "p",
        numbered(one, 'custom="readingOrder {index:1;}"'),
        numbered(two, 'custom="readingOrder {index:0;}"'),
        more='custom="readingOrder {index:1;}"',
    )
    second = region("q", three, four, more='custom="readingOrder {index:0;}"')
    assert [line.text for line in reading(page_xml(first + second)).lines] == ["cc", "dd", "bb", "aa"]


def test_the_stated_order_before_custom_ones():
    """The ReadingOrder of the page comes before the index of regions; lines in a region stand by theirs."""
    regions = [
        region(name, page_line(line), more=f'custom="readingOrder {{index:{n};}}"')
        for n, (name, line) in enumerate(zip(NAMES, typed(*NAMES), strict=True))
    ]
    references = "".join(f'<RegionRefIndexed index="{n}" regionRef="{name}"/>' for n, name in enumerate(NAMES[::-1]))
    order = f'<ReadingOrder><OrderedGroup id="g">{references}</OrderedGroup></ReadingOrder>'
    assert [line.text for line in reading(page_xml("".join(regions), order=order)).lines] == [*NAMES[::-1]]


def test_an_unordered_group_states_no_order():
    """The members of an unordered group stand by their index, or as in the file, at the place of the group."""
    regions = [region(name, page_line(line)) for name, line in zip(NAMES, typed(*NAMES), strict=True)]
    order = (
        '<ReadingOrder><OrderedGroup id="g"><UnorderedGroupIndexed id="u" index="1"><RegionRef regionRef="cc"/>'
        '<RegionRef regionRef="aa"/></UnorderedGroupIndexed><RegionRefIndexed index="0" regionRef="dd"/></OrderedGroup>'
        "</ReadingOrder>"
    )
    assert [line.text for line in reading(page_xml("".join(regions), order=order)).lines] == ["dd", "aa", "cc", "bb"]


def test_blocks_of_alto_that_name_the_next():
    """Blocks of ALTO stand in the order of their IDNEXT; a ring, or a name of nothing, changes nothing."""

    def texts(*nexts: str) -> list[str]:
        data = alto(LINES).decode()
        start, end = data.index('<TextBlock ID="b">') + len('<TextBlock ID="b">'), data.index("</TextBlock>")
        lines = [f"{line}</TextLine>" for line in data[start:end].split("</TextLine>")[:-1]]
        blocks = "".join(
            f'<TextBlock ID="b{n}" IDNEXT="{after}">{line}</TextBlock>'
            for n, (line, after) in enumerate(zip(lines, nexts, strict=True))
        )
        return [line.text for line in reading((data[: start - 18] + blocks + data[end + 12 :]).encode()).lines]

    in_file = [line.text for line in LINES]
    assert texts("b1", "", "b0") == [in_file[n] for n in (2, 0, 1)]
    assert texts("b1", "b2", "b0") == in_file
    assert texts("nothing", "", "") == in_file


def test_lines_of_hocr_by_their_order():
    """Lines of hOCR stand by their property `order`."""
    data = hocr(LINES).decode()
    for n in (2, 0, 1):
        data = data.replace("; baseline 0 -2", f"; order {n}", 1)
    assert [line.text for line in reading(data.encode()).lines] == [LINES[n].text for n in (1, 2, 0)]
