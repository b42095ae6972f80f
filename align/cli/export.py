"""`align export`: results in formats of other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import click

from align.batch.exports import FORMATS, Exported, ExportRequest
from align.batch.exports.chosen import Whole, chosen_documents, chosen_formats, chosen_results, whole_volumes
from align.batch.exports.program_zips import Program, export_zip, format_for
from align.cli.options.limits import limit_options
from align.cli.output import tell
from align.cli.progress import shown_progress
from align.cli.versions import made_from
from align.errors import MissingDependencyError, UsageError
from align.export import QUALITY, TextChoice
from align.files.collection.opening import open_collection
from align.files.paths import shown
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.written import refuse_other_collection
from align.workers.limits import Limits
from align.workers.pools import ProcessPool


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_names",
    metavar="|".join(FORMATS),
    multiple=True,
    help="The format to write; give the option several times for several.",
)
@click.option(
    "--base-url",
    metavar="URL",
    help="iiif, annotations: the address at which they will be served; all ids begin with it.  [default: this machine]",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the results.  [default: COLLECTION/aligned]")
@click.option("--volume", metavar="V", help="Only this volume.")
@click.option(
    "--document", "documents", metavar="D", multiple=True, help="Only this document; may be given several times."
)
@click.option(
    "--for",
    "programs",
    multiple=True,
    type=click.Choice(get_args(Program)),
    help="A zip that this program imports: the scans with their text, as ALTO for eScriptorium, PAGE for Transkribus; "
    "give the option twice for both.",
)
@click.option(
    "--text",
    type=click.Choice(get_args(TextChoice)),
    default="human",
    show_default=True,
    help="alto, page, hocr: the words of the texts, and what was read on lines that no text has (human); those of the "
    "texts alone, where the line surely shows them (sure); or all words as they were read (ocr).",
)
@click.option("--tiles", is_flag=True, help="iiif: cut every image into tiles, not only those above 24 megapixels.")
@click.option("--lines", is_flag=True, help="iiif, tei: also write the lines that were read.")
@click.option(
    "--quality",
    type=click.IntRange(1, 100),
    default=QUALITY,
    show_default=True,
    help="pdf: quality of scans that are not JPEG already.",
)
@click.option("--flat", is_flag=True, help="iiif: annotations of both languages in one list, for viewers such as TIFY.")
@limit_options
def export(
    collection: Path,
    format_names: tuple[str, ...],
    out: Path | None,
    volume: str | None,
    documents: tuple[str, ...],
    programs: tuple[Program, ...],
    limits: Limits,
    **choices: Any,  # noqa: ANN401 - options of some formats: fields of ExportRequest that have their names
) -> int:
    """Write the results of COLLECTION in other formats (docs/exports.md), each into a folder next to the results.

    \b
    xlsx              sentence pairs side by side, for Excel and LibreOffice
    tmx, xliff        sentence pairs for programs of translators
    alto, page, hocr  the lines of the pages, with the words of the transcription
    csv, parquet      tables of links, places, pairs, lines, pages, documents, findings
    annotations       W3C Web Annotations of the scans, with both languages
    iiif              IIIF Presentation 3: a manifest with its images and annotations
    tei               TEI P5: each text with its scans, zones and translation; a TEI text keeps its markup
    pdf               PDF/A-2b: the scans with the transcription under their ink

    \b
    Example:
      align export mydiary --format xlsx --format tmx
      align export mydiary --format iiif --base-url https://archive.example/mydiary/iiif
    """  # noqa: D301 - click's mark for lines that stay as they are
    jobs = _jobs(format_names, programs)
    opened = open_collection(collection)
    store = ResultStore(out or opened.root / "aligned", collection=opened.root)
    results = Results.opened(store.out)
    version = results.version()
    volumes = chosen_results(results.volumes, volume)
    refuse_other_collection(store, opened.root)
    whole = _whole(results, volumes)
    chosen, names = chosen_documents(results, whole.volumes, documents)
    with store.opened(), shown_progress(tell) as progress:
        request = ExportRequest(
            collection=opened,
            results=results,
            store=store,
            volumes=chosen,
            progress=progress,
            pool=ProcessPool(1, preload="align.batch.exports.scan_files", limits=limits),
            documents=names,
            **choices,
        )
        exported, missing = _exported(jobs, request, Exported(failures=whole.failures))
        about = list(made_from(store, version, collection, out))
    for line in (*exported.failures, *exported.summary, *about):
        tell(line)
    if missing is not None:
        raise missing
    return int(exported.exit_code)


def _jobs(names: Sequence[str], programs: Sequence[Program]) -> list[tuple[Program | None, str]]:
    """What to write: the formats named, or for each program the one that it imports; UsageError where there is none."""
    formats = chosen_formats(names, FORMATS)
    if not formats and not programs:
        raise UsageError(f"Nothing says what to write: give --format with one of {', '.join(FORMATS)}, or --for.")
    if programs:
        return [(program, format_for(program, formats)) for program in dict.fromkeys(programs)]
    return [(None, name) for name in formats]


def _exported(
    jobs: Iterable[tuple[Program | None, str]], request: ExportRequest, before: Exported
) -> tuple[Exported, MissingDependencyError | None]:
    """The outcome of all formats after what was told before; one that needs what is not installed leaves the others."""
    exported, missing = before, None
    for program, name in jobs:
        try:
            made = FORMATS[name](request) if program is None else export_zip(request, program, name)
            exported = exported.and_of(made)
        except MissingDependencyError as error:
            missing = missing or error
    return exported, missing


def _whole(results: Results, volumes: Sequence[str]) -> Whole:
    """The volumes that can be exported. No export shows an overlay: a damaged one is told, and is no reason to stop."""
    whole = whole_volumes(results, volumes)
    for path in whole.overlays:
        tell(f"{shown(path)} is missing or damaged: run align run again, which writes it anew.")
    return whole
