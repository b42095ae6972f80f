"""A store that is taken away while it is open: nothing is acknowledged that would be lost."""

from __future__ import annotations

import os
import shutil
from contextlib import closing

import pytest
from support.decided import event

from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.errors import OutputError


def _removed(path):
    for each in path.parent.glob("decisions.sqlite*"):
        each.unlink()


def _replaced(path):
    other = path.with_name("other.sqlite")
    opened(other).close()
    other.replace(path)


def _folder_renamed(path):
    path.parent.rename(path.parent.with_name("renamed"))


def _folder_in_its_place(path):
    _removed(path)
    path.mkdir()


TAKEN_AWAY = {
    "removed": _removed,
    "file-alone": lambda path: path.unlink(),
    "log-alone": lambda path: path.with_name(path.name + "-wal").unlink(),
    "replaced": _replaced,
    "renamed": _folder_renamed,
    "emptied": lambda path: os.truncate(path, 0),
    "cut": lambda path: os.truncate(path, 5_000),
    "folder": _folder_in_its_place,
}


@pytest.mark.parametrize("harm", TAKEN_AWAY.values(), ids=TAKEN_AWAY)
def test_store_taken_away_while_open(tmp_path, harm):
    """No decision is acknowledged once the file is not the one at its place; the sentence says what to do."""
    path = tmp_path / "review" / "decisions.sqlite"
    with closing(opened(path)) as database:
        store = DecisionStore(database)
        store.record(event(1, "leave"))
        harm(path)
        for n in (2, 3):
            with pytest.raises(OutputError) as caught:
                store.record(event(n, "leave", of=n))
            assert caught.value.cause == "moved"
            assert str(path) in caught.value.message
            assert "start again" in caught.value.message


def test_store_put_back_while_open(tmp_path):
    """A folder that was renamed and named back again is the same store: decisions are kept as before."""
    path = tmp_path / "review" / "decisions.sqlite"
    with closing(opened(path)) as database:
        store = DecisionStore(database)
        store.record(event(1, "leave"))
        path.parent.rename(tmp_path / "elsewhere")
        with pytest.raises(OutputError):
            store.record(event(2, "leave", of=2))
        (tmp_path / "elsewhere").rename(path.parent)
        store.record(event(2, "leave", of=2))
    shutil.copytree(path.parent, tmp_path / "copy")
    with closing(opened(tmp_path / "copy" / "decisions.sqlite")) as database:
        assert DecisionStore(database).last() == 2
