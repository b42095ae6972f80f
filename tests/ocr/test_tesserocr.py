"""Tesseract in-process: the same outputs as the program, its data found, its faults one page's, its state forgotten."""

from __future__ import annotations

import os
import pickle
import shutil
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from align.errors import AlignError, EngineError, MissingDependencyError
from align.ocr import BlockReader, Engine, TesseractEngine, TesserocrEngine, in_process
from align.ocr.in_process import find_tessdata

IMAGE = np.full((60, 80), 255, np.uint8)
TEXT = ("Утром приехал Петров из Ленинграда", "и привёз три письма от старых друзей.", "После обеда выпал снег.")


class Library:
    """In the place of the module tesserocr: keeps what it was called for, answers what it is told to."""

    __version__ = "0.0"

    def __init__(self, *, table: str | Exception = "", done: bool = True, opens: bool = True, takes_s: float = 0.0):
        self.table, self.done, self.opens, self.takes_s = table, done, opens, takes_s
        self.opened: list[dict] = []
        self.calls: list[tuple] = []
        self.threads = os.environ.get("OMP_THREAD_LIMIT")

    def tesseract_version(self) -> str:
        return "tesseract 9.9\n leptonica"

    def PyTessBaseAPI(self, **settings: object) -> Library:
        if not self.opens:
            raise RuntimeError("Failed to init API, possibly an invalid tessdata path")
        self.opened.append(settings)
        return self

    def Recognize(self, limit: int) -> bool:
        self.calls.append(("Recognize", limit))
        time.sleep(self.takes_s)
        return self.done

    def GetTSVText(self, page: int) -> str:
        if isinstance(self.table, Exception):
            raise self.table
        return self.table

    def __getattr__(self, name: str):
        return lambda *args: self.calls.append((name, *args))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with data for Russian and English."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("rus", "eng"):
        (folder / f"{name}.traineddata").write_bytes(b"data")
    return folder


@pytest.fixture
def use(data, monkeypatch):
    """The engine with a library of ours behind it."""
    in_process._opened.cache_clear()

    def chosen(library: Library, **settings: object) -> TesserocrEngine:
        monkeypatch.setitem(sys.modules, "tesserocr", library)
        monkeypatch.setenv("TESSDATA_PREFIX", str(data))
        return TesserocrEngine.installed(**settings)

    yield chosen
    in_process._opened.cache_clear()


def fault(engine: TesserocrEngine, kind: type[AlignError], *, languages: tuple[str, ...] = ("ru",)) -> AlignError:
    with pytest.raises(kind) as caught:
        engine.read(IMAGE, languages=languages, dpi=300)
    return caught.value


def row(text: str, left: int = 5) -> str:
    return f"5\t1\t1\t1\t1\t1\t{left}\t5\t20\t10\t90.5\t{text}\n"


def test_the_table_becomes_lines(use):
    """The library's table, which has no head, becomes lines as the program's does; control characters are left out."""
    (line,) = use(Library(table=row("o\x07k") + row("\u200fда", 40))).read(IMAGE, languages=("ru",), dpi=300)
    assert line.text == "ok да"
    assert line.words[0].box.xywh == (5, 5, 20, 10)
    assert line.words[0].confidence == pytest.approx(0.905)


def test_what_the_library_is_given(use, data):
    """Image, resolution, segmentation, time limit and languages reach the library, and the image is let go of."""
    library = Library()
    engine = use(library, timeout_s=7)
    engine.read(np.zeros((60, 80, 3), np.uint8)[:, ::2], languages=("ru", "en-GB"), dpi=299.6)
    engine.read_block(IMAGE, languages=("ru", "en"), dpi=150)
    (opened,) = library.opened
    assert (opened["path"], opened["lang"], opened["oem"]) == (f"{data}{os.sep}", "rus+eng", 1)
    calls = [call for call in library.calls if call[0] != "SetImageBytes"]
    per_read = [("ClearAdaptiveClassifier",), ("SetPageSegMode", 3), ("SetVariable", "user_defined_dpi", "300")]
    assert calls[:5] == [*per_read, ("Recognize", 7000), ("Clear",)]
    assert ("SetPageSegMode", 6) in calls[5:]
    images = [call[2:] for call in library.calls if call[0] == "SetImageBytes"]
    assert images == [(40, 60, 3, 120), (80, 60, 1, 80)]


def test_one_is_open_for_each_choice_of_languages(use):
    """Pages in one language share what is open, and no more than a few languages stay open."""
    library = Library()
    engine = use(library)
    for _ in range(3):
        engine.read(IMAGE, languages=("ru",), dpi=300)
        engine.read(IMAGE, languages=("en",), dpi=300)
    assert [opened["lang"] for opened in library.opened] == ["rus", "eng"]
    assert in_process._opened.cache_info().maxsize == 4


def test_threads_share_nothing_that_is_open(use):
    """Two threads that read side by side have a library object each."""
    library = Library()
    engine = use(library)
    meet = threading.Barrier(2)

    def read() -> None:
        meet.wait()
        engine.read(IMAGE, languages=("ru",), dpi=300)
        meet.wait()

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(library.opened) == 2


def test_a_page_that_takes_too_long(use):
    """Past the time limit the page fails with the cause of the program's time limit."""
    assert fault(use(Library(done=False, takes_s=0.05), timeout_s=0.05), EngineError).cause == "timeout"


@pytest.mark.parametrize(
    "library",
    [
        Library(done=False),
        Library(table=RuntimeError("no text")),
        Library(table=UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")),
    ],
)
def test_a_page_that_cannot_be_read(use, library):
    """A refusal, no text, and text that is none are that page's fault, and the next page is free of it."""
    assert fault(use(library), EngineError).cause == "tesseract-failed"
    assert library.calls[-1] == ("Clear",)


def test_missing_and_damaged_data(use):
    """Data that is not there names the package; data that the library cannot open is said to be damaged."""
    engine = use(Library(opens=False))
    assert engine.missing_languages(("ru", "de", "en-GB")) == ("de",)
    assert "apt-get install tesseract-ocr-deu" in fault(engine, MissingDependencyError, languages=("de",)).message
    assert "rus is damaged" in fault(engine, MissingDependencyError).message


def test_without_the_library(monkeypatch):
    """Where tesserocr is not installed the message holds the command that installs it."""
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(MissingDependencyError, match="-m pip install tesserocr"):
        TesserocrEngine.installed()


def test_without_data(monkeypatch, tmp_path):
    """Where no language data is found the message says what to install and what to set."""
    monkeypatch.setitem(sys.modules, "tesserocr", Library())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    with pytest.raises(MissingDependencyError, match="TESSDATA_PREFIX"):
        TesserocrEngine.installed(folders=())


def test_where_data_is_looked_for(monkeypatch, tmp_path, data):
    """TESSDATA_PREFIX goes first, itself or the folder above, then what the program says, then the usual folders."""
    versions = [tmp_path / version / "tessdata" for version in ("5", "10")]
    said, below = tmp_path / "said", tmp_path / "prefix/tessdata"
    for folder in (*versions, said, below):
        shutil.copytree(data, folder)
    program = tmp_path / "bin/tesseract"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", str(program.parent))
    folders = (f"{tmp_path}/*/tessdata",)
    monkeypatch.setenv("TESSDATA_PREFIX", str(data))
    assert find_tessdata(folders) == data
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "prefix"))
    assert find_tessdata(folders) == below
    shutil.rmtree(below)
    assert find_tessdata(folders) == versions[1]
    for answer, expected in [
        (f'List of available languages in "{said}/" (2):', said),
        ("List of available languages (2):", versions[1]),
    ]:
        program.write_text(f"#!/bin/sh\necho '{answer}'; echo rus\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        assert find_tessdata(folders) == expected


@pytest.mark.slow
def test_the_library_is_loaded_with_one_thread():
    """The library finds a limit of one thread when it is loaded, and our own environment is as before."""
    script = (
        "import os, sys, importlib.abc\n"
        "class Spy(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'tesserocr': print(os.environ.get('OMP_THREAD_LIMIT'))\n"
        "sys.meta_path.insert(0, Spy())\n"
        "from align.ocr import TesserocrEngine\n"
        "try: TesserocrEngine.installed()\n"
        "except Exception: pass\n"
        "print(os.environ.get('OMP_THREAD_LIMIT'))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "None"]


# The real library


@pytest.fixture(scope="module")
def engine() -> TesserocrEngine:
    in_process._opened.cache_clear()
    pytest.importorskip("tesserocr")
    if find_tessdata() is None:
        pytest.skip("Tesseract's language data is not installed")
    return TesserocrEngine.installed()


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    page = Image.new("L", (1200, 400), 250)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(TEXT):
        draw.text((100, 60 + 90 * number), line, font=ImageFont.truetype("DejaVuSans.ttf", 40), fill=20)
    return np.asarray(page)


@pytest.mark.engine
@pytest.mark.parametrize("colour", [False, True])
def test_as_the_program_reads(engine, page, colour):
    """Library and program read the same words at the same places to a few pixels, gray or in colour, page or block."""
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    program = TesseractEngine.installed()
    image = np.repeat(page[..., None], 3, axis=2) if colour else page
    for way in ("read", "read_block"):
        ours, theirs = (getattr(e, way)(image, languages=("ru",), dpi=300) for e in (engine, program))
        assert tuple(line.text for line in ours) == tuple(line.text for line in theirs) == TEXT
        for one, other in zip(ours, theirs, strict=True):
            for word, same in zip(one.words, other.words, strict=True):
                assert np.abs(np.subtract(word.box.xywh, same.box.xywh)).max() <= 4
                assert 0 <= word.confidence <= 1


@pytest.mark.engine
def test_what_was_read_before_changes_nothing(engine, page):
    """A page reads the same first, after other pages, and in another process with the engine sent there."""
    first = engine.read(page, languages=("ru",), dpi=300)
    engine.read(page[::-1, ::-1], languages=("ru",), dpi=300)
    engine.read_block(page[40:200], languages=("ru",), dpi=150)
    assert engine.read(page, languages=("ru",), dpi=300) == first
    script = (
        "import pickle, sys; engine, page = pickle.loads(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(pickle.dumps(engine.read(page, languages=('ru',), dpi=300)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=pickle.dumps((engine, page)), capture_output=True, check=True
    )
    assert pickle.loads(done.stdout) == first


@pytest.mark.engine
def test_the_real_librarys_faults(engine, page):
    """Blank and tiny images have no lines; one larger than Tesseract takes, and the time limit, fail the page alone."""
    assert engine.read(np.full((300, 300), 255, np.uint8), languages=("ru",), dpi=300) == ()
    assert engine.read(np.zeros((1, 1), np.uint8), languages=("ru",), dpi=300) == ()
    with pytest.raises(EngineError, match="40 x 40000"):
        engine.read(np.zeros((40000, 40), np.uint8), languages=("ru",), dpi=300)
    with pytest.raises(EngineError) as caught:
        replace(engine, timeout_s=0.01).read(np.tile(page, (4, 1)), languages=("ru",), dpi=300)
    assert caught.value.cause == "timeout"
    assert engine.read(page, languages=("ru",), dpi=300)[0].text == TEXT[0]


@pytest.mark.engine
def test_damaged_data_is_said_to_be(engine, tmp_path):
    """A language file that was cut off is named, and the process lives."""
    whole = (Path(engine.tessdata) / "rus.traineddata").read_bytes()
    (tmp_path / "rus.traineddata").write_bytes(whole[: len(whole) // 2])
    error = fault(replace(engine, tessdata=str(tmp_path)), MissingDependencyError)
    assert "rus is damaged" in error.message


def test_it_is_an_engine(use):
    """It is an engine and a block reader, its name tells it from the program and names both versions."""
    engine = use(Library())
    assert isinstance(engine, Engine)
    assert isinstance(engine, BlockReader)
    assert engine.name == "tesserocr 0.0 (tesseract 9.9) psm3 oem1"
    with pytest.raises(ValueError):
        engine.read(IMAGE, languages=(), dpi=300)
