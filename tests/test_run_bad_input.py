"""Bad input through the command: one clear sentence, the right exit code or a finding, and the others finish."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import zlib
from pathlib import Path

import pytest
from support.command_line import FakeTesseract, fake_tesseract
from support.results_check import check_results, read_rows
from support.small_collection import RUSSIAN, drawn_page, files_of, make_collection, results_of

from align.cli import main
from align.files.store.lock import locked

pytestmark = pytest.mark.slow  # whole runs over a collection


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> FakeTesseract:
    return fake_tesseract(tmp_path_factory.mktemp("bin"))


@pytest.fixture(autouse=True)
def in_place_of_tesseract(tool, monkeypatch):
    monkeypatch.setenv("PATH", f"{tool.folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "collection", english=False)


class Said:
    """The exit code, and what was said where."""

    def __init__(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        self.code = main(arguments)
        self.out, self.err = capsys.readouterr()

    @property
    def sentence(self) -> str:
        """The one line that was said."""
        (line,) = self.err.splitlines()
        return line


@pytest.fixture
def run(root, capsys):
    return lambda *options, at=root: Said(["run", str(at), "--jobs", "1", *options], capsys)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that its data does not have."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def locked_pdf() -> bytes:
    """A PDF that only a password opens (standard security handler, revision 2; the entries are no password's)."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>",
        b"<</Filter/Standard/V 1/R 2/P -44/O<" + b"5a" * 32 + b">/U<" + b"a5" * 32 + b">>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data + b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<"
        b"00" * 1 + b"00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>\nstartxref\n"
        b"%d\n%%%%EOF\n" % len(data)
    )  # fmt: skip


def truncated_jpeg(tmp_path: Path) -> bytes:
    path = tmp_path / "whole.jpg"
    drawn_page(9).save(path, quality=80)
    data = path.read_bytes()
    return data[: len(data) // 2]


BAD_SCANS = {
    "zero-byte": ("0002.jpg", lambda _: b"", "empty", "is empty"),
    "truncated": ("0002.jpg", truncated_jpeg, "truncated", "truncated"),
    "mislabelled": ("0002.jpg", lambda _: b"Dear diary, this is a text.\n" * 9, "not-an-image", "is not an image"),
    "huge": ("0002.png", lambda _: png_of_size(40_000, 40_000), "too-large", "40000 x 40000"),
    "locked-pdf": ("0002.pdf", lambda _: locked_pdf(), "password", "password"),
}


@pytest.mark.parametrize("case", BAD_SCANS)
def test_a_scan_that_cannot_be_read_fails_alone(root, run, tmp_path, case):
    """A bad scan is one sentence with its path, a failed page with its cause and exit code 5; all others are linked."""
    name, make, cause, words = BAD_SCANS[case]
    (root / "images/diary/0002.png").unlink()
    (root / "images/diary" / name).write_bytes(make(tmp_path))
    said = run()
    assert said.code == 5
    assert said.out == ""
    told = [line for line in said.err.splitlines() if f"images/diary/{name}" in line]
    assert len(told) == 2, "while it runs, and at the end"
    assert words in told[0]
    assert told[1] == f"Failed: {told[0]}"
    assert re.fullmatch(r"images/diary/\S+ .*[:;,] .*\.", told[0])
    run_json = json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))
    assert [(f["cause"], f["files"]) for f in run_json["failures"]] == [(cause, [f"images/diary/{name}"])]
    pages = read_rows(root / "aligned/diary/pages.jsonl")
    assert [page["status"] for page in pages] == ["ok", "failed", "ok"]
    whole = [row for row in read_rows(root / "aligned/diary/links.jsonl") if row["document"] == "1934-12-21"]
    assert {row["status"] for row in whole} == {"linked"}
    assert check_results(root / "aligned") == []


def test_an_image_by_another_name_is_read(root, run):
    """A PNG that is named .jpg is what it is: it is read, and nobody need rename it."""
    (root / "images/diary/0002.png").rename(root / "images/diary/0002.jpg")
    assert run().code == 0
    assert check_results(root / "aligned") == []


def test_all_scans_are_bad(root, run):
    """Where no page can be read the run still ends with results, and exit code 5."""
    for path in (root / "images/diary").iterdir():
        path.write_bytes(b"")
    said = run()
    assert said.code == 5
    assert "and 2 more: empty" in said.err
    assert check_results(root / "aligned") == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bad.ru.txt", bytes(range(256)) * 50),
        ("bad.ru.txt", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("bad.ru.txt", b""),
        ("bad.ru.docx", b"PK\x03\x04 not a document"),
        ("bad.ru.xml", b"<TEI><text>"),
        ("bad.ru.xml", b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><TEI><text>&d;</text></TEI>'),
    ],
)
def test_a_text_that_is_not_text_is_a_finding(root, run, name, data):
    """A text that cannot be read is a finding with its path, no exit code of its own, and the others are linked."""
    (root / "transcripts/diary" / name).write_bytes(data)
    said = run()
    assert said.code == 0
    (finding,) = [r for r in read_rows(root / "aligned/findings.jsonl") if r["code"] == "text-unreadable"]
    assert (finding["text"], finding["severity"]) == (f"transcripts/diary/{name}", "error")
    assert finding["message"].startswith(f"transcripts/diary/{name} ")
    assert {row["document"] for row in read_rows(root / "aligned/diary/links.jsonl")} == set(RUSSIAN)
    assert check_results(root / "aligned") == []
    assert run("--fail-on", "error").code == 6


def test_two_texts_that_claim_one_name(root, run):
    """Two files for one document in one language are a finding that names both; one of them at most is used."""
    (root / "transcripts/diary/1934-12-18.ru.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Другой текст.</p></body></text></TEI>'
    )
    said = run()
    assert said.code == 0
    messages = [row["message"] for row in read_rows(root / "aligned/findings.jsonl")]
    assert any("1934-12-18.ru.txt" in message and "1934-12-18.ru.xml" in message for message in messages)
    texts = {row["text"] for row in read_rows(root / "aligned/diary/links.jsonl")}
    assert len([text for text in texts if "1934-12-18" in text]) <= 1
    assert check_results(root / "aligned") == []


def test_a_missing_language_pack(root, run, tmp_path, monkeypatch):
    """Where Tesseract lacks a language: exit code 4, and the command that installs it; nothing is written."""
    own = fake_tesseract(tmp_path / "bin", languages=("eng", "osd"))
    monkeypatch.setenv("PATH", f"{own.folder}{os.pathsep}{os.environ['PATH']}")
    said = run()
    assert said.code == 4
    assert "sudo apt-get install tesseract-ocr-rus" in said.sentence
    assert not (root / "aligned").exists()


def test_a_missing_tesseract(root, run, tmp_path, monkeypatch):
    """Where Tesseract is not installed: exit code 4, and the command that installs it; nothing is written."""
    monkeypatch.setenv("PATH", str(tmp_path))
    said = run()
    assert said.code == 4
    assert "sudo apt-get install tesseract-ocr" in said.sentence
    assert not (root / "aligned").exists()


def test_results_cannot_be_written_there(root, run):
    """Where a file stands in the place of the results: exit code 3, one sentence that names it and --out."""
    (root / "aligned").write_text("mine")
    said = run()
    assert said.code == 3
    assert str(root / "aligned") in said.sentence
    assert "--out" in said.sentence
    assert (root / "aligned").read_text() == "mine"


@pytest.mark.parametrize("place", ["diary", "diary/links.jsonl", "run.json", ".readings"])
def test_something_else_stands_where_a_result_goes(root, run, place):
    """A full folder for a file, or a file for a folder: exit code 3, one sentence, and what was read is not lost."""
    path = root / "aligned" / place
    path.parent.mkdir(parents=True)
    if "." in path.name[1:]:
        path.mkdir()
        (path / "note").write_text("mine")
    else:
        path.write_text("mine")
    said = run()
    assert said.code == 3
    assert said.err.splitlines()[-1].startswith("align: ")
    assert "Traceback" not in said.err
    if path.is_dir():
        assert "move that folder elsewhere" in said.err
    (shutil.rmtree if path.is_dir() else Path.unlink)(path)
    assert run().code == 0
    assert check_results(root / "aligned") == []


def test_another_run_writes_there(root, run):
    """Where another run holds the folder of results: exit code 3, one sentence, and its results are left alone."""
    assert run().code == 0
    before = results_of(root, but=())
    with locked(root / "aligned"):
        said = run("--retry")
    assert said.code == 3
    assert "is being written by another run" in said.sentence
    assert results_of(root, but=()) == before


@pytest.mark.skipif(os.name != "posix", reason="links as here are those of POSIX systems")
def test_links_out_of_the_collection(root, run, tmp_path):
    """A scan or text that is a link to elsewhere is left out with a finding; the others are read."""
    outside = tmp_path / "outside"
    outside.mkdir()
    drawn_page(9).save(outside / "secret.png")
    (outside / "secret.txt").write_text("Тайный текст.", encoding="utf-8")
    (root / "images/diary/0009.png").symlink_to(outside / "secret.png")
    (root / "transcripts/diary/secret.ru.txt").symlink_to(outside / "secret.txt")
    (root / "images/more").symlink_to(outside)
    said = run()
    assert said.code in (0, 5)
    messages = [row["message"] for row in read_rows(root / "aligned/findings.jsonl")]
    for name in ("images/diary/0009.png", "transcripts/diary/secret.ru.txt", "images/more"):
        assert any(name in message for message in messages), name
    assert "Тайный" not in "".join(data.decode("utf-8", "replace") for data in results_of(root).values())
    assert {row["document"] for row in read_rows(root / "aligned/diary/links.jsonl")} == set(RUSSIAN)
    assert check_results(root / "aligned") == []


@pytest.mark.parametrize(
    "name", ["с пробелом и кириллицей", "a..b", "..hidden", "50% & <b>", "é-nfd\u0301", "'\"`$(x)"]
)
def test_names_of_all_kinds(root, run, name):
    """Names with spaces, Cyrillic, dots and signs of other languages are names like any other."""
    (root / "images/diary").rename(root / "images" / name)
    (root / "transcripts/diary").rename(root / "transcripts" / name)
    for path in (root / "transcripts" / name).iterdir():
        path.rename(path.with_name(f"{name} {path.name}"))
    said = run()
    if name.startswith("."):
        assert said.code == 3  # what is hidden is not part of a collection, and here nothing else is left
        assert "There are no scans" in said.sentence
        return
    assert said.code == 0, said.err
    assert check_results(root / "aligned") == []
    (volume,) = json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))["volumes"]
    assert {row["status"] for row in read_rows(root / f"aligned/{volume}/links.jsonl")} == {"linked"}


@pytest.mark.parametrize("name", ["..", "../diary", "a/../../b", "/etc"])
def test_no_name_leads_out(root, run, name):
    """A volume or document asked for by a path is not there: exit code 2, and nothing is written anywhere."""
    before = files_of(root.parent, hidden=True)
    for option in ("--volume", "--document"):
        said = run(option, name)
        assert said.code == 2
        assert name in said.sentence
    after = {n: d for n, d in files_of(root.parent, hidden=True).items() if "/aligned/.lock" not in n}
    assert after == before


@pytest.mark.parametrize(
    "toml",
    [
        "title = ",
        'page_marker = "("',
        'page_marker = "no group"',
        "[volume.nowhere]\ntitle = 'x'",
        "[volume.diary]\nlanguage = 7",
        "\x00",
        'unknown = "key"',
    ],
)
def test_a_collection_toml_that_is_not_right(root, run, toml):
    """What collection.toml gets wrong is one sentence that names it: exit code 3, or a finding where all else holds."""
    (root / "collection.toml").write_text(toml, encoding="utf-8")
    said = run()
    if said.code == 0:
        assert any("collection.toml" in r["message"] for r in read_rows(root / "aligned/findings.jsonl"))
    else:
        assert said.code == 3
        assert "collection.toml" in said.sentence
        assert not (root / "aligned").exists()


@pytest.mark.parametrize("what", ["nothing", "file", "empty", "no-images", "no-scans"])
def test_no_collection(root, run, tmp_path, what):
    """Where there is nothing to read: exit code 3, one sentence that says what to put where, nothing written."""
    place = tmp_path / "place"
    if what == "file":
        place.write_text("x")
    elif what != "nothing":
        place.mkdir()
    if what == "no-images":
        (root / "transcripts").rename(place / "transcripts")
    if what == "no-scans":
        (place / "images/diary").mkdir(parents=True)
        (place / "images/diary/readme.txt").write_text("x")
    before = files_of(tmp_path, hidden=True)
    said = run(at=place)
    assert said.code == 3
    assert "images/" in said.sentence
    assert files_of(tmp_path, hidden=True) == before


def test_nothing_already_written_is_lost(root, run):
    """A scan that goes bad after a good run takes nothing away: its volume stays as it was, with exit code 5."""
    assert run().code == 0
    good = {row["sentence"]: row for row in read_rows(root / "aligned/diary/links.jsonl")}
    held = (root / "images/diary/0003.png").read_bytes()
    (root / "images/diary/0003.png").write_bytes(held[:200])
    assert run().code == 5
    now = {row["sentence"]: row for row in read_rows(root / "aligned/diary/links.jsonl")}
    assert now == good
    (root / "images/diary/0003.png").write_bytes(held)
    said = run()
    assert said.code == 0
    assert "0 scans read, 3 kept" in said.err
    assert {row["sentence"]: row for row in read_rows(root / "aligned/diary/links.jsonl")} == good
