"""`align import`: what the command says of what it took and of what it did not."""

from __future__ import annotations

import pytest
from support.command_line import align
from support.exports import escriptorium, transkribus, workspace, zipped
from support.small_collection import PAGES

from align.cli import main


def test_what_was_taken_is_told(tmp_path, capsys):
    """The command counts what each volume got, names what was not taken with the reason, and says how to go on."""
    (tmp_path / "export.zip").write_bytes(zipped(transkribus()))
    root = str(tmp_path / "collection")
    assert main(["import", str(tmp_path / "export.zip"), root]) == 0
    out, err = capsys.readouterr()
    assert out == "Diary of 1934: 3 scans, 3 files of OCR, 3 texts\n"
    assert "Not taken, because the same page in PAGE is taken: 1234/Diary of 1934/alto/scan1.xml, " in err
    assert "Not taken, because it is neither a scan, nor OCR, nor a text: " in err
    assert f"Next: align run {root}" in err
    assert "There are no texts yet" not in err
    assert main(["import", str(tmp_path / "export.zip"), root]) == 0
    out, _ = capsys.readouterr()
    assert out == "Diary of 1934: 0 scans, 0 files of OCR, 0 texts; 9 files there already\n"


def test_settings_to_add(tmp_path, capsys):
    """Where collection.toml is there already, the command prints what the export states, and leaves the file."""
    (tmp_path / "export.zip").write_bytes(zipped(workspace()))
    root = tmp_path / "collection"
    root.mkdir()
    (root / "collection.toml").write_text('title = "Mine"\n', encoding="utf-8")
    assert main(["import", str(tmp_path / "export.zip"), str(root), "--volume", "diary"]) == 0
    _, err = capsys.readouterr()
    assert "collection.toml was there and is not changed." in err
    assert '  labels = ["", "iv", "5"]' in err.splitlines()


def test_lines_as_text(tmp_path, capsys):
    """The lines of an export without texts become the text of its volume, page by page, and nothing is overwritten."""
    (tmp_path / "export.zip").write_bytes(zipped(escriptorium()))
    root = tmp_path / "collection"
    arguments = ["import", str(tmp_path / "export.zip"), str(root), "--volume", "diary", "--lines-as-text"]
    assert main(arguments) == 2
    assert not root.exists()
    assert main(arguments[:-1]) == 0
    assert f"There are no texts yet: put the transcriptions and translations into {root}/transcripts/VOLUME/." in (
        capsys.readouterr().err
    )
    assert main([*arguments, "--language", "ru"]) == 0
    assert "The lines of 3 pages are the text transcripts/diary/diary.ru.txt." in capsys.readouterr().err
    text = root / "transcripts/diary/diary.ru.txt"
    assert text.read_text(encoding="utf-8") == "\f".join("\n".join(page) for page in PAGES) + "\n"
    text.write_text("Mine.", encoding="utf-8")
    assert main([*arguments, "--language", "ru"]) == 0
    assert text.read_text(encoding="utf-8") == "Mine."


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.zip", "x"], 3, "is missing: give the zip, the folder or the METS file of an export."),
        (["none.zip", "x", "--language", "Russian!"], 2, "is no language: give a tag such as ru, en or de."),
    ],
)
def test_errors(arguments, code, said, capsys):
    """What cannot be imported is one sentence and an exit code."""
    assert main(["import", *arguments]) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "copy it into images/<volume>/ of the collection"),
        ("a.xml", b"<alto/>", "copy it into ocr/<volume>/, named as its scan is named, of the collection"),
        ("a.txt", b"mets", "copy it into transcripts/<volume>/, named <document>.<language> and its ending, of"),
        ("a.csv", b"mets", "give the zip, the folder or the METS file of an export"),
    ],
)
def test_a_file_that_is_no_export(tmp_path, capsys, name, data, said):
    """The message about a scan, an OCR file or a text by itself says where it goes; nothing is taken."""
    (tmp_path / name).write_bytes(data)
    assert main(["import", str(tmp_path / name), str(tmp_path / "x")]) == 3
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


@pytest.mark.slow
def test_the_command_runs():
    """The command is there under its name, in a process of its own."""
    done = align("import", "--help")
    assert done.returncode == 0
    assert "FILE is a zip" in done.stdout
