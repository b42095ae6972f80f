"""Findings of what an editor states of a volume and its pages do not bear out: listed labels, pages of documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from align.linking.findings.catalogue import Entry
from align.linking.findings.catalogue.setting_entries import LABELS_LISTED, PAGES_STATED
from align.model import Finding, Link, Page, PageName, Value, key


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What collection.toml states of a volume: a list of labels, and the first and last page of documents, by name."""

    labels: tuple[str, ...] = ()
    pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)


NOTHING_STATED = StatedFacts()


def stated_findings(volume: str, stated: StatedFacts, pages: Sequence[Page], links: Sequence[Link]) -> list[Finding]:
    """Listed labels that are too many, too few or there twice, and documents found on other pages than stated."""
    return [*_label_findings(volume, stated.labels, pages), *_page_findings(volume, stated.pages, pages, links)]


def _label_findings(volume: str, labels: Sequence[str], pages: Sequence[Page]) -> list[Finding]:
    findings = []
    if labels and len(labels) != len(pages):
        case = "many" if len(labels) > len(pages) else "few"
        values: dict[str, Value] = {"volume": volume, "labels": len(labels), "count": len(pages)}
        findings.append(_finding(LABELS_LISTED, case, values))
    orders: dict[str, list[int]] = defaultdict(list)
    for page, label in zip(pages, labels, strict=False):
        orders[label].append(page.order)
    for label, found in orders.items():
        if len(found) > 1:
            values = {"volume": volume, "label": label, "count": len(found)}
            findings.append(replace(_finding(LABELS_LISTED, "twice", values, found), severity="note"))
    return findings


def _page_findings(
    volume: str, stated: Mapping[str, tuple[int, int]], pages: Sequence[Page], links: Sequence[Link]
) -> list[Finding]:
    found: dict[str, set[int]] = defaultdict(set)
    for link in links:
        if link.document in stated:
            found[link.document].update(area.page for area in link.areas)
    findings = []
    for document, (first, last) in stated.items():
        elsewhere = sorted(order for order in found[document] if not first <= order <= last)
        values: dict[str, Value] = {"volume": volume, "document": document, "first": first, "last": last}
        if last > len(pages):
            findings.append(_finding(PAGES_STATED, "beyond", {**values, "count": len(pages)}))
        elif elsewhere:
            name = PageName.of(pages[elsewhere[0] - 1])
            findings.append(_finding(PAGES_STATED, "elsewhere", {**values, "page": name}, elsewhere))
    return findings


def _finding(entry: Entry, case: str, values: Mapping[str, Value], orders: Sequence[int] = ()) -> Finding:
    document, label = values.get("document"), values.get("label")
    subjects = (case, *(part for part in (document, label) if isinstance(part, str)))
    return Finding(
        code=entry.code,
        severity=entry.severity,
        case=case,
        values=values,
        document=document if isinstance(document, str) else None,
        pages=tuple(orders),
        subjects=tuple(map(key, subjects)),
    )
