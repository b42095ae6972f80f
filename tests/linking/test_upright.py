"""Lines as the reader of a page sees them."""

from __future__ import annotations

import pytest
from volumes import make_page, make_text, prose, wrapped

from align.linking import link_volume
from align.linking.upright import middle_down, upright_box

LINES = wrapped(" ".join(prose("ru")[:12]), 40)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_looks_like_an_upright_one(rotation):
    """Up to a shift the boxes of a page's lines are those of the same page lying upright."""
    upright, turned = make_page(LINES), make_page(LINES, rotation=rotation)
    for n in range(len(LINES)):
        one, other = (
            (b.left - first.left, b.top - first.top, b.width, b.height)
            for b, first in ((upright_box(p, n), upright_box(p, 0)) for p in (upright, turned))
        )
        assert one == other
    downs = [middle_down(turned, n) for n in range(len(LINES))]
    assert downs == sorted(downs)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_linked_like_an_upright_one(rotation):
    """Statuses, spans and lines are the same, and every box lies inside its line on the scan as it is."""
    text = make_text(" ".join(LINES))
    upright, turned = (link_volume("v", [make_page(LINES, rotation=r)], [text]) for r in (0, rotation))
    for one, other in zip(upright.links, turned.links, strict=True):
        assert (one.status, one.score) == (other.status, other.score)
        assert [(a.lines, a.spans) for a in one.areas] == [(a.lines, a.spans) for a in other.areas]
        for area in other.areas:
            for box, line in zip(area.boxes, area.lines, strict=True):
                assert box.intersection(turned.pages[0].lines[line].box) == box
