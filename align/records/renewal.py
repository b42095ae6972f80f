"""One document of a volume renewed, while the other documents stay as they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from align.model import Finding, Match, Page, VolumeResult

Item = TypeVar("Item")


def renewed(old: VolumeResult, fresh: VolumeResult, document: str) -> VolumeResult | None:
    """The old volume with this document taken from the fresh one; None where the two do not have the same pages.

    Pages stay as they were, with their labels and the roles of their lines. Lines keep their matches in the texts of
    other documents.
    """
    if _subjects(old.pages) != _subjects(fresh.pages):
        return None
    texts = _texts_of(old, document) | _texts_of(fresh, document)
    return VolumeResult(
        volume=fresh.volume,
        pages=tuple(_page(before, after) for before, after in zip(old.pages, fresh.pages, strict=True)),
        matches=tuple(_matches(before, after, texts) for before, after in zip(old.matches, fresh.matches, strict=True)),
        documents=_spliced(fresh.documents, old.documents, lambda row: row.document == document),
        links=_spliced(fresh.links, old.links, lambda link: link.document == document),
        pairs=_spliced(
            fresh.pairs, old.pairs, lambda pair: not texts.isdisjoint((pair.transcription, pair.translation))
        ),
        findings=renewed_findings(fresh.findings, old.findings, lambda finding: finding.document == document),
        texts=_spliced(fresh.texts, old.texts, lambda text: text.document == document),
    )


def renewed_findings(
    fresh: Sequence[Finding], old: Sequence[Finding], mine: Callable[[Finding], bool]
) -> tuple[Finding, ...]:
    """The old findings, with those that are `mine` replaced by the fresh ones; all others keep their ids.

    `mine` is true for the findings of the renewed document. Its new findings reuse the ids of its old ones; further
    ones get unused numbers. Only a run over everything numbers findings by position.
    """
    ids = _ids(fresh, old, [finding.id for finding in old if mine(finding)])
    numbered = [replace(finding, id=next(ids)) for finding in fresh if mine(finding)]
    return _spliced(numbered, old, mine)


def _ids(fresh: Sequence[Finding], old: Sequence[Finding], given_up: Sequence[str]) -> Iterator[str]:
    """The ids that were given up, then ids with numbers that no finding has, without end."""
    yield from given_up
    names = [finding.id for finding in (*fresh, *old)]
    stem = names[0].rpartition(".f")[0]
    number = max(int(digits.group()) for name in names if (digits := re.search(r"\d+$", name)))
    # Numbers that only fresh findings have are passed over too. That does no harm.
    while True:
        number += 1
        yield f"{stem}.f{number:04d}"


def _subjects(pages: Sequence[Page]) -> list[tuple[object, ...]]:
    """The parts of pages and lines to which links and findings refer."""
    return [
        (page.order, page.id, page.key, page.status, [(line.box, line.text) for line in page.lines]) for page in pages
    ]


def _texts_of(volume: VolumeResult, document: str) -> set[str]:
    """The paths of the texts of the document."""
    return {path for row in volume.documents if row.document == document for path in row.texts}


def _page(old: Page, fresh: Page) -> Page:
    """The old page with the fresh words, whose confidence is not rounded yet."""
    lines = (replace(after, role=before.role) for before, after in zip(old.lines, fresh.lines, strict=True))
    return replace(old, lines=tuple(lines))


def _matches(
    old: Mapping[int, Sequence[Match]], fresh: Mapping[int, Sequence[Match]], texts: Collection[str]
) -> dict[int, tuple[Match, ...]]:
    """The old matches of a page, with those in the document's texts renewed."""
    merged = {
        index: (
            *(match for match in old.get(index, ()) if match.text not in texts),
            *(match for match in fresh.get(index, ()) if match.text in texts),
        )
        for index in sorted(old.keys() | fresh.keys())
    }
    return {index: matches for index, matches in merged.items() if matches}


def _spliced(fresh: Sequence[Item], old: Sequence[Item], mine: Callable[[Item], bool]) -> tuple[Item, ...]:
    """The old items, with those that are `mine` replaced by such fresh ones.

    The fresh ones stand where the first of the old ones stood, or at the end if there was none.
    """
    renewed_items = [item for item in fresh if mine(item)]
    at = next((index for index, item in enumerate(old) if mine(item)), len(old))
    return (*old[:at], *renewed_items, *(item for item in old[at:] if not mine(item)))
