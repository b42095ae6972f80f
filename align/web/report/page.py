"""The report's page: what stands in it before any script runs. Everything in it is escaped by the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from align.web.report.contents import Report
from align.web.report.payload import page_index
from align.web.report.view_model import SEVERITIES, STATUSES, PageState, ShownDocument, ShownPage

# The states of pages, gravest first, in words that follow a number or a page's name.
STATES: Mapping[PageState, str] = {
    "failed": "not read",
    "error": "with errors",
    "warning": "with warnings",
    "note": "with notes",
    "ok": "without findings",
    "blank": "blank",
}
# More documents than this are folded away, and put into the page when they are asked for.
FEW_DOCUMENTS = 40
# A bar is drawn this wide, whatever the number of sentences.
BAR = 200


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a document's bar, in the bar's own units."""

    status: str
    left: float
    width: float


def report_html(report: Report, *, unshown: Sequence[str]) -> str:
    """The page of a report; `unshown` says which scans could not be shown, and why."""
    environment = Environment(
        loader=PackageLoader("align.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages = [page for volume in report.volumes for page in volume.pages]
    documents = [document for volume in report.volumes for document in volume.documents]
    changes = Counter(own.change for own in report.findings if own.change)
    return environment.get_template("report.html").render(
        report=report,
        pages=pages,
        places=page_index(pages),
        state_words=STATES,
        states=[(state, number) for state in STATES if (number := sum(p.state == state for p in pages))],
        counts=report.counts,
        severities=SEVERITIES,
        statuses=STATUSES,
        documents=documents,
        few=FEW_DOCUMENTS,
        sentences={status: sum(own.sentences[status] for own in documents) for status in STATUSES},
        changes=[(change, changes[change]) for change in ("new", "moved", "gone", "same") if changes[change]],
        segments=segments,
        page_names=page_names,
        names={volume.name: {own.page.order: own.name.short for own in volume.pages} for volume in report.volumes},
        described=described,
        unshown=unshown,
    )


def segments(document: ShownDocument) -> Iterator[Segment]:
    """The parts of a document's bar: its sentences by status."""
    total = sum(document.sentences.values())
    left = 0.0
    for status in STATUSES:
        number = document.sentences[status]
        if number:
            width = BAR * number / total
            yield Segment(status, round(left, 2), round(width, 2))
            left += width


def page_names(document: ShownDocument, names: Mapping[int, str]) -> str:
    """The pages of a document as editors call them (by order): "53–55", or "–" where it has none."""
    found = [names[order] for order in document.pages if order in names]
    if not found:
        return "–"
    return found[0] if len(found) == 1 else f"{found[0]}–{found[-1]}"


def described(page: ShownPage) -> str:
    """The page in words, for who does not see its colour: name, file, state, number of findings."""
    found = f" ({page.findings})" if page.findings else ""
    return f"{page.name.spoken} ({page.name.file}): {STATES[page.state]}{found}"
