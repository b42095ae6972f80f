"""A collection whose pages are given as read: its texts are linked, and the results written; no image is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from align.batch.exports import FORMATS, Exported, ExportRequest
from align.batch.texts import TextJob, read_text, with_columns
from align.files.collection.opening import open_collection
from align.files.store.result_store import ResultStore
from align.files.store.results import Results, write_loose, write_volume
from align.linking.volume import link_volume
from align.model import Page, VolumeResult
from align.records import SCHEMA_VERSION, json_document
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress

VOLUME = "v"


def write_linked(root: Path, pages: Sequence[Page], texts: Mapping[str, bytes], *, settings: str = "") -> VolumeResult:
    """The volume, its texts by the names of their files, and its results below `root`."""
    (root / "transcripts" / VOLUME).mkdir(parents=True)
    (root / "images" / VOLUME).mkdir(parents=True)
    (root / "collection.toml").write_text(settings, encoding="utf-8")
    for page in pages:
        (root / page.scan.path).touch()
    for name, data in texts.items():
        (root / "transcripts" / VOLUME / name).write_bytes(data)
    collection = open_collection(root)
    outcomes = with_columns([read_text(TextJob(root, file, None)) for file in collection.volumes[0].texts])
    read = [outcome.text for outcome in outcomes if outcome.text is not None]
    details = {name: stated.details for name, stated in collection.documents.items()}
    result = link_volume(VOLUME, pages, read, details=details)
    store = ResultStore(root / "aligned")
    store.out.mkdir()
    write_volume(store, result)
    write_loose(store, ())
    run = json_document({"schema_version": SCHEMA_VERSION, "volumes": {VOLUME: {}}})
    (store.out / "run.json").write_text(run, encoding="utf-8")
    return result


def exported(root: Path, name: str, **options: object) -> tuple[Exported, dict[str, bytes]]:
    """The outcome of an export, and the files of the volume by their names."""
    store, results = ResultStore(root / "aligned"), Results.opened(root / "aligned")
    with store.opened():
        done = FORMATS[name](
            ExportRequest(
                open_collection(root), results, store, results.volumes, NullProgress(), SerialPool(), **options
            )
        )
    folder = store.out / name / VOLUME
    return done, {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
