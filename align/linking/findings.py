"""What does not fit, one row a matter: findings of pages, of texts and of translations.

A draft says what was found; `numbered` gives the drafts their ids (from position) and keys (from their subjects' keys),
so that the rules below know nothing of ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from align.model import Area, Box, Finding, Link, Page, Polygon, Severity, Span, key, ncname

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
    """The text, its middle left out where it is long."""
    return text if len(text) <= QUOTE else f"{text[: QUOTE // 2].rstrip()} … {text[-QUOTE // 2 :].lstrip()}"


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


def line_findings(pages: Sequence[Page], claimed: Sequence[Mapping[int, object]]) -> list[Draft]:
    """Lines on the scans that no text holds: one finding for each run of neighbouring lines.

    Only running text counts: page numbers, running heads and scraps are left out.
    """
    drafts = []
    for page, own in zip(pages, claimed, strict=True):
        run: list[int] = []
        for index in range(len(page.lines) + 1):
            if index < len(page.lines) and index not in own and page.lines[index].role == "body":
                run.append(index)
                continue
            if run and (index == len(page.lines) or index in own):
                drafts.append(_omitted(page, run, least=_least_sure(page, own)))
                run = []
    return drafts


def _least_sure(page: Page, claimed: Mapping[int, object]) -> float:
    """The confidence below which a line of the page was read worse than its text, or badly on any page."""
    read = [page.lines[i].confidence for i in claimed if i < len(page.lines)]
    return max(SURE_READING, median(read) - WORSE_READING) if read else SURE_READING


def _omitted(page: Page, run: Sequence[int], *, least: float) -> Draft:
    lines = [page.lines[i] for i in run]
    text = " ".join(line.text for line in lines)
    confidence = sum(line.confidence for line in lines) / len(lines)
    sure = confidence >= least and sum(c.isalpha() for c in text) >= WORTH_READING
    count = "A line" if len(run) == 1 else f"{len(run)} lines"
    return Draft(
        code="line-not-in-text",
        severity="warning" if sure else "note",
        message=f"{count} on {page_name(page)} {'is' if len(run) == 1 else 'are'} in no text: “{quoted(text)}”",
        subjects=(page.key, str(Box.union(line.box for line in lines).xywh)),
        pages=(page.order,),
        lines=tuple(page.line_id(i) for i in run),
        areas=(whole_lines(page, run),),
        score=round(confidence, 4),
        scan_text=text,
        suggestion="Add these words to the transcription if they belong to it.",
    )


# A line read with less confidence, or with fewer letters, may be a stamp or a stroke of the pen: worth a note only. So
# is one that was read worse by so much than the text around it: typed by the same hand it would read as well.
SURE_READING, WORSE_READING = 0.6, 0.2
WORTH_READING = 12


def whole_lines(page: Page, indices: Sequence[int]) -> Area:
    """The area of whole lines of a page."""
    lines = [page.lines[i] for i in indices]
    return Area(
        page=page.order,
        boxes=tuple(line.box for line in lines),
        polygons=tuple(Polygon(line.polygon.points) for line in lines),
        lines=tuple(indices),
        spans=None,
    )


def sentence_findings(pages: Sequence[Page], links: Sequence[Link]) -> list[Draft]:
    """Sentences of transcriptions that are not on the scans, only partly there, or doubtful; a run is one finding."""
    by_order = {page.order: page for page in pages}
    drafts = []
    run: list[Link] = []
    before: Link | None = None
    for link in [*links, None]:
        missing = link is not None and link.status == "unlinked" and link.kind == "transcription"
        if link is not None and missing and not any(c.isalnum() for c in link.content):
            continue
        if run and (link is None or not missing or link.text != run[0].text or _kind(link) != _kind(run[0])):
            drafts.append(_missing(run, _around(run, before, link, by_order)))
            run = []
        if link is not None and missing:
            run.append(link)
        elif link is not None:
            before = link
        if link is not None and link.kind == "transcription" and link.status in ("partial", "doubtful"):
            drafts.append(_unsure(link))
    return drafts


def _around(
    run: Sequence[Link], before: Link | None, after: Link | None, pages: Mapping[int, Page]
) -> tuple[Page | None, Page | None]:
    """The page on which the text breaks off before these sentences, and the one on which it goes on."""
    one = before if before is not None and before.text == run[0].text and before.areas else None
    other = after if after is not None and after.text == run[0].text and after.areas else None
    return pages[one.areas[-1].page] if one else None, pages[other.areas[0].page] if other else None


def _kind(link: Link) -> tuple[object, ...]:
    return link.reason, link.role in ("note", "commentary")


def _missing(run: Sequence[Link], around: tuple[Page | None, Page | None]) -> Draft:
    text = " ".join(link.content for link in run)
    many = len(run) > 1
    aside = run[0].role in ("note", "commentary")
    if aside:
        code, message = (
            "commentary-not-on-scan",
            f"This {run[0].role} is not on the scans, as a rule rightly: “{quoted(text)}”",
        )
    elif run[0].reason == "page-failed":
        code, message = (
            "sentence-on-failed-page",
            f"These words should stand on a page that could not be read: “{quoted(text)}”",
        )
    elif run[0].reason == "not-scanned":
        code = "sentence-not-scanned"
        message = f"{len(run)} sentences stand" if many else "A sentence stands"
        where = [f"{how} {page_name(p)}" for how, p in zip(("after", "before"), around, strict=True) if p is not None]
        place = f" {' and '.join(where)}" if where else ""
        message += f" on no scan; a page seems to be missing{place}: “{quoted(text)}”"
    else:
        code = "sentence-not-on-scan"
        message = f"{len(run)} sentences are" if many else "A sentence is"
        message += f" in the text and not on the scans: “{quoted(text)}”"
    return Draft(
        code=code,
        severity="note" if aside else "warning",
        message=message,
        subjects=tuple(link.key for link in run),
        document=run[0].document,
        text=run[0].text,
        pages=tuple(dict.fromkeys(p.order for p in around if p is not None)),
        sentences=tuple(link.sentence for link in run),
        spans=tuple(span for link in run for span in link.spans),
        source_text=text,
        suggestion=None if aside else "Compare the text with the scans on both sides of this place.",
    )


def _unsure(link: Link) -> Draft:
    partial = link.status == "partial"
    return Draft(
        code="link-partial" if partial else "link-doubtful",
        severity="warning",
        message=(
            f"Only a part of this sentence was found on the scans: “{quoted(link.content)}”"
            if partial
            else f"What was read on the scan agrees badly with this sentence: “{quoted(link.content)}”"
        ),
        subjects=(link.key,),
        document=link.document,
        text=link.text,
        pages=tuple(area.page for area in link.areas),
        sentences=(link.sentence,),
        spans=link.spans,
        areas=link.areas,
        score=link.score,
        source_text=link.content,
        suggestion="Look at the place on the scan.",
    )
