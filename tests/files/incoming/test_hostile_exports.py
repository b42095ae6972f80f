"""Exports made to harm, and damaged ones: nothing is written outside, and good files beside bad are taken."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from support.exports import escriptorium, image, page_of, workspace, zipped
from support.small_collection import files_of

from align.errors import InputError
from align.files.incoming.mets import read_mets
from align.files.incoming.sources import opened_source
from align.files.incoming.taking import Taken, take


def taken_from(export: Path, root: Path) -> Taken:
    with opened_source(export) as source:
        return take(source, root, volume=None, language=None, tag=lambda _: None)


def imported(tmp_path: Path, data: bytes) -> Taken:
    (tmp_path / "export.zip").write_bytes(data)
    return taken_from(tmp_path / "export.zip", tmp_path / "collection")


def written(tmp_path: Path) -> set[str]:
    """All files under the folder but the export itself."""
    return files_of(tmp_path, hidden=True).keys() - {"export.zip"}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("../evil.png", "leads out"),
        ("a/../../evil.png", "leads out"),
        ("/etc/evil.png", "leads out"),
        ("C:/evil.png", "leads out"),
        ("..\\evil.png", "leads out"),
        ("\\\\server\\evil.png", "leads out"),
        ("images/\u202egnp.exe.png", "hidden characters"),
        ("images/a\nb.png", "hidden characters"),
    ],
)
def test_paths_that_lead_out(tmp_path, path, why):
    """A file whose path leads out, or hides what it is, is not taken; the good one beside it is."""
    taken = imported(tmp_path, zipped({path: image(0), "good.png": image(1)}))
    assert written(tmp_path) == {"collection/images/export/good.png"}
    (one,) = taken.refused
    assert why in one.why


def test_links_in_a_zip(tmp_path):
    """A link in a zip is not made, and nothing is written through it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("images")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/tmp")
        archive.writestr("good.png", image(0))
    assert [one.why for one in imported(tmp_path, out.getvalue()).refused] == ["it is a link"]
    assert written(tmp_path) == {"collection/images/export/good.png"}


def test_links_in_the_collection(tmp_path):
    """Where a folder of the collection is a link to somewhere else, nothing is written there."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "collection").mkdir()
    (tmp_path / "collection/ocr").symlink_to(elsewhere)
    taken = imported(tmp_path, zipped({"1.png": image(0), "1.xml": page_of(0)}))
    assert list(elsewhere.iterdir()) == []
    assert any("leads out of the collection" in one.why for one in taken.refused)
    assert len(taken.made) == 1


def test_links_in_a_folder(tmp_path):
    """Links in a folder of an export are not followed."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "1.png").write_bytes(image(0))
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "secret.ru.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "deep").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.png")
    taken = taken_from(folder, tmp_path / "collection")
    assert files_of(tmp_path / "collection").keys() == {"images/export/1.png"}
    assert sorted(one.why for one in taken.refused) == ["it is a link", "it is not a file"]


def test_bombs(tmp_path):
    """A file that swells to many times its size is not unpacked."""
    bomb = b"\xff\xd8\xff" + b"\0" * 30_000_000
    taken = imported(tmp_path, zipped({"bomb.jpg": bomb, "good.png": image(0)}))
    assert [one.why for one in taken.refused] == ["it would swell to many times its size"]
    assert written(tmp_path) == {"collection/images/export/good.png"}


def test_a_size_that_is_a_lie(tmp_path):
    """A zip that states a smaller size than it unpacks to gives no more than it states, and that file is not taken."""
    data = bytearray(zipped({"a.png": image(0), "good.png": image(1)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + offset, 60)
    taken = imported(tmp_path, bytes(data))
    assert written(tmp_path) == {"collection/images/export/good.png"}
    assert [one.why for one in taken.refused] == ["it is damaged"]


def test_damaged_files_spoil_no_others(tmp_path):
    """A file with a wrong checksum, METS that is no XML, and a locked file are told; the others are taken."""
    files = escriptorium() | {"METS.xml": b"<mets><structMap>"}
    data = zipped(files)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        spot = archive.getinfo("0002.png").header_offset + 60
    broken = bytearray(data)
    broken[spot : spot + 40] = bytes(40)
    taken = imported(tmp_path, bytes(broken))
    assert written(tmp_path) == {
        f"collection/{folder}/export/000{n}.{suffix}"
        for n in (1, 2, 3)
        for folder, suffix in (("images", "png"), ("ocr", "xml"))
        if (n, folder) != (2, "images")
    } - {"collection/ocr/export/0002.xml"}
    told = {one.path: one.why for one in taken.refused}
    assert told["0002.png"] == "it is damaged"
    assert told["METS.xml"].startswith("METS.xml is not well-formed XML")
    assert told["0002.xml"] == "it belongs to no scan of the export"


def test_locked_files(tmp_path):
    """A file that is protected by a password is told."""
    data = bytearray(zipped({"a.png": image(0), "good.png": image(1)}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert [one.why for one in imported(tmp_path, bytes(data)).refused] == ["it is protected by a password"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"plain text", b"%PDF-1.4", zipped({"a.bin": b"x"})])
def test_what_is_no_export(tmp_path, data):
    """A file that is no export is refused in one sentence, and no collection is made."""
    with pytest.raises(InputError) as caught:
        imported(tmp_path, data)
    assert caught.value.cause in ("import-not-zip", "import-nothing")
    assert caught.value.message.endswith(".")
    assert not (tmp_path / "collection").exists()


def test_a_missing_export(tmp_path):
    """An export that is not there is told."""
    with pytest.raises(InputError, match="is missing"):
        taken_from(tmp_path / "none.zip", tmp_path / "collection")


def test_names_in_russian_of_windows(tmp_path):
    """Names that a Windows program wrote in Russian without saying so are read as Russian."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("QQQQQQQ/1.png", image(0))
    data = out.getvalue().replace(b"QQQQQQQ", "Дневник".encode("cp866"))
    imported(tmp_path, data)
    assert written(tmp_path) == {"collection/images/Дневник/1.png"}


@pytest.mark.parametrize(
    "href",
    ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "file://host/1.png", "https://x.example/0001.png?y=1",
     "C:\\scans\\0001.png", "//host/0001.png", "http://[", "0001.png%00", "%2e%2e/%2e%2e/etc/passwd"],
)  # fmt: skip
def test_mets_names_files_of_the_export_alone(tmp_path, href):
    """Whatever place METS states, only a file of the export is taken: of this name, or none."""
    files = workspace()
    data = files["mets.xml"].replace(b"https://lib.example/OCR-D-IMG/OCR-D-IMG_0001.png", href.encode())
    data = data.replace(b'"OCR-D-IMG/OCR-D-IMG_0001.png"', f'"{href}"'.encode())
    taken = imported(tmp_path, zipped(files | {"mets.xml": data}))
    names = {path.rpartition("/")[2] for path in written(tmp_path)}
    assert names <= {path.rpartition("/")[2] for path in files} | {"collection.toml"} | {
        f"OCR-D-IMG_000{n}.xml" for n in (2, 3)
    } | {"THUMBS_0001.xml"}
    assert len(taken.made) == 6


@pytest.mark.parametrize(
    "data",
    [b"", b"<mets", b'<!DOCTYPE m [<!ENTITY a "b">]><mets>&a;</mets>', b"<mets>" + b"<div>" * 300 + b"</div>" * 300],
)
def test_bad_mets(data):
    """METS that is damaged, declares entities, or is nested too deep is refused in one sentence."""
    with pytest.raises(InputError) as caught:
        read_mets(data, name="mets.xml")
    assert caught.value.cause == "import-mets"
    assert "\n" not in caught.value.message
