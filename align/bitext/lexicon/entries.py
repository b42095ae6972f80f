"""A lexicon: which stem of one language translates which of the other, with what probability, both ways.

The probabilities are those of IBM model 1 (Brown et al. 1993): p(right | left) and p(left | right), with the share of
each word's occurrences that nothing on the other side explains.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from align.bitext.words import FloatArray, IntArray
from align.model.language import primary

# (left, right): the file in this package, learnt by scripts/learn-lexicon.
_SHIPPED = {("ru", "en"): "ru-en.lexicon.gz"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Stems of two languages and the pairs that translate each other.

    left, right: the stems. left_share, right_share: their relative frequency in the text they were learnt from.
    left_null, right_null: the share of each stem's occurrences that no word of the other side explains, 0..1.
    pair_left, pair_right: the pairs as indices; forward: p(right | left), backward: p(left | right), each 0..1.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    left_share: FloatArray
    right_share: FloatArray
    left_null: FloatArray
    right_null: FloatArray
    pair_left: IntArray
    pair_right: IntArray
    forward: FloatArray
    backward: FloatArray

    def __post_init__(self) -> None:
        if not (len(self.left) == len(self.left_share) == len(self.left_null)):
            raise ValueError(f"one share and one null a left stem: {len(self.left)}")
        if not (len(self.right) == len(self.right_share) == len(self.right_null)):
            raise ValueError(f"one share and one null a right stem: {len(self.right)}")
        if not len(self.pair_left) == len(self.pair_right) == len(self.forward) == len(self.backward):
            raise ValueError(f"two probabilities a pair: {len(self.pair_left)}")

    def reversed(self) -> Lexicon:
        """The same lexicon read from the other side."""
        return Lexicon(
            self.right, self.left, self.right_share, self.left_share, self.right_null, self.left_null,
            self.pair_right, self.pair_left, self.backward, self.forward,
        )  # fmt: skip

    def about(self, left: Container[str], right: Container[str]) -> Lexicon:
        """The part of it that has to do with these stems: pairs with at least one of them, and what is in those."""
        in_left = np.fromiter((stem in left for stem in self.left), bool, len(self.left))
        in_right = np.fromiter((stem in right for stem in self.right), bool, len(self.right))
        kept = in_left[self.pair_left] | in_right[self.pair_right]
        one, pair_left = np.unique(self.pair_left[kept], return_inverse=True)
        two, pair_right = np.unique(self.pair_right[kept], return_inverse=True)
        return Lexicon(
            tuple(self.left[k] for k in one), tuple(self.right[k] for k in two),
            self.left_share[one], self.right_share[two], self.left_null[one], self.right_null[two],
            pair_left.astype(np.int64), pair_right.astype(np.int64), self.forward[kept], self.backward[kept],
        )  # fmt: skip


def pack(lexicon: Lexicon, provenance: str) -> bytes:
    """The lexicon as a compressed file: a JSON line of provenance, then stems and pairs as text; always the same bytes.

    Probabilities are kept in steps of 1/1000, shares as counts in a million.
    """
    lines = [json.dumps({"provenance": provenance, "left": len(lexicon.left), "right": len(lexicon.right)})]
    for stems, shares, nulls in (
        (lexicon.left, lexicon.left_share, lexicon.left_null),
        (lexicon.right, lexicon.right_share, lexicon.right_null),
    ):
        lines += [f"{s}\t{p * 1e6:.0f}\t{n * 1000:.0f}" for s, p, n in zip(stems, shares, nulls, strict=True)]
    order = np.lexsort((lexicon.pair_right, lexicon.pair_left))
    before = 0
    for k in order.tolist():
        at = int(lexicon.pair_left[k])
        figures = f"{lexicon.pair_right[k]}\t{lexicon.forward[k] * 1000:.0f}\t{lexicon.backward[k] * 1000:.0f}"
        lines.append(f"{at - before}\t{figures}")
        before = at
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def unpack(data: bytes) -> Lexicon:
    """The lexicon that `pack` made; ValueError where the data is none."""
    head, *lines = gzip.decompress(data).decode().split("\n")
    sizes = json.loads(head)
    left, right = _stems(lines[: sizes["left"]]), _stems(lines[sizes["left"] : sizes["left"] + sizes["right"]])
    text = "\t".join(lines[sizes["left"] + sizes["right"] :])
    pairs = np.array(text.split("\t") if text else [], dtype=np.int64).reshape(-1, 4)
    return Lexicon(
        left[0], right[0], left[1], right[1], left[2], right[2], np.cumsum(pairs[:, 0]), pairs[:, 1].copy(),
        (pairs[:, 2] / 1000).astype(np.float32), (pairs[:, 3] / 1000).astype(np.float32),
    )  # fmt: skip


def _stems(lines: Iterable[str]) -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    rows = [line.split("\t") for line in lines]
    figures = np.array([row[1:] for row in rows], dtype=np.float32).reshape(-1, 2)
    return tuple(row[0] for row in rows), figures[:, 0] / np.float32(1e6), figures[:, 1] / np.float32(1000)


@cache
def shipped_lexicon(left_language: str, right_language: str) -> Lexicon | None:
    """The lexicon that comes with the program for two BCP 47 languages, read once; None where there is none."""
    left, right = primary(left_language), primary(right_language)
    if (right, left) in _SHIPPED:
        backward = shipped_lexicon(right, left)
        return backward.reversed() if backward else None
    if (left, right) not in _SHIPPED:
        return None
    file = resources.files("align.bitext") / _SHIPPED[left, right]
    return unpack(file.read_bytes()) if file.is_file() else None
