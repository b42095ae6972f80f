"""`align export --format alto|page|hocr` and `--for`: which files, of which text, and what comes of them put back."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from lxml import etree
from PIL import Image
from support.ocr_schemas import schema_faults
from support.small_collection import PAGES, FailingEngine, PageEngine, make_collection, run_collection

from align.cli import main

pytestmark = pytest.mark.slow  # runs over a collection, and processes that open scans

FORMATS = {"alto": ".xml", "page": ".xml", "hocr": ".hocr"}
every_format = pytest.mark.parametrize("name", FORMATS)


@dataclass
class MisreadingEngine(PageEngine):
    """Reads one letter in each line wrong."""

    def __post_init__(self) -> None:
        self.pages = {len(page): [line.replace("о", "с", 1) for line in page] for page in PAGES}


@dataclass
class UncalledEngine(PageEngine):
    """Must not be called."""

    def before(self, rows: int) -> None:
        raise AssertionError("the engine was called")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The small collection with the results of an engine that misreads letters, exported in each format."""
    root = make_collection(tmp_path_factory.mktemp("made") / "collection")
    run_collection(root, MisreadingEngine())
    assert main(["export", str(root), *(word for name in FORMATS for word in ("--format", name))]) == 0
    return root


@pytest.fixture
def root(made, tmp_path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "collection"))


def links_of(root: Path) -> tuple[list[dict], list[list[list[float]]]]:
    """The rows of links.jsonl without their scores, which what was read moves; and by themselves their polygons."""
    rows = (root / "aligned/diary/links.jsonl").read_text(encoding="utf-8").splitlines()
    links = [{k: v for k, v in json.loads(row).items() if k != "score"} for row in rows]
    return links, [polygon for link in links for area in link["areas"] for polygon in area.pop("polygons")]


def texts_of(path: Path) -> list[str]:
    """The lines of an ALTO file."""
    lines = etree.parse(path).iter("{*}TextLine")
    return [" ".join(s.get("CONTENT") for s in line.iter("{*}String")) for line in lines]


@every_format
def test_what_is_exported_and_put_back_gives_the_same_links(made, tmp_path, name):
    """Pages, lines, boxes and status of all sentences are the same, outlines to a pixel, and no engine is called."""
    root = make_collection(tmp_path / "collection")
    shutil.copytree(made / "aligned" / name, root / "ocr")
    run_collection(root, UncalledEngine())
    (before, outlines), (after, outlines_after) = links_of(made), links_of(root)
    assert sum(link["status"] == "linked" for link in before) == len(before) > 30
    assert after == before
    assert np.abs(np.array(outlines_after) - np.array(outlines)).max() <= 1


@every_format
def test_each_scan_has_a_valid_file_under_its_name(made, name):
    """Files are beside the results under the volume's name, and valid by the standard's schema."""
    folder = made / "aligned" / name / "diary"
    assert sorted(path.name for path in folder.iterdir()) == [f"000{n}{FORMATS[name]}" for n in (1, 2, 3)]
    if name != "hocr":
        assert [schema_faults(path.read_bytes()) for path in sorted(folder.iterdir())] == [[], [], []]


def test_the_text_is_the_human_one_or_what_was_read(root):
    """By default misread letters are as the transcription has them; on request as they were read."""
    path = root / "aligned/alto/diary/0001.xml"
    assert texts_of(path) == list(PAGES[0])
    assert main(["export", str(root), "--format", "alto", "--text", "ocr"]) == 0
    assert texts_of(path) == [line.replace("о", "с", 1) for line in PAGES[0]]


def test_files_name_the_scan_as_it_is_found_from_there(root):
    """A program that trains on the files finds their images."""
    tree = etree.parse(root / "aligned/alto/diary/0002.xml")
    image = next(tree.iter("{*}fileName")).text
    assert (root / "aligned/alto/diary" / image).resolve() == (root / "images/diary/0002.png").resolve()


def test_files_are_the_same_when_nothing_changed(root):
    """A second export writes the same bytes, and files that no export wrote stay."""
    folder = root / "aligned/alto/diary"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "0009.xml").write_text("mine")
    assert main(["export", str(root), "--format", "alto"]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {**before, "0009.xml": b"mine"}


def test_a_document_is_exported_with_the_pages_that_show_it(root):
    """Of the other pages there is no file, and none is removed."""
    shutil.rmtree(root / "aligned/page")
    assert main(["export", str(root), "--format", "page", "--document", "1934-12-21"]) == 0
    assert [path.name for path in (root / "aligned/page/diary").iterdir()] == ["0003.xml"]


def test_a_page_that_was_not_read_is_told_and_has_no_file(tmp_path, capsys):
    """The other pages have theirs, and the exit code says that some failed."""
    root = make_collection(tmp_path / "collection")
    run_collection(root, FailingEngine())
    assert main(["export", str(root), "--format", "hocr"]) in (0, 5)
    names = sorted(path.name for path in (root / "aligned/hocr/diary").iterdir())
    assert names[0] == "0001.hocr"
    assert "0003.hocr" in names


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> Path:
    """The small collection with its scans as the pages of one PDF, and its results."""
    root = make_collection(tmp_path_factory.mktemp("pdf") / "collection")
    scans = sorted((root / "images/diary").iterdir())
    first, *others = [Image.open(scan).convert("RGB") for scan in scans]
    first.save(root / "images/diary/all.pdf", save_all=True, append_images=others, resolution=100)
    for scan in scans:
        scan.unlink()
    run_collection(root, PageEngine())
    return root


@pytest.mark.parametrize("name", ["alto", "hocr"])
def test_the_pages_of_a_pdf_are_in_one_file_and_can_be_put_back(pdf, tmp_path, name):
    """The file has the name of the PDF, and gives the same links."""
    assert main(["export", str(pdf), "--format", name]) == 0
    folder = pdf / "aligned" / name
    assert [path.name for path in (folder / "diary").iterdir()] == [f"all{FORMATS[name]}"]
    root = Path(shutil.copytree(pdf, tmp_path / "collection", ignore=shutil.ignore_patterns("aligned")))
    shutil.copytree(folder, root / "ocr")
    run_collection(root, UncalledEngine())
    assert links_of(root)[0] == links_of(pdf)[0]


def test_the_pages_of_a_pdf_are_files_of_their_own_in_page_and_in_zips(pdf):
    """PAGE knows one page a file; other programs get an image of each page."""
    assert main(["export", str(pdf), "--format", "page"]) == 0
    names = [f"all-000{n}" for n in (1, 2, 3)]
    assert sorted(path.stem for path in (pdf / "aligned/page/diary").iterdir()) == names
    assert main(["export", str(pdf), "--for", "transkribus"]) == 0
    files = entries(pdf / "aligned/transkribus/diary.zip")
    assert list(files) == [*(f"{n}.jpg" for n in names), *(f"page/{n}.xml" for n in names), "mets.xml"]
    page = next(etree.fromstring(files["page/all-0001.xml"]).iter("{*}Page"))
    assert Image.open(BytesIO(files["all-0001.jpg"])).size == (
        int(page.get("imageWidth")),
        int(page.get("imageHeight")),
    )


def entries(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_zip_for_escriptorium_has_images_before_the_files_about_them(root):
    """Images are unchanged and stand first; each ALTO file is valid and names its image as it is in the zip."""
    assert main(["export", str(root), "--for", "escriptorium"]) == 0
    files = entries(root / "aligned/escriptorium/diary.zip")
    assert list(files) == ["0001.png", "0002.png", "0003.png", "0001.xml", "0002.xml", "0003.xml"]
    for number in (1, 2, 3):
        assert files[f"000{number}.png"] == (root / f"images/diary/000{number}.png").read_bytes()
        data = files[f"000{number}.xml"]
        assert schema_faults(data) == []
        tree = etree.fromstring(data)
        assert next(tree.iter("{*}fileName")).text == f"000{number}.png"
        # eScriptorium reads numbers between single spaces, and text from words joined by spaces.
        for line in tree.iter("{*}TextLine"):
            assert len([float(x) for x in line.get("BASELINE").split(" ")]) == 4
            assert len([float(x) for x in line.find("{*}Shape/{*}Polygon").get("POINTS").split(" ")]) % 2 == 0


def test_the_zip_for_transkribus_has_images_pages_and_mets(root):
    """PAGE of the version that Transkribus reads is in page/ under the image's name, and mets.xml names all files."""
    assert main(["export", str(root), "--for", "transkribus"]) == 0
    files = entries(root / "aligned/transkribus/diary.zip")
    assert list(files) == [
        "0001.png", "0002.png", "0003.png", "page/0001.xml", "page/0002.xml", "page/0003.xml", "mets.xml",
    ]  # fmt: skip
    assert [name for name, data in files.items() if name.endswith(".xml") and schema_faults(data)] == []
    assert b"pagecontent/2013-07-15" in files["page/0001.xml"][:400]
    named = [e.get("{http://www.w3.org/1999/xlink}href") for e in etree.fromstring(files["mets.xml"]).iter("{*}FLocat")]
    assert sorted([*named, "mets.xml"]) == sorted(files)


def test_an_image_that_others_show_otherwise_is_written_as_it_is_seen(tmp_path):
    """A photograph that EXIF says to turn is turned in the zip, so that places fit it."""
    root = make_collection(tmp_path / "collection")
    path = root / "images/diary/0001.png"
    page = Image.open(path).convert("RGB")
    exif = page.getexif()
    exif[274] = 6  # to be shown, turn it clockwise
    page.rotate(90, expand=True).save(path.with_suffix(".jpg"), exif=exif, quality=95)
    path.unlink()
    run_collection(root, PageEngine())
    assert main(["export", str(root), "--for", "escriptorium"]) == 0
    files = entries(root / "aligned/escriptorium/diary.zip")
    shown = Image.open(BytesIO(files["0001.jpg"]))
    assert shown.size == page.size
    assert shown.getexif().get(274, 1) == 1
    size = next(etree.fromstring(files["0001.xml"]).iter("{*}Page"))
    assert (int(size.get("WIDTH")), int(size.get("HEIGHT"))) == page.size


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Nothing says what to write"),
        (["--for", "transkribus", "--format", "alto"], "--for transkribus takes --format page"),
        (["--for", "escriptorium", "--format", "hocr"], "takes --format alto or --format page"),
    ],
)
def test_what_a_program_does_not_import_is_refused(root, capsys, options, words):
    """The message says what it does import, and nothing is written."""
    assert main(["export", str(root), *options]) == 2
    assert words in capsys.readouterr().err
    assert not (root / "aligned/transkribus").exists()


def test_both_programs_at_once(root, capsys):
    """Each program that is named gets its zip, which the command names."""
    assert main(["export", str(root), "--for", "escriptorium", "--for", "transkribus"]) == 0
    told = capsys.readouterr().err
    for path in ("aligned/escriptorium/diary.zip", "aligned/transkribus/diary.zip"):
        assert (root / path).is_file()
        assert str(root / path) in told


def test_a_scan_that_changed_since_the_run_is_left_out_of_the_zip(root, capsys):
    """Its places would be those of another picture: the page is told, and the others are there."""
    Image.new("L", (620, 800), 230).save(root / "images/diary/0002.png")
    assert main(["export", str(root), "--for", "escriptorium"]) == 5
    assert "0002.png" in capsys.readouterr().err
    assert list(entries(root / "aligned/escriptorium/diary.zip")) == ["0001.png", "0003.png", "0001.xml", "0003.xml"]
