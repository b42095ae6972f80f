"""The overlay pictures of a volume's pages."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from align.errors import ScanError
from align.export import embedded_jpeg, overlay_png, overlay_svg, shown_by_browsers
from align.files.scans.images import load_scan
from align.files.store.result_store import ResultStore, Stamp
from align.model import Link, VolumeResult
from align.workers.progress import Progress

Overlays = Literal["svg", "png", "none"]

STAGE_WRITE = "Writing overlays"


def write_overlays(
    store: ResultStore, root: Path, volume: VolumeResult, kind: Overlays, progress: Progress
) -> dict[str, Stamp]:
    """The stamps of the overlay pictures of this volume by path, now written under the folder of results."""
    progress.begin(STAGE_WRITE, len(volume.pages))
    written = {}
    for name, picture in _pictures(root, store.out, volume, kind, progress):
        written[name] = (
            store.write_bytes(name, picture) if isinstance(picture, bytes) else store.write_text(name, picture)
        )
    return written


def _pictures(
    root: Path, out: Path, volume: VolumeResult, kind: Overlays, progress: Progress
) -> Iterator[tuple[str, str | bytes]]:
    """The overlay picture of each page by its path, made one at a time.

    A page whose scan can no longer be opened has no picture, and the user gets a message.
    """
    links_of_page: dict[int, list[Link]] = defaultdict(list)
    for link in volume.links:
        for area in link.areas:
            links_of_page[area.page].append(link)
    folder = out / volume.volume / "overlays"
    for page, matches in zip(volume.pages, volume.matches, strict=True):
        progress.advance(STAGE_WRITE)
        if kind == "none" or page.frame is None:
            continue
        links = links_of_page[page.order]
        name = f"{volume.volume}/overlays/p{page.order:04d}.{kind}"
        try:
            if kind == "png":
                yield name, overlay_png(load_scan(root, page.scan), page, links, matches=matches)
            elif shown_by_browsers(page.scan.path):
                href = os.path.relpath(root / page.scan.path, folder).replace(os.sep, "/")
                yield name, overlay_svg(page, links, matches=matches, scan_href=href)
            else:
                jpeg = embedded_jpeg(load_scan(root, page.scan))
                yield name, overlay_svg(page, links, matches=matches, jpeg=jpeg)
        except ScanError as error:
            progress.say(error.message)
