"""The overlay picture as SVG: one file for each page, without scripts and fonts; any browser opens it from a folder."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from align.export.overlay.captions import DASHES, FAINT_INK, INK, Key, Stroke
from align.export.overlay.scene import Mark, Picture, lay_out
from align.model import Link, Match, Page, Polygon, Transform

# Suffixes of formats that every browser shows; scans of other formats are embedded as JPEG.
_SHOWN = (".jpg", ".jpeg", ".png", ".webp")

# Sans-serif faces with Cyrillic that come with the usual systems.
_FONTS = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

# Pixels: wide enough to read a typescript without zooming. A browser cannot zoom an SVG without a size.
_WIDTH = 1200

# Characters that a path of RFC 3986 holds unescaped, without those that an attribute would have to escape.
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def shown_by_browsers(path: str) -> bool:
    """Whether a browser can show the scan by its file name, so that an overlay may refer to it."""
    return path.lower().endswith(_SHOWN)


def url_path(path: str) -> str:
    """The relative path as a URL: UTF-8, percent-encoded; a name that is no UTF-8 keeps the bytes it has on disk.

    >>> url_path("../../../images/v/стр. 1#2.jpg")
    '../../../images/v/%D1%81%D1%82%D1%80.%201%232.jpg'
    """
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogatepass")
    return "".join(chr(b) if b in _UNRESERVED else f"%{b:02X}" for b in data)


def overlay_svg(
    page: Page,
    links: Iterable[Link],
    *,
    matches: Mapping[int, Sequence[Match]] | None = None,
    scan_href: str | None = None,
    jpeg: bytes | None = None,
) -> str:
    """The overlay of a page as an SVG document: areas and numbers over the scan, loose lines, header and legend.

    `scan_href` is the scan's path relative to the overlay's folder, as it is on disk (it is escaped here); `jpeg`, a
    picture of the whole scan at any size, goes in its place where browsers cannot show the scan's format. With neither,
    the page is white. The outlines keep scan pixels; an upside-down page is turned by a transform around them.
    """
    return "".join(f"{part}\n" for part in _document(lay_out(page, links, matches=matches or {}), scan_href, jpeg))


def _document(picture: Picture, scan_href: str | None, jpeg: bytes | None) -> Iterator[str]:
    view, em = picture.view, picture.em
    height = max(1, round(_WIDTH * view.height / view.width))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.left} {view.top} {view.width} {view.height}" '
        f'width="{_WIDTH}" height="{height}" font-family="{_FONTS}" fill="{INK}">'
    )
    yield f"<title>{_text(picture.header)}</title>"
    yield f'<rect x="{view.left}" y="{view.top}" width="{view.width}" height="{view.height}" fill="#fff"/>'
    left = view.left + em
    yield f'<text x="{_n(left)}" y="{_n(view.top + 1.6 * em)}" font-size="{_n(em)}">{_text(picture.header)}</text>'
    if picture.subheader:
        yield (
            f'<text x="{_n(left)}" y="{_n(view.top + 3 * em)}" font-size="{_n(0.85 * em)}" fill="{FAINT_INK}">'
            f"{_text(picture.subheader)}</text>"
        )
    if picture.frame:
        yield from _scan(picture, scan_href, jpeg)
        yield from _numbers(picture)
    for key in picture.legend:
        yield from _key(key, em)
    yield "</svg>"


def _scan(picture: Picture, scan_href: str | None, jpeg: bytes | None) -> Iterator[str]:
    frame = picture.frame
    assert frame is not None
    width, height = picture.scan_size
    if jpeg is not None:
        href = f"data:image/jpeg;base64,{b64encode(jpeg).decode('ascii')}"
    else:
        href = "" if scan_href is None else url_path(scan_href)
    yield (
        f'<clipPath id="frame"><rect x="{frame.left}" y="{frame.top}" width="{frame.width}" '
        f'height="{frame.height}"/></clipPath>'
    )
    yield f'<g clip-path="url(#frame)"{_transform(picture.upright)}>'
    if href:
        yield f'<image width="{width}" height="{height}" preserveAspectRatio="none" href="{href}"/>'
    line_width = max(1.0, 0.0009 * picture.paper.width)
    # Multiplied, a tint colours the paper and leaves the ink as black as it is.
    yield f'<g stroke-width="{_n(line_width)}" stroke-linejoin="round" style="mix-blend-mode:multiply">'
    for mark in picture.marks:
        yield _mark(mark, line_width)
    yield "</g>"
    yield "</g>"
    yield (
        f'<rect x="{picture.paper.left}" y="{picture.paper.top}" width="{picture.paper.width}" '
        f'height="{picture.paper.height}" fill="none" stroke="#c5cad1" stroke-width="{_n(line_width)}"/>'
    )


def _mark(mark: Mark, line_width: float) -> str:
    outlines = "".join(f'<polygon points="{_points(outline)}"/>' for outline in mark.outlines)
    return (
        f'<g id="{escape(mark.id)}" class="{mark.kind}" {_paint(mark.colour, mark.fill, mark.stroke, line_width)}>'
        f"<title>{_text(mark.title)}</title>{outlines}</g>"
    )


def _numbers(picture: Picture) -> Iterator[str]:
    em = picture.number_em
    yield (
        f'<g font-size="{_n(em)}" font-weight="600" stroke="#fff" stroke-opacity="0.85" stroke-width="{_n(0.22 * em)}" '
        f'stroke-linejoin="round" paint-order="stroke" pointer-events="none">'
    )
    for mark in picture.marks:
        if mark.number:
            x, y = mark.number_at
            yield f'<text x="{_n(x)}" y="{_n(y)}" fill="{mark.colour}">{_text(mark.number)}</text>'
    yield "</g>"


def _key(key: Key, em: float) -> Iterator[str]:
    x, y = key.at
    for colour in key.colours:
        paint = _paint(colour, key.fill, key.stroke, 0.08 * em)
        yield (
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(1.4 * em)}" height="{_n(0.8 * em)}" '
            f'stroke-width="{_n(0.08 * em)}" {paint}/>'
        )
        x += 1.7 * em
    yield f'<text x="{_n(x)}" y="{_n(y + 0.72 * em)}" font-size="{_n(0.85 * em)}">{_text(key.words)}</text>'


def _paint(colour: str, fill: float, stroke: Stroke, line_width: float) -> str:
    inside = f'fill="{colour}" fill-opacity="{fill:g}"'
    dashes = " ".join(_n(length * line_width) for length in DASHES[stroke])
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'{inside} stroke="{colour}" stroke-opacity="{0.9 if dashes else 0.55:g}"{dashed}'


def _transform(upright: Transform) -> str:
    if upright == Transform():
        return ""
    a, b, c, d, e, f = upright.matrix[:6]
    return f' transform="matrix({" ".join(_n(v) for v in (a, d, b, e, c, f))})"'


def _points(outline: Polygon) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in outline.points)


def _n(value: float) -> str:
    return f"{round(value, 1) + 0.0:.10g}"


def _text(text: str) -> str:
    return escape(text)
