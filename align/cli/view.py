"""`align view`: the viewer of a finished run."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from align.cli.options.limits import limit_options
from align.cli.output import tell
from align.cli.progress import shown_progress
from align.cli.versions import made_from
from align.errors import ExitCode
from align.files.collection.opening import open_collection
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.written import refuse_other_collection
from align.web.viewer.serve import served
from align.web.viewer.site import FOLDER, Site
from align.workers.limits import Limits
from align.workers.pools import ProcessPool, usable_cores


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the results.  [default: COLLECTION/aligned]")
@click.option("--no-open", is_flag=True, help="Only build the viewer; do not open a browser.")
@click.option("--serve", is_flag=True, help="Serve it on 127.0.0.1, to this computer only, until Ctrl-C.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Port for --serve.  [default: a free one]")
@limit_options
def view(collection: Path, out: Path | None, no_open: bool, serve: bool, port: int | None, limits: Limits) -> int:
    """Build the viewer of COLLECTION from the results of align run, and open it in the browser.

    The viewer is a folder of files, COLLECTION/aligned/viewer. It can be copied, put on any web server, or opened from
    the disk.

    \b
    Example:
      align view mydiary
      align view mydiary --no-open
      align view mydiary --serve --port 8000
    """  # noqa: D301 - click's mark for lines that stay as they are
    if port is not None and not serve:
        raise click.UsageError("--port is for --serve: add --serve, or leave --port out.")
    opened = open_collection(collection)
    results = Results.opened(out or opened.root / "aligned")
    version = results.version()
    store = ResultStore(results.store.out, collection=opened.root)
    refuse_other_collection(store, opened.root)
    results.require_whole()
    with store.opened(), shown_progress(tell) as progress:
        pool = ProcessPool(usable_cores(), preload="align.web.viewer.images", limits=limits)
        built = Site(opened, results, store, pool, progress, RunScans(opened.root), version).build()
        about = list(made_from(store, version, collection, out))
    for failure in built.failures:
        tell(f"No image: {failure}")
    index = store.out / FOLDER / "index.html"
    tell(f"{built.documents} documents on {built.pages} pages, {built.images} with new images. Open: {index}")
    for line in about:
        tell(line)
    if serve:
        _serve(index.parent, port or 0, browse=not no_open)
    elif not no_open:
        webbrowser.open(index.as_uri())
    return int(ExitCode.PAGES_FAILED if built.failures else ExitCode.DONE)


def _serve(folder: Path, port: int, *, browse: bool) -> None:
    # From the moment at which Ctrl-C is offered, it is a proper end.
    with suppress(KeyboardInterrupt), served(folder, port=port) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        tell(f"Serving {address} to this machine until Ctrl-C.")
        if browse:
            webbrowser.open(address)
        server.serve_forever()
