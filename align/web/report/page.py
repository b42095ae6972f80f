"""The report's page as it is before any script runs. The template escapes every text in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from align.decisions.calibration import Alarms
from align.linking.findings.catalogue import CATALOGUE
from align.tuning.decisions import DECISIONS
from align.web.report.contents import Report
from align.web.report.messages import Words, english
from align.web.report.payload import page_index
from align.web.report.view_model import SEVERITIES, STATUSES, PageState, ShownDocument, ShownPage

# The states of pages, the gravest first.
STATES: tuple[PageState, ...] = ("failed", "error", "warning", "note", "ok", "blank")
# Documents. A longer table is folded, and enters the page when a reader opens it.
FEW_DOCUMENTS = 40
# Width of a bar in its own units, whatever the number of sentences.
BAR = 200


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a document's bar, in the bar's own units."""

    status: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of what the page loads: files by their names, the list of findings, the first of their details."""

    files: Mapping[str, str]
    index: str
    first: Sequence[str]


def report_html(report: Report, *, unshown: Sequence[str], addresses: Addresses, alarms: Sequence[Alarms] = ()) -> str:
    """The page of a report; `unshown` says which scans could not be shown, and why.

    `alarms` is how often each kind of finding was a false alarm.
    """
    environment = Environment(
        loader=PackageLoader("align.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages = [page for volume in report.volumes for page in volume.pages]
    documents = [document for volume in report.volumes for document in volume.documents]
    changes = Counter(shown.change for shown in report.findings if shown.change)
    words = english()
    return environment.get_template("report.html").render(
        words=words,
        report=report,
        pages=pages,
        places=page_index(pages),
        states=[(state, number) for state in STATES if (number := sum(p.state == state for p in pages))],
        counts=report.counts,
        severities=SEVERITIES,
        statuses=STATUSES,
        documents=documents,
        few=FEW_DOCUMENTS,
        sentences={status: sum(document.sentences[status] for document in documents) for status in STATUSES},
        decided=sum(shown.finding.decided for shown in report.findings if shown.change != "gone"),
        changes=[(change, changes[change]) for change in ("new", "moved", "gone", "same") if changes[change]],
        segments=segments,
        page_names=page_names,
        names={volume.name: {page.page.order: page.name.short for page in volume.pages} for volume in report.volumes},
        described=partial(described, words),
        unshown=unshown,
        alarms=[(own, CATALOGUE[own.code].title) for own in alarms if own.code in CATALOGUE],
        enough=DECISIONS.enough_decisions,
        addresses=addresses,
        results=report.version.digest,
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
    """The pages of a document as editors call them: "53–55", or "–" for no pages; `names` by order."""
    found = [names[order] for order in document.pages if order in names]
    if not found:
        return "–"
    return found[0] if len(found) == 1 else f"{found[0]}–{found[-1]}"


def described(words: Words, shown: ShownPage) -> str:
    """The page in words, for readers who do not see its colour: name, file, state, number of findings.

    Example: "page 53 (0007.jpg): with warnings (2)".
    """
    page, file = shown.page, shown.name.scan_file
    name = words.text("page-label", label=page.label) if page.label else words.text("page-order", n=page.order)
    if shown.name.image is not None:
        file = words.text("file-image", file=file, n=shown.name.image)
    count = f" ({shown.findings})" if shown.findings else ""
    return f"{name} ({file}): {words.text(f'state-{shown.state}')}{count}"
