"""The one reading of several that is taken: the word on the page, or what an edition reads first."""

from __future__ import annotations

from lxml import etree

from align.files.texts.markup import name_of

# Of a choice the word on the page comes first, then readings of one kind, then what an editor makes of it.
_RANKS = {"sic": 0, "orig": 0, "abbr": 0, "am": 0, "corr": 2, "reg": 2, "expan": 2, "ex": 2}
_CERTAINTY = {"high": 1.0, "medium": 0.5, "low": 0.1}
# Elements without words may stand beside readings; they are no readings.
_NO_READINGS = frozenset(
    ["", "lb", "pb", "cb", "gb", "milestone", "anchor", "note", "noteGrp", "wit", "witDetail", "certainty", "desc"]
)
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_GROUPS = ("choice", "app", "rdgGrp")


def has_readings(name: str) -> bool:
    """Whether an element of this name holds readings of which one is taken."""
    return name in _GROUPS


def taken_reading(element: etree._Element) -> etree._Element | None:
    """The reading that is taken from a choice or an app, or the group that holds it; None where there is none.

    An app in which no reading is part of the text (it says to which words elsewhere it belongs) has none.
    """
    readings = [child for child in element if name_of(child) not in _NO_READINGS]
    if name_of(element) != "choice":
        if any(element.get(key) for key in ("from", "loc")):
            return None
        lemma = next((child for child in readings if _has_lemma(child)), None)
        return lemma if lemma is not None else next(iter(readings), None)
    return min(readings, key=lambda reading: (_RANKS.get(name_of(reading), 1), -_certainty(reading)), default=None)


def is_unread(child: etree._Element, name: str, taken: etree._Element | None) -> bool:
    """Whether a child of a group of readings is another reading than the one taken."""
    return name not in _NO_READINGS and child is not taken


def _has_lemma(element: etree._Element) -> bool:
    return name_of(element) == "lem" or (
        name_of(element) in ("rdgGrp", "lemGrp") and any(name_of(child) == "lem" for child in element)
    )


def _certainty(reading: etree._Element) -> float:
    stated = reading.get("cert", reading.get("prob", ""))
    try:
        value = _CERTAINTY.get(stated, 0.0) or float(stated or 0)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def struck_spans(top: etree._Element) -> dict[etree._Element, str]:
    """The elements at which deletions begin that go over other elements, each with the id at which it ends."""
    spans: dict[etree._Element, str] = {}
    seen: set[str] = set()
    open_spans: dict[str, list[etree._Element]] = {}
    for element in top.iter(etree.Element):
        if name_of(element) == "delSpan":
            open_spans.setdefault(element.get("spanTo", "").removeprefix("#"), []).append(element)
        target = element.get(XML_ID)
        if target and target not in seen:
            seen.add(target)
            spans.update(dict.fromkeys(open_spans.pop(target, []), target))
    return spans
