"""The flat form of annotations, for viewers that read one annotation page a canvas, and places that are plain texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from align.export.iiif.addresses import Addresses, annotation_path
from align.export.iiif.annotations import annotation, annotation_page, sentence_body
from align.export.iiif.canvas import CanvasGrid, Json, fragment
from align.export.overlay.svg import url_path
from align.model import Box, Link, Page


def flat_annotations(addresses: Addresses, page: Page, links: Iterable[Link]) -> Json | None:
    """One annotation page of both languages: an annotation for each pair with a place here, None where there is none.

    Its bodies are the sentences of the pair, those of the transcription first. Its target is the id of the canvas with
    the rectangle around all of them behind it: TIFY and Clover know a place in no other form.
    """
    grid = CanvasGrid.of(page)
    if grid is None:
        return None
    identifier = addresses.url(annotation_path(page.key, "sentences"))
    items = []
    for group in together([link for link in links if any(area.page == page.order for area in link.areas)]):
        boxes = [
            grid.box(box) for link in group for area in link.areas if area.page == page.order for box in area.boxes
        ]
        shown = [box for box in boxes if box is not None]
        if shown:
            bodies = [sentence_body(addresses, link) for link in group]
            target = f"{addresses.canvas(page)}#{fragment(Box.union(shown))}"
            items.append(annotation(f"{identifier}#{url_path(group[0].sentence)}", bodies, target))
    return annotation_page(identifier, "sentences", items) if items else None


def together(links: Sequence[Link]) -> list[tuple[Link, ...]]:
    """The links in groups of those that say the same, in the order of their first; transcriptions lead in each."""
    ordered = {link.sentence: link for link in sorted(links, key=lambda link: link.kind != "transcription")}
    position = {name: number for number, name in enumerate(ordered)}
    same: dict[str, set[str]] = {name: set() for name in ordered}
    for link in ordered.values():
        for name in ordered.keys() & set(link.counterparts):
            same[link.sentence].add(name)
            same[name].add(link.sentence)
    groups, seen = [], set[str]()
    for name in ordered:
        reached = [name] if name not in seen else []
        seen.add(name)
        for member in reached:
            reached += same[member] - seen
            seen |= same[member]
        if reached:
            groups.append(tuple(ordered[member] for member in sorted(reached, key=position.__getitem__)))
    return groups
