"""The viewer's search index: which sentences hold which stems. It comes in shards, loaded when a question needs them.

Sentences are numbered through the volume as in document_payloads: documents in order, the transcription first. Their
words are in files of their own, so that a list of hits loads no document.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from align.web.viewer.words import stems

Payload = dict[str, Any]
# The size of a file that a question loads: a browser reads it in a few milliseconds, also from a disk.
SHARD_BYTES = 48_000
MOST_SHARDS = 1024
# Letters of a sentence that are kept for a list of hits, which shows the part around the words that were found.
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence as search knows it: the index of its document, of its text there, its key, words and first page."""

    document: int
    text: int
    key: str
    content: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Index:
    """The shards, and files with the words of sentences; `firsts` holds the number of the first sentence of each."""

    shards: Sequence[Mapping[str, str]]
    firsts: Sequence[int]
    contexts: Sequence[Sequence[Sequence[object]]]


def index_of(entries: Iterable[Entry]) -> Index:
    """The index of the sentences, numbered in this order. A shard maps each stem to its sentences.

    Each number is written as its distance from the one before. All are in one string: a browser takes several times
    as long to read a script of ten thousand numbers.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    pages: list[list[Sequence[object]]] = []
    firsts: list[int] = []
    size = SHARD_BYTES
    for number, entry in enumerate(entries):
        for stem in set(stems(entry.content)):
            postings[stem].append(number)
        if size >= SHARD_BYTES:
            pages.append([])
            firsts.append(number)
            size = 0
        content = entry.content[:LONGEST]
        pages[-1].append([entry.document, entry.text, entry.key, entry.page, content])
        size += len(content.encode("utf-8", "replace")) + 40
    gaps = {stem: _gaps(numbers) for stem, numbers in sorted(postings.items())}
    return Index(_sharded(gaps), firsts, pages)


def _gaps(numbers: Sequence[int]) -> str:
    return " ".join(str(n - before) for n, before in zip(numbers, [0, *numbers], strict=False))


def _sharded(gaps: Mapping[str, str]) -> list[dict[str, str]]:
    size = len(json.dumps(gaps))
    count = 1
    while count < MOST_SHARDS and count * SHARD_BYTES < size:
        count *= 2
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    for stem, numbers in gaps.items():
        shards[shard_of(stem, count)][stem] = numbers
    return shards


def shard_of(stem: str, count: int) -> int:
    """The number of the shard of this stem. The first two letters decide, so that the beginning of a word finds it too.

    FNV-1a (Fowler, Noll, Vo) over UTF-16 units, 32 bits, as `index.js` computes it.
    """
    value = 2166136261
    for unit in stem[:2].encode("utf-16-le"):
        value = ((value ^ unit) * 16777619) & 0xFFFFFFFF
    return value % count
