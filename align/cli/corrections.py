"""`align corrections`: the accepted readings as corrected copies of the texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from align.api.decisions_read import standing_events
from align.batch.corrections import DIFF, LIST, Corrections, write_corrections
from align.cli.output import tell, write_lines
from align.decisions.readings import Refusal
from align.errors import ExitCode
from align.files.collection.opening import open_collection
from align.files.paths import shown
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.written import refuse_other_collection
from align.model.plurals import several

# Letters of a reading that a line of the terminal quotes.
_QUOTED = 80


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for the copies.  [default: COLLECTION/aligned/corrections]"
)
@click.option(
    "--decisions",
    metavar="ADDRESS",
    envvar="ALIGN_DECISIONS",
    help="Database of editors' decisions.  [default: COLLECTION/review/decisions.sqlite]",
)
def corrections(collection: Path, out: Path | None, decisions: str | None) -> int:
    """Write corrected copies of the texts of COLLECTION, with all readings that editors accepted in align review.

    The texts themselves are not changed. A copy differs from its text in the corrected places alone; TEI keeps its
    markup, and a Word document shows each reading as a tracked change. Beside the copies are corrections.diff, which
    shows all changes, and corrections.csv, which lists them.

    \b
    Example:
      align corrections mydiary
      align corrections mydiary --out corrected
    """  # noqa: D301 - click's mark for lines that stay as they are
    opened = open_collection(collection)
    results = Results.opened(opened.root / "aligned")
    refuse_other_collection(results.store, opened.root)
    results.require_whole(needed=lambda path: "/overlays/" not in path)
    store = ResultStore(out or opened.root / "aligned", collection=opened.root)
    folder = "" if out else "corrections"
    standing = standing_events(opened.root, decisions, tell)()
    with store.opened():
        done = write_corrections(opened.root, results, standing, store, folder=folder)
    write_lines(_list(done))
    for refusal in done.refused:
        tell(_refused(refusal))
    place = shown(str(store.out / folder))
    tell(
        f"{several(len(done.made), 'reading')} put into {several(len(done.files), 'copy').replace('copys', 'copies')}."
    )
    if done.by_hand:
        tell(f"{several(done.by_hand, 'finding')} to be mended by hand: no reading was given.")
    tell(f"Copies, {DIFF} and {LIST}: {place}")
    return int(ExitCode.DONE)


def _list(done: Corrections) -> Iterator[str]:
    for own in done.made:
        reading = own.reading
        page = f", page {own.pages}" if own.pages else ""
        yield shown(f"{reading.text}, {own.place}{page}: {_quoted(reading.old)} → {_quoted(reading.new)}")


def _refused(refusal: Refusal) -> str:
    event, finding = refusal.event, refusal.finding
    text = (finding.text if finding else event.where.text) or event.where.text or event.where.document or "The volume"
    name = f"finding {finding.id}" if finding else f"finding {event.subject.key}"
    reading = (event.value or {}).get("reading")
    return shown(f"{text}, {name}: {_quoted(str(reading))} of {event.by} is not put in, since {refusal.why}.")


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words if len(words) <= _QUOTED else words[:_QUOTED] + ' …'}”" if words else "nothing"
