"""What contradicts in meaning, one case of each kind beside one that nearly does."""

from __future__ import annotations

import pytest
from hypothesis import given
from support.decided import event, histories, key

from align.decisions.clashes import clash
from align.decisions.standing import standing


def page(number, *, volume="v", **value):
    return event(number, "stated", kind="page", of=number, value=value, volume=volume)


def placed(number, *pages):
    areas = [{"page": key(p), "boxes": [[0, 0, 9, 9]]} for p in pages]
    return event(number, "placed", kind="link", of=number, value={"areas": areas})


def paired(number, transcription, translation):
    value = {"transcription": [key(n) for n in transcription], "translation": [key(n) for n in translation]}
    return event(number, "paired", kind="pair", of=number, value=value)


@pytest.mark.parametrize(
    ("stands", "new"),
    [
        (page(1, after=key(2)), page(2, after=key(1))),
        (page(1, copy_of=key(3)), page(2, copy_of=key(1))),
        (page(1, blank=True), page(2, copy_of=key(1))),
        (page(2, copy_of=key(1)), page(1, blank=True)),
        (page(2, copy_of=key(1)), page(1, copy_of=key(3))),
        (page(1, label="7"), page(2, label="7")),
        (page(1, blank=True), placed(2, 3, 1)),
        (placed(2, 3, 1), page(1, copy_of=key(3))),
        (paired(1, [1], [2, 3]), paired(2, [4], [3])),
    ],
)
def test_clash(stands, new):
    """A decision that contradicts what stands is told what stands."""
    assert clash({stands.subject: stands}, new) == stands


@pytest.mark.parametrize(
    ("stands", "new"),
    [
        (page(1, after=key(2)), page(2, after=key(3))),
        (page(1, copy_of=key(2)), page(3, copy_of=key(2))),
        (page(1, label="7"), page(2, label="8")),
        (page(1, label="7"), page(2, label="7", volume="w")),
        (page(1, label="7"), page(2, label="7", copy_of=key(1))),
        (page(1, label=None), page(2, label=None)),
        (page(1, label="7"), placed(2, 1)),
        (page(1, blank=True), placed(2, 3)),
        (paired(1, [1], [2, 3]), paired(2, [4], [5])),
        (page(1, blank=True), page(1, label="7")),
        (event(1, "leave", of=1), event(2, "mend", of=2)),
    ],
)
def test_no_clash(stands, new):
    """A decision that can be true beside what stands is not refused."""
    assert clash({stands.subject: stands}, new) is None


def test_long_circle():
    """A circle of many pages is seen when it is closed, and one that is not closed is none."""
    chain = [page(n, after=key(n + 1)) for n in range(1, 50)]
    assert clash({each.subject: each for each in chain}, page(50, after=key(1))) == chain[-1]
    assert clash({each.subject: each for each in chain}, page(50, after=key(60))) is None


@given(histories())
def test_nothing_that_stands_contradicts(history):
    """Where each act is checked when it is taken, no two decisions that stand contradict each other."""
    present = standing(history)
    assert [clash(present, each) for each in present.values()] == [None] * len(present)
