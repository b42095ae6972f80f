"""Outlines: their points come back as they were given."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.model import Polygon

NUMBER = st.one_of(st.floats(allow_nan=False, width=64), st.integers(-9_999, 9_999))
POINTS = st.lists(st.tuples(NUMBER, NUMBER), min_size=3, max_size=9)


@given(POINTS)
def test_points_come_back(points):
    """The points are those that were given, also after pickling, and equal points make equal outlines."""
    outline = Polygon(points)
    assert list(outline.points) == points
    again = pickle.loads(pickle.dumps(outline))
    turned = Polygon([(-x, -y) for x, y in points])
    assert again == outline == Polygon([(-x, -y) for x, y in turned.points])
    assert hash(again) == hash(outline)
    assert (outline == turned) == (list(turned.points) == points)


def test_an_outline_has_three_points():
    """Two points are no outline."""
    with pytest.raises(ValueError, match="three points"):
        Polygon([(0, 0), (1, 1)])
