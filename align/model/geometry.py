"""Places on a scan, in scan pixels: the origin is top left, x runs right, y runs down, pixel i covers [i, i + 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, floor, isfinite, radians, sin
from struct import pack, unpack

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A half-open rectangle of whole pixels: width = right - left; never empty, never inverted."""

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if not (self.left < self.right and self.top < self.bottom):
            raise ValueError(f"box is empty or inverted: {self.left, self.top, self.right, self.bottom}")

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def xywh(self) -> tuple[int, int, int, int]:
        """The box as published: left, top, width, height."""
        return self.left, self.top, self.width, self.height

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """The corner points, clockwise from top left."""
        return (
            (float(self.left), float(self.top)),
            (float(self.right), float(self.top)),
            (float(self.right), float(self.bottom)),
            (float(self.left), float(self.bottom)),
        )

    @classmethod
    def from_xywh(cls, xywh: Sequence[int]) -> Box:
        """The box whose published form, left, top, width, height, is given."""
        x, y, w, h = xywh
        return cls(x, y, x + w, y + h)

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """The box around points, edges rounded to the nearest pixel edge and at least one pixel each way."""
        xs, ys = zip(*points, strict=True)
        left, top = floor(min(xs) + 0.5), floor(min(ys) + 0.5)
        return cls(left, top, max(left + 1, floor(max(xs) + 0.5)), max(top + 1, floor(max(ys) + 0.5)))

    @classmethod
    def union(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of the boxes; ValueError where there is none."""
        listed = list(boxes)
        if not listed:
            raise ValueError("union of no boxes")
        return cls(
            min([b.left for b in listed]),
            min([b.top for b in listed]),
            max([b.right for b in listed]),
            max([b.bottom for b in listed]),
        )

    def intersection(self, other: Box) -> Box | None:
        """The box that both cover; None where they do not overlap."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, right, bottom) if left < right and top < bottom else None


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Polygon:
    """A closed outline of three or more points in scan pixels."""

    # A volume has millions of points, so they are kept as packed numbers: a quarter of the memory that tuples take.
    _numbers: bytes

    def __init__(self, points: Iterable[Point]) -> None:
        """Take the points, in order."""
        numbers = [value + 0.0 for point in points for value in point]  # -0.0 becomes 0.0, which equals it
        if len(numbers) < 6:
            raise ValueError(f"a polygon needs three points: {numbers}")
        object.__setattr__(self, "_numbers", pack(f"{len(numbers)}d", *numbers))

    def __repr__(self) -> str:
        return f"Polygon(points={self.points})"

    @property
    def points(self) -> tuple[Point, ...]:
        """The points, in order."""
        numbers = unpack(f"{len(self._numbers) // 8}d", self._numbers)
        return tuple(zip(numbers[::2], numbers[1::2], strict=True))

    @property
    def box(self) -> Box:
        """The box around the outline."""
        return Box.around(self.points)


@dataclass(frozen=True, slots=True)
class Transform:
    """A projective map of points, row-major 3 x 3; by convention from a working image back to its scan.

    Points are pixel corners: (0, 0) is the corner of the first pixel, not its centre.
    """

    matrix: tuple[float, float, float, float, float, float, float, float, float] = (1, 0, 0, 0, 1, 0, 0, 0, 1)

    def __post_init__(self) -> None:
        if len(self.matrix) != 9 or not all(isfinite(v) for v in self.matrix):
            raise ValueError(f"a transform is nine finite numbers: {self.matrix}")

    @classmethod
    def shift(cls, dx: float, dy: float) -> Transform:
        """The map that adds (dx, dy)."""
        return cls((1, 0, dx, 0, 1, dy, 0, 0, 1))

    @classmethod
    def scale(cls, sx: float, sy: float) -> Transform:
        """The map that multiplies x by sx and y by sy."""
        return cls((sx, 0, 0, 0, sy, 0, 0, 0, 1))

    @classmethod
    def turn(cls, angle_deg: float, about: Point = (0.0, 0.0)) -> Transform:
        """The map that turns clockwise as seen on the page (y down) about a point."""
        c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
        x, y = about
        return cls((c, -s, x - c * x + s * y, s, c, y - s * x - c * y, 0, 0, 1))

    def point(self, p: Point) -> Point:
        """The point that the map makes of this point."""
        a, b, c, d, e, f, g, h, i = self.matrix
        x, y = p
        w = g * x + h * y + i
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def points(self, points: Iterable[Point]) -> tuple[Point, ...]:
        """The points that the map makes of these points."""
        a, b, c, d, e, f, g, h, i = self.matrix
        return tuple(
            [((a * x + b * y + c) / w, (d * x + e * y + f) / w) for x, y in points for w in (g * x + h * y + i,)]
        )

    def then(self, after: Transform) -> Transform:
        """The map that does this one first and `after` second."""
        m, n = after.matrix, self.matrix
        product = [sum(m[3 * r + k] * n[3 * k + c] for k in range(3)) for r in range(3) for c in range(3)]
        return Transform(tuple(product))  # type: ignore[arg-type]

    def inverse(self) -> Transform:
        """The map back; ValueError where there is none."""
        a, b, c, d, e, f, g, h, i = self.matrix
        minors = (
            e * i - f * h, c * h - b * i, b * f - c * e,
            f * g - d * i, a * i - c * g, c * d - a * f,
            d * h - e * g, b * g - a * h, a * e - b * d,
        )  # fmt: skip
        det = a * minors[0] + b * minors[3] + c * minors[6]
        if det == 0:
            raise ValueError(f"this transform has no inverse: {self.matrix}")
        return Transform(tuple(m / det for m in minors))  # type: ignore[arg-type]
