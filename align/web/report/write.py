"""Writes the report: one folder that opens from a disk, with its tables."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from align.decisions.calibration import false_alarms
from align.decisions.taking import Decided
from align.export.images.place_pictures import Picture as PlacePicture
from align.export.spreadsheet import table_csv, table_xlsx
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.model.decision import Event, Subject
from align.web.assets import built_file, content_digest, versioned
from align.web.report.contents import Report
from align.web.report.crops import FOLDER as PICTURES
from align.web.report.crops import Picture, PictureMaker, picture_name
from align.web.report.kept_tables import refuse_unkept
from align.web.report.page import Addresses, report_html
from align.web.report.payload import chunk_scripts, index_script
from align.web.report.row_pictures import row_pictures
from align.web.report.table import COLUMNS, table_rows
from align.workers.calls import Pool
from align.workers.progress import Progress

REPORT = "report"
# The styles of the page; theme.css is shared with the viewer.
_STYLES = {"theme.css": "theme.css", "report.css": "report/report.css"}
# The script of the page, which esbuild makes of align/web/client.
_SCRIPT = "report.js"


def write_report(
    report: Report, *, scans: RunScans, store: ResultStore, pool: Pool, progress: Progress, decided: Decided
) -> tuple[str, ...]:
    """A sentence for each scan that cannot be shown in the report. The report is written under `report/` of the store.

    `decided` is what the tables are filled in with, and what false alarms are counted in. Raises MissingDependencyError
    ("report-assets") where the front end was not built, and OutputError ("unkept-decisions") where a table that is
    there holds decisions of which `decided` knows nothing; then nothing is written.
    """
    refuse_unkept(store.out / REPORT, decided, scans.root)
    assets = {_SCRIPT: built_file(_SCRIPT, part="report")}
    assets |= {name: files("align.web").joinpath(source).read_bytes() for name, source in _STYLES.items()}
    pages = [page for volume in report.volumes for page in volume.pages]
    wanted = dict.fromkeys((shown.volume or "", view.page) for shown in report.findings for view in shown.views)
    pictured = [page.page for page in pages if (page.volume, page.page.order) in wanted]
    keys = [(page.volume, page.page.order) for page in pages if (page.volume, page.page.order) in wanted]
    made = list(PictureMaker(scans, store, pool, progress).make(pictured))
    pictures: dict[tuple[str, int], Picture] = dict(zip(keys, made, strict=True))
    titles = {(v.name, shown.document.document): shown.title for v in report.volumes for shown in v.documents}
    scripts = dict(_named(f"{n:05d}", text) for n, text in enumerate(chunk_scripts(report.findings, pages)))
    chunks = tuple(scripts)
    index, text = _named("index", index_script(report.findings, pages, pictures, titles, chunks))
    scripts[index] = text
    places = row_pictures(report.findings, lambda *page: _page_picture(store, pictures.get(page)))
    files_written = {**assets, **_tables(report, decided.standing, places)}
    for name, text in scripts.items():
        store.write_text(f"{REPORT}/{name}", text)
    for name, data in files_written.items():
        store.write_bytes(f"{REPORT}/{name}", data)
    unshown = tuple(dict.fromkeys(picture.problem for picture in made if picture.problem))
    addresses = Addresses({name: versioned(name, data) for name, data in files_written.items()}, index, chunks[:1])
    alarms = false_alarms(decided.standing)
    html = report_html(report, unshown=unshown, addresses=addresses, alarms=alarms)
    store.write_text(f"{REPORT}/index.html", html)
    store.remove_unlisted(f"{REPORT}/data", (".js",), {name.removeprefix("data/") for name in scripts})
    store.remove_unlisted(PICTURES, (".jpg",), {picture_name(page) for page in pictured})
    return unshown


def _named(name: str, text: str) -> tuple[str, str]:
    """The script under a name that has its digest in it, so that no page reads data of another report."""
    return f"data/{name}-{content_digest(text.encode())}.js", text


def _page_picture(store: ResultStore, picture: Picture | None) -> bytes | None:
    return store.read_bytes(f"{REPORT}/{picture.file}") if picture is not None and picture.file else None


def _tables(report: Report, standing: Mapping[Subject, Event], places: Mapping[str, PlacePicture]) -> dict[str, bytes]:
    pages = {volume.name: {own.page.order: own for own in volume.pages} for volume in report.volumes}
    rows = list(table_rows(report.findings, pages, standing, places))
    return {
        "findings.csv": table_csv(COLUMNS, rows),
        "findings.xlsx": table_xlsx(COLUMNS, rows, sheet="Findings"),
    }
