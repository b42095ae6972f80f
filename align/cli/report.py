"""`align report`: the findings as a page, as tables, and compared with an earlier run."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

import click

from align.cli.findings_table import findings_table
from align.cli.options.decisions_option import decisions_option, kept_decisions
from align.cli.options.limits import limit_options
from align.cli.output import tell, write_lines
from align.cli.progress import shown_progress
from align.cli.run import shown_path
from align.cli.versions import made_from
from align.decisions.calibration import false_alarms
from align.errors import ExitCode, InputError
from align.files.collection.opening import open_collection
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.written import refuse_other_collection
from align.web.report import gathered, write_report
from align.workers.limits import Limits
from align.workers.pools import ProcessPool, usable_cores

# Columns of a line where the output is not a terminal.
USUAL_COLUMNS = 100


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the results.  [default: COLLECTION/aligned]")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="OTHER",
    help="An earlier run to compare with: a folder of results, or a collection. Shows what is new, gone or moved.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="End with exit code 6 if there are such findings, or worse.",
)
@decisions_option
@limit_options
def report(
    collection: Path,
    out: Path | None,
    against: Path | None,
    fail_on: Literal["error", "warning"] | None,
    decisions: str | None,
    limits: Limits,
) -> int:
    """Show what does not fit in COLLECTION, after align run: a page to open in a browser, and tables.

    Writes aligned/report/index.html, which needs no network and can be copied with its folder. Next to it are the
    tables findings.csv and findings.xlsx, in which decisions can be written. Tables with decisions that were not taken
    by align decisions import yet are not overwritten. Prints the most serious findings. Reads no page again.

    \b
    Example:
      align report mydiary
      align report mydiary --against mydiary-of-may --fail-on error
    """  # noqa: D301 - click's mark for lines that stay as they are
    opened = open_collection(collection)
    store = ResultStore(out or opened.root / "aligned", collection=opened.root)
    results = Results.opened(store.out)
    refuse_other_collection(store, opened.root)
    results.require_whole()
    earlier = None if against is None else _earlier(against)
    gathered_report = gathered(
        results,
        title=opened.title or opened.root.name,
        against=earlier,
        against_name=None if against is None else shown_path(against),
    )
    pool = ProcessPool(usable_cores(), preload="align.web.report.crops", limits=limits)
    decided = kept_decisions(opened.root, decisions)
    with store.opened(), shown_progress(tell) as progress:
        unshown = write_report(
            gathered_report, scans=RunScans(opened.root), store=store, pool=pool, progress=progress, decided=decided
        )
        about = list(made_from(store, gathered_report.version, collection, out))
    columns = shutil.get_terminal_size((USUAL_COLUMNS, 24)).columns
    write_lines(findings_table(gathered_report, columns, false_alarms(decided.standing)))
    for problem in unshown:
        tell(f"Not shown: {problem}")
    folder = f"{shown_path(store.out)}/report"
    tell(f"Tables: {folder}/findings.csv, {folder}/findings.xlsx")
    tell(f"Open in a browser: {folder}/index.html")
    for line in about:
        tell(line)
    counts = gathered_report.counts
    grave = counts["error"] + (counts["warning"] if fail_on == "warning" else 0)
    if unshown:
        return int(ExitCode.PAGES_FAILED)
    return int(ExitCode.FINDINGS if fail_on and grave else ExitCode.DONE)


def _earlier(path: Path) -> Results:
    """The results in this folder, or those of the collection in this folder."""
    for folder in (path, path / "aligned"):
        if (folder / "run.json").is_file():
            return Results.opened(folder)
    raise InputError(
        f"{path} holds no results to compare with (there is no run.json in it or in its aligned/): name the folder "
        "of an earlier run, or its collection, with --against.",
        cause="no-results",
    )
