"""A volume's value with what is looked up in it, and with the pixels of its scans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property

from align.api.stored import VolumeValue
from align.errors import UnknownNameError
from align.files.collection.names import meant
from align.model import Finding, Link, Match, Page, ScanInfo
from align.pixels import Pixels

Loader = Callable[[ScanInfo], Pixels]


class VolumeIndex:
    """One volume, looked up by page, sentence and line; the scan that was loaded last is kept."""

    def __init__(self, value: VolumeValue, load: Loader) -> None:
        """Take the value, and the function that loads a scan's pixels (ScanError where it cannot)."""
        self.value = value
        self._load = load
        self._kept: tuple[ScanInfo, Pixels] | None = None

    @cached_property
    def pages(self) -> Mapping[int, Page]:
        """The pages by their order."""
        return {page.order: page for page in self.value.pages}

    @cached_property
    def links(self) -> Mapping[str, Link]:
        """The links by the ids of their sentences."""
        return {link.sentence: link for link in self.value.links}

    @cached_property
    def links_of_pages(self) -> Mapping[int, tuple[Link, ...]]:
        """The links that have an area on a page, by its order, in the order of the texts."""
        links: dict[int, dict[str, Link]] = defaultdict(dict)
        for link in self.value.links:
            for area in link.areas:
                links[area.page][link.sentence] = link
        return {order: tuple(by_id.values()) for order, by_id in links.items()}

    @cached_property
    def findings_of_pages(self) -> Mapping[int, tuple[Finding, ...]]:
        """The findings about a page, by its order."""
        findings: dict[int, list[Finding]] = defaultdict(list)
        for finding in self.value.findings:
            for order in dict.fromkeys((*finding.pages, *(area.page for area in finding.areas))):
                findings[order].append(finding)
        return {order: tuple(of_page) for order, of_page in findings.items()}

    @cached_property
    def matches(self) -> Mapping[int, Mapping[int, tuple[Match, ...]]]:
        """The matches by the order of their page and the index of their line."""
        return {page.order: of_page for page, of_page in zip(self.value.pages, self.value.matches, strict=True)}

    def page(self, name: int | str) -> Page:
        """The page with this order (a number), or else this label, scan file or scan file's stem (a text).

        Of several pages with one name it is the first. UnknownNameError where there is none.
        """
        if isinstance(name, int):
            if name in self.pages:
                return self.pages[name]
        else:
            for names in (_labels, _scan_names):
                for page in self.value.pages:
                    if meant(name, names(page)):
                        return page
        last = len(self.value.pages)
        raise UnknownNameError(
            f"Volume {self.value.volume} has no page {name!r}: give its order, a number from 1 to {last}, or as a text "
            "its label or the name of its scan file."
        )

    def link(self, sentence: str) -> Link:
        """The link of the sentence with this id; UnknownNameError where there is none."""
        if sentence not in self.links:
            raise UnknownNameError(
                f"Volume {self.value.volume} has no sentence {sentence!r}: its ids are those of links.jsonl, such as "
                f"{next(iter(self.links), 'v.letter.ru.s0001')!r}."
            )
        return self.links[sentence]

    def pixels(self, page: Page) -> Pixels:
        """The scan of the page: uint8, gray or RGB; ScanError where it cannot be opened."""
        if self._kept is None or self._kept[0] != page.scan:
            self._kept = page.scan, self._load(page.scan)
        return self._kept[1]


def _labels(page: Page) -> tuple[str, ...]:
    return () if page.label is None else (page.label,)


def _scan_names(page: Page) -> tuple[str, ...]:
    name = page.scan.path.rsplit("/", 1)[-1]
    return page.scan.path, name, name.rsplit(".", 1)[0]
