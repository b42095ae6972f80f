"""A typewriter: glyphs of a font, each type with its own faults, struck on a sheet; knows where every letter went."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sample_collection.layout import Sheet, Word

Ink = NDArray[np.float32]
Rect = tuple[float, float, float, float]

DPI = 220
FINE = 2  # ink is drawn on a grid twice as fine, so that a letter can shift by half a pixel
PITCH = DPI * FINE / 10  # ten letters to the inch
LEADING = DPI * FINE / 6  # six single-spaced lines to the inch
SHEET = (int(8.27 * DPI), int(11.69 * DPI))  # A4, in scan pixels
SIZE = (SHEET[0] * FINE, SHEET[1] * FINE)
LEFT, TOP = 1.45 * DPI * FINE, 1.3 * DPI * FINE  # wide at the left, where the volume is sewn
SPREAD = 0.0084 * DPI  # how far ink runs into the paper: a fifth of a millimetre
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONTS = {"first": "NimbusMonoPS-Regular.otf", "second": "cmuntt.ttf"}
PACKAGES = {"first": "fonts-urw-base35", "second": "fonts-cmu"}


def font_path(which: str) -> Path:
    """The font's file; SystemExit with the package to install where it is not there."""
    for folder in FONT_FOLDERS:
        for found in sorted(Path(folder).expanduser().rglob(FONTS[which])):
            return found
    raise SystemExit(
        f"The font {FONTS[which]} is missing, so no page can be drawn: run `apt-get install {PACKAGES[which]}`."
    )


@dataclass
class TypedWord:
    """A word as struck: the rectangles of its glyphs on the sheet, in scan pixels."""

    word: Word
    glyphs: list[Rect] = field(default_factory=list)


@dataclass
class TypedRow:
    """A line as struck."""

    role: str
    text: str
    document: str | None
    hyphen: bool
    words: list[TypedWord]


class Machine:
    """One typewriter. Its worn types sit high, low or aslant, and strike hard or soft, the same at every stroke."""

    def __init__(self, which: str, seed: int) -> None:
        path = str(font_path(which))
        probe = ImageFont.truetype(path, 100, layout_engine=ImageFont.Layout.BASIC).getlength("н")
        self.font = ImageFont.truetype(path, round(100 * PITCH / probe), layout_engine=ImageFont.Layout.BASIC)
        self.seed = seed
        self.types: dict[str, tuple[float, float, float, float]] = {}

    def _type(self, letter: str) -> tuple[float, float, float, float]:
        """(shift x, shift y, slant in degrees, force) of a type."""
        if letter not in self.types:
            rng = np.random.default_rng([self.seed, ord(letter)])
            x, y, slant = rng.normal(0, (1.0, 1.5, 0.9))
            self.types[letter] = (float(x), float(y), float(slant), float(rng.uniform(0.84, 1.0)))
        return self.types[letter]

    def strike(self, ink: Ink, letter: str, x: float, y: float, rng: np.random.Generator) -> Rect | None:
        """Print one letter with its left edge at x and its foot at y (fine pixels); the rectangle it covers."""
        dx, dy, slant, force = self._type(letter)
        x, y = x + dx + rng.normal(0, 1.0), y + dy + rng.normal(0, 0.8)
        pad = 12
        left, top, right, bottom = self.font.getbbox(letter, anchor="ls")
        if right <= left or bottom <= top:
            return None
        glyph = Image.new("L", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad), 0)
        ImageDraw.Draw(glyph).text((pad - left, pad - top), letter, font=self.font, fill=255, anchor="ls")
        glyph = glyph.rotate(slant + rng.normal(0, 0.25), resample=Image.Resampling.BICUBIC)
        mask = np.asarray(glyph, np.float32) / 255
        # A type that is not quite level with the platen prints one side stronger than the other.
        h, w = mask.shape
        tilt_x, tilt_y = rng.normal(0, (0.16, 0.22))
        ramp = (
            1
            + tilt_x * np.linspace(-1, 1, w, dtype=np.float32)[None]
            + tilt_y * np.linspace(-1, 1, h, dtype=np.float32)[:, None]
        )
        mask = mask * np.clip(ramp, 0, 1.2) * force * float(np.clip(rng.normal(0.93, 0.13), 0.5, 1.1))
        x0, y0 = round(x + left) - pad, round(y + top) - pad
        if x0 < 0 or y0 < 0 or y0 + h > ink.shape[0] or x0 + w > ink.shape[1]:
            raise SystemExit(f"the letter {letter!r} falls off the sheet: set fewer columns or rows in volume.toml")
        view = ink[y0 : y0 + h, x0 : x0 + w]
        np.maximum(view, mask, out=view)
        ys, xs = np.nonzero(mask > 0.25)
        return (
            (x0 + float(xs.min())) / FINE,
            (y0 + float(ys.min())) / FINE,
            (x0 + float(xs.max()) + 1) / FINE,
            (y0 + float(ys.max()) + 1) / FINE,
        )

    def type_sheet(self, sheet: Sheet, rng: np.random.Generator, *, fade: float) -> tuple[Ink, list[TypedRow]]:
        """The inked sheet, float32, (height, width) of SHEET, 1 = full ink; and its lines."""
        width, height = SIZE
        ink = np.zeros((height, width), np.float32)
        rows = []
        for row in sheet.in_order():
            y = TOP + row.y * LEADING + rng.normal(0, 0.8)
            x0 = LEFT + rng.normal(0, 1.5)
            words = []
            for word in row.words:
                typed = TypedWord(word)
                for n, letter in enumerate(word.text):
                    x = x0 + (word.column + n) * PITCH
                    rect = self.strike(ink, letter, x, y, rng)
                    if rect:
                        typed.glyphs.append(rect)
                words.append(typed)
            marked = [word.column + n for word in row.words for n, a in enumerate(word.atoms) if a.underlined]
            for column in range(min(marked), max(marked) + 1) if marked else ():
                self.strike(ink, "_", x0 + column * PITCH, y + 0.06 * LEADING, rng)
            rows.append(TypedRow(row.role, row.text, row.document, row.hyphen, words))
        return ribbon(ink, rng, fade=fade), rows


def ribbon(ink: Ink, rng: np.random.Generator, *, fade: float) -> Ink:
    """The ink as a cloth ribbon leaves it: spread, grained, paler where the cloth is worn; on the scan's own grid."""
    struck = Image.fromarray((ink * 255).clip(0, 255).astype(np.uint8)).reduce(FINE)
    spread = np.asarray(struck.filter(ImageFilter.GaussianBlur(SPREAD)), np.float32)
    spread = np.clip((spread / 255 - 0.05) * 2.6, 0, 1)
    grain = rng.normal(128, 60, spread.shape).clip(0, 255).astype(np.uint8)
    cloth = np.asarray(Image.fromarray(grain).filter(ImageFilter.GaussianBlur(0.6)), np.float32)
    worn = (1 - 0.014 * np.clip(cloth - 118, 0, 45)) * (1 - fade * soft_field(rng, spread.shape, 8))
    return (spread * worn).clip(0, 1).astype(np.float32)


def soft_field(rng: np.random.Generator, shape: tuple[int, ...], cells: int) -> Ink:
    """Slow random variation, 0..1, of this shape."""
    small = Image.fromarray((rng.random((cells, cells)) * 255).astype(np.uint8))
    large = small.resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(np.asarray(large, np.float32) / 255, np.float32)
