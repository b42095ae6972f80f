"""Which of several systems of pages and lines a TEI document counts by: the pages on the scans have one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from align.files.texts.markup import name_of

_PAGE_UNITS = frozenset(
    ["page", "pages", "pg", "p", "folio", "fol", "f", "pagebreak", "pb", "leaf", "sheet", "seite", "blatt", "страница",
     "лист"]
)  # fmt: skip
_LINE_UNITS = frozenset(["line", "lb", "column", "cb", "строка", "столбец"])
_LINES = ("lb", "cb", "gb")


@dataclass(frozen=True, slots=True)
class _System:
    """What breaks of one system share: what is written for them, and the edition whose pages they count."""

    made_by: str
    edition: str


@dataclass(frozen=True, slots=True)
class Systems:
    """The system of pages that counts, and the editions whose line ends do; None where all do."""

    pages: _System | None
    lines: str | None

    @classmethod
    def of(cls, root: etree._Element) -> Systems:
        """The systems of a document: pages with scans, else those of no edition by name, else those named first."""
        breaks: dict[_System, list[etree._Element]] = {}
        lines: dict[str, None] = {}
        for element in root.iter(etree.Element):
            name = name_of(element)
            if system := _page_system(element, name):
                breaks.setdefault(system, []).append(element)
            elif name in _LINES:
                lines.setdefault(_edition(element))
        pages = min(breaks, key=lambda system: _order(system, breaks[system]), default=None)
        own = pages.edition if pages else ""
        chosen = next((edition for edition in (own, "") if edition in lines), None) if len(lines) > 1 else None
        return cls(pages, chosen)

    def is_page(self, element: etree._Element, name: str) -> bool:
        """Whether a page of the system that counts begins at this element."""
        return self.pages is not None and _page_system(element, name) == self.pages

    def is_foreign(self, element: etree._Element, name: str) -> bool:
        """Whether the element is a break of pages or lines that do not count."""
        if _page_system(element, name):
            return not self.is_page(element, name)
        return name in _LINES and self.lines is not None and _edition(element) != self.lines


def is_line(element: etree._Element) -> bool:
    """Whether a milestone says that a line or a column begins."""
    return element.get("unit", "").strip().lower() in _LINE_UNITS


def _order(system: _System, breaks: Iterable[etree._Element]) -> tuple[bool, int, bool]:
    """What puts systems in order, the best first; of equals the first in the document."""
    with_scan = [element.get("facs") is not None for element in breaks]
    return (
        sum(with_scan) * 2 <= len(with_scan),
        ("pb", "milestone", "div", "surface").index(system.made_by),
        system.edition != "",
    )


def _page_system(element: etree._Element, name: str) -> _System | None:
    if name == "pb":
        return _System("pb", _edition(element))
    if name == "milestone" and element.get("unit", "").strip().lower() in _PAGE_UNITS:
        return _System("milestone", _edition(element))
    if name in ("div", "ab") and element.get("type", "").strip().lower() == "page":
        return _System("div", "")
    if name == "surface":
        return _System("surface", "")
    return None


def _edition(element: etree._Element) -> str:
    return " ".join((element.get("ed") or element.get("edRef") or "").split())
