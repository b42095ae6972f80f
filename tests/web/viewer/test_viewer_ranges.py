"""Questions about places in a text have the answers that a look at all of it gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.model import Marker
from align.web.viewer.ranges import between, first_within, meeting

PLACE = st.integers(0, 40)
SPAN = st.tuples(PLACE, PLACE).map(sorted).map(tuple)
MARKERS = st.lists(SPAN, max_size=12).map(lambda spans: [Marker(None, *span) for span in sorted(spans)])


@given(st.lists(SPAN, max_size=12), st.lists(SPAN, min_size=1))
def test_spans_meet_where_they_overlap(spans, asked):
    """A span meets the others where one of them begins before its end and ends after its beginning."""
    meets = meeting(spans)
    for start, end in asked:
        assert meets((start, end)) == any(a < end and start < b for a, b in spans)


@given(st.lists(PLACE).map(sorted), PLACE, PLACE)
def test_places_between_two_are_given_in_order(places, start, end):
    """Those places are given that are more than the start and less than the end, in their order."""
    assert list(between(places, start, end)) == [at for at in places if start < at < end]


@given(MARKERS, PLACE, PLACE)
def test_first_within(markers, start, end):
    """The first marker is given that begins after the start and ends by the end, or none where there is none."""
    found = [m for m in markers if start < m.start and m.end <= end]
    assert first_within(markers, start, end) == (found[0] if found else None)
