"""What a table adds to the decisions that stand, and what is left to the editor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from align.decisions.table import Said, Seen, Untaken
from align.decisions.taking import Decided, Taking, taking
from align.model.decision import Event, Subject, Where

KEY = Subject("finding", "00000000000000aa")
SEEN = Seen("words", Where(volume="v", page=3), {"transcripts/v/a.ru.txt": "0" * 64})


def event(number: int, decision: str | None = "mend", **fields: object) -> Event:
    return Event(f"{number:032x}", "2026-11-28T08:00:00.000Z", "Anna", KEY, decision, **fields)


def row(decision: str | None = None, comment: str | None = "", base: Event | None = None, **fields: object) -> Said:
    own = Said(2, KEY, decision, comment, "", False, None, base.event if base else None, based=True)
    return replace(own, **fields)


def plan(*rows: Said | Untaken, stands: Event | None = None, events=(), seen=SEEN, choice=None) -> Taking:
    known = {own.event: own for own in (*events, *([stands] if stands else []))}
    return taking(
        rows,
        Decided({KEY: stands} if stands else {}, known.get),
        seen=lambda own: seen,
        new_event=lambda subject: Event("f" * 32, "2026-11-28T09:00:00.000Z", "Boris", subject, batch="b" * 32),
        choice=choice,
    )


def test_a_first_decision_is_taken():
    """A row that is filled in makes an event with what the editor saw, where, and in which texts."""
    (taken,) = plan(row("mend", "see p. 5", reading="1470", flag=True)).taken
    assert taken.event == Event(
        "f" * 32, "2026-11-28T09:00:00.000Z", "Boris", KEY, "mend", {"reading": "1470"}, "see p. 5", True, None,
        "b" * 32, SEEN.texts, "words", SEEN.where,
    )  # fmt: skip


def test_what_is_there_is_not_taken_twice():
    """A row that says what stands makes no event, with or without the column of what stood."""
    stands = event(1, value={"reading": "1470"}, comment="a\nb", flag=True)
    said = row("mend", "a\r\nb", stands, reading="1470", flag=True)
    for own in (said, replace(said, base=None, based=False), replace(said, comment=None, reading=None, flag=None)):
        done = plan(own, stands=stands)
        assert (done.taken, done.conflicts, done.there) == ((), (), 1)
        assert done.unkept == 0


def test_rows_not_filled_in():
    """An empty row says nothing, also where another decided meanwhile."""
    done = plan(row(), stands=event(1))
    assert (done.taken, done.conflicts, done.untaken, done.there) == ((), (), (), 0)


def test_a_changed_row_is_taken():
    """A decision that was changed in the table, and by nobody else, is taken over the one that it was made on."""
    stands = event(1, value={"reading": "1470"}, comment="old")
    (taken,) = plan(row("false-alarm", "", stands), stands=stands).taken
    assert (taken.event.decision, taken.event.comment, taken.event.value) == ("false-alarm", "", None)
    assert taken.event.based_on == stands.event


def test_an_untouched_row_does_not_undo_what_another_decided():
    """A row that is as it was written says nothing against a decision that was made since."""
    before = event(1)
    done = plan(row("mend", "", before), stands=event(2, "leave"), events=[before])
    assert (done.taken, done.conflicts, done.untouched, done.unkept) == ((), (), 1, 0)
    undone = plan(row("mend", "", before), events=[before])
    assert (undone.taken, undone.untouched) == ((), 1)


@pytest.mark.parametrize("base", [event(1), None])
def test_both_changed(base):
    """Where both the row and the decision changed, or nobody knows, both are listed and none is taken."""
    stands = event(2, "leave", comment="theirs")
    own = row("false-alarm", "", base)
    done = plan(own, stands=stands, events=[event(1)])
    assert done.taken == ()
    assert [(c.said, c.stands) for c in done.conflicts] == [(own, stands)]


def test_a_choice_settles_all_conflicts():
    """With "theirs" the table's decision is taken over what stands; with "ours" nothing is."""
    stands = event(2, "leave", comment="kept")
    own = replace(row("false-alarm"), based=False)
    (taken,) = plan(own, stands=stands, choice="theirs").taken
    assert (taken.event.decision, taken.event.comment, taken.event.based_on) == ("false-alarm", "kept", stands.event)
    assert taken.over == stands
    ours = plan(own, stands=stands, choice="ours")
    assert (ours.taken, ours.conflicts, ours.untouched) == ((), (), 1)


def test_an_emptied_decision_takes_nothing_back():
    """A decision whose cell was emptied is told and stands."""
    stands = event(1, comment="why")
    for own in (row(None, "why", stands), row(None, "", stands), row(None, "another", stands)):
        (untaken,) = plan(own, stands=stands).untaken
        assert "an empty cell takes nothing back" in untaken.why


def test_an_undone_decision_that_the_table_changed():
    """A row changed after its decision was undone elsewhere is a conflict with nothing, and "theirs" takes it."""
    before = event(1)
    own = row("leave", "", before)
    (conflict,) = plan(own, events=[before]).conflicts
    assert conflict.stands is None
    (taken,) = plan(own, events=[before], choice="theirs").taken
    assert (taken.event.decision, taken.event.based_on) == ("leave", None)


def test_a_table_of_another_store():
    """A row that was written from another store is taken where nothing stands here."""
    (taken,) = plan(row("mend", "", event(9))).taken
    assert taken.event.decision == "mend"


def test_a_finding_that_is_gone():
    """A row whose finding the results no longer have is told and not taken, unless it stands already."""
    (untaken,) = plan(row("mend"), seen=None).untaken
    assert "the results have no finding with this key now" in untaken.why
    assert plan(row("mend"), stands=event(1), seen=None).there == 1


def test_a_comment_alone():
    """A comment without a decision is kept, and goes over a decision that stands without changing it."""
    (taken,) = plan(row(None, "look again")).taken
    assert (taken.event.decision, taken.event.comment) == (None, "look again")
    stands = event(1)
    (added,) = plan(row("mend", "look again", stands), stands=stands).taken
    assert (added.event.decision, added.event.comment) == ("mend", "look again")


def test_rows_that_cannot_be_read_are_listed():
    """What the table's reader could not take is among what is not taken, and keeps the file from being overwritten."""
    fault = Untaken(5, "x", "why")
    done = plan(fault, row())
    assert (done.untaken, done.unkept) == ((fault,), 1)
