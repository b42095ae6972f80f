"""Findings of whole pages: not readable, blank, scanned twice, or with existing OCR that is not in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from align.linking.findings.catalogue.ocr_entries import OCR_MISPLACED, OCR_WITHOUT_LINES
from align.linking.findings.catalogue.page_entries import PAGE_BLANK, PAGE_DOUBLED, PAGE_UNREADABLE
from align.model import Finding, Page, PageName


def page_findings(pages: Sequence[Page], failures: Mapping[int, str]) -> list[Finding]:
    """Pages that could not be read, are blank, repeat another, or have misplaced OCR; `failures` says why, by order."""
    by_order = {page.order: page for page in pages}
    findings = []
    for page in pages:
        if page.status == "failed":
            findings.append(_unreadable(page, failures.get(page.order)))
        elif page.status == "blank":
            findings.append(
                Finding(
                    code=PAGE_BLANK.code,
                    severity=PAGE_BLANK.severity,
                    values={"page": PageName.of(page)},
                    subjects=(page.key,),
                    pages=(page.order,),
                )
            )
        if page.misplaced:
            findings.append(_misplaced(page))
        findings += _without_lines(page)
        if page.duplicate_of is not None:
            findings.append(_doubled(page, by_order[page.duplicate_of]))
    return findings


def _unreadable(page: Page, why: str | None) -> Finding:
    return Finding(
        code=PAGE_UNREADABLE.code,
        severity=PAGE_UNREADABLE.severity,
        case="unexplained" if why is None else "",
        values={"page": PageName.of(page), "why": why or ""},
        subjects=(page.key,),
        pages=(page.order,),
    )


def _misplaced(page: Page) -> Finding:
    return Finding(
        code=OCR_MISPLACED.code,
        severity=OCR_MISPLACED.severity,
        values={
            "file": page.ocr_file,
            "page": PageName.of(page),
            "count": len(page.misplaced),
            "text": " ".join(page.misplaced),
        },
        subjects=(page.key, *page.misplaced),
        pages=(page.order,),
        scan_text=" ".join(page.misplaced),
    )


def _without_lines(page: Page) -> list[Finding]:
    """What is said of text that is in no line of the file: its place is an estimate, or it has none."""
    return [
        Finding(
            code=OCR_WITHOUT_LINES.code,
            severity=OCR_WITHOUT_LINES.severity,
            case=case,
            values={"file": page.ocr_file, "page": PageName.of(page), "text": " ".join(texts)},
            subjects=(page.key, *texts),
            pages=(page.order,),
            scan_text=" ".join(texts),
        )
        for case, texts in (("estimated", page.estimated), ("unused", page.unused))
        if texts
    ]


def _doubled(page: Page, first: Page) -> Finding:
    return Finding(
        code=PAGE_DOUBLED.code,
        severity=PAGE_DOUBLED.severity,
        values={"page": PageName.of(page), "first": PageName.of(first)},
        subjects=(page.key, first.key),
        pages=(first.order, page.order),
    )
