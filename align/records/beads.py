"""beads.jsonl: one row for each bead, which says which sentences mean the same; pair of texts by pair of texts.

A bead names its sentences by index, a row by id. The ids come from the links of the text, which are in the order of
its sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.model import Bead, Link, PairedTexts, VolumeResult, ncname
from align.records.areas import encoded_share
from align.records.record import ReadRow, Record, Row


def _encode(volume: VolumeResult) -> Iterator[Row]:
    links_of_text: dict[str, list[Link]] = defaultdict(list)
    for link in volume.links:
        links_of_text[link.text].append(link)
    languages = {text.path: text.language for text in volume.texts}
    for pair in volume.pairs:
        sides = [links_of_text[path] for path in (pair.transcription, pair.translation)]
        tags = [
            links[0].language if links else languages.get(path) or _language_in_name(path)
            for path, links in zip((pair.transcription, pair.translation), sides, strict=True)
        ]
        for number, bead in enumerate(pair.beads, start=1):
            left = [sides[0][index] for index in bead.left]
            right = [sides[1][index] for index in bead.right]
            document = (left or right)[0].document
            yield {
                "bead": f"{ncname(f'{volume.volume}.{document}.{tags[0]}-{tags[1]}')}.b{number:04d}",
                "texts": [pair.transcription, pair.translation],
                "transcription": [link.sentence for link in left],
                "translation": [link.sentence for link in right],
                "score": encoded_share(bead.score),
            }


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
