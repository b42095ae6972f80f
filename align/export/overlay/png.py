"""The overlay picture as PNG, and scans made small enough to be embedded; pixels come as arrays."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from math import ceil, hypot

from PIL import Image, ImageChops, ImageDraw, ImageFont

from align.export.images.page_images import jpeg, page_image
from align.export.overlay.captions import DASHES, FAINT_INK, INK, Key, Stroke
from align.export.overlay.scene import Picture, lay_out
from align.model import Box, Frame, Link, Match, Page, Point
from align.pixels import Pixels

# Times. Areas are drawn at twice the size and then reduced, because Pillow draws polygons without smooth edges.
_SMOOTH = 2

# Quality of a JPEG, 0 to 100: the letters of an embedded typescript can be read, at about 300 KB a page.
_JPEG_QUALITY = 72

# The font of Pillow has no Cyrillic letters, and other fonts differ between machines. So names in a PNG are written
# in Latin letters (ISO 9, simplified).
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "c", "ч": "ch", "ш": "sh", "щ": "shh",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ѣ": "e", "і": "i", "ѵ": "i",
    "ѳ": "f",
}  # fmt: skip


def embedded_jpeg(pixels: Pixels, *, max_side: int = 1600) -> bytes:
    """The scan as a JPEG with sides of at most `max_side` pixels, to be embedded in an SVG overlay.

    Pixels: uint8, (height, width) gray or (height, width, 3) RGB.
    """
    image = Image.fromarray(pixels)
    image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    return jpeg(image, quality=_JPEG_QUALITY)


def overlay_png(
    pixels: Pixels | None,
    page: Page,
    links: Iterable[Link],
    *,
    matches: Mapping[int, Sequence[Match]] | None = None,
    max_side: int = 2000,
) -> bytes:
    """The overlay of a page as PNG, sides of at most `max_side` pixels: what overlay_svg draws, without the tooltips.

    Pixels: the whole scan at any size, uint8, (height, width) gray or (height, width, 3) RGB; None for a white page.
    """
    picture = lay_out(page, links, matches=matches or {})
    view = picture.view
    scale = min(1.0, max_side / max(view.width, view.height))
    canvas = Image.new("RGB", (max(1, round(view.width * scale)), max(1, round(view.height * scale))), "white")
    if page.frame is not None:
        left, top = (round(v * scale) for v in (picture.paper.left - view.left, picture.paper.top - view.top))
        size = max(1, round(picture.paper.width * scale)), max(1, round(picture.paper.height * scale))
        paper = _tints(picture, size)
        if pixels is not None:
            upright = _upright(pixels, page).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
            paper = ImageChops.multiply(upright, paper)
        canvas.paste(paper, (left, top))
    draw = ImageDraw.Draw(canvas)
    _write(draw, picture, scale)
    buffer = BytesIO()
    canvas.save(buffer, "PNG")
    return buffer.getvalue()


def _upright(pixels: Pixels, page: Page) -> Image.Image:
    assert page.frame is not None
    box = page.frame.box
    sx, sy = pixels.shape[1] / page.scan.width, pixels.shape[0] / page.scan.height
    left, top = round(box.left * sx), round(box.top * sy)
    right, bottom = max(round(box.right * sx), left + 1), max(round(box.bottom * sy), top + 1)
    return page_image(pixels, Frame(Box(left, top, right, bottom), page.frame.rotation)).convert("RGB")


def _tints(picture: Picture, size: tuple[int, int]) -> Image.Image:
    """The areas on white, the paper's size; multiplied, they colour the paper and leave the ink black."""
    tints = Image.new("RGB", (size[0] * _SMOOTH, size[1] * _SMOOTH), "white")
    sx, sy = tints.width / picture.paper.width, tints.height / picture.paper.height
    line_width = max(1.0, 0.0009 * tints.width)
    for mark in picture.marks:
        for outline in mark.outlines:
            points = [
                ((x - picture.paper.left) * sx, (y - picture.paper.top) * sy)
                for x, y in picture.upright.points(outline.points)
            ]
            _outline(tints, points, mark.colour, mark.fill, mark.stroke, line_width)
    return tints.reduce(_SMOOTH)


def _outline(
    image: Image.Image, points: Sequence[Point], colour: str, fill: float, stroke: Stroke, line_width: float
) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    margin = ceil(line_width) + 1
    left, top = int(max(min(xs) - margin, 0)), int(max(min(ys) - margin, 0))
    right, bottom = int(min(max(xs) + margin, image.width)), int(min(max(ys) + margin, image.height))
    if left >= right or top >= bottom:
        return
    shifted = [(x - left, y - top) for x, y in points]
    patch = Image.new("RGB", (right - left, bottom - top), "white")
    draw = ImageDraw.Draw(patch)
    if fill:
        draw.polygon(shifted, fill=_tint(colour, fill))
    dashes = DASHES[stroke]
    ink = _tint(colour, 0.9 if dashes else 0.55)
    width = max(1, round(line_width))
    for start, end in zip(shifted, [*shifted[1:], shifted[0]], strict=True):
        for a, b in _pieces(start, end, [d * line_width for d in dashes]):
            draw.line((a, b), fill=ink, width=width)
    place = (left, top, right, bottom)
    image.paste(ImageChops.multiply(image.crop(place), patch), place)


def _pieces(start: Point, end: Point, dashes: Sequence[float]) -> list[tuple[Point, Point]]:
    if not dashes:
        return [(start, end)]
    length = hypot(end[0] - start[0], end[1] - start[1])
    dash, step = dashes[0], sum(dashes)

    def at(distance: float) -> Point:
        share = min(distance / length, 1.0)
        return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share

    return [(at(step * i), at(step * i + dash)) for i in range(ceil(length / step))]


def _write(draw: ImageDraw.ImageDraw, picture: Picture, scale: float) -> None:
    """Draw header, numbers and legend at the final size, so that letters are sharp."""
    view, em = picture.view, picture.em * scale

    def place(x: float, y: float) -> Point:
        return (x - view.left) * scale, (y - view.top) * scale

    draw.text((em, 1.6 * em), _latin(picture.header), fill=INK, font=_font(em), anchor="ls")
    draw.text((em, 3 * em), _latin(picture.subheader), fill=FAINT_INK, font=_font(0.85 * em), anchor="ls")
    number_em = picture.number_em * scale
    font = _font(number_em)
    for mark in picture.marks:
        if mark.number:
            halo = max(1, round(0.12 * number_em))
            where = place(*mark.number_at)
            draw.text(where, mark.number, fill="#fff", font=font, anchor="ls", stroke_width=halo)
            # Drawn twice, slightly apart, as a typewriter makes bold: the font of Pillow has one weight.
            for shift in (0.0, 0.05 * number_em):
                draw.text((where[0] + shift, where[1]), mark.number, fill=mark.colour, font=font, anchor="ls")
    for key in picture.legend:
        _key(draw, key, place(*key.at), em)


def _key(draw: ImageDraw.ImageDraw, key: Key, at: Point, em: float) -> None:
    x, y = at
    for colour in key.colours:
        corners = [(x, y), (x + 1.4 * em, y), (x + 1.4 * em, y + 0.8 * em), (x, y + 0.8 * em)]
        if key.fill:
            draw.polygon(corners, fill=_tint(colour, key.fill))
        dashes = [d * 0.08 * em for d in DASHES[key.stroke]]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            for a, b in _pieces(start, end, dashes):
                draw.line((a, b), fill=_tint(colour, 0.9 if dashes else 0.55), width=max(1, round(0.08 * em)))
        x += 1.7 * em
    draw.text((x, y + 0.72 * em), _latin(key.words), fill=INK, font=_font(0.85 * em), anchor="ls")


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(max(size, 1.0))


def _tint(colour: str, share: float) -> tuple[int, int, int]:
    """The colour laid on white, the share of it 0..1."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return round(255 - (255 - red) * share), round(255 - (255 - green) * share), round(255 - (255 - blue) * share)


def _latin(text: str) -> str:
    """The text in letters that the font of Pillow has.

    >>> _latin("Щука 12об.jpg · café")
    'Shhuka 12ob.jpg · cafe'
    """
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        if letter.lower() in _LATIN:
            latin = _LATIN[letter.lower()]
            letters.append(latin.capitalize() if letter.isupper() else latin)
        else:
            bare = unicodedata.normalize("NFKD", letter)[0]
            letters.append(letter if letter in "·…" else bare if bare.isascii() else "_")
    return "".join(letters)
