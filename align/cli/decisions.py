"""`align decisions`: what editors decided, given out, taken in and joined."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

import click

from align.batch.exchange.giving_out import as_lines, as_table
from align.batch.exchange.outcome import Outcome
from align.batch.exchange.taking_in import Takes
from align.cli.options.decisions_option import decisions_option
from align.cli.output import tell, write_lines
from align.database.decision_store import DecisionStore
from align.database.opening import address_of, opened, opened_to_read
from align.decisions.json_lines import event_of
from align.decisions.subjects import subjects_of
from align.decisions.table import Said, Seen, is_heading, said
from align.errors import ExitCode, InputError, OutputError, UsageError
from align.files.collection.opening import open_collection
from align.files.paths import shown
from align.files.store.results import Results
from align.files.tables.decision_file import decision_file
from align.model import VolumeResult
from align.model.decision import Event, Subject
from align.model.plurals import several

Choice = Literal["theirs", "ours"]


@click.group()
def decisions() -> None:
    """Give out, take in and join what editors decided of a collection.

    \b
    Example:
      align decisions export mydiary decisions.jsonl
      align decisions import mydiary mydiary/aligned/report/findings.xlsx
    """  # noqa: D301 - click's mark for lines that stay as they are


def _taking_options(command: Callable[..., object]) -> Callable[..., object]:
    for option in (
        decisions_option,
        click.option("--by", metavar="NAME", help="Who decided.  [default: your user name]"),
        click.option("--theirs", "choice", flag_value="theirs", help="Settle all conflicts: take what comes in."),
        click.option("--ours", "choice", flag_value="ours", help="Settle all conflicts: keep what stands."),
        click.option("--dry-run", is_flag=True, help="Only say what would be done; record nothing."),
    ):
        command = option(command)
    return command


@decisions.command("export")
@click.argument("collection", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@decisions_option
def export_decisions(collection: Path, file: Path | None, form: str, decisions: str | None) -> int:
    """Write the decisions of COLLECTION to FILE, or to standard output.

    jsonl: all that was ever decided, one event a line. csv: the decisions that stand, as a table. Both can be taken in
    by align decisions import.

    \b
    Example:
      align decisions export mydiary decisions.jsonl
      align decisions export mydiary --format csv decisions.csv
    """  # noqa: D301 - click's mark for lines that stay as they are
    with _to_read(address_of(open_collection(collection).root, decisions)) as store:
        if form == "csv":
            data = as_table(store.standing().values() if store else ())
        else:
            data = as_lines(event for _, event in store.events()) if store else b""
    if file is None:
        click.echo(data.decode("utf-8"), nl=False)
    else:
        _write_new(file, data)
        tell(f"Decisions: {shown(str(file))}")
    return int(ExitCode.DONE)


@decisions.command("import")
@click.argument("collection", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the results.  [default: COLLECTION/aligned]")
@click.option("--gone", is_flag=True, help="Also take decisions on findings that the results no longer have.")
@_taking_options
def import_decisions(
    collection: Path,
    file: Path,
    out: Path | None,
    gone: bool,
    decisions: str | None,
    by: str | None,
    choice: Choice | None,
    dry_run: bool,
) -> int:
    """Take the decisions in FILE into COLLECTION: a findings.xlsx or .csv that was filled in, or exported decisions.

    All rows that can be taken are taken together. The command says what it took, and what it did not take and why. A
    row that says something else than what stands is a conflict: both are shown, and neither is changed. If any row is
    left to you, the exit code is 6.

    \b
    Example:
      align decisions import mydiary mydiary/aligned/report/findings.xlsx --dry-run
      align decisions import mydiary findings.xlsx --by "Anna Smirnova"
      align decisions import mydiary decisions.jsonl --theirs
    """  # noqa: D301 - click's mark for lines that stay as they are
    root = open_collection(collection).root
    editor = _editor(by)
    held = decision_file(file, is_heading)
    if isinstance(held, list):
        theirs, faults = _events(held)
        with _to_write(address_of(root, decisions), dry=dry_run) as store:
            return _told(Takes(store, editor, choice, dry_run).history(theirs, faults), dry=dry_run)
    try:
        rows = list(said(held.headings, held.rows))
    except ValueError as fault:
        raise InputError(
            f"{shown(str(file))} is not clear, since {fault}: rename one of them.", cause="twice"
        ) from fault
    seen = _seen(Results.opened(out or root / "aligned"), gone=gone)
    with _to_write(address_of(root, decisions), dry=dry_run) as store:
        return _told(Takes(store, editor, choice, dry_run).table(rows, seen), dry=dry_run)


@decisions.command("join")
@click.argument("collection", type=click.Path(path_type=Path))
@click.argument("other")
@_taking_options
def join_decisions(
    collection: Path, other: str, decisions: str | None, by: str | None, choice: Choice | None, dry_run: bool
) -> int:
    """Take what was decided in OTHER into COLLECTION: another copy of the collection, or a store of decisions.

    What both editors decided the same is left as it is. What they decided otherwise is a conflict: both are shown, and
    neither is changed; then the exit code is 6.

    \b
    Example:
      align decisions join mydiary /media/usb/mydiary
      align decisions join mydiary annas-decisions.sqlite --dry-run
    """  # noqa: D301 - click's mark for lines that stay as they are
    root = open_collection(collection).root
    editor = _editor(by)
    place = address_of(Path(other)) if Path(other).is_dir() else address_of(root, other)
    with _to_read(place) as there:
        if there is None:
            raise InputError(
                f"{shown(other)} holds no decisions: name a collection, its review/decisions.sqlite, or an address.",
                cause="missing",
            )
        theirs = [event for _, event in there.events()]
    with _to_write(address_of(root, decisions), dry=dry_run) as store:
        return _told(Takes(store, editor, choice, dry_run).history(theirs), dry=dry_run)


@contextmanager
def _to_read(address: str | Path) -> Iterator[DecisionStore | None]:
    database = opened_to_read(address)
    if database is None:
        yield None
        return
    with closing(database):
        yield DecisionStore(database)


@contextmanager
def _to_write(address: str | Path, *, dry: bool) -> Iterator[DecisionStore | None]:
    """The store to take decisions in; for a dry run the one that is there, or None, and nothing is made."""
    if dry:
        with _to_read(address) as store:
            yield store
        return
    with closing(opened(address)) as database:
        yield DecisionStore(database)


def _seen(results: Results, *, gone: bool) -> Callable[[Said], Seen | None]:
    """What the results say of the subject of a row; with `gone`, what the row says where they say nothing."""
    volumes = [results.volume(name) for name in results.volumes]
    found: dict[Subject, Seen] = {}
    for volume in (*volumes, VolumeResult("", findings=results.loose)):
        for at in subjects_of(volume):
            found.setdefault(at.subject, Seen(at.content, at.where, at.texts))
    return lambda own: found.get(own.subject) or (own.told if gone else None)


def _events(lines: list[str]) -> tuple[list[Event], list[str]]:
    """The events of JSON lines, and a sentence for each line that is none."""
    found, faults = [], []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(event_of(line, number))
            except InputError as error:
                faults.append(error.message)
    return found, faults


def _editor(stated: str | None) -> str:
    try:
        name = (stated if stated is not None else getpass.getuser()).strip()
    except (OSError, KeyError) as error:
        raise UsageError("It is not known who decided: say it with --by NAME.") from error
    if not name or not name.isprintable() or len(name) > 200:
        raise UsageError("The name after --by is empty, too long or has hidden characters: write it out.")
    return name


def _write_new(file: Path, data: bytes) -> None:
    try:
        with file.open("xb") as stream:
            stream.write(data)
    except OSError as error:
        why = "is there already" if isinstance(error, FileExistsError) else f"cannot be written ({error.strerror})"
        raise OutputError(f"{shown(str(file))} {why}: name another file.", cause="unwritable") from error


def _told(outcome: Outcome, *, dry: bool) -> int:
    """The exit code, after all that was done and not done is said."""
    would = "would be" if dry else "was" if outcome.taken == 1 else "were"
    lines = [f"{several(outcome.taken, 'decision')} {would} taken."]
    if outcome.there:
        lines.append(f"{several(outcome.there, 'decision')} stood here already.")
    if outcome.untouched:
        lines.append(f"{outcome.untouched} left as decided here.")
    lines += [f"Conflict: {shown(own)}" for own in outcome.conflicts]
    if outcome.conflicts:
        lines.append("Settle all conflicts: --theirs takes what comes in, --ours keeps what stands.")
    lines += [f"Not taken: {shown(own)}" for own in outcome.untaken]
    if any("the results have no" in own for own in outcome.untaken):
        lines.append("Decisions on what is gone are taken with --gone.")
    write_lines(lines)
    return int(ExitCode.DONE if outcome.whole else ExitCode.FINDINGS)
