"""Values of JSON from outside, none of which need be of the kind that is expected."""

from __future__ import annotations

import json
from functools import lru_cache
from math import isfinite
from typing import cast

from align.errors import ScanError
from align.ocr.existing.markup import unreadable
from align.ocr.existing.stated import LARGEST, MOST_POINTS, Outline, has_extent

# A page has some thousand letters with 25 values each; an answer with more values than this takes gigabytes of memory.
_MOST_VALUES = 12_000_000


def parsed_json(data: bytes, *, name: str) -> object:
    """The value that a file of JSON holds; ScanError "ocr-unreadable" where it is damaged, too deep or too large."""
    if data.count(b":") + data.count(b",") > _MOST_VALUES:
        raise unreadable(name, f"holds more than {_MOST_VALUES} values, too many to be read at once")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        # A whole number of 5,000 digits is an error for Python; as a float it is infinite, and no place.
        return cast(object, json.loads(text, parse_int=_whole))
    except (ValueError, RecursionError) as error:
        raise _damaged(name, error) from error


def _whole(digits: str) -> float:
    return int(digits) if len(digits) < 18 else float(digits)


def _damaged(name: str, error: Exception) -> ScanError:
    if isinstance(error, RecursionError):
        return unreadable(name, "nests values too deep")
    return unreadable(name, f"is not well-formed JSON ({' '.join(str(error).split())[:200]})")


def field(value: object, *names: str) -> object:
    """The first of these fields that the value has and that is not null, also under its name in snake case; or None.

    >>> field({"bounding_box": 1}, "boundingBox")
    1
    """
    if isinstance(value, dict):
        for name in names:
            found = value.get(name)
            found = value.get(_snake(name)) if found is None else found
            if found is not None:
                return cast(object, found)
    return None


@lru_cache(maxsize=256)
def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and n else c.lower() for n, c in enumerate(name))


def items(value: object, *names: str) -> list[object]:
    """The list that is in the first of these fields; empty where there is none."""
    found = field(value, *names)
    return found if isinstance(found, list) else []


def text(value: object, *names: str) -> str:
    """The text in the first of these fields; empty where there is none."""
    found = field(value, *names)
    return found if isinstance(found, str) else ""


def numeric(value: object) -> float | None:
    """The number, also where it is written as text; None where it is none that a place or an index can be."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if isfinite(found) and abs(found) <= 1000 * LARGEST else None


def count(value: object, *names: str) -> float | None:
    """The number in the first of these fields."""
    return numeric(field(value, *names))


def whole(value: object, *names: str) -> int | None:
    """The whole number in the first of these fields."""
    found = count(value, *names)
    return None if found is None else int(found)


def size(value: object, unit: float, *names: str) -> float | None:
    """The width or height in the first of these fields, times `unit`; None where no page can have it."""
    found = count(value, *names)
    return None if found is None or not 1 <= found * unit <= LARGEST else found * unit


def sureness(value: object, most: float) -> float | None:
    """The confidence 0..1 in the field `confidence`, whose highest value is `most`; None where none is stated."""
    found = count(value, "confidence", "Confidence")
    return None if found is None or not 0 <= found <= most else found / most


def corners(stated: object, across: float = 1.0, down: float = 1.0) -> Outline | None:
    """The outline of a list of numbers or of points, times `across` and `down`; None where it is no outline.

    A coordinate that a point does not state is 0, because these services leave zeros out.

    >>> corners([{"y": 2}, {"x": 9, "y": 2}, {"x": 9, "y": 5}])
    ((0.0, 2.0), (9.0, 2.0), (9.0, 5.0))
    """
    listed = stated if isinstance(stated, list) else []
    if any(isinstance(point, dict) for point in listed):
        listed = [_coordinate(point, axis) for point in listed for axis in ("x", "y")]
    numbers = [numeric(value) for value in listed]
    if len(numbers) % 2 or not 6 <= len(numbers) <= 2 * MOST_POINTS:
        return None
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    outline = tuple((x * across, y * down) for x, y in zip(known[::2], known[1::2], strict=True))
    fits = all(abs(x) <= LARGEST and abs(y) <= LARGEST for x, y in outline)
    return outline if fits and has_extent(outline) else None


def _coordinate(point: object, axis: str) -> object:
    found = field(point, axis, axis.upper())
    return 0 if found is None else found
