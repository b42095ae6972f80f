from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytesseract import pytesseract

from align.errors import AlignError, EngineError, MissingDependencyError
from align.ocr import TesseractEngine, legibility, tesseract_name
from align.ocr.tesseract import parse_tsv

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
IMAGE = np.full((60, 80), 255, np.uint8)
NEEDS = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def row(text: str, *, place: tuple[int, int, int, int] = (5, 5, 20, 10), conf: str = "90", line: int = 1) -> str:
    return "\t".join(["5", "1", "2", "1", str(line), "1", *map(str, place), conf, text]) + "\n"


def table(*rows: str) -> bytes:
    return (HEAD + "".join(rows)).encode()


def stand_in(
    folder: Path, script: str, monkeypatch: pytest.MonkeyPatch, *, timeout_s: float = 300.0
) -> TesseractEngine:
    """A program called tesseract that comes first on the PATH."""
    program = folder / "tesseract"
    program.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo "tesseract 5.3.0" && exit 0\n' + script, encoding="utf-8"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(pytesseract, "tesseract_cmd", str(program))
    return TesseractEngine(version="stand-in", timeout_s=timeout_s)


def fault(engine: TesseractEngine, kind: type[AlignError]) -> AlignError:
    with pytest.raises(kind) as caught:
        engine.read(IMAGE, languages=("ru",), dpi=300)
    return caught.value


def test_words_are_grouped_into_lines_in_the_order_of_the_table() -> None:
    """Lines come as Tesseract numbers them, with their block as region and boxes in the image's pixels."""
    first, second = parse_tsv(
        table(row("Иван", conf="96.5"), row("Петрович", place=(30, 5, 40, 10)), row("спал.", line=2)),
        width=80,
        height=60,
    )
    assert (first.text, second.text) == ("Иван Петрович", "спал.")
    assert (first.region, first.role) == (2, "body")
    assert first.words[0].box.xywh == (5, 5, 20, 10)
    assert first.words[0].confidence == pytest.approx(0.965)
    assert first.polygon.points == ((5.0, 5.0), (70.0, 5.0), (70.0, 15.0), (5.0, 15.0))


def test_what_is_no_word_is_left_out() -> None:
    """Empty words, words without confidence, control characters and words outside the image do not come through."""
    (line,) = parse_tsv(
        table(
            row(" "),
            row("ghost", conf="-1"),
            row("out", place=(80, 5, 9, 9)),
            row("flat", place=(5, 5, 0, 9)),
            row("o\x07k\u200f"),
            row("wide", place=(70, 50, 99, 99)),
        ),
        width=80,
        height=60,
    )
    assert line.text == "ok wide"
    assert line.words[1].box.xywh == (70, 50, 10, 10)


def test_a_quotation_mark_does_not_swallow_rows() -> None:
    """A word that is a lone quotation mark is one word, and the words after it remain."""
    (line,) = parse_tsv(table(row('"'), row("word")), width=80, height=60)
    assert line.text == '" word'


def test_output_that_is_no_table_is_an_error() -> None:
    """What is not Tesseract's table is a fault of that page, not an empty page."""
    with pytest.raises(EngineError):
        parse_tsv(b"", width=80, height=60)


def test_languages_have_tesseracts_names() -> None:
    """BCP 47 tags become Tesseract's names; what it cannot know is refused with the tag."""
    assert [tesseract_name(tag) for tag in ("ru", "en-GB", "uk", "sla")] == ["rus", "eng", "ukr", "sla"]
    with pytest.raises(MissingDependencyError, match="xx"):
        tesseract_name("xx")


def test_an_exit_without_output_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that ends well and writes nothing fails its page."""
    assert fault(stand_in(tmp_path, "exit 0\n", monkeypatch), EngineError).cause == "no-output"


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit fails the page with its own cause."""
    assert fault(stand_in(tmp_path, "exec sleep 600\n", monkeypatch, timeout_s=0.2), EngineError).cause == "timeout"


def test_a_failing_child_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Tesseract complained of is in the message."""
    engine = stand_in(tmp_path, "echo 'Image too small to scale' >&2; exit 1\n", monkeypatch)
    assert "too small" in fault(engine, EngineError).message


def test_a_missing_language_pack_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing language data says which package to install."""
    engine = stand_in(tmp_path, "echo \"Failed loading language 'rus'\" >&2; exit 1\n", monkeypatch)
    assert "apt-get install tesseract-ocr-rus" in fault(engine, MissingDependencyError).message


def test_a_missing_program_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Tesseract the message says how to install it."""
    monkeypatch.setattr(pytesseract, "tesseract_cmd", str(tmp_path / "tesseract"))
    error = fault(TesseractEngine(version="none"), MissingDependencyError)
    assert "apt-get install tesseract-ocr" in error.message


def test_the_child_gets_one_thread_and_an_image_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is limited to one thread and reads a file that is gone afterwards; our own environment is as before."""
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    script = (
        f'echo "$OMP_THREAD_LIMIT" > {tmp_path}/limit; echo "$1" > {tmp_path}/path; head -c 2 "$1" > {tmp_path}/head\n'
    )
    engine = stand_in(tmp_path, script + f'printf "{HEAD.encode("unicode_escape").decode()}"\n', monkeypatch)
    assert engine.read(IMAGE, languages=("ru", "en"), dpi=300) == ()
    assert (tmp_path / "limit").read_text().strip() == "1"
    assert (tmp_path / "head").read_text() == "P5"
    assert not Path((tmp_path / "path").read_text().strip()).exists()
    assert "OMP_THREAD_LIMIT" not in os.environ


@NEEDS
@pytest.mark.engine
def test_tesseract_reads_a_page_in_its_places() -> None:
    """Drawn words come back with their text, and their boxes lie on them."""
    page = np.full((300, 900), 255, np.uint8)
    cv2.putText(page, "The quick brown fox", (60, 100), cv2.FONT_HERSHEY_COMPLEX, 1.6, 0, 3)
    cv2.putText(page, "jumps over the dog", (60, 200), cv2.FONT_HERSHEY_COMPLEX, 1.6, 0, 3)
    lines = TesseractEngine.installed().read(page, languages=("en",), dpi=300)
    assert [line.text for line in lines] == ["The quick brown fox", "jumps over the dog"]
    assert lines[0].words[0].box.left == pytest.approx(62, abs=8)
    assert lines[1].box.bottom == pytest.approx(208, abs=14)
    assert legibility(lines) > 0.8
