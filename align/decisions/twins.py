"""Sentences with the same words: which of them was decided on is known by the sentences beside it.

The key of a sentence counts its occurrences in its text. Where one of several identical sentences is taken out, those
after it get keys that others had before; what stands beside a sentence stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from align.model.decision import Event, Where
from align.model.ids import key

Beside = tuple[str, int]
"""Digests of the sentences before and after one, and how many sentences of its text have its words."""


def beside(words: Sequence[str]) -> list[Beside]:
    """For each sentence of a text, in its order, what stands beside it."""
    plain = [_plain(own) for own in words]
    counts = Counter(plain)
    around = ["", *plain, ""]
    return [(f"{key(around[n])}.{key(around[n + 2])}", counts[own]) for n, own in enumerate(plain)]


def _plain(words: str) -> str:
    """The letters of a sentence, which are what its key is made of."""
    return "".join(c for c in words.casefold() if c.isalnum())


def same_one(event: Event, here: Where, texts: Mapping[str, str]) -> bool:
    """Whether what has the key of the event's subject is what was decided on, and no other with the same words.

    `here` is where it stands now, in texts with these digests.
    """
    if max(event.where.twins or 1, here.twins or 1) == 1 or here.near is None:
        return True
    if texts and all(event.texts.get(path) == digest for path, digest in texts.items()):
        return True
    return stands_beside(event.where, here)


def stands_beside(then: Where, here: Where) -> bool:
    """Whether one of the two sentences beside it is the same."""
    if then.near is None or here.near is None:
        return False
    return any(one == other for one, other in zip(then.near.split("."), here.near.split("."), strict=False))
