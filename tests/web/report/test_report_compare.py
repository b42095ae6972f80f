"""Two runs set against each other: new, gone, moved."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.report_collection import finding

from align.web.report.compare import LocatedFinding, compared

ONE, TWO, THREE = (finding(n, "link-doubtful", document="d", pages=(n,)) for n in (1, 2, 3))


def at(own, *keys: str, volume: str | None = "v") -> LocatedFinding:
    return LocatedFinding(volume, own, frozenset(keys))


def test_new_gone_and_same():
    """A finding is new without its key in the earlier run, and gone without it in the later one."""
    found = compared([at(ONE, "a"), at(TWO, "b")], [at(TWO, "b"), at(THREE, "c")])
    assert found.changes == ("new", "same")
    assert found.gone == (at(THREE, "c"),)


def test_moved_is_another_scan_at_another_place():
    """A finding moved when both its scans and its place in order changed, or its document or volume."""
    later = replace(ONE, pages=(5,))
    assert compared([at(later, "x")], [at(ONE, "a")]).changes == ("moved",)
    assert compared([at(later, "a")], [at(ONE, "a")]).changes == ("same",)  # a scan was put in before it
    assert compared([at(ONE, "x")], [at(ONE, "a")]).changes == ("same",)  # the page was scanned anew
    assert compared([at(replace(ONE, pages=(1, 5)), "x", "y")], [at(ONE, "a")]).changes == ("same",)  # one page more
    assert compared([at(replace(ONE, pages=()))], [at(ONE, "a")]).changes == ("same",)  # no longer of a page
    assert compared([at(ONE, "a", volume="w")], [at(ONE, "a")]).changes == ("moved",)
    assert compared([at(replace(ONE, document="e"), "a")], [at(ONE, "a")]).changes == ("moved",)


def test_a_key_in_two_volumes():
    """Findings of one key in two volumes are matched volume by volume, whatever their order."""
    earlier = [at(ONE, volume="w"), at(ONE, volume="v")]
    assert compared([at(ONE, volume="v"), at(ONE, volume="w")], earlier).changes == ("same", "same")
    found = compared([at(ONE, volume="v")], earlier)
    assert (found.changes, found.gone) == (("same",), (earlier[0],))


@given(st.lists(st.sampled_from([ONE, TWO, THREE])), st.lists(st.sampled_from([ONE, TWO, THREE])))
def test_every_finding_is_accounted_for(now, then):
    """Each later finding has a change, each earlier one is either matched or gone, and no run differs from itself."""
    found = compared([at(own) for own in now], [at(own) for own in then])
    assert len(found.changes) == len(now)
    assert len(then) - len(found.gone) == sum(change != "new" for change in found.changes)
    again = compared([at(own) for own in now], [at(own) for own in now])
    assert (set(again.changes) <= {"same"}, again.gone) == (True, ())
