"""A reliability diagram as SVG: how often links of a score are right, beside the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SIZE, MARGIN = 320, 44


@dataclass(frozen=True)
class Bin:
    """Cases with about one score: how many, their mean score, and the share that is right."""

    cases: int
    score: float
    right: float


def diagram(bins: Sequence[Bin], error: float) -> str:
    """The diagram: a point a bin, as large as its cases are many, and the line on which all should lie."""
    whole = SIZE + 2 * MARGIN

    def at(score: float, right: float) -> tuple[float, float]:
        return MARGIN + score * SIZE, MARGIN + (1 - right) * SIZE

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" '
        'font-size="12" role="img">',
        "<title>Reliability of link scores</title>",
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
    ]
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        (x, y), (_, bottom) = at(tick, tick), at(0, 0)
        parts.append(f'<line x1="{MARGIN}" y1="{y:.1f}" x2="{MARGIN + SIZE}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{tick:g}</text>')
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    parts.append(f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#888" stroke-dasharray="4 4"/>')
    total = sum(one.cases for one in bins)
    for one in bins:
        x, y = at(one.score, one.right)
        radius = 3 + 14 * (one.cases / total) ** 0.5
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f5f8b" fill-opacity="0.65"/>')
        parts.append(f'<text x="{x - 12:.1f}" y="{y + 22:.1f}" text-anchor="end" fill="#444">{one.cases}</text>')
    parts.append(f'<text x="{whole / 2}" y="{whole - 6}" text-anchor="middle">score of the link</text>')
    parts.append(
        f'<text transform="translate(12 {whole / 2}) rotate(-90)" text-anchor="middle">share that is right</text>'
    )
    parts.append(f'<text x="{MARGIN}" y="22">{total} links; expected calibration error {error:.4f}</text>\n</svg>\n')
    return "\n".join(parts)
