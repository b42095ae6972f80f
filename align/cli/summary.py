"""What a run says at its end, and what a dry run says: words for an editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from align.batch.counts import DocumentCount
from align.batch.run import Outcome
from align.batch.texts import ReadText
from align.cli.progress import duration
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume
from align.model import Role, Severity

# So many are named; the rest are in the files.
NAMED = 5


def summary(outcome: Outcome, out: str, overlays: str, *, report: str) -> Iterator[str]:
    """The lines that close a run: sentences, pages, worst documents, findings, failures, files to open.

    `report` is the command that shows the findings.
    """
    counts = outcome.counts
    number = {name: value for name, value in counts.items() if isinstance(value, int)}
    total = number["sentences"]
    yield ""
    documents, pages = several(number["documents"], "document"), several(number["pages"], "page")
    yield f"{several(total, 'sentence')} in {documents}, on {pages}:"
    for name, meaning in (
        ("linked", "linked to their place on a page"),
        ("partial", "linked in part: some of the words were not found"),
        ("doubtful", "linked, but doubtful: look at these first"),
        ("unlinked", "not linked"),
    ):
        share = f"{100 * number[name] / total:5.1f} %" if total else ""
        yield f"  {number[name]:6d}  {share:>8}  {meaning}"
    aside = [f"{number['blank']} blank"] * bool(number["blank"]) + [f"{number['failed']} failed"] * bool(
        number["failed"]
    )
    read = f"{several(outcome.pages_read, 'scan')} read, {outcome.pages_kept} kept from an earlier run"
    if outcome.pages_existing:
        read += f", {outcome.pages_existing} with existing OCR"
    yield f"Pages: {', '.join([*aside, read])}, in {duration(outcome.seconds.get('wall', 0.0))}."
    worst = worst_documents(outcome.documents)
    if worst:
        yield "Documents with the most sentences that are not plainly linked:"
        for own in worst:
            yield f"  {own.sentences - own.linked:6d} of {own.sentences:<5d} {own.volume} / {own.document}"
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    yield f"Findings: {', '.join(several(outcome.findings.get(name, 0), name) for name in severities)}."
    for failed in outcome.failures:
        more = f" (and {len(failed.files) - 1} more: {failed.cause})" if len(failed.files) > 1 else ""
        yield f"Failed: {failed.message}{more}"
    yield f"Results: {out}/run.json, {out}/<volume>/links.jsonl, {out}/<volume>/findings.jsonl"
    if overlays != "none":
        yield f"Pictures to open in a browser: {out}/<volume>/overlays/p0001.{overlays} and on"
    yield f"What does not fit, with the places on the scans: {report}"


def several(number: int, noun: str) -> str:
    """The number with the noun in singular or plural.

    >>> several(1, "page"), several(0, "page")
    ('1 page', '0 pages')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def worst_documents(documents: Sequence[DocumentCount]) -> list[DocumentCount]:
    """The few documents with the most sentences that are not linked, worst first."""
    faulty = [own for own in documents if own.linked < own.sentences]
    return sorted(faulty, key=lambda own: (own.linked - own.sentences, own.volume, own.document))[:NAMED]


def dry_summary(
    collection: Collection, volumes: Sequence[Volume], texts: Mapping[str, Sequence[ReadText]], problems: Sequence[str]
) -> Iterator[str]:
    """What a run would read, and what each text is taken for."""
    yield f"Collection {collection.root}" + (f" “{collection.title}”" if collection.title else "")
    for volume in volumes:
        files = several(len(volume.scans), "scan file")
        yield f"Volume {volume.name}: {files}, {volume.scans[0].path} to {volume.scans[-1].path}"
        if volume.ocr:
            yield f"  {several(len(volume.ocr), 'file')} of existing OCR"
        for read in texts[volume.name]:
            text = read.text
            roles = Counter(sentence.role for sentence in text.sentences)
            aside = [word(roles[role]) for role, word in ROLES if roles[role]]
            parts = [several(roles["body"], "sentence"), *aside]
            if text.markers:
                parts.append(several(len(text.markers), "page marker"))
            taken = f"document {text.document}, language {text.language}, {read.encoding}"
            yield f"  {text.path}: {taken}; {', '.join(parts)}"
    for message in problems:
        yield f"Note: {message}"


ROLES: tuple[tuple[Role, Callable[[int], str]], ...] = (
    ("heading", lambda number: several(number, "heading")),
    ("note", lambda number: several(number, "note")),
    ("commentary", lambda number: f"{number} of commentary"),
)
