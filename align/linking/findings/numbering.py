"""What does not fit, one row a matter: findings of pages, of texts and of translations.

A draft says what was found; `numbered` gives the drafts their ids (from position) and keys (from their subjects' keys),
so that the rules below know nothing of ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.model import Area, Finding, Page, Severity, Span, key, ncname

# A quotation longer than this says no more to an editor than its beginning and its end.
QUOTE = 160


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding without its id; `subjects` are the keys of what it is about."""

    code: str
    severity: Severity
    message: str
    subjects: tuple[str, ...]
    document: str | None = None
    text: str | None = None
    pages: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    areas: tuple[Area, ...] = ()
    score: float = 1.0
    scan_text: str | None = None
    source_text: str | None = None
    suggestion: str | None = None


def numbered(volume: str, drafts: Iterable[Draft]) -> tuple[Finding, ...]:
    """The drafts as findings: `<volume>.f0001` and on; the key is over the code, the subjects and their occurrence."""
    seen: Counter[tuple[str, ...]] = Counter()
    findings = []
    for number, draft in enumerate(drafts, start=1):
        subject = (draft.code, *draft.subjects)
        seen[subject] += 1
        findings.append(
            Finding(
                id=f"{ncname(volume)}.f{number:04d}",
                key=key(*subject, str(seen[subject])),
                code=draft.code,
                severity=draft.severity,
                message=draft.message,
                document=draft.document,
                text=draft.text,
                pages=draft.pages,
                lines=draft.lines,
                sentences=draft.sentences,
                spans=draft.spans,
                areas=draft.areas,
                score=draft.score,
                scan_text=draft.scan_text,
                source_text=draft.source_text,
                suggestion=draft.suggestion,
            )
        )
    return tuple(findings)


def quoted(text: str) -> str:
    """The text, its middle left out where it is long; words stay whole unless one is half as long as a quotation."""
    if len(text) <= QUOTE:
        return text
    half = QUOTE // 2
    end = text[-half:] if text[-half - 1].isspace() else text[-half:].partition(" ")[2] or text[-half:]
    return f"{_begun(text, half)} … {end.lstrip()}"


def opening(text: str, length: int = QUOTE // 2) -> str:
    """The first words of a text, at most so many characters of it, with an ellipsis where it goes on."""
    return text if len(text) <= length else f"{_begun(text, length)} …"


def _begun(text: str, length: int) -> str:
    start = text[:length]
    return (start if text[length].isspace() else start.rpartition(" ")[0] or start).rstrip()


def page_name(page: Page) -> str:
    """How a message names a page: by its label where it has one, and by its file."""
    file = page.scan.path.rsplit("/", 1)[-1]
    if page.scan.index is not None:
        file += f", image {page.scan.index + 1}"
    return f"page {page.label} ({file})" if page.label else f"page {page.order} in order ({file})"


def page_findings(pages: Sequence[Page], failures: Mapping[int, str]) -> list[Draft]:
    """Pages that could not be read, are blank, or repeat another; `failures` says why, by order."""
    by_order = {page.order: page for page in pages}
    drafts = []
    for page in pages:
        if page.status == "failed":
            why = failures.get(page.order, "the scan could not be read")
            message = f"Nothing of {page_name(page)} could be read: {why}"
            drafts.append(Draft("page-unreadable", "error", message, (page.key,), pages=(page.order,)))
        elif page.status == "blank":
            message = f"There is no text on {page_name(page)}."
            drafts.append(Draft("page-blank", "note", message, (page.key,), pages=(page.order,)))
        if page.duplicate_of is not None:
            other = by_order[page.duplicate_of]
            drafts.append(
                Draft(
                    "page-doubled",
                    "warning",
                    f"P{page_name(page)[1:]} shows the same text as {page_name(other)}.",
                    (page.key, other.key),
                    pages=(other.order, page.order),
                    suggestion="Remove one of the two scans if they are the same page.",
                )
            )
    return drafts
