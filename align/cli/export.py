"""`align export`: results in formats of other programs."""

from __future__ import annotations

from pathlib import Path

import click

from align.batch.exports import FORMATS, ExportRequest
from align.batch.exports.request import chosen_results
from align.cli.options.limits import limit_options
from align.cli.output import tell
from align.cli.progress import shown_progress
from align.cli.versions import made_from
from align.files.collection.opening import open_collection
from align.files.paths import shown
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.written import refuse_other_collection
from align.workers.limits import Limits
from align.workers.pools import ProcessPool

# The address at which `python3 -m http.server`, started in the folder of results, serves them.
LOCAL_URL = "http://127.0.0.1:8000/iiif"


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True, help="The format to write.")
@click.option(
    "--base-url",
    metavar="URL",
    default=LOCAL_URL,
    show_default=True,
    help="iiif: the address at which the folder iiif will be served; all ids begin with it.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the results.  [default: COLLECTION/aligned]")
@click.option("--volume", metavar="V", help="Only this volume.")
@click.option("--tiles", is_flag=True, help="iiif: cut every image into tiles, not only those above 24 megapixels.")
@click.option("--lines", is_flag=True, help="iiif: also write the lines that were read, as separate annotations.")
@limit_options
def export(
    collection: Path,
    format_name: str,
    base_url: str,
    out: Path | None,
    volume: str | None,
    tiles: bool,
    lines: bool,
    limits: Limits,
) -> int:
    """Write the results of COLLECTION in another format, into a folder that has the format's name, next to the results.

    iiif: a manifest for each volume (IIIF Presentation 3), with its images, and the sentences of both languages as
    annotations. Images that were made before are kept.

    \b
    Example:
      align export mydiary --format iiif
      align export mydiary --format iiif --base-url https://archive.example/mydiary/iiif
    """  # noqa: D301 - click's mark for lines that stay as they are
    opened = open_collection(collection)
    store = ResultStore(out or opened.root / "aligned", collection=opened.root)
    results = Results.opened(store.out)
    version = results.version()
    volumes = chosen_results(results.volumes, volume)
    refuse_other_collection(store, opened.root)
    # No export shows an overlay: a damaged one is told, and is no reason to stop.
    for path in results.require_whole(volumes, needed=lambda path: "/overlays/" not in path):
        tell(f"{shown(path)} is missing or damaged: run align run again, which writes it anew.")
    with store.opened(), shown_progress(tell) as progress:
        exported = FORMATS[format_name](
            ExportRequest(
                collection=opened,
                results=results,
                store=store,
                volumes=volumes,
                progress=progress,
                pool=ProcessPool(1, preload="align.batch.exports.scan_files", limits=limits),
                base_url=base_url,
                tiles=tiles,
                lines=lines,
            )
        )
        about = list(made_from(store, version, collection, out))
    for line in (*exported.failures, *exported.summary, *about):
        tell(line)
    return int(exported.exit_code)
