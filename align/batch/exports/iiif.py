"""`--format iiif`: the manifest, annotation pages and images of each volume, under `iiif/` in the results."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from contextlib import closing

from align.batch.exports.addresses import checked_base_url
from align.batch.exports.page_files import ImageRecord, PageFiles
from align.batch.exports.parts import Part, parts_of, removed_with_their_volumes, told_failures, told_stays
from align.batch.exports.request import Exported, ExportRequest
from align.batch.exports.scan_files import ScanOpener
from align.errors import ScanError
from align.export import Addresses, ImageKind, iiif_files
from align.export.iiif.addresses import MANIFEST
from align.files.paths import shown
from align.files.scans.fingerprints import CHANGED, RunScans
from align.files.store.export_record import ExportRecord
from align.model import Page, ScanInfo
from align.workers.calls import Workers

FOLDER = "iiif"
# The address at which `python3 -m http.server`, started in the folder of results, serves the folder.
LOCAL_URL = "http://127.0.0.1:8000/iiif"
STAGE = "Writing IIIF"


def export_iiif(request: ExportRequest) -> Exported:
    """Write the chosen volumes or documents; the outcome. A page whose scan cannot be opened has an empty canvas."""
    base = checked_base_url(request.base_url or LOCAL_URL)
    summary: list[str] = []
    failures: list[str] = []
    stay = removed_with_their_volumes(request, FOLDER, _remove_gone)
    with closing(Workers(request.pool)) as workers:
        scans = ScanOpener(RunScans(request.collection.root), workers)
        for name in request.volumes:
            record = ExportRecord.of(request.store, FOLDER, name)
            with told_failures(failures, request, name, f"as {FOLDER}"), record:
                for part in parts_of(request.results, name, request.documents):
                    addresses = Addresses(base, part.name)
                    failures += _write_part(request, addresses, part, scans)
                    manifest = f"{FOLDER}/{part.name}/{MANIFEST}"
                    record.put(manifest, request.store.stamp(manifest), part.document)
                    if part.document is None:
                        stay += _remove_gone(record, part.names)
                    what = "volume" if part.document is None else "document"
                    summary.append(f"Manifest of {what} {shown(part.document or name)}: {addresses.manifest}")
    if summary:
        summary.append(f"The files are in {shown(str(request.store.out / FOLDER))}; serve that folder as {base}")
    return Exported((*summary, *told_stays(request.store, stay)), tuple(failures))


def _remove_gone(record: ExportRecord, documents: Container[str]) -> tuple[str, ...]:
    """Remove manifests of what is gone, with their annotations and images; the paths of those changed since."""
    gone = record.stale(documents)
    stay = record.remove_stale(documents)
    for manifest in sorted(set(gone) - set(stay)):
        ImageRecord.read(record.store, manifest.removesuffix(f"/{MANIFEST}")).remove_all()
    return stay


def _write_part(request: ExportRequest, addresses: Addresses, part: Part, scans: ScanOpener) -> Sequence[str]:
    """Write the files of one volume or document and remove outdated ones; a sentence for each scan that failed."""
    folder, pages = f"{FOLDER}/{part.name}", part.pages
    files = PageFiles(scans, request.store, ImageRecord.read(request.store, folder), pages, tiles=request.tiles)
    images: dict[int, ImageKind] = {}
    failures = []
    request.progress.begin(STAGE, len(pages))
    changed = _changed(scans.scans, pages)
    for page in pages:
        if page.frame is None:
            failures.append(
                f"{shown(page.scan.path)} could not be read by align run, so its page has no canvas: repair the scan, "
                "then run align run and align export again."
            )
        elif page.scan in changed:
            failures.append(changed[page.scan])
        else:
            try:
                images[page.order] = files.write(page, page.frame, addresses)
            except ScanError as error:
                failures.append(error.message)
        request.progress.advance(STAGE)
    written = set()
    for path, text in iiif_files(
        addresses,
        part.title(request.collection),
        pages=part.sentences(),
        documents=part.documents,
        headings=[link for name in part.names for link in part.pieces.links_of(name) if link.role == "heading"],
        images=images,
        lines=request.lines,
        flat=request.flat,
    ):
        request.store.write_text(f"{folder}/{path}", text)
        written.add(path)
    files.remove_stale(images, written)
    return tuple(dict.fromkeys(failures))


def _changed(scans: RunScans, pages: Iterable[Page]) -> dict[ScanInfo, str]:
    """The scans that changed since the run, which are not shown whatever images exist, each with its sentence."""
    shown_scans = dict.fromkeys(page.scan for page in pages if page.frame is not None)
    return {
        scan: found.message
        for scan, found in scans.compared(shown_scans)
        if isinstance(found, ScanError) and found.cause == CHANGED
    }
