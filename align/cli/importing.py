"""`align import`: the export of another program, put into a collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from align.cli.output import tell, write_lines
from align.errors import ExitCode, InputError, UsageError
from align.files.collection.names import language_tag
from align.files.collection.tree import SETTINGS_FILE
from align.files.incoming.found import Placed, VolumePlan
from align.files.incoming.kinds import OCR_KINDS, TEXT_KINDS
from align.files.incoming.sources import Refused, opened_source
from align.files.incoming.taking import Taken, add_text, take
from align.files.paths import read_source_bytes, shown
from align.model.plurals import several
from align.ocr import StatedPage, lines_as_text, read_existing, stated_language

# Names that a line of the terminal lists for one reason.
_LISTED = 5


@click.command("import")
@click.argument("export", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("collection", type=click.Path(path_type=Path))
@click.option("--volume", metavar="V", help="Name of the volume that the export becomes.  [default: as in the export]")
@click.option("--language", metavar="TAG", help="Language of the texts whose names state none, such as ru.")
@click.option(
    "--lines-as-text",
    "as_text",
    is_flag=True,
    help="Where people transcribed line by line: write the lines of a volume without texts as its text.  "
    "Needs --language.",
)
def importing(export: Path, collection: Path, volume: str | None, language: str | None, as_text: bool) -> int:
    """Put the export FILE of Transkribus, eScriptorium or a library into COLLECTION: scans, OCR, texts, page labels.

    FILE is a zip, the folder that was in it, or the METS file in such a folder. COLLECTION is made where it is missing.
    Files that are there are never overwritten. Nothing is fetched: where METS names addresses, the images stay away.

    \b
    Example:
      align import export_job_1234.zip mydiary
      align import export.zip mydiary --volume 1934 --language ru
      align import mets.xml mydiary
    """  # noqa: D301 - click's mark for lines that stay as they are
    tag = None if language is None else language_tag(language)
    if language is not None and tag is None:
        raise UsageError(f"{shown(language)} is no language: give a tag such as ru, en or de.")
    if as_text and tag is None:
        raise UsageError("--lines-as-text needs the language of the lines: give it, such as --language ru.")
    with opened_source(export) as source:
        taken = take(source, collection, volume=volume, language=tag, tag=stated_language)
    write_lines(_volumes(taken))
    if as_text and tag is not None:
        for volume_plan in taken.volumes:
            for line in _text_of_lines(collection, volume_plan, tag):
                tell(line)
    for line in (*_refused(taken.refused), *_settings(taken)):
        tell(line)
    where = shown(str(collection))
    if not (collection / "transcripts").is_dir():
        tell(f"There are no texts yet: put the transcriptions and translations into {where}/transcripts/VOLUME/.")
    tell(f"Next: align run {where}")
    return int(ExitCode.DONE)


def _text_of_lines(root: Path, volume: VolumePlan, language: str) -> Iterator[str]:
    """Write the lines of a volume as its text; what is said of it."""
    ocr = [file for file in volume.files if file.kind in OCR_KINDS]
    if not ocr or any(file.kind in TEXT_KINDS for file in volume.files):
        return
    pages: list[StatedPage] = []
    for file in ocr:
        try:
            pages += read_existing(read_source_bytes(root, file.target), name=shown(file.target)).pages
        except InputError as error:
            yield error.message
    target = f"transcripts/{volume.name}/{volume.name}.{language}.txt"
    if add_text(root, target, lines_as_text(pages)):
        yield f"The lines of {several(len(pages), 'page')} are the text {shown(target)}."
    else:
        yield f"{shown(target)} was there and is not changed."


def _volumes(taken: Taken) -> Iterator[str]:
    """What each volume got, such as "diary: 3 scans, 3 files of OCR, 1 text; 2 files were there"."""
    made, there = set(taken.made), set(taken.there)
    for volume in taken.volumes:
        counts = Counter(_what(file) for file in volume.files if file in made)
        before = sum(file in there for file in volume.files)
        parts = [
            several(counts["scan"], "scan"),
            f"{several(counts['file'], 'file')} of OCR",
            several(counts["text"], "text"),
        ]
        kept = f"; {several(before, 'file')} there already" if before else ""
        yield f"{shown(volume.name)}: {', '.join(parts)}{kept}"


def _what(file: Placed) -> str:
    if file.kind in OCR_KINDS:
        return "file"
    return "scan" if file.kind in ("scan", "pdf") else "text"


def _refused(refused: list[Refused]) -> Iterator[str]:
    """What was not taken, reason by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in refused:
        by_reason.setdefault(one.why, []).append(one.path)
    for why, paths in by_reason.items():
        more = f" and {len(paths) - _LISTED} more" if len(paths) > _LISTED else ""
        yield f"Not taken, because {why.rstrip('.')}: {', '.join(paths[:_LISTED])}{more}."


def _settings(taken: Taken) -> Iterator[str]:
    if taken.settings is None:
        return
    if not taken.kept_settings:
        yield f"{SETTINGS_FILE} has the titles, the order and the labels of pages that the export states."
        return
    yield f"{SETTINGS_FILE} was there and is not changed. The export states this, which you can add to it:"
    yield from (f"  {shown(line)}" for line in taken.settings.splitlines())
