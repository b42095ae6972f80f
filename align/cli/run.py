"""`align run`: reads the scans of a collection and links its texts to them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Literal

import click

from align.api.decisions_read import standing_events
from align.api.running import PAGE_CALLS, EngineName, engine_for, execute, result_store
from align.batch.keeping.loose_findings import problem_findings
from align.batch.keeping.vanished import known_volumes
from align.batch.overlays import Overlays
from align.batch.selection import Options, chosen_volumes
from align.batch.texts import read_texts
from align.cli.options.limits import limit_options
from align.cli.output import tell, write_lines
from align.cli.progress import shown_progress
from align.cli.summary import dry_summary, summary
from align.cli.versions import command_line, outdated_lines
from align.errors import ExitCode
from align.files.collection.opening import Collection, open_collection
from align.web.freshness import outdated_pages
from align.workers.calls import Workers
from align.workers.limits import Limits
from align.workers.pools import ProcessPool, usable_cores, warm


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: COLLECTION/aligned]")
@click.option("--volume", metavar="V", help="Only this volume.")
@click.option("--document", metavar="D", help="Link only this document; all other results stay.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of pages to read at once.  [default: one for each core]",
)
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(["tesseract", "tesserocr"]),
    default="tesseract",
    show_default=True,
    help="Tesseract as a program, or as a library through tesserocr.",
)
@click.option(
    "--overlays", type=click.Choice(["svg", "png", "none"]), default="svg", show_default=True, help="Pictures to make."
)
@click.option("--retry", is_flag=True, help="Read all pages again, even those read before.")
@click.option("--dry-run", is_flag=True, help="Only list the scans, and how each text would be read. Write nothing.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="End with exit code 6 if there are such findings, or worse.",
)
@click.option(
    "--decisions",
    metavar="ADDRESS",
    envvar="ALIGN_DECISIONS",
    help="Database of editors' decisions.  [default: COLLECTION/review/decisions.sqlite]",
)
@limit_options
def run(
    collection: Path,
    out: Path | None,
    volume: str | None,
    document: str | None,
    jobs: int | None,
    engine_name: EngineName,
    overlays: Overlays,
    retry: bool,
    dry_run: bool,
    fail_on: Literal["error", "warning"] | None,
    decisions: str | None,
    limits: Limits,
) -> int:
    """Read the scans of COLLECTION, and link every sentence of its texts to its place on a page.

    COLLECTION is a folder that holds images/<volume>/ and transcripts/<volume>/<document>.<language>.txt (or .xml,
    .docx). Results go to COLLECTION/aligned; no other file is changed. A page that was read once is not read again.

    \b
    Example:
      align run mydiary
      align run mydiary --volume 1934 --jobs 4 --fail-on error

    \b
    Exit codes: 0 done, 1 a fault of the program, 2 wrong use, 3 unusable input,
    4 something is not installed, 5 done but some pages failed, 6 findings at or
    above --fail-on, 130 interrupted.
    """  # noqa: D301 - click's mark for lines that stay as they are
    opened = open_collection(collection)
    warm(PAGE_CALLS)
    options = Options(volume=volume, document=document, overlays=overlays, retry=retry)
    if dry_run:
        return _dry_run(opened, options, limits)
    store = result_store(opened, out)
    engine = engine_for(chosen_volumes(opened, options, known_volumes(store)), engine_name, limits)
    with store.opened(), shown_progress(tell) as progress:
        outcome = execute(
            opened, store, engine=engine, jobs=jobs, options=options, progress=progress, limits=limits,
            standing=standing_events(opened.root, decisions, progress.say),
        )  # fmt: skip
        behind = outdated_pages(store)
    report = command_line("report", collection, out)
    for line in (*summary(outcome, shown_path(store.out), overlays, report=report),
                 *outdated_lines(behind, collection, out)):  # fmt: skip
        tell(line)
    return int(outcome.exit_code(fail_on))


def _dry_run(collection: Collection, options: Options, limits: Limits) -> int:
    """Read the texts, count the scans, write nothing."""
    volumes = chosen_volumes(collection, options)
    texts, findings = {}, problem_findings(collection.problems)
    pool = ProcessPool(usable_cores(), preload=PAGE_CALLS, limits=limits)
    with closing(Workers(pool)) as workers:
        for volume in volumes:
            read = read_texts(collection.root, volume.texts, collection.page_marker, workers)
            texts[volume.name] = read
            findings += [finding for entry in read for finding in entry.findings]
    write_lines(dry_summary(collection, volumes, texts, findings))
    return int(ExitCode.DONE)


def shown_path(path: Path) -> str:
    """The path as a user would type it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
