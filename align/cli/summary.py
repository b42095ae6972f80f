"""The summary that a run prints at its end, and the list that a dry run prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from align.batch.keeping.outcome import Outcome
from align.batch.texts import ReadText
from align.cli.progress import duration
from align.decisions.unobeyed import Unobeyed
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume
from align.files.paths import shown
from align.files.texts.decoding import encoding_name
from align.linking.findings.catalogue import wordings
from align.model import Finding, Role
from align.model.plurals import several
from align.records.counts import SEVERITIES, Counts, DocumentCount

# Documents that the summary names; all are in the files.
NAMED_DOCUMENTS = 5
# Decisions that could not be obeyed that it names.
NAMED_DECISIONS = 10


def summary(outcome: Outcome, out: str, overlays: str, *, report: str) -> Iterator[str]:
    """The lines that close a run: sentences, pages, worst documents, findings, failures, files to open.

    `report` is the command that shows the findings.
    """
    counts = outcome.counts
    yield ""
    if counts.pages and not counts.documents:
        yield (
            "There is no text that could be used, so nothing is linked: put the texts into transcripts/<volume>/, "
            "named <document>.<language>.txt, .xml or .docx, and run again."
        )
    else:
        yield from _sentences(counts)
    aside = [f"{number} {word}" for number, word in ((counts.blank, "blank"), (counts.failed, "failed")) if number]
    read = f"{several(outcome.pages_read, 'scan')} read, {outcome.pages_kept} kept from an earlier run"
    if outcome.pages_existing:
        read += f", {outcome.pages_existing} with existing OCR"
    yield f"Pages: {', '.join([*aside, read])}, in {duration(outcome.seconds.get('wall', 0.0))}."
    worst = worst_documents(outcome.documents)
    if worst:
        yield "Documents with the most sentences that are not plainly linked:"
        for count in worst:
            yield f"  {count.sentences - count.linked:6d} of {count.sentences:<5d} {count.volume} / {count.document}"
    decided = f"; {counts.decided} more are decided" if counts.decided else ""
    yield f"Findings: {', '.join(several(counts.findings[severity], severity) for severity in SEVERITIES)}{decided}."
    if outcome.earlier_decisions:
        earlier = several(outcome.earlier_decisions, "decision")
        yield f"{earlier} made on an earlier text: align review shows both texts, so that they can be decided again."
    yield from _unobeyed(outcome.unobeyed)
    for failed in outcome.failures:
        more = f" (and {len(failed.files) - 1} more: {failed.cause})" if len(failed.files) > 1 else ""
        yield f"Failed: {failed.message}{more}"
    for volume in outcome.left:
        yield f"Left as it was: {volume.message}"
    yield f"Results: {out}/run.json, {out}/<volume>/links.jsonl, {out}/<volume>/findings.jsonl"
    if overlays != "none":
        yield f"Pictures to open in a browser: {out}/<volume>/overlays/p0001.{overlays} and on"
    yield f"What does not fit, with the places on the scans: {report}"


def _unobeyed(found: Sequence[Unobeyed]) -> Iterator[str]:
    """A line for each decision that could not be obeyed, up to some number."""
    if found:
        yield f"{several(len(found), 'decision')} could not be obeyed, or not wholly; none is lost:"
    for each in found[:NAMED_DECISIONS]:
        yield f"  {shown(each.message)}"
    if len(found) > NAMED_DECISIONS:
        yield f"  and {len(found) - NAMED_DECISIONS} more"


def _sentences(counts: Counts) -> Iterator[str]:
    """The number of sentences, and how many of them have each status."""
    total = counts.sentences
    documents, pages = several(counts.documents, "document"), several(counts.pages, "page")
    yield f"{several(total, 'sentence')} in {documents}, on {pages}:"
    for number, meaning in (
        (counts.linked, "linked to their place on a page"),
        (counts.partial, "linked in part: some of the words were not found"),
        (counts.doubtful, "linked, but doubtful: look at these first"),
        (counts.unlinked, "not linked"),
        (counts.apart, "rightly on no page: editors' notes and commentary"),
    ):
        share = f"{100 * number / total:5.1f} %" if total else ""
        yield f"  {number:6d}  {share:>8}  {meaning}"


def worst_documents(documents: Sequence[DocumentCount]) -> list[DocumentCount]:
    """The few documents with the most sentences that are not linked, worst first."""
    faulty = [count for count in documents if count.linked < count.sentences]
    return sorted(faulty, key=lambda count: (count.linked - count.sentences, count.volume, count.document))[
        :NAMED_DOCUMENTS
    ]


def dry_summary(
    collection: Collection,
    volumes: Sequence[Volume],
    texts: Mapping[str, Sequence[ReadText]],
    findings: Sequence[Finding],
) -> Iterator[str]:
    """The scans that a run would read, and the document, language, encoding and sentences of each text."""
    yield f"Collection {collection.root}" + (f" “{collection.title}”" if collection.title else "")
    for volume in volumes:
        files = several(len(volume.scans), "scan file")
        yield f"Volume {volume.name}: {files}, {volume.scans[0].path} to {volume.scans[-1].path}"
        if volume.ocr:
            yield f"  {several(len(volume.ocr), 'file')} of existing OCR"
        for read in texts[volume.name]:
            text = read.text
            if text is None:
                continue
            roles = Counter(sentence.role for sentence in text.sentences)
            aside = [word(roles[role]) for role, word in ROLES if roles[role]]
            parts = [several(roles["body"], "sentence"), *aside]
            if text.markers:
                parts.append(several(len(text.markers), "page marker"))
            taken = f"document {text.document}, language {text.language}, {encoding_name(read.encoding)}"
            yield f"  {text.path}: {taken}; {', '.join(parts)}"
    for finding in findings:
        yield f"{finding.severity.capitalize()}: {wordings(finding)['en'].message}"


ROLES: tuple[tuple[Role, Callable[[int], str]], ...] = (
    ("heading", lambda number: several(number, "heading")),
    ("note", lambda number: several(number, "note")),
    ("commentary", lambda number: f"{number} of commentary"),
)
