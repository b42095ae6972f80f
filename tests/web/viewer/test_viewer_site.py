"""Building the viewer: images cut, turned and kept, bad scans left out, what a rebuild touches, what is missing."""

from __future__ import annotations

import base64
import json
import shutil
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from support.front_end import needs_front_end
from support.invented_volume import write_invented
from web.viewer.conftest import ENTRIES, build

from align.errors import MissingDependencyError, OutputError
from align.export.images.page_images import fitting, jpeg, page_image, upright_size
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.model import Box, Frame, Page, ScanInfo
from align.web.viewer.images import all_made, planned, wanted_images
from align.web.viewer.site import ASSETS, Site
from align.workers.pools import ProcessPool


@pytest.fixture
def collection(tmp_path):
    """A fresh invented collection with its results."""
    needs_front_end(*ASSETS)
    write_invented(tmp_path, ENTRIES)
    return tmp_path


def files(folder):
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_build(collection):
    """A build writes the page, its scripts and styles, data of each document, and three files for each page."""
    built = build(collection, collection / "aligned")
    found = files(collection / "aligned" / "viewer")
    assert (built.documents, built.pages, built.images, built.failures) == (4, 2, 2, ())
    assert {name for name in found if "/" not in name} == {"index.html", *ASSETS}
    assert [sum(name.startswith(f"{part}/") for name in found) for part in ("images", "thumbs", "copies")] == [2, 2, 2]
    assert [sum(name.startswith(f"data/v1/d{n}-") for name in found) for n in range(1, 5)] == [1, 1, 1, 1]


def test_a_second_build_touches_nothing(collection):
    """A build over unchanged results makes no image and leaves every file as it is."""
    build(collection, collection / "aligned")
    before = {name: path.stat().st_mtime_ns for name, path in files(collection / "aligned" / "viewer").items()}
    assert build(collection, collection / "aligned").images == 0
    assert {name: path.stat().st_mtime_ns for name, path in files(collection / "aligned" / "viewer").items()} == before


def test_an_address_survives_an_edit(collection, watched):
    """The address of a sentence leads to it after other sentences were added above it and the site was built anew."""
    index = (collection / "aligned/viewer/index.html").as_uri()
    build(collection, collection / "aligned")
    page = watched().go(f"{index}#/v/d/1934-07-29", ".text .s")
    page.locator('.transcription [data-s="3"]').click()
    kept = page.url
    shutil.rmtree(collection / "aligned")
    shutil.rmtree(collection / "images")
    first, second, *rest = ENTRIES
    longer = replace(
        second, russian=("Новое.", "Другое.", *second.russian), english=("New.", "Other.", *second.english)
    )
    write_invented(collection, [replace(first, name="1934-12-17"), longer, *rest])
    build(collection, collection / "aligned")
    page = watched().go(kept, ".s.pinned")
    assert page.locator(".s.pinned").all_inner_texts() == ["Сад опустел.", "The garden is empty."]
    assert page.locator(".s.pinned").first.get_attribute("data-s") == "5"


def test_what_is_no_longer_made_goes(collection):
    """Data and images that a build no longer makes are removed, an editor's own files are left."""
    build(collection, collection / "aligned")
    viewer = collection / "aligned" / "viewer"
    (viewer / "data" / "v1" / "d99.js").write_text("old", encoding="utf-8")
    (viewer / "robots.txt").write_text("mine", encoding="utf-8")
    build(collection, collection / "aligned")
    assert not (viewer / "data" / "v1" / "d99.js").exists()
    assert (viewer / "robots.txt").exists()


def test_a_bad_scan_is_left_out(collection, watched):
    """A scan that cannot be read is named and left out; its document shows its texts, and where the page would be."""
    bad = collection / "images" / "v" / "00001.jpg"
    bad.write_bytes(bad.read_bytes()[:200])
    built = build(collection, collection / "aligned")
    assert len(built.failures) == 1
    assert "00001.jpg" in built.failures[0]
    page = watched().go(f"{(collection / 'aligned/viewer/index.html').as_uri()}#/v/d/1934-12-18", ".text .s")
    page.hover('.transcription [data-s="1"]')
    assert page.locator(".s.lit").count() == 2
    assert page.locator(".overlay .no-image").count() == 1
    assert page.locator(".strip .no-thumb").count() == 1


def test_pages_are_made_by_other_processes_too(collection):
    """Worker processes make the same images as this one."""
    from align.files.collection.opening import open_collection
    from align.files.store.results import Results
    from align.workers.progress import NullProgress

    out = collection / "aligned"
    build(collection, out)
    alone = {name: path.read_bytes() for name, path in files(out / "viewer").items()}
    shutil.rmtree(out / "viewer")
    results, pool = Results.opened(out), ProcessPool(2)
    scans = RunScans(collection)
    Site(open_collection(collection), results, ResultStore(out), pool, NullProgress(), scans, results.version()).build()
    assert {name: path.read_bytes() for name, path in files(out / "viewer").items()} == alone


def test_a_full_disk_is_one_sentence(collection):
    """Where nothing can be written the build ends with a sentence, and no half file is left."""

    def full(handle):
        raise OSError(28, "No space left on device")

    store = ResultStore(collection / "aligned", sync=full)
    with pytest.raises(OutputError, match="make room"):
        build(collection, collection / "aligned", store)
    assert [name for name in files(collection / "aligned" / "viewer") if name.endswith(".js")] == []


def test_a_missing_front_end_is_one_sentence(collection, monkeypatch):
    """Where the front end was not built the sentence says what to run."""
    monkeypatch.setattr("align.web.viewer.site.ASSETS", ("never-built.js",))
    with pytest.raises(MissingDependencyError, match="scripts/setup") as error:
        build(collection, collection / "aligned")
    assert error.value.cause == "viewer-assets"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_is_cut_and_turned(rotation):
    """The frame of a page is cut out of its scan and turned clockwise."""
    pixels = np.zeros((20, 30), np.uint8)
    pixels[5:15, 10:28] = np.arange(180).reshape(10, 18)
    frame = Frame(Box(10, 5, 28, 15), rotation)
    page = page_image(pixels, frame)
    assert page.size == upright_size(frame)
    corner = {0: pixels[5, 10], 90: pixels[14, 10], 180: pixels[14, 27], 270: pixels[5, 27]}[rotation]
    assert page.getpixel((0, 0)) == corner


def test_large_pages_are_made_smaller():
    """An image has no more pixels than is asked for, and the proportions of its page."""
    width, height = fitting((9000, 7000), max_pixels=24_000_000)
    assert width * height <= 24_000_000 < (width + 9) * (height + 7)
    assert width / height == pytest.approx(9 / 7, abs=0.001)
    image = jpeg(Image.new("RGB", (60, 40)), size=(30, 20), quality=80)
    assert Image.open(BytesIO(image)).size == (30, 20)


def test_the_copy_is_the_image(tmp_path, collection):
    """The script with a page's copy holds a JPEG of the page."""
    build(collection, collection / "aligned")
    for name, path in files(collection / "aligned" / "viewer").items():
        if name.startswith("copies/"):
            text = path.read_text(encoding="utf-8")
            data = json.loads(text[text.index(",") + 1 : -3])
            image = Image.open(BytesIO(base64.b64decode(data["jpeg"])))
            assert image.size == (data["width"], data["height"]) == (900, 1200)


def test_both_pages_of_a_spread_are_one_job(tmp_path):
    """Two pages on one scan are made from one reading of it; a page that has all its files is not made again."""
    path = tmp_path / "images" / "v" / "1.jpg"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (40, 20), (200, 10, 10)).save(path)
    scan = ScanInfo("images/v/1.jpg", None, 40, 20, None, sha256(path.read_bytes()).hexdigest())
    pages = [
        Page(n, f"v.p{n}", f"k{n}", scan, Frame(Box(left, 0, left + 20, 20)), "ok") for n, left in ((1, 0), (2, 20))
    ]
    wanted, scans = wanted_images(pages), RunScans(tmp_path)
    (job,) = planned(scans, wanted, lambda file: False).jobs
    assert len(job.pages) == 2
    first = wanted[0].name
    assert [page.order for job in planned(scans, wanted, lambda f: first in f).jobs for page in job.pages] == [2]
    ((_, made),) = all_made([job], ProcessPool(1))
    assert [name for name, _ in made] == [name for page in wanted for name in page.files]
    assert first.endswith("-0-20x20")
