"""Tuned numbers: each with its unit, the reason for it, and where its value comes from."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TypeVar

from align.model.ids import key

T = TypeVar("T")


def tuned(value: T, *, unit: str, why: str, source: str = "judged") -> T:
    """A field of a frozen dataclass of tuned numbers, with its default value.

    `unit`: what the number counts ("letters", "share of a page's letters"); `why`: what the number decides, in one
    sentence; `source`: "judged", or what it was fitted on ("fitted on drawn typescripts, seeds 11 to 13, 2026-11").

    >>> @dataclass(frozen=True)
    ... class Example:
    ...     few_letters: int = tuned(4, unit="letters", why="Shorter words may have been lost in reading.")
    >>> Example().few_letters, [number.name for number in numbers(Example())]
    (4, ['few_letters'])
    """
    return field(default=value, metadata={"unit": unit, "why": why, "source": source})


@dataclass(frozen=True, slots=True)
class Number:
    """One tuned number as it stands: its name and value, and what was said of it."""

    name: str
    value: object
    unit: str
    why: str
    source: str


def numbers(tuning: object) -> tuple[Number, ...]:
    """The tuned numbers of a dataclass, in the order in which it names them; TypeError for anything else.

    Numbers of a part come with the name of the part before their own: "words.anchor_words".
    """
    if not is_dataclass(tuning) or isinstance(tuning, type):
        raise TypeError(f"tuned numbers are held by an instance of a dataclass: {tuning!r}")
    listed: list[Number] = []
    for f in fields(tuning):
        value = getattr(tuning, f.name)
        if is_dataclass(value):
            listed += (replace(number, name=f"{f.name}.{number.name}") for number in numbers(value))
        else:
            listed.append(Number(f.name, value, **f.metadata))
    return tuple(listed)


def with_number(tuning: T, name: str, value: object) -> T:
    """The tuning with another value of one number, which may be a part's: "words.anchor_words"."""
    first, _, rest = name.partition(".")
    changed = with_number(getattr(tuning, first), rest, value) if rest else value
    return replace(tuning, **{first: changed})  # type: ignore[type-var]


def fingerprint(*tunings: object) -> str:
    """16 hex digits over the names and values of these tuned numbers; the same numbers give the same digits."""
    return key(*(f"{type(t).__name__}.{n.name}={n.value!r}" for t in tunings for n in numbers(t)))
