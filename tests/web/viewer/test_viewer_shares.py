"""What of a page is which document's: runs of lines, none of which covers another document's words."""

from __future__ import annotations

from types import SimpleNamespace

from align.export.overlay.scene import upright_transform
from align.model import Area, Box, Frame, Polygon
from align.web.viewer.shares import Share, shares

WIDTH, HEIGHT = 1000, 1400
STRAIGHT = {1: upright_transform(Frame(Box(0, 0, WIDTH, HEIGHT), 0))}


def line(document: str, number: int, left: int, top: int, right: int) -> SimpleNamespace:
    """The link of a sentence that is one line of 30 pixels."""
    box = Box(left, top, right, top + 30)
    return SimpleNamespace(document=document, areas=[Area(1, (box,), (Polygon(box.corners),), (number,), None)])


def volume(*links: SimpleNamespace) -> SimpleNamespace:
    """As much of a volume's results as is asked for."""
    names = dict.fromkeys(link.document for link in links)
    boxes = {name: [box for link in links if link.document == name for box in link.areas[0].boxes] for name in names}
    documents = [SimpleNamespace(document=name, areas=((1, Box.union(boxes[name])),)) for name in names]
    return SimpleNamespace(documents=documents, links=links)


def test_a_footnote_below_the_next_document():
    """A document whose footnote stands below the next one has a share above it and one below it."""
    found = shares(
        volume(line("a", 0, 100, 100, 900), line("a", 1, 100, 150, 500), line("b", 2, 100, 300, 900),
               line("b", 3, 100, 350, 700), line("a", 4, 100, 1200, 900)), STRAIGHT
    )  # fmt: skip
    assert found[1] == [
        Share("a", Box(0, 93, WIDTH, 187)),
        Share("b", Box(0, 293, WIDTH, 387)),
        Share("a", Box(0, 1193, WIDTH, 1237)),
    ]


def test_a_document_over_two_columns_has_a_share_in_each():
    """A document that goes on in the next column has a share in each, and none is wider than its column."""
    found = shares(
        volume(line("a", 0, 100, 100, 480), line("b", 1, 100, 600, 480), line("b", 2, 520, 100, 900)), STRAIGHT
    )
    assert found[1] == [
        Share("a", Box(100, 100, 480, 130)),
        Share("b", Box(0, 593, WIDTH, 637)),
        Share("b", Box(520, 100, 900, 130)),
    ]


def test_upside_down():
    """Shares of a page that lies upside down on its scan are those of the page turned upright."""
    places = {1: upright_transform(Frame(Box(0, 0, WIDTH, HEIGHT), 180))}
    found = shares(volume(line("a", 0, 100, 1000, 900), line("b", 1, 100, 100, 900)), places)
    assert found[1] == [Share("a", Box(0, 363, WIDTH, 407)), Share("b", Box(0, 1263, WIDTH, 1307))]


def test_a_page_of_one_document():
    """A page that one document has to itself is not divided."""
    assert shares(volume(line("a", 0, 100, 100, 900)), STRAIGHT) == {}
