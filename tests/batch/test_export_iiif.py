"""`align export --format iiif`: what is written, what is kept, what is removed, and what a bad scan does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image
from support.drawn_volume import SENTENCES, drawn_volume
from support.iiif_rules import faults, schema_faults, things, xywh
from support.sample_run import results_under
from support.small_collection import HEADINGS, PageEngine, files_of, make_collection, run_collection

from align.batch.exports import FORMATS, ExportRequest
from align.cli import command, main
from align.files.collection.opening import open_collection
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.workers.pools import ProcessPool
from align.workers.progress import NullProgress

pytestmark = pytest.mark.slow  # each test exports a volume

BASE = "http://127.0.0.1:8000/iiif"


@dataclass(frozen=True)
class Done:
    code: int
    said: str


def export(root: Path, *options: str) -> Done:
    """What comes of the command."""
    result = CliRunner().invoke(command, ["export", str(root), "--format", "iiif", *options], standalone_mode=False)
    if result.exception:
        raise result.exception
    return Done(result.return_value, result.stderr)


def published(folder: Path, volume: str) -> tuple[dict, dict[str, dict]]:
    """The manifest of an export, and its annotation pages by their URLs, all from their files."""
    own = folder / "iiif" / volume
    manifest = json.loads((own / "manifest.json").read_text(encoding="utf-8"))
    base = manifest["id"].removesuffix("/manifest.json")
    pages = {f"{base}/annotations/{path.name}": json.loads(path.read_bytes()) for path in own.glob("annotations/*")}
    return manifest, pages


def images(manifest: dict) -> list[str | None]:
    """The image of each canvas, by its URL."""
    return [
        next((a["body"]["id"] for page in canvas["items"] for a in page["items"]), None) for canvas in manifest["items"]
    ]


def size(path: Path) -> tuple[int, int]:
    """Width and height of a picture."""
    return Image.open(BytesIO(path.read_bytes())).size


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small collection and its results."""
    made = make_collection(tmp_path / "collection")
    run_collection(made, PageEngine())
    return made


def exported(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_of(root / "aligned").items() if name.startswith("iiif/")}


def test_what_is_written_holds_together(root):
    """Schema and rules hold, every file that the manifest names is there, and images have the size that it states."""
    done = export(root)
    assert done.code == 0
    assert f"Manifest of volume diary: {BASE}/diary/manifest.json" in done.said
    manifest, pages = published(root / "aligned", "diary")
    assert faults(manifest, pages) == []
    assert [f for resource in (manifest, *pages.values()) for f in schema_faults(resource)] == []
    assert {page["label"]["en"][0] for page in pages.values()} == {"Transcription", "Translation"}
    named = set()
    for thing in things(manifest):
        if thing.get("type") == "Image":
            path = root / "aligned" / thing["id"].replace(BASE, "iiif")
            assert size(path) == (thing["width"], thing["height"])
            named.add(thing["id"])
    named |= set(pages) | {manifest["id"]}
    assert {f"{BASE}/{name.removeprefix('iiif/')}" for name in exported(root)} == named


def test_sentences_of_both_languages_are_those_of_the_links(root):
    """Each sentence with areas has an annotation a page, in its language; no other sentence has one."""
    export(root)
    manifest, pages = published(root / "aligned", "diary")
    links = [json.loads(row) for row in (root / "aligned/diary/links.jsonl").read_text(encoding="utf-8").splitlines()]
    stated = sorted((row["sentence"], row["language"], row["content"]) for row in links for _ in row["areas"])
    read = sorted(
        (a["body"]["id"].partition("#")[2], a["body"]["language"], a["body"]["value"])
        for page in pages.values()
        for a in page["items"]
    )
    assert read == stated
    assert {language for _, language, _ in read} == {"ru", "en"}
    titles = [r["label"]["none"] for r in manifest["structures"][0]["items"]]
    assert titles == [[HEADINGS[name]] for name in ("1934-12-18", "1934-12-19", "1934-12-21")]


# What is kept, what is made anew, what is removed


def test_a_second_export_touches_nothing_and_needs_no_scans(root):
    """Where nothing changed no file is written again, and images are kept even when the scans are gone."""
    export(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "aligned").rglob("*") if path.is_file()}
    for scan in (root / "images/diary").iterdir():
        scan.rename(scan.with_suffix(".jpg"))
    assert export(root).code == 0
    after = {path: path.stat().st_mtime_ns for path in before}
    lock = root / "aligned/.lock"
    assert {path for path in before if before[path] != after[path]} <= {lock}


def test_another_base_url_changes_no_image(root):
    """With another base URL all ids begin with it, and no image is encoded again."""
    export(root, "--tiles")
    before = exported(root)
    for scan in (root / "images/diary").iterdir():
        scan.write_bytes(b"")
    assert export(root, "--tiles", "--base-url", "https://archive.example/x/").code == 0
    after = exported(root)
    assert after.keys() == before.keys()
    assert {n for n in after if after[n] != before[n]} == {n for n in after if n.endswith(".json")}
    assert all(BASE.encode() not in data for data in after.values())
    manifest, pages = published(root / "aligned", "diary")
    assert faults(manifest, pages) == []
    for thing in things(manifest):
        for service in thing.get("service", ()):
            information = after[service["id"].replace("https://archive.example/x", "iiif") + "/info.json"]
            assert json.loads(information)["id"] == service["id"]


def test_tiles_and_lines_come_and_go(root):
    """With --tiles and --lines their files are there, without them they are removed, and what is left is as before."""
    export(root)
    before = exported(root)
    export(root, "--tiles", "--lines")
    manifest, pages = published(root / "aligned", "diary")
    assert faults(manifest, pages) == []
    assert {page["label"]["en"][0] for page in pages.values()} >= {"Lines as read by OCR"}
    for canvas, url in zip(manifest["items"], images(manifest), strict=True):
        (service,) = canvas["items"][0]["items"][0]["body"]["service"]
        assert url == f"{service['id']}/full/max/0/default.jpg"
        folder = root / "aligned" / service["id"].replace(BASE, "iiif")
        information = json.loads((folder / "info.json").read_text(encoding="utf-8"))
        assert (information["width"], information["height"]) == (canvas["width"], canvas["height"])
        assert size(folder / "full/max/0/default.jpg") == (canvas["width"], canvas["height"])
    assert not any(name.endswith(".jpg") and "/images/" in name and name.count("/") == 3 and "thumb" not in name
                   for name in exported(root))  # fmt: skip
    export(root)
    assert exported(root) == before
    assert not [path for path in (root / "aligned/iiif").rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_files_of_pages_that_are_gone_are_removed(root):
    """After a run over fewer scans the export holds what a new one would hold, and a foreign file stays."""
    export(root, "--lines")
    foreign = root / "aligned/iiif/diary/images/own.jpg"
    foreign.write_bytes(b"x")
    (root / "images/diary/0001.png").unlink()
    run_collection(root, PageEngine())
    export(root)
    left = exported(root)
    assert left.pop("iiif/diary/images/own.jpg") == b"x"
    fresh = ResultStore(root / "aligned")
    for name in left:
        fresh.remove(name)
    export(root)
    assert {n: d for n, d in exported(root).items() if not n.endswith("own.jpg")} == left


class Stop(Exception):
    pass


@pytest.mark.parametrize("after", [1, 2, 3, 5, 9, 14])
def test_an_interrupted_export_is_finished_by_the_next(root, after, tmp_path):
    """Whenever an export with tiles is stopped, the next without them leaves what a first one would have written."""
    left = [after]

    def sync(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Stop

    collection = open_collection(root)
    store = ResultStore(root / "aligned", collection=root, sync=sync)
    results = Results.opened(root / "aligned")
    with pytest.raises(Stop), store.opened():
        FORMATS["iiif"](
            ExportRequest(
                collection,
                results,
                store,
                results.volumes,
                NullProgress(),
                ProcessPool(1),
                BASE,
                tiles=True,
                lines=True,
            )
        )
    assert export(root).code == 0
    found = exported(root)
    other = make_collection(tmp_path / "other")
    run_collection(other, PageEngine())
    export(other)
    assert found == exported(other)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"x": 1}', b'{"k": ["jpeg", 0, 5, ""]}', b'{"k": ["../..", 9, 9, ""]}']
)
def test_a_damaged_record_is_no_record(root, content):
    """Where the record of what was made is damaged, images are made again, and nothing else happens."""
    export(root)
    before = exported(root)
    (root / "aligned/.exports/iiif/diary/images.json").write_bytes(content)
    assert export(root).code == 0
    assert exported(root) == before


# Bad scans


def test_a_bad_scan_is_told_and_the_others_go_on(root):
    """A scan that cannot be opened leaves its canvas empty, with its annotations; it is named, exit code 5."""
    data = (root / "images/diary/0002.png").read_bytes()
    (root / "images/diary/0002.png").write_bytes(data[:100])
    done = export(root)
    assert done.code == 5
    assert "images/diary/0002.png" in done.said
    manifest, pages = published(root / "aligned", "diary")
    assert faults(manifest, pages) == []
    assert [url is None for url in images(manifest)] == [False, True, False]
    assert manifest["items"][1]["annotations"]
    (root / "images/diary/0002.png").write_bytes(data)
    assert export(root).code == 0
    assert None not in images(published(root / "aligned", "diary")[0])


def test_a_scan_that_changed_since_the_run_is_told(root):
    """A scan with other bytes than those that were read gets no image: its areas would lie elsewhere."""
    path = root / "images/diary/0003.png"
    Image.open(BytesIO(path.read_bytes())).rotate(2, fillcolor=236).save(path)
    done = export(root)
    assert done.code == 5
    assert "images/diary/0003.png has changed since the run" in done.said
    assert images(published(root / "aligned", "diary")[0])[2] is None


def test_a_page_that_the_run_could_not_read_has_no_canvas(tmp_path):
    """A page that failed in the run is left out and named, and the exit code is 5."""
    root = make_collection(tmp_path / "collection")
    (root / "images/diary/0001.png").write_bytes(b"\x89PNG\r\n\x1a\nxxxx")
    run_collection(root, PageEngine())
    done = export(root)
    assert done.code == 5
    assert "images/diary/0001.png could not be read by align run" in done.said
    manifest, pages = published(root / "aligned", "diary")
    assert len(manifest["items"]) == 2
    assert faults(manifest, pages) == []


# The command's words


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--volume", "none"], 2, "There are no results of a volume “none”"),
        (["--base-url", "ftp://x"], 2, "--base-url “ftp://x” cannot begin"),
        (["--out", "elsewhere"], 3, "run align run first"),
    ],
)
def test_mistakes_are_one_sentence(root, monkeypatch, capsys, options, code, words):
    """What is asked for wrongly ends with its exit code and one sentence, and nothing is written."""
    monkeypatch.chdir(root)
    assert main(["export", ".", "--format", "iiif", *options]) == code
    assert words in capsys.readouterr().err
    assert exported(root) == {}


def test_only_one_volume(root):
    """With --volume the files of other volumes stay as they are."""
    make_collection(root, volume="second", english=False)
    run_collection(root, PageEngine())
    export(root)
    before = exported(root)
    assert {name.split("/")[1] for name in before} == {"diary", "second"}
    export(root, "--volume", "second", "--lines")
    changed = {name for name, data in exported(root).items() if before.get(name) != data}
    assert changed
    assert {name.split("/")[1] for name in changed} == {"second"}


def test_a_document_is_a_manifest_of_its_own(root):
    """With --document the pages that show it, and its sentences alone, are in a folder below the volume's."""
    export(root)
    before = exported(root)
    done = export(root, "--document", "1934-12-18", "--document", "1934-12-21")
    assert done.code == 0
    assert f"Manifest of document 1934-12-18: {BASE}/diary/1934-12-18/manifest.json" in done.said
    manifest, pages = published(root / "aligned", "diary/1934-12-18")
    assert faults(manifest, pages) == []
    assert [canvas["label"]["en"] for canvas in manifest["items"]] == [["Page [1]"], ["Page [2]"]]
    sentences = {a["body"]["id"].partition("#")[2] for page in pages.values() for a in page["items"]}
    assert sentences
    assert all(name.startswith("diary.1934-12-18.") for name in sentences)
    assert None not in images(manifest)
    assert {name: data for name, data in exported(root).items() if name in before} == before


# What is seen is where the annotations say


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_image_shows_each_sentence_where_its_annotation_says(tmp_path, rotation):
    """On the halves of a spread and on turned pages the ink of a sentence is exactly in its rectangle, on the image."""
    root = tmp_path / "collection"
    drawn_volume(root, rotation=rotation)
    assert export(root).code == 0
    manifest, annotations = published(root / "aligned", "v")
    assert faults(manifest, annotations) == []
    seen = 0
    for canvas, url in zip(manifest["items"], images(manifest), strict=True):
        image = np.asarray(Image.open(BytesIO((root / "aligned" / url.replace(BASE, "iiif")).read_bytes())))
        assert image.shape == (canvas["height"], canvas["width"])
        ink = image < 130
        for annotation in (a for own in canvas["annotations"] for a in annotations[own["id"]]["items"]):
            x, y, w, h = xywh(annotation["target"]["selector"][0])
            assert ink[y : y + h, x : x + w].mean() > 0.98
            ink[max(y - 1, 0) : y + h + 1, max(x - 1, 0) : x + w + 1] = False
            seen += 1
        assert not ink.any()
    assert seen == len(SENTENCES)


@pytest.mark.engine
def test_the_sample_collection(tmp_path, tmp_path_factory):
    """The real results of the sample make a manifest without a fault, with the sentences of links.jsonl."""
    results = results_under(tmp_path_factory)
    store = ResultStore(tmp_path / "out")
    collection = open_collection(Path(__file__).parents[2])
    with store.opened():
        done = FORMATS["iiif"](
            ExportRequest(
                collection, Results.opened(results.out), store, ("dnevnik",), NullProgress(), ProcessPool(1), BASE
            )
        )
    assert done.failures == ()
    manifest, pages = published(tmp_path / "out", "dnevnik")
    assert faults(manifest, pages) == []
    assert [f for resource in (manifest, *pages.values()) for f in schema_faults(resource)] == []
    links = (results.out / "dnevnik/links.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum(len(page["items"]) for page in pages.values()) == sum(len(json.loads(row)["areas"]) for row in links)
    assert len(manifest["structures"][0]["items"]) == 18
