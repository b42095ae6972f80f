"""A lexicon: pairs of stems that translate each other, with their probabilities both ways.

The probabilities are of IBM model 1 (Brown et al. 1993): p(right | left) and p(left | right). Beside them each stem has
the share of its occurrences that nothing on the other side explains.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from align.bitext.lexicon.word_pairs import WordPairs
from align.bitext.words import FloatArray
from align.model.language import primary

# (left, right): the file in this package, learnt by scripts/learn-lexicon.
_SHIPPED = {("ru", "en"): "ru-en.lexicon.gz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon(WordPairs):
    """Stems of two languages and the pairs that translate each other.

    left, right: the stems. The shares are of the text from which the lexicon was learnt.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]

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
            left=self.right, right=self.left, left_share=self.right_share, right_share=self.left_share,
            left_null=self.right_null, right_null=self.left_null, pair_left=self.pair_right, pair_right=self.pair_left,
            forward=self.backward, backward=self.forward,
        )  # fmt: skip

    def about(self, left: Container[str], right: Container[str]) -> Lexicon:
        """The part of the lexicon about these stems: pairs with at least one of them, and the stems of those pairs."""
        in_left = np.fromiter((stem in left for stem in self.left), bool, len(self.left))
        in_right = np.fromiter((stem in right for stem in self.right), bool, len(self.right))
        kept = in_left[self.pair_left] | in_right[self.pair_right]
        kept_left, pair_left = np.unique(self.pair_left[kept], return_inverse=True)
        kept_right, pair_right = np.unique(self.pair_right[kept], return_inverse=True)
        return Lexicon(
            left=tuple(self.left[k] for k in kept_left), right=tuple(self.right[k] for k in kept_right),
            left_share=self.left_share[kept_left], right_share=self.right_share[kept_right],
            left_null=self.left_null[kept_left], right_null=self.right_null[kept_right],
            pair_left=pair_left.astype(np.int64), pair_right=pair_right.astype(np.int64),
            forward=self.forward[kept], backward=self.backward[kept],
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
    """The lexicon that `pack` made; ValueError for other data."""
    head, *lines = gzip.decompress(data).decode().split("\n")
    sizes = json.loads(head)
    left, right = _stems(lines[: sizes["left"]]), _stems(lines[sizes["left"] : sizes["left"] + sizes["right"]])
    text = "\t".join(lines[sizes["left"] + sizes["right"] :])
    pairs = np.array(text.split("\t") if text else [], dtype=np.int64).reshape(-1, 4)
    return Lexicon(
        left=left[0], right=right[0], left_share=left[1], right_share=right[1], left_null=left[2], right_null=right[2],
        pair_left=np.cumsum(pairs[:, 0]), pair_right=pairs[:, 1].copy(),
        forward=(pairs[:, 2] / 1000).astype(np.float32), backward=(pairs[:, 3] / 1000).astype(np.float32),
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
