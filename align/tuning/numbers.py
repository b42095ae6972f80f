"""Tuned numbers: each with its unit, the reason for it, and where its value comes from."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
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
    """The tuned numbers of a dataclass, in the order in which it names them; TypeError for anything else."""
    if not is_dataclass(tuning) or isinstance(tuning, type):
        raise TypeError(f"tuned numbers are held by an instance of a dataclass: {tuning!r}")
    return tuple(Number(f.name, getattr(tuning, f.name), **f.metadata) for f in fields(tuning))


def fingerprint(*tunings: object) -> str:
    """16 hex digits over the names and values of these tuned numbers; the same numbers give the same digits."""
    return key(*(f"{type(t).__name__}.{n.name}={n.value!r}" for t in tunings for n in numbers(t)))
