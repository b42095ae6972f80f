"""What the styles of a Word document say of a paragraph or a run, through the styles on which they are based."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from align.files.texts.word.parts import W

# Word writes the English names of its own styles in any language; other programs write those that users see.
_HEADING = re.compile(
    r"(?:(?:heading|title|subtitle|заголовок|название|подзаголовок|überschrift|untertitel|sous-titre|sottotitolo"
    r"|subtítulo|podtytuł)\b|(?:titre|título|titolo|titel|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor)\s?\d)",
    re.IGNORECASE,
)
_OFF = frozenset(["0", "false", "off", "none"])
_BODY_LEVEL = 9  # the outline level of body text; those below are headings


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a property of two states is on; None where it is not stated. Its presence alone means on."""
    return None if element is None else value_of(element, "true").lower() not in _OFF


def value_of(element: etree._Element | None, default: str = "") -> str:
    """The value of a property."""
    return default if element is None else element.get(f"{W}val", default)


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        """Take the part that holds the styles, if there is one."""
        styles = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        self._usual = next(
            (
                style.get(f"{W}styleId", "")
                for style in styles
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0").lower() not in _OFF
            ),
            "",
        )
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}pPrDefault")
        self._chains: dict[str, tuple[etree._Element, ...]] = {}
        self._hidden: dict[tuple[str, str], bool] = {}
        self._asked: tuple[etree._Element | None, str] = (None, "")

    def begins_page(self, paragraph: etree._Element) -> bool:
        """Whether a page begins with the paragraph because its properties say so."""
        own = is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore"))
        if own is not None:
            return own
        places = (*self._chain(self._paragraph_style(paragraph)), self._defaults)
        return _stated(places, f"{W}pPr/{W}pageBreakBefore") is True

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph is a heading: by its outline level, else by that or the name of the nearest style."""
        own = _level(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        if own is not None:
            return own < _BODY_LEVEL
        for style in self._chain(self._paragraph_style(paragraph)):
            level = _level(style.find(f"{W}pPr/{W}outlineLvl"))
            if level is not None:
                return level < _BODY_LEVEL
            if _names_heading(style):
                return True
        return False

    def is_hidden(self, run: etree._Element, paragraph: etree._Element | None) -> bool:
        """Whether the run is hidden text. Where its style and the paragraph's both hide it, it is shown."""
        own = is_on(run.find(f"{W}rPr/{W}vanish"))
        if own is not None:
            return own
        names = (
            value_of(run.find(f"{W}rPr/{W}rStyle")),
            "" if paragraph is None else self._paragraph_style(paragraph),
        )
        if names not in self._hidden:
            path = f"{W}rPr/{W}vanish"
            self._hidden[names] = sum(_stated(self._chain(name), path) is True for name in names) == 1
        return self._hidden[names]

    def has_hidden_end(self, paragraph: etree._Element) -> bool:
        """Whether the mark that ends the paragraph is hidden: the next one then goes on with its line."""
        properties = paragraph.find(f"{W}pPr/{W}rPr")
        if properties is None:
            return False
        return any(is_on(properties.find(f"{W}{name}")) for name in ("vanish", "specVanish"))

    def _paragraph_style(self, paragraph: etree._Element) -> str:
        if paragraph is not self._asked[0]:  # a paragraph of many runs is asked for each of them
            self._asked = paragraph, value_of(paragraph.find(f"{W}pPr/{W}pStyle"), self._usual)
        return self._asked[1]

    def _chain(self, style_id: str) -> tuple[etree._Element, ...]:
        """The style and those on which it is based, in order; styles that are based on each other end it."""
        if style_id not in self._chains:
            chain: list[etree._Element] = []
            at = style_id
            while at in self._styles and self._styles[at] not in chain:
                chain.append(self._styles[at])
                at = value_of(self._styles[at].find(f"{W}basedOn"))
            self._chains[style_id] = tuple(chain)
        return self._chains[style_id]


def _stated(places: Iterable[etree._Element | None], path: str) -> bool | None:
    """What the first of these that states a property of two states says."""
    values = (is_on(place.find(path)) for place in places if place is not None)
    return next((value for value in values if value is not None), None)


def _level(element: etree._Element | None) -> int | None:
    value = value_of(element)
    return int(value) if value.isascii() and value.isdigit() and len(value) == 1 else None


def _names_heading(style: etree._Element) -> bool:
    return _HEADING.match(value_of(style.find(f"{W}name"))) is not None
