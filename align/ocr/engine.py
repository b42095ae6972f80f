"""What an engine is, and its lines mapped to scan pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol, runtime_checkable

import numpy as np

from align.errors import EngineError
from align.model import Box, Line, Polygon, Transform, Word
from align.pixels import Pixels


@runtime_checkable
class Engine(Protocol):
    """Reads one working image at a time, in the process it is called in; adds no parallelism of its own."""

    @property
    def name(self) -> str:
        """The engine's name, version and settings: part of the key under which readings are kept."""
        ...

    def read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines in reading order, in the image's pixels.

        `image`: lines are level and upright; `languages`: BCP 47, usually one; `dpi`: the resolution at which these
        letters have the size of usual print. EngineError where this image cannot be read, MissingDependencyError where
        the engine or a language is not installed.
        """
        ...


@runtime_checkable
class BlockReader(Protocol):
    """An engine that can also read lines that are one under the other, without analysing a layout."""

    def read_block(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines top down, in the image's pixels (see Engine.read)."""
        ...


def image_digest(image: Pixels, *, languages: tuple[str, ...]) -> str:
    """The key of a recording: sha256 over shape, pixels and languages, in hex."""
    head = f"{image.shape} {'+'.join(languages)} ".encode()
    return sha256(head + np.ascontiguousarray(image).tobytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class RecordedEngine:
    """An engine that reads nothing and returns recorded lines, by the image's digest."""

    recordings: Mapping[str, tuple[Line, ...]]
    name: str = "recorded 1"

    def read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:  # noqa: ARG002
        """The lines recorded for this image and these languages; EngineError where there are none."""
        digest = image_digest(image, languages=languages)
        if digest not in self.recordings:
            raise EngineError(
                f"No recording for an image of {image.shape} in {'+'.join(languages)} ({digest[:12]}): record it.",
                cause="no-recording",
            )
        return self.recordings[digest]


@dataclass(frozen=True, slots=True)
class NoEngine:
    """Takes the place of an engine where every scan has existing OCR, so that no engine needs to be installed."""

    name: str = "none"

    def read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:  # noqa: ARG002
        """Always EngineError: a scan that comes here has no existing OCR after all."""
        raise EngineError("This scan has no existing OCR: run again, so that an engine is chosen.", cause="no-engine")


def mapped(
    lines: tuple[Line, ...], transform: Transform, bounds: Box, *, side_bearing: float = 0.0
) -> tuple[Line, ...]:
    """The lines in scan pixels, clipped to the bounds; words and lines outside them are left out.

    `side_bearing`: words and lines become longer by this at either end, in pixels of the lines. The words of an engine
    end with their ink; a word's place on the page includes half the white between two letters, as in type.
    """
    out = []
    for line in lines:
        words = tuple(
            w for w in (_mapped_word(word, transform, bounds, side_bearing) for word in line.words) if w is not None
        )
        polygon = _clipped(_longer(line.polygon, side_bearing), transform, bounds)
        if words and polygon is not None:
            out.append(replace(line, words=words, polygon=polygon))
    return tuple(out)


def _mapped_word(word: Word, transform: Transform, bounds: Box, side: float) -> Word | None:
    polygon = _clipped(_longer(word.polygon, side), transform, bounds)
    box = None if polygon is None else polygon.box.intersection(bounds)
    return None if polygon is None or box is None else Word(word.text, box, polygon, word.confidence)


def _longer(polygon: Polygon, side: float) -> Polygon:
    """The polygon with the points of its left half moved to the left, and of its right half to the right."""
    if not side:
        return polygon
    xs = [x for x, _ in polygon.points]
    middle = (min(xs) + max(xs)) / 2
    return Polygon(tuple((x - side if x < middle else x + side, y) for x, y in polygon.points))


def _clipped(polygon: Polygon, transform: Transform, bounds: Box) -> Polygon | None:
    """The polygon's corners moved and then pulled inside the bounds; None where nothing of it was inside."""
    points = transform.points(polygon.points)
    xs, ys = zip(*points, strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    if right <= bounds.left or left >= bounds.right or bottom <= bounds.top or top >= bounds.bottom:
        return None
    if left >= bounds.left and right <= bounds.right and top >= bounds.top and bottom <= bounds.bottom:
        return Polygon(points)
    begin, above, end, below = map(float, (bounds.left, bounds.top, bounds.right, bounds.bottom))
    return Polygon(tuple((min(max(x, begin), end), min(max(y, above), below)) for x, y in points))
