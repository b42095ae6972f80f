"""Two histories joined: nothing is lost, nothing is guessed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.decided import accepted, event, histories

from align.decisions.joining import join
from align.decisions.standing import standing
from align.model.decision import UNDONE


@st.composite
def _two(draw):
    common = tuple(draw(histories()))
    return draw(histories(1000, common)), draw(histories(2000, common))


@given(_two())
def test_new_events_can_be_recorded(two):
    """The new events are taken one after the other by a store that has ours."""
    ours, theirs = two
    history = list(ours)
    for act in join(ours, theirs).new:
        assert accepted(history, act) is True
        history.append(act)


@given(_two())
def test_nothing_is_dropped_silently(two):
    """Each subject of theirs is as they left it afterwards, or is named with the reason why it is not."""
    ours, theirs = two
    joined = join(ours, theirs)
    after, there = standing([*ours, *joined.new]), standing(theirs)
    told = {*joined.agreed, *joined.passed_over, *(conflict.subject for conflict in joined.conflicts)}
    known = {each.event for each in ours}
    for subject in {each.subject for each in theirs if each.event not in known}:
        assert subject in told or after.get(subject) == there.get(subject)
    for subject in told:
        assert after.get(subject) == standing(ours).get(subject)


@given(_two())
def test_joined_again(two):
    """What was taken is known the next time: nothing is new."""
    ours, theirs = two
    first = join(ours, theirs)
    again = join([*ours, *first.new], theirs)
    assert {each.event for each in again.new} <= {e.event for e in theirs} - {e.event for e in first.new}
    assert join(ours, ours).new == join(ours, [*ours, *ours]).conflicts == ()
    assert join([], theirs).new == tuple(theirs)


def test_both_decided():
    """Where both decided otherwise, both decisions are listed and neither is taken."""
    ours, theirs = event(1, "mend"), event(2, "leave", by="Boris")
    joined = join([ours], [theirs])
    assert (joined.new, joined.agreed) == ((), ())
    [conflict] = joined.conflicts
    assert (conflict.why, conflict.ours, conflict.theirs) == ("both-decided", ours, theirs)


def test_agreed():
    """Where both decided the same by themselves, ours stays and no conflict is listed."""
    joined = join([event(1, "leave")], [event(2, "leave", by="Boris")])
    assert (joined.agreed, joined.conflicts, joined.new) == ((event(1, "leave").subject,), (), ())


def test_taken_back_by_them():
    """A decision that they took back and we replaced is a conflict, in which theirs is nothing."""
    first = event(1, "leave")
    joined = join([first, event(2, "mend", based_on=1)], [first, event(3, UNDONE, based_on=1)])
    [conflict] = joined.conflicts
    assert (conflict.why, conflict.theirs) == ("both-decided", None)


def test_other_words():
    """An event with the name of one of ours and other words is listed, and nothing of its subject is taken."""
    [conflict] = join([event(1, "leave")], [event(1, "mend")]).conflicts
    assert conflict.why == "other-words"


def test_incomplete():
    """An event that is based on one that is nowhere is listed: the file may have been cut in two."""
    [conflict] = join([], [event(2, "leave", based_on=1)]).conflicts
    assert (conflict.why, conflict.ours) == ("incomplete", None)


def test_clash():
    """A decision that contradicts ours about another page is listed with ours, and the others are taken."""
    ours = event(1, "stated", kind="page", of=1, value={"after": "0" * 15 + "2"})
    theirs = event(2, "stated", kind="page", of=2, value={"after": "0" * 15 + "1"})
    other = event(3, "leave")
    joined = join([ours], [theirs, other])
    assert joined.new == (other,)
    [conflict] = joined.conflicts
    assert (conflict.why, conflict.ours, conflict.theirs) == ("clash", ours, theirs)
