"""The ids in a file: of sentences, and of what this program declares; none is one that the file has already."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count

from align.model import Link, Page


def sentence_name(link: Link, stem: str = "") -> str:
    """The xml:id of a sentence: it stays as long as the words of the sentence stay."""
    return f"{stem}s.{link.key}"


def by_program(stem: str = "") -> str:
    """The pointer to this program, as the one who is responsible for what it put in."""
    return f"#{stem}align.program"


def free_stem(ids: Collection[str], pages: Iterable[Page]) -> str:
    """The beginning that all our ids get in a file that has these ids: nothing, where none of them could be ours.

    >>> free_stem({"s.1", "p1"}, ()), free_stem({"p1"}, ())
    ('align1.', '')
    """
    ours = ("s.", "align.", *(page.id for page in pages))
    stems = ("" if number == 0 else f"align{number}." for number in count())
    return next(stem for stem in stems if not any(name.startswith(tuple(stem + own for own in ours)) for name in ids))
