"""Findings of what an editor states of a volume and its pages do not bear out: listed labels, pages of documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

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
        findings.append(
            _finding(LABELS_LISTED, case, values={"volume": volume, "labels": len(labels), "count": len(pages)})
        )
    orders: dict[str, list[int]] = defaultdict(list)
    for page, label in zip(pages, labels, strict=False):
        orders[label].append(page.order)
    for label, found in orders.items():
        if label and len(found) > 1:
            twice = _finding(
                LABELS_LISTED, "twice", found, values={"volume": volume, "label": label, "count": len(found)}
            )
            findings.append(replace(twice, severity="note"))
    return findings


def _page_findings(
    volume: str, stated: Mapping[str, tuple[int, int]], pages: Sequence[Page], links: Sequence[Link]
) -> list[Finding]:
    found: dict[str, set[int]] = defaultdict(set)
    for link in links:
        if link.document in stated:
            found[link.document].update(area.page for area in link.areas)
    findings = []
    for document, (begin, end) in stated.items():
        elsewhere = sorted(order for order in found[document] if not begin <= order <= end)
        about = partial(_finding, PAGES_STATED, document=document)
        if end > len(pages):
            findings.append(
                about(
                    "beyond",
                    values={"volume": volume, "document": document, "begin": begin, "end": end, "count": len(pages)},
                )
            )
        elif elsewhere:
            page = PageName.of(pages[elsewhere[0] - 1])
            findings.append(
                about("elsewhere", elsewhere, values={"document": document, "begin": begin, "end": end, "page": page})
            )
    return findings


def _finding(
    entry: Entry, case: str, orders: Sequence[int] = (), *, values: Mapping[str, Value], document: str | None = None
) -> Finding:
    subjects = (case, *(part for part in (document, values.get("label")) if isinstance(part, str)))
    return Finding(
        code=entry.code,
        severity=entry.severity,
        case=case,
        values=values,
        document=document,
        pages=tuple(orders),
        subjects=tuple(map(key, subjects)),
    )
