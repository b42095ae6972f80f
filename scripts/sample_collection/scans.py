"""Scans of typed sheets: paper, stamp, pencil, the scanner's bed, skew and noise, with the way of every point."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sample_collection.layout import Sheet
from sample_collection.machine import DPI, SHEET, Ink, Machine, Rect, TypedRow, font_path, soft_field

QUALITY = 75
Point = tuple[float, float]
Way = Callable[[Point], Point]


@dataclass
class Side:
    """One written side on its scan: where it lies, and where its lines are."""

    label: str | None
    frame: list[int]
    rows: list[tuple[TypedRow, Way]]
    stamp: list[tuple[str, list[Point]]] = field(default_factory=list)


@dataclass
class Scan:
    """One finished scan."""

    name: str
    data: bytes
    width: int
    height: int
    rotation: int
    skew_deg: float
    sides: list[Side]


def paper(rng: np.random.Generator, shape: tuple[int, int]) -> Ink:
    """A sheet of old typing paper, gray levels."""
    tone = float(rng.uniform(212, 224))
    out = tone + 9 * (soft_field(rng, shape, 5) - 0.5) + 5 * (soft_field(rng, shape, 40) - 0.5)
    out += 3.5 * (soft_field(rng, shape, 260) - 0.5)
    edge_y = np.minimum(np.arange(shape[0]), np.arange(shape[0])[::-1]).astype(np.float32)[:, None]
    edge_x = np.minimum(np.arange(shape[1]), np.arange(shape[1])[::-1]).astype(np.float32)[None]
    out -= 16 * np.exp(-np.minimum(edge_x, edge_y) / (0.10 * DPI))  # browned edges
    marks = Image.new("L", (shape[1], shape[0]), 0)
    draw = ImageDraw.Draw(marks)
    for _ in range(int(rng.integers(14, 30))):  # fibres
        x, y, angle, length = rng.random() * shape[1], rng.random() * shape[0], rng.random() * 6.3, rng.uniform(6, 20)
        end = (x + length * math.cos(angle), y + length * math.sin(angle))
        draw.line([(x, y), end], fill=int(rng.integers(15, 45)), width=1)
    for _ in range(int(rng.integers(6, 16))):  # foxing
        x, y, r = rng.random() * shape[1], rng.random() * shape[0], rng.uniform(0.8, 3)
        draw.ellipse([x - r, y - r, x + r, y + r], fill=int(rng.integers(20, 70)))
    return out - np.asarray(marks.filter(ImageFilter.GaussianBlur(0.7)), np.float32)


def stamp(rng: np.random.Generator, lines: list[str]) -> tuple[Ink, list[tuple[str, list[Point]]]]:
    """A rubber stamp at the lower right of the head of a sheet: its ink, and the outline of each of its lines."""
    width, height = 308, 50 * len(lines) + 22
    plate = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(plate)
    draw.rectangle([3, 3, width - 4, height - 4], outline=255, width=4)
    font = ImageFont.truetype(str(font_path("first")), 34, layout_engine=ImageFont.Layout.BASIC)
    boxes = []
    for n, text in enumerate(lines):
        size = min(34, int(34 * (width - 34) / font.getlength(text)))
        used = ImageFont.truetype(str(font_path("first")), size, layout_engine=ImageFont.Layout.BASIC)
        at = (width / 2, 36 + 50 * n)
        draw.text(at, text, font=used, fill=255, anchor="mm", stroke_width=1)
        boxes.append((text, draw.textbbox(at, text, font=used, anchor="mm", stroke_width=1)))
    angle = float(rng.uniform(4, 7))
    centre = (SHEET[0] - 290.0, 138.0)
    layer = Image.new("L", SHEET, 0)
    layer.paste(plate, (round(centre[0] - width / 2), round(centre[1] - height / 2)))
    layer = layer.rotate(angle, resample=Image.Resampling.BICUBIC, center=centre)
    worn = 0.35 + 0.5 * soft_field(rng, (SHEET[1], SHEET[0]), 60)
    left, top = round(centre[0] - width / 2), round(centre[1] - height / 2)
    turned = turn(-angle, centre)
    outlines = [
        (text, [turned(p) for p in corners((left + b[0], top + b[1], left + b[2], top + b[3]))]) for text, b in boxes
    ]
    return np.asarray(layer.filter(ImageFilter.GaussianBlur(0.7)), np.float32) / 255 * worn, outlines


def pencil(rng: np.random.Generator) -> Ink:
    """A reader's bracket and tick in the left margin."""
    layer = Image.new("L", SHEET, 0)
    draw = ImageDraw.Draw(layer)
    x, top, bottom = 0.85 * DPI, 0.38 * SHEET[1], 0.5 * SHEET[1]
    steps = np.linspace(0, 1, 60)
    wave = 3 * np.sin(steps * 9 + rng.random() * 6)
    draw.line([(x + w, top + (bottom - top) * t) for t, w in zip(steps, wave, strict=True)], fill=120, width=3)
    draw.line([(x - 50, top + 82), (x - 36, top + 104), (x - 14, top + 50)], fill=130, width=3, joint="curve")
    soft = np.asarray(layer.filter(ImageFilter.GaussianBlur(0.9)), np.float32)
    return np.asarray(soft / 255, np.float32)


def corners(rect: Rect) -> list[Point]:
    """The four corners of (left, top, right, bottom), clockwise."""
    x0, y0, x1, y1 = rect
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def turn(angle_deg: float, about: Point) -> Way:
    """The way of a point when the page turns clockwise about another."""
    c, s = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    return lambda p: (
        about[0] + c * (p[0] - about[0]) - s * (p[1] - about[1]),
        about[1] + s * (p[0] - about[0]) + c * (p[1] - about[1]),
    )


def scan(
    plan: dict[str, Any], sheets: list[Sheet], *, name: str, seed: list[int], machines: dict[str, Machine], verso: Sheet
) -> Scan:
    """The scan that a table of volume.toml asks for, with these sheets on it."""
    rng = np.random.default_rng(seed)
    machine = machines[plan.get("font", "first")]
    leaves, sides = [], []
    for n, sheet in enumerate(sheets or [None]):
        base = paper(rng, (SHEET[1], SHEET[0]))
        ink, rows = machine.type_sheet(sheet, rng, fade=plan.get("fade", 0.1)) if sheet else (np.zeros_like(base), [])
        if plan.get("through"):
            other, _ = machine.type_sheet(verso, rng, fade=0.2)
            soft = Image.fromarray((other[:, ::-1] * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(3))
            base = base * (1 - plan["through"] * np.asarray(soft, np.float32) / 255)
        side = Side(sheet.label if sheet else None, [n * SHEET[0], 0, SHEET[0], SHEET[1]], [])
        page = base * (1 - ink) + float(rng.uniform(42, 58)) * ink
        if plan.get("stamp"):
            layer, side.stamp = stamp(rng, plan["stamp"])
            page = page * (1 - layer * 0.62)
        if plan.get("pencil"):
            page = page * (1 - pencil(rng))
        offset = float(n * SHEET[0])
        side.rows = [(row, _shift(offset)) for row in rows]
        side.stamp = [(text, [_shift(offset)(p) for p in outline]) for text, outline in side.stamp]
        leaves.append(page)
        sides.append(side)
    return _expose(np.hstack(leaves), sides, plan, name=name, rng=rng)


def _shift(dx: float, dy: float = 0.0) -> Way:
    return lambda p: (p[0] + dx, p[1] + dy)


def _expose(page: Ink, sides: list[Side], plan: dict[str, Any], *, name: str, rng: np.random.Generator) -> Scan:
    """Skew, fold shadow, scanner's bed, blur, noise; every row learns its way to the scan."""
    tall, wide = page.shape
    if len(sides) == 2:  # the fold of the open volume
        away = np.abs(np.arange(wide, dtype=np.float32) - wide / 2)[None]
        page = page * (1 - 0.5 * np.exp(-away / (0.035 * DPI)) - 0.10 * np.exp(-away / (0.3 * DPI)))
    picture = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
    skew, bed = float(plan.get("skew", 0.0)), int(plan.get("border", 0))
    centre = (wide / 2, tall / 2)
    if skew:
        picture = picture.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=int(rng.integers(196, 206)))
    width, height = wide + bed, tall + bed  # the bed shows at the right and below
    out = Image.new("L", (width, height), int(rng.integers(30, 45)))
    out.paste(picture, (0, 0))
    out = out.filter(ImageFilter.GaussianBlur(0.5))
    levels = np.asarray(out, np.float32)
    light = 1 - 0.06 * np.linspace(0, 1, width, dtype=np.float32)[None] * float(rng.uniform(0.3, 1))
    levels = levels * light + rng.standard_normal((height, width), np.float32) * 2.6
    final = Image.fromarray(np.rint(np.clip(levels, 0, 255)).astype(np.uint8))
    rotation = int(plan.get("turn", 0))
    if rotation == 180:
        final = final.transpose(Image.Transpose.ROTATE_180)
    elif rotation:
        raise SystemExit("volume.toml: `turn` is 0 or 180")

    def way(p: Point) -> Point:
        x, y = turn(skew, centre)(p)
        return (width - x, height - y) if rotation else (x, y)

    for side in sides:
        side.rows = [(row, _chain(first, way)) for row, first in side.rows]
        side.stamp = [(text, [way(p) for p in outline]) for text, outline in side.stamp]
        if rotation:
            x, y, w, h = side.frame
            side.frame = [width - x - w, height - y - h, w, h]
    data = io.BytesIO()
    final.save(data, "JPEG", quality=QUALITY, dpi=(DPI, DPI))
    return Scan(name, data.getvalue(), width, height, rotation, skew, sides)


def _chain(first: Way, second: Way) -> Way:
    return lambda p: second(first(p))
