"""beads.jsonl: one row for each bead, which says which sentences mean the same; pair of texts by pair of texts.

A bead names its sentences by index, a row by id. The ids come from the links of the text, which are in the order of
its sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from align.model import Bead, Link, PairedTexts, VolumeResult, ncname
from align.records.areas import encoded_share
from align.records.record import ReadRow, Record, Row


def _encode(volume: VolumeResult) -> Iterator[Row]:
    for pair in named_pairs(volume):
        for bead in pair.beads:
            yield {
                "bead": bead.id,
                "texts": [pair.transcription, pair.translation],
                "transcription": [link.sentence for link in bead.transcription],
                "translation": [link.sentence for link in bead.translation],
                "score": encoded_share(bead.score),
            }


@dataclass(frozen=True, slots=True)
class NamedBead:
    """A bead with its id and its sentences in place of their indices; one side may be empty."""

    id: str
    transcription: tuple[Link, ...]
    translation: tuple[Link, ...]
    score: float


@dataclass(frozen=True, slots=True)
class NamedPair:
    """A pair of texts by their paths, with their languages and their beads in order."""

    transcription: str
    translation: str
    languages: tuple[str, str]
    beads: tuple[NamedBead, ...]


def named_pairs(volume: VolumeResult) -> Iterator[NamedPair]:
    """The pairs of texts of a volume, with the sentences of their beads."""
    links_of_text: dict[str, list[Link]] = defaultdict(list)
    for link in volume.links:
        links_of_text[link.text].append(link)
    stated = {text.path: text.language for text in volume.texts}
    for pair in volume.pairs:
        paths = (pair.transcription, pair.translation)
        left, right = (links_of_text[path] for path in paths)
        before, after = (
            links[0].language if links else stated.get(path) or _language_in_name(path)
            for path, links in zip(paths, (left, right), strict=True)
        )
        beads = []
        for number, bead in enumerate(pair.beads, start=1):
            transcription = tuple(left[index] for index in bead.left)
            translation = tuple(right[index] for index in bead.right)
            document = (transcription or translation)[0].document
            name = ncname(f"{volume.volume}.{document}.{before}-{after}")
            beads.append(NamedBead(f"{name}.b{number:04d}", transcription, translation, bead.score))
        yield NamedPair(*paths, (before, after), tuple(beads))


def _language_in_name(path: str) -> str:
    """The language at the end of a text's name, for a text without sentences: it has no link that names a language."""
    return path.rpartition("/")[2].split(".")[-2]


def _decode(volume: VolumeResult, rows: Sequence[ReadRow]) -> VolumeResult:
    indices: dict[str, dict[str, int]] = defaultdict(dict)
    for link in volume.links:
        indices[link.text][link.sentence] = len(indices[link.text])
    beads: dict[tuple[str, str], list[Bead]] = defaultdict(list)
    for row in rows:
        transcription, translation = row["texts"]
        bead = Bead(
            tuple(indices[transcription][sentence] for sentence in row["transcription"]),
            tuple(indices[translation][sentence] for sentence in row["translation"]),
            row["score"],
        )
        beads[transcription, translation].append(bead)
    return replace(volume, pairs=tuple(PairedTexts(*paths, tuple(members)) for paths, members in beads.items()))


BEADS = Record("beads", _encode, _decode)
