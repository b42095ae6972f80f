"""Builds the viewer, a folder of files, from the results of a run: data, images, and the front end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment, PackageLoader

from align.files.collection.opening import Collection
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.versions import ResultsVersion
from align.model import Marker, VolumeResult
from align.text.page_markers import find_markers
from align.web.assets import built_file, content_digest, versioned
from align.web.viewer.data import Payload, Picture, document_payloads, volume_payload
from align.web.viewer.identity import KEPT, fresh_identity, known_identity, last_collection
from align.web.viewer.images import KINDS, all_made, planned, wanted_images
from align.web.viewer.scripts import script
from align.web.viewer.search import Entry, Index, index_of
from align.workers.calls import Pool, Workers
from align.workers.progress import Progress

FOLDER = "viewer"
# What esbuild makes of align/web/client.
ASSETS = ("viewer.js", "viewer.css", "stems.js", "licences.txt")
_IMAGES = "Writing images"
_DATA = "Writing texts"
# How many texts of each worker may wait in memory.
_AHEAD = 16


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: numbers of documents, pages and new images, and a sentence for each scan that failed."""

    documents: int
    pages: int
    images: int
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """What a viewer is built from. The viewer is written into a folder of the store that holds the results."""

    collection: Collection
    results: Results
    store: ResultStore
    pool: Pool
    progress: Progress
    scans: RunScans
    version: ResultsVersion

    def build(self) -> Built:
        """What was built. Only files that changed are written; images that exist stay as they are.

        Raises MissingDependencyError ("viewer-assets") where the front end was not built, InputError where results are
        damaged, OutputError where nothing can be written. A scan that cannot be read is left out, with its reason.
        """
        assets = {name: built_file(name, part="viewer") for name in ASSETS}
        files: set[str] = set()
        volumes = []
        failures: list[str] = []
        keys: list[str] = []
        documents = pages = images = 0
        self.progress.begin(_DATA, len(self.results.volumes))
        for number, name in enumerate(self.results.volumes, 1):
            volume = self.results.volume(name)
            pictures, new, failed = self._images(volume, files)
            volumes.append(self._volume(f"v{number}", volume, pictures, files))
            documents, pages, images = documents + len(volume.documents), pages + len(volume.pages), images + new
            failures += failed
            keys += [name, *(page.key for page in volume.pages), *(link.key for link in volume.links)]
            self.progress.advance(_DATA)
        site = {"title": self.collection.title, "id": self._identity(keys), "volumes": volumes}
        collection = f"data/collection-{self._data('data/collection', site, files)}.js"
        for asset, data in assets.items():
            self._write(asset, data, files)
        page = _page(self.collection.title, assets, collection, self.version)
        self._write("index.html", page.encode(), files)
        for part in ("data", *KINDS):
            self.store.remove_others(f"{FOLDER}/{part}", {file.removeprefix(f"{part}/") for file in files})
        return Built(documents, pages, images, tuple(failures))

    def _images(self, volume: VolumeResult, files: set[str]) -> tuple[dict[int, Picture], int, list[str]]:
        """The pictures by page, the number of pages with new ones, and a sentence for each scan without."""
        wanted = wanted_images(volume.pages)
        plan = planned(self.scans, wanted, lambda file: self.store.holds(f"{FOLDER}/{file}"))
        failures = list(plan.faults)
        lost = set(plan.lost)
        if plan.jobs:
            self.progress.begin(_IMAGES, len(plan.jobs))
            with closing(all_made(plan.jobs, self.pool)) as made:
                for job, result in made:
                    if isinstance(result, str):
                        failures.append(result)
                        lost |= {page.order for page in job.pages}
                    else:
                        for file, data in result:
                            self.store.write_bytes(f"{FOLDER}/{file}", data)
                    self.progress.advance(_IMAGES)
        files.update(file for page in wanted if page.order not in lost for file in page.files)
        pictures = {page.order: page.picture for page in wanted if page.order not in lost}
        return pictures, len({page.order for job in plan.jobs for page in job.pages} - lost), failures

    def _volume(self, folder: str, volume: VolumeResult, pictures: Mapping[int, Picture], files: set[str]) -> Payload:
        """What the list of volumes says of this volume, whose data are written."""
        documents = document_payloads(volume, markers=self._markers(volume))
        digests = {
            name: self._data(f"data/{folder}/d{number}", payload, files)
            for number, (name, payload) in enumerate(documents.items(), 1)
        }
        title = next((v.title for v in self.collection.volumes if v.name == volume.volume), None)
        payload = volume_payload(volume, title=title, pictures=pictures, digests=digests)
        return {
            "name": volume.volume,
            "title": title,
            "documents": len(volume.documents),
            "pages": len(volume.pages),
            "folder": folder,
            "data": self._data(f"data/{folder}/volume", payload, files),
            "search": self._search(folder, index_of(_entries(list(documents.values()))), files),
        }

    def _markers(self, volume: VolumeResult) -> dict[str, tuple[Marker, ...]]:
        """The page markers of each text, where the collection has a form of its own; a worker looks for that form.

        A text in which that takes too long has the usual markers.
        """
        form = self.collection.page_marker
        if form is None:
            return {}
        with closing(Workers(self.pool)) as workers:
            found = workers.results(partial(find_markers, page_marker=form), volume.contents.values(), ahead=_AHEAD)
            named = zip(volume.contents, found, strict=True)
            return {path: markers for path, markers in named if not isinstance(markers, Exception)}

    def _search(self, folder: str, index: Index, files: set[str]) -> str:
        """Write the index of a volume; the digest of the file that names its parts."""
        parts = {
            "shards": [self._data(f"data/{folder}/s{n}", shard, files) for n, shard in enumerate(index.shards)],
            "firsts": index.firsts,
            "contexts": [self._data(f"data/{folder}/c{n}", rows, files) for n, rows in enumerate(index.contexts)],
        }
        return self._data(f"data/{folder}/search", parts, files)

    def _data(self, name: str, data: object, files: set[str]) -> str:
        """Write data under a name that has their digest in it; the digest. No page reads the data of another build."""
        written = script(name, data)
        digest = content_digest(written)
        self._write(f"{name}-{digest}.js", written, files)
        return digest

    def _identity(self, keys: Sequence[str]) -> str:
        """The id under which a browser keeps a reader's notes: it stays when a run is repeated."""
        last = last_collection(self.store.read_bytes(f"{FOLDER}/index.html"))
        known = known_identity(self.store.read_bytes(KEPT), self.store.read_bytes(f"{FOLDER}/{last}"))
        identity = known or fresh_identity(self.collection.title, keys)
        self.store.write_bytes(KEPT, f"{identity}\n".encode())
        return identity

    def _write(self, path: str, data: bytes, files: set[str]) -> None:
        files.add(path)
        self.store.write_bytes(f"{FOLDER}/{path}", data)


def _entries(documents: list[Payload]) -> Iterator[Entry]:
    """The sentences of a volume in the order of search: documents in order, in each its sentences by number."""
    for number, document in enumerate(documents):
        contents: dict[int, list[str]] = {}
        owner: dict[int, int] = {}
        for text_number, text in enumerate(document["texts"]):
            for _, _, parts in text["blocks"]:
                for part in parts:
                    if isinstance(part, list) and len(part) == 2:
                        contents.setdefault(part[1], []).append(part[0])
                        owner[part[1]] = text_number
        for n, sentence in enumerate(document["sentences"]):
            areas = sentence.get("areas", ())
            page = areas[0]["page"] if areas else None
            content = re.sub(r"\s+", " ", " ".join(contents.get(n, ())))
            yield Entry(number, owner.get(n, 0), sentence["key"], content, page)


def _page(title: str | None, assets: Mapping[str, bytes], collection: str, version: ResultsVersion) -> str:
    environment = Environment(loader=PackageLoader("align.web"), autoescape=True)
    addresses = {name: versioned(name, data) for name, data in assets.items()}
    return environment.get_template("viewer.html").render(
        title=title, addresses=addresses, collection=collection, results=version.digest
    )
