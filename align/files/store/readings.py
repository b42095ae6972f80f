"""Readings of scans, kept from run to run: as JSON, and on disk."""

from __future__ import annotations

import gzip
import json
import math
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, get_args

from align.files.store.result_store import ResultStore
from align.model import Box, Frame, Line, LineRole, PageStatus, Polygon, Reading, Word

# What json.loads returns: anything, until it is checked.
Json = Any

# The version of the form in which values are stored. Values of another version are treated as absent.
READING_SCHEMA = 1
FOLDER = ".readings"
# Bytes of an unpacked value. A newspaper page with 20,000 words takes 3 MB; a larger file was not written by us.
MAX_BYTES = 64 * 1024 * 1024
# The coordinates of usual scans, and the shares that readings are rounded to, each as one object.
_NUMBERS = tuple(range(1 << 14))
_SHARES = {share / 100: share / 100 for share in range(101)}


class ReadingStore:
    """Keeps values by a string key in the output folder, one small compressed file each, in 65,536 folders.

    The key must name all that the value depends on (scan digest, frame, preparation, engine, version). A damaged
    file counts as absent, and so does one of another schema or another key.
    """

    def __init__(self, results: ResultStore) -> None:
        """Keep the values in the folder of these results."""
        self._results = results

    def get(self, key: str) -> dict[str, Any] | None:
        """The value kept under the key, or None."""
        data = self._results.read_bytes(_path(key))
        if data is None:
            return None
        try:
            unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            text = unpacker.decompress(data, MAX_BYTES)
            if not unpacker.eof:
                return None
            stored = json.loads(text)
        except (zlib.error, ValueError, RecursionError):
            return None
        if not isinstance(stored, dict) or stored.get("schema") != READING_SCHEMA or stored.get("key") != key:
            return None
        value = stored.get("value")
        return value if isinstance(value, dict) else None

    def has_file(self, key: str) -> bool:
        """Whether there is a file for the key, damaged or not."""
        return self._results.holds(_path(key))

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Keep the value under the key, in place of what was there."""
        text = json.dumps(
            {"schema": READING_SCHEMA, "key": key, "value": value}, allow_nan=False, separators=(",", ":")
        )
        # No date inside: the same reading is the same file.
        self._results.write_bytes(_path(key), gzip.compress(text.encode("ascii"), compresslevel=6, mtime=0))


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The kept readings, one entry for each scan; a key names all that they depend on (see reading/key.py)."""

    store: ReadingStore

    def get(self, key: str) -> tuple[Reading, ...] | None:
        """The readings kept under the key; None where there are none, or the entry is damaged."""
        value = self.store.get(key)
        if value is None:
            return None
        try:
            return tuple(reading_from_json(reading) for reading in value["readings"])
        except (KeyError, TypeError, ValueError):
            return None

    def had(self, key: str) -> bool:
        """Whether readings were kept under the key, though `get` may find them damaged."""
        return self.store.has_file(key)

    def put(self, key: str, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """The readings as `get` will return them; they are kept. So a second run works with the same readings."""
        self.store.put(key, {"readings": [reading_to_json(reading) for reading in readings]})
        return tuple(stored(reading) for reading in readings)


def _path(key: str) -> str:
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{FOLDER}/{digest[:2]}/{digest[2:4]}/{digest[4:40]}.json.gz"


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The reading as JSON values. Fractions have 2 decimals; the outline of a word is None if it is the word's box."""
    return {
        "frame": [*_box(reading.frame.box), reading.frame.rotation],
        "status": reading.status,
        "language": reading.language,
        "preparation": reading.preparation,
        "engine": reading.engine,
        "lines": [
            {
                "polygon": _polygon(line.polygon),
                "region": line.region,
                "role": line.role,
                "words": [
                    [
                        word.text,
                        _box(word.box),
                        None if word.polygon.points == word.box.corners else _polygon(word.polygon),
                        None if word.confidence is None else round(word.confidence, 2),
                    ]
                    for word in line.words
                ],
            }
            for line in reading.lines
        ],
    }


def reading_from_json(value: Mapping[str, Any]) -> Reading:
    """The reading that was written as this value; ValueError where the value is no reading.

    Writing rounds, and rounding twice changes nothing more. So a run works with `stored(reading)`, and a second run
    works with the same numbers.
    """
    try:
        *box, rotation = value["frame"]
        return Reading(
            frame=Frame(_box_from(box), rotation),
            status=_one_of(value["status"], get_args(PageStatus)),
            language=None if value["language"] is None else _text(value["language"]),
            lines=tuple(
                Line(
                    words=tuple(_word_from(word) for word in line["words"]),
                    polygon=_polygon_from(line["polygon"]),
                    region=_whole(line["region"]),
                    role=_one_of(line["role"], get_args(LineRole)),
                )
                for line in value["lines"]
            ),
            preparation=_text(value["preparation"]),
            engine=_text(value["engine"]),
        )
    except (KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise ValueError(f"not a reading: {error}") from error


def stored(reading: Reading) -> Reading:
    """The reading as the store gives it back, with rounded numbers."""
    return reading_from_json(reading_to_json(reading))


def _box(box: Box) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def _polygon(polygon: Polygon) -> list[float]:
    return [round(float(v), 2) for point in polygon.points for v in point]


def _box_from(value: Json) -> Box:
    left, top, right, bottom = (_whole(v) for v in value)
    return Box(left, top, right, bottom)


def _polygon_from(value: Json) -> Polygon:
    numbers = [float(v) for v in value]
    if len(numbers) % 2 or not all(math.isfinite(v) for v in numbers):
        raise ValueError(f"not an outline: {value}")
    return Polygon(tuple(zip(numbers[::2], numbers[1::2], strict=True)))


def _word_from(value: Json) -> Word:
    text, box, polygon, confidence = value
    place = _box_from(box)
    # What recurs is one object: a volume has millions of words, and most of their forms, numbers and shares recur.
    return Word(
        text=sys.intern(_text(text)),
        box=place,
        polygon=Polygon(place.corners) if polygon is None else _polygon_from(polygon),
        confidence=None if confidence is None else _SHARES.get(confidence) or float(confidence),
    )


def _whole(value: Json) -> int:
    if type(value) is not int:
        raise ValueError(f"not a whole number: {value!r}")
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise ValueError(f"not a text: {value!r}")
    return value


def _one_of(value: Json, allowed: tuple[Json, ...]) -> Json:
    if value not in allowed:
        raise ValueError(f"{value!r} is not one of {allowed}")
    return value
