"""Pages of letter-like marks, drawn with known places, so that truth is exact."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

PAPER = 235
INK = 40


def sheet(width: int, height: int, level: int = PAPER) -> np.ndarray:
    """A bare sheet."""
    return np.full((height, width), level, np.uint8)


def write(page: np.ndarray, *, left: int, top: int, right: int, lines: int, size: int = 12, seed: int = 0) -> None:
    """Sets lines of words into the page: letters `size` high, lines three sizes apart, ragged at the right."""
    rng = np.random.default_rng(seed)
    for row in range(lines):
        y = top + row * 3 * size
        x, end = left, right - int(rng.integers(0, 4)) * size
        while x < end - 8 * size:
            for _ in range(int(rng.integers(2, 9))):
                tall = size + (size // 2 if rng.random() < 0.2 else 0)
                width = int(size * 0.7)
                cv2.rectangle(page, (x, y + size - tall), (x + width - 5, y + size - 1), INK, 1)
                x += width
            x += size // 2


def text_page(width: int = 900, height: int = 1300, *, lines: int = 25, size: int = 12, seed: int = 0) -> np.ndarray:
    """One page of text with margins."""
    page = sheet(width, height)
    write(page, left=width // 9, top=height // 12, right=width - width // 9, lines=lines, size=size, seed=seed)
    return page


def skewed(page: np.ndarray, angle_deg: float, fill: int = PAPER) -> np.ndarray:
    """The page lying crooked, its lines running clockwise by the angle."""
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -angle_deg, 1.0)
    out = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=fill)
    return np.asarray(out, np.uint8)


def noisy(page: np.ndarray, sigma: float, seed: int = 0) -> np.ndarray:
    """The page with sensor noise."""
    rng = np.random.default_rng(seed)
    return np.clip(page + rng.normal(0, sigma, page.shape), 0, 255).astype(np.uint8)


def bordered(page: np.ndarray, margin: int, level: int = 25) -> np.ndarray:
    """The page on a dark backing."""
    return np.asarray(cv2.copyMakeBorder(page, *[margin] * 4, cv2.BORDER_CONSTANT, value=level), np.uint8)


def dithered(page: np.ndarray) -> np.ndarray:
    """The gray page in black and white, by the dither of Floyd and Steinberg."""
    return np.where(np.asarray(Image.fromarray(page).convert("1")), 255, 0).astype(np.uint8)


def ordered(page: np.ndarray) -> np.ndarray:
    """The gray page in black and white, by an ordered dither of four by four thresholds."""
    steps = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) * 16 + 8
    height, width = page.shape
    thresholds = np.tile(steps, (height // 4 + 1, width // 4 + 1))[:height, :width]
    return np.where(page > thresholds, 255, 0).astype(np.uint8)
