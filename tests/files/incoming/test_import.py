"""Exports of other programs become collections: what is taken, how it is named, and what is told of the rest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from support.existing_samples import page_xml
from support.exports import alto_of, escriptorium, image, page_of, transkribus, workspace, zipped
from support.results_check import read_rows
from support.small_collection import ENGLISH, PageEngine, files_of, run_collection

from align.errors import InputError, OutputError, UsageError
from align.files.collection.opening import open_collection
from align.files.incoming.sources import opened_source
from align.files.incoming.taking import Taken, take
from align.ocr import stated_language


def taken_from(export: Path, root: Path, **wishes: str | None) -> Taken:
    """What is taken from the export at a path."""
    with opened_source(export) as source:
        return take(source, root, **{"volume": None, "language": None, **wishes}, tag=stated_language)


def imported(tmp_path: Path, files: dict[str, bytes], *, name: str = "export.zip", **wishes: str | None) -> Taken:
    """What is taken from a zip of these files into tmp_path/collection."""
    (tmp_path / name).write_bytes(zipped(files))
    return taken_from(tmp_path / name, tmp_path / "collection", **wishes)


def unpacked(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def reasons(taken: Taken) -> dict[str, str]:
    return {one.path: one.why for one in taken.refused}


def test_transkribus(tmp_path):
    """Scans, PAGE and texts of a Transkribus export are a collection; copies and other formats are told."""
    taken = imported(tmp_path, transkribus())
    root = tmp_path / "collection"
    name = "Diary of 1934"
    assert sorted(files_of(root)) == sorted(
        [f"images/{name}/scan{n}.png" for n in (1, 2, 3)]
        + [f"ocr/{name}/scan{n}.xml" for n in (1, 2, 3)]
        + [f"transcripts/{name}/{document}.en.txt" for document in ENGLISH]
        + [f"transcripts/{name}/Diary of 1934.ru.txt", "collection.toml"]
    )
    assert (root / f"ocr/{name}/scan2.xml").read_bytes() == page_of(1)
    assert tomllib.loads((root / "collection.toml").read_text(encoding="utf-8")) == {"volume": {name: {"title": name}}}
    told = {path.rpartition("/")[2]: why for path, why in reasons(taken).items()}
    assert told == {
        "scan1.xml": "the same page in PAGE is taken",
        "scan2.xml": "the same page in PAGE is taken",
        "scan3.xml": "the same page in PAGE is taken",
        "Diary of 1934.pdf": "it is a copy of the scans: the images are taken",
        "log.txt.xlsx": "it is neither a scan, nor OCR, nor a text",
    }


@pytest.mark.slow
def test_an_import_is_linked(tmp_path):
    """A run over an imported export needs no engine, and links its sentences."""

    class Uncalled(PageEngine):
        def before(self, rows: int) -> None:
            raise AssertionError("the engine was called")

    imported(tmp_path, transkribus(), volume="diary")
    outcome = run_collection(tmp_path / "collection", Uncalled())
    assert (outcome.failures, outcome.pages_existing) == ((), 3)
    links = read_rows(tmp_path / "collection/aligned/diary/links.jsonl")
    assert {area["page"] for link in links for area in link["areas"]} == {1, 2}
    russian = [link["status"] for link in links if link["text"].endswith(".ru.txt")]
    assert russian.count("linked") == len(russian)


def test_the_order_of_mets(tmp_path):
    """Where METS has the pages in another order than their names, collection.toml states that order."""
    imported(tmp_path, transkribus(order=(2, 0, 1)))
    (volume,) = open_collection(tmp_path / "collection").volumes
    assert [scan.stem for scan in volume.scans] == ["scan3", "scan1", "scan2"]


def test_addresses_in_place_of_names(tmp_path):
    """Where METS states for ALTO the address that it was fetched from, ALTO belongs to the scan of its name."""
    base = "1234/Diary of 1934/"
    files = {path: data for path, data in transkribus().items() if "/page/" not in path}
    mets = re.sub(rb'"alto/(scan\d)\.xml"', rb'"alto/Get?id=\1ABC"', files[base + "mets.xml"])
    assert mets.count(b"Get?id=") == 3
    taken = imported(tmp_path, files | {base + "mets.xml": mets})
    assert [file.target for file in taken.made if file.kind == "alto"] == [
        f"ocr/Diary of 1934/scan{n}.xml" for n in (1, 2, 3)
    ]


def test_escriptorium(tmp_path):
    """An eScriptorium export is a volume with the name of its document; without images it has OCR alone."""
    taken = imported(tmp_path, escriptorium(), name="export_doc12_my_diary_alto_202401021530.zip")
    root = tmp_path / "collection"
    assert sorted(files_of(root)) == sorted(
        [f"images/my_diary/000{n}.png" for n in (1, 2, 3)] + [f"ocr/my_diary/000{n}.xml" for n in (1, 2, 3)]
    )
    assert (taken.refused, taken.settings) == ([], None)
    imported(tmp_path, escriptorium(images=False), volume="my_diary")
    assert len(files_of(root)) == 6


def test_workspace(tmp_path):
    """Of a METS with labels, addresses and several groups, the large picture and the last OCR of a page are taken."""
    taken = imported(tmp_path, workspace())
    root = tmp_path / "collection"
    assert sorted(files_of(root)) == sorted(
        ["collection.toml"]
        + [f"images/export/OCR-D-IMG_000{n}.png" for n in (1, 2, 3)]
        + [f"ocr/export/OCR-D-IMG_000{n}.xml" for n in (1, 2, 3)]
    )
    (volume,) = open_collection(root).volumes
    assert (volume.title, [volume.labels.of(n) for n in (1, 2, 3, 4)]) == ("Дневник", [None, "iv", "5", None])
    assert len(volume.ocr) == 3
    assert {one.why for one in taken.refused} == {"METS names it for no page", "the same page in PAGE is taken"}


@pytest.mark.parametrize("form", ["folder", "mets"])
def test_folders(tmp_path, form):
    """The folder of an export, or the METS file in it, gives the same collection as its zip."""
    folder = unpacked(tmp_path / "export", workspace())
    taken_from(folder if form == "folder" else folder / "mets.xml", tmp_path / "other")
    imported(tmp_path, workspace())
    assert files_of(tmp_path / "other") == files_of(tmp_path / "collection")


def test_without_mets(tmp_path):
    """Without METS, OCR belongs to the scan of its name, or to the one that it names; larger copies are taken."""
    other = page_xml("", version="2013-07-15").replace(b'"1.jpg"', b'"letters/2.png"')
    taken = imported(
        tmp_path,
        {
            "letters/images/1.png": image(0),
            "letters/1.png": image(0)[:100],
            "letters/images/2.png": image(1),
            "letters/page/1.xml": page_of(0),
            "letters/alto/1.xml": alto_of(0),
            "letters/page/p77.xml": other,
            "letters/page/p78.xml": other.replace(b"2.png", b"9.png"),
            "notes/0001.xml": alto_of(1),
            "readme.txt": b"Hello",
            "letters/.DS_Store": b"x",
        },
    )
    assert sorted(files_of(tmp_path / "collection")) == [
        "images/letters/1.png", "images/letters/2.png",
        "ocr/letters/1.xml", "ocr/letters/2.xml", "ocr/notes/0001.xml",
    ]  # fmt: skip
    assert (tmp_path / "collection/ocr/letters/2.xml").read_bytes() == other
    assert reasons(taken) == {
        "letters/1.png": "another scan of the same name is taken",
        "letters/alto/1.xml": "the same page in PAGE is taken",
        "letters/page/p78.xml": "it belongs to no scan of the export",
    }


def test_texts(tmp_path):
    """A text whose name states no language needs one, and of one text the best format is taken."""
    tei = b"<TEI><text><body><p>Text.</p></body></text></TEI>"
    files = {"1.png": image(0), "diary_tei.xml": tei, "diary.txt": b"Text.", "1.txt": b"Text."}
    taken = imported(tmp_path, files)
    assert reasons(taken)["diary.txt"] == "its language is not known: give --language, such as --language ru"
    taken = imported(tmp_path, files, language="ru")
    assert (tmp_path / "collection/transcripts/export/diary.ru.xml").read_bytes() == tei
    assert reasons(taken) == {
        "diary.txt": "the same text is taken in another format (diary_tei.xml)",
        "1.txt": "it is the text of one page: the OCR of the page is taken",
    }


def test_nothing_is_overwritten(tmp_path):
    """A second import changes nothing; a file that is there with other bytes stays, and so does collection.toml."""
    imported(tmp_path, workspace())
    root = tmp_path / "collection"
    (root / "ocr/export/OCR-D-IMG_0002.xml").write_bytes(b"corrected by hand")
    (root / "collection.toml").write_text('title = "Mine"\n', encoding="utf-8")
    before = files_of(root, hidden=True)
    taken = imported(tmp_path, workspace())
    assert files_of(root, hidden=True) == before
    assert (len(taken.made), len(taken.there), taken.kept_settings) == (0, 5, True)
    assert "the collection has another ocr/export/OCR-D-IMG_0002.xml" in reasons(taken).values()


def test_a_volume_with_other_scans_stays_as_it_is(tmp_path):
    """An export whose name a volume with other scans has is refused; with another name it is taken."""
    imported(tmp_path, {"old.png": image(0)})
    with pytest.raises(InputError, match="with other scans") as caught:
        imported(tmp_path, {"new.png": image(1)})
    assert caught.value.cause == "import-nothing"
    imported(tmp_path, {"new.png": image(1)}, volume="second")
    assert sorted(files_of(tmp_path / "collection")) == ["images/export/old.png", "images/second/new.png"]


def test_several_volumes(tmp_path):
    """Each document of a collection export is a volume; one name for all of them is refused."""
    files = transkribus(base="12/Diary/") | transkribus(base="13/Diary/")
    with pytest.raises(UsageError, match="holds 2 volumes"):
        imported(tmp_path, files, volume="diary")
    imported(tmp_path, files)
    assert [volume.name for volume in open_collection(tmp_path / "collection").volumes] == ["Diary", "Diary_2"]


@pytest.mark.parametrize("wished", ["../../out", "run.json", "iiif", "  .. ", "a/b:c", "x" * 300, "\u202egnp"])
def test_names_of_volumes_are_safe(tmp_path, wished):
    """Whatever name is wished for, the volume is one folder in images/ that a run can use."""
    imported(tmp_path, {"1.png": image(0), "1.xml": page_of(0)}, volume=wished)
    (volume,) = open_collection(tmp_path / "collection").volumes
    assert (len(volume.scans), len(volume.ocr)) == (1, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["collection", "export.zip"]


def test_no_room(tmp_path):
    """Where the disk has no room, nothing is written."""
    folder = unpacked(tmp_path / "export", {"1.png": image(0)})
    with opened_source(folder) as source, pytest.raises(OutputError, match="has no room"):
        take(source, tmp_path / "collection", volume=None, language=None, tag=stated_language, free=lambda _: 1000)
    assert not (tmp_path / "collection").exists()
