"""What can be decided on in a volume: findings, links, pairs, pages and documents, with what an editor sees of them.

The content of a subject is its words. Two kinds carry more behind them, on a last line of its own that begins with "@ "
and goes on in JSON: a link its areas, by the keys of pages, and a pair the keys of its sentences. So an event says by
itself which boxes were wrong and which sentences were paired, long after the results have changed.

A subject is unchanged if it has the same key and the same words. Its places may have changed: whoever says that a link
is wrong wants it elsewhere in the next run.

Example: the content of a link is

    Вечером писал письма.
    @ [{"page": "5f2a0c9e81d34b77", "boxes": [[120, 160, 300, 30]]}]
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from align.decisions.twins import Beside, beside
from align.model import Area, Bead, Box, Document, Finding, Link, Page, SourceText, VolumeResult
from align.model.decision import Json, Subject, Where, document_key, pair_key

_MORE = "\n@ "

PlaceOnPage = tuple[str, tuple[Box, ...]]
"""Boxes on a page, which is named by its key."""


@dataclass(frozen=True, slots=True)
class SubjectAt:
    """A subject as it stands in results: its content, where it is, and the digests of the texts it is about, by path.

    `sentences` are the keys of the sentences that it is about.
    """

    subject: Subject
    content: str
    where: Where
    texts: Mapping[str, str] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What an editor reads of it."""
        return words_of(self.content)


def words_of(content: str) -> str:
    r"""The words of a subject's content, without what stands behind them for programs.

    >>> words_of('Вечером писал.\n@ []')
    'Вечером писал.'
    """
    return content.partition(_MORE)[0]


def unchanged(content: str, now: str) -> bool:
    """Whether what was decided on is what stands there now: its words are the same."""
    return words_of(content) == words_of(now)


def subjects_of(volume: VolumeResult) -> Iterator[SubjectAt]:
    """All that can be decided on in a volume: findings, links, pairs, pages, documents, each kind in order of its rows.

    Findings that belong to no volume are those of `VolumeResult("", findings=loose)`; they are in no volume then.
    """
    seen = _Seen.of(volume)
    yield from (seen.finding(finding) for finding in volume.findings)
    yield from (seen.link(link) for link in volume.links)
    for pair in volume.pairs:
        sides = seen.of_text[pair.transcription], seen.of_text[pair.translation]
        yield from (seen.pair(bead, *sides) for bead in pair.beads)
    yield from (seen.page(page) for page in volume.pages)
    yield from (seen.document(document) for document in volume.documents)


class _Near(TypedDict):
    near: str | None
    twins: int | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A volume, and its parts by their names."""

    volume: str | None
    pages: Mapping[int, Page]
    links: Mapping[str, Link]
    of_text: Mapping[str, Sequence[Link]]
    digests: Mapping[str, str]
    beside: Mapping[str, Beside]

    @classmethod
    def of(cls, volume: VolumeResult) -> _Seen:
        of_text: dict[str, list[Link]] = defaultdict(list)
        for link in volume.links:
            of_text[link.text].append(link)
        return cls(
            volume.volume or None,
            {page.order: page for page in volume.pages},
            {link.sentence: link for link in volume.links},
            of_text,
            {text.path: text_digest(text.content) for text in volume.texts},
            {
                link.sentence: found
                for own in of_text.values()
                for link, found in zip(own, beside([link.content for link in own]), strict=True)
            },
        )

    def finding(self, finding: Finding) -> SubjectAt:
        own = [self.links[sentence] for sentence in finding.sentences if sentence in self.links]
        return SubjectAt(
            Subject("finding", finding.key),
            finding_content(finding),
            Where(
                volume=self.volume,
                document=finding.document,
                text=finding.text,
                sentence=next(iter(finding.sentences), None),
                page=next(iter(finding.pages), None),
                code=finding.code,
                score=float(finding.score),
                **self._beside(next(iter(finding.sentences), None)),
            ),
            self._texts([finding.text, *(link.text for link in own)]),
            tuple(link.key for link in own),
        )

    def link(self, link: Link) -> SubjectAt:
        return SubjectAt(
            Subject("link", link.key),
            link_content(link.content, link.areas, self.pages),
            Where(
                volume=self.volume,
                document=link.document,
                text=link.text,
                sentence=link.sentence,
                page=link.areas[0].page if link.areas else None,
                **self._beside(link.sentence),
            ),
            self._texts([link.text]),
            (link.key,),
        )

    def pair(self, bead: Bead, left: Sequence[Link], right: Sequence[Link]) -> SubjectAt:
        sides = [left[i] for i in bead.left], [right[i] for i in bead.right]
        first = (*sides[0], *sides[1])[0]
        keys = [tuple(link.key for link in side) for side in sides]
        return SubjectAt(
            Subject("pair", pair_key(*keys)),
            pair_content(*([(link.key, link.content) for link in side] for side in sides)),
            Where(
                volume=self.volume,
                document=first.document,
                text=(sides[1] or sides[0])[0].text,
                sentence=first.sentence,
                page=first.areas[0].page if first.areas else None,
                **self._beside(first.sentence),
            ),
            self._texts([link.text for side in sides for link in side]),
            (*keys[0], *keys[1]),
        )

    def page(self, page: Page) -> SubjectAt:
        return SubjectAt(Subject("page", page.key), "", Where(volume=self.volume, page=page.order))

    def document(self, document: Document) -> SubjectAt:
        return SubjectAt(
            Subject("document", document_key(self.volume or "", document.document)),
            "",
            Where(volume=self.volume, document=document.document),
            self._texts(document.texts),
        )

    def _beside(self, sentence: str | None) -> _Near:
        near, twins = self.beside.get(sentence or "", (None, None))
        return {"near": near, "twins": twins}

    def _texts(self, paths: Iterable[str | None]) -> dict[str, str]:
        return {path: self.digests[path] for path in dict.fromkeys(paths) if path is not None and path in self.digests}


def sentences_of(texts: Iterable[SourceText], volume: str | None = None) -> Iterator[SubjectAt]:
    """The sentences of texts before they are linked: each as its link, with no place on a page yet."""
    for text in texts:
        digest = {text.path: text_digest(text.content)}
        around = beside([sentence.content for sentence in text.sentences])
        for sentence, (near, twins) in zip(text.sentences, around, strict=True):
            where = Where(volume, text.document, text.path, sentence.id, near=near, twins=twins)
            yield SubjectAt(Subject("link", sentence.key), sentence.content, where, digest)


def text_digest(content: str) -> str:
    """The SHA-256, in hex, of the plain content of a source text: the digest of its file under `texts/`."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def finding_content(finding: Finding) -> str:
    """The words of a finding: those of the text, and under them those of the scan; empty where it has neither."""
    return "\n".join(words for words in (finding.source_text, finding.scan_text) if words)


def link_content(words: str, areas: Iterable[Area], pages: Mapping[int, Page]) -> str:
    """The content of a link: its sentence, and its areas for programs; `pages` by order."""
    places: list[Json] = [
        {"page": pages[area.page].key, "boxes": [list(box.xywh) for box in area.boxes]} for area in areas
    ]
    return words + _MORE + json.dumps(places)


def pair_content(transcription: Sequence[tuple[str, str]], translation: Sequence[tuple[str, str]]) -> str:
    """The content of a pair: the words of both sides, each a line, and the keys; sentences are (key, words)."""
    lines = (" ".join(words for _, words in side) for side in (transcription, translation))
    keys = {"transcription": [key for key, _ in transcription], "translation": [key for key, _ in translation]}
    return "\n".join(lines) + _MORE + json.dumps(keys)


def places_of(stated: object) -> tuple[PlaceOnPage, ...] | None:
    """The boxes on pages that a value states, of a placed link or behind a link's words; None where it is none.

    Boxes are [left, top, width, height] in whole pixels of the scan; each has ink, so none is empty.
    """
    if not isinstance(stated, Sequence) or isinstance(stated, str) or not stated:
        return None
    try:
        places = [(area["page"], tuple(Box.from_xywh(_numbers(box)) for box in area["boxes"])) for area in stated]
    except (LookupError, TypeError, ValueError):
        return None
    if not all(isinstance(page, str) and boxes for page, boxes in places):
        return None
    return tuple(places)


def _numbers(box: object) -> tuple[int, int, int, int]:
    if not isinstance(box, Sequence) or len(box) != 4 or any(type(number) is not int for number in box):
        raise ValueError(f"four whole numbers: {box!r}")
    left, top, width, height = box
    if left < 0 or top < 0 or width < 1 or height < 1:
        raise ValueError(f"a box on the scan: {box!r}")
    return left, top, width, height


def places_in(content: str) -> tuple[PlaceOnPage, ...] | None:
    """The areas that stand behind the words of a link's content; None where there are none."""
    return places_of(_behind(content))


def keys_of(stated: object) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The keys of sentences that a value states, of a paired decision or behind a pair's words; None where it is none.

    One side may be empty, both may not.
    """
    if not isinstance(stated, Mapping):
        return None
    sides = [stated.get("transcription"), stated.get("translation")]
    if not all(isinstance(side, list | tuple) and all(isinstance(key, str) for key in side) for side in sides):
        return None
    left, right = (tuple(dict.fromkeys(side or ())) for side in sides)
    return (left, right) if left or right else None


def keys_in(content: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The keys of the sentences on both sides that stand behind the words of a pair's content; None without them."""
    return keys_of(_behind(content))


def _behind(content: str) -> object:
    try:
        return json.loads(content.partition(_MORE)[2])
    except (ValueError, RecursionError):
        return None
