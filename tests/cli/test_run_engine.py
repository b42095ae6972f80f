"""`align run --engine`: which engine reads, that readings are kept apart, and that a dying library fails one page."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from support.command_line import CHECKOUT, LONGEST_S, align, plain_environment
from support.results_check import check_results
from support.small_collection import LINES, make_collection

from align.cli import main
from align.ocr.in_process import find_tessdata, time_limit

sys.path.append(str(CHECKOUT / "scripts"))

from evaluation import engines

pytestmark = pytest.mark.slow  # worker processes that hang or die

PAGES = (
    (
        "Утром приехал Петров из Ленинграда",
        "и привёз три письма от старых друзей.",
        "Мы долго говорили о книгах и о новой",
        "школе за рекой. После обеда выпал снег,",
        "и дети побежали на улицу. Вечером мы",
    ),
    (
        "читали вслух и пили чай с вареньем.",
        "Доктор советует больше гулять и меньше",
        "курить. Записал расходы за неделю: дрова,",
        "хлеб, керосин. Почтальон принёс газету",
        "с опозданием. Кот спал на рукописи.",
    ),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages that a real Tesseract can read, and their text."""
    if find_tessdata() is None:
        pytest.skip("Tesseract's language data is not installed")
    root = tmp_path_factory.mktemp("collection")
    (root / "images/v").mkdir(parents=True)
    (root / "transcripts").mkdir()
    for number, lines in enumerate(PAGES, start=1):
        page = Image.new("L", (1200, 800), 250)
        draw = ImageDraw.Draw(page)
        for row, line in enumerate(lines):
            draw.text((100, 100 + 90 * row), line, font=ImageFont.truetype("DejaVuSans.ttf", 40), fill=20)
        page.save(root / f"images/v/{number}.png", dpi=(300, 300))
    (root / "collection.toml").write_text('[volume.v]\nlanguage = ["ru"]\n', encoding="utf-8")
    (root / "transcripts/v.ru.txt").write_text(" ".join(" ".join(page) for page in PAGES), encoding="utf-8")
    return root


def run_row(root: Path) -> dict:
    return json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))


@pytest.mark.engine
def test_it_does_not_matter_what_reads(root):
    """Program, library and Tesseract's own ALTO give the same links in the contract, each read once, kept apart."""
    pytest.importorskip("tesserocr")
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    read = []
    for way in ("tesseract", "tesserocr", "tesserocr"):
        done = align("run", str(root), "--engine", way, "--jobs", "1", env=plain_environment())
        assert done.returncode == 0, done.stderr
        assert check_results(root / "aligned") == []
        assert run_row(root)["engine"].startswith(f"{way} ")
        read.append(run_row(root)["seconds"].get("reading", 0) > 0)
        shutil.copytree(root / "aligned", root / way, dirs_exist_ok=True)
    assert read == [True, True, False]
    existing = engines.copied(root, root / "existing")
    engines.add_alto(existing, engines.languages_of(root / "tesseract"))
    assert align("run", str(existing), env=plain_environment()).returncode == 0
    assert check_results(existing / "aligned") == []
    assert run_row(existing)["engine"] is None
    for other in (root / "tesserocr", existing / "aligned"):
        counts, total = engines.compared(root / "tesseract", other)
        assert total > 5
        assert counts == dict.fromkeys(engines.KINDS, 0)


def link(status: str, scan: str, *boxes: list[int]) -> dict:
    """A row of links.jsonl with what is compared."""
    areas = [{"page": 1, "scan": scan, "scan_index": None, "boxes": list(boxes)}] if boxes else []
    return {"sentence": "s1", "status": status, "areas": areas}


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        (link("linked", "1.jpg", [10, 10, 100, 30], [10, 50, 60, 30]), ()),
        (link("linked", "1.jpg", [4, 16, 106, 24], [10, 50, 60, 30]), ()),
        (link("linked", "1.jpg", [3, 10, 107, 30], [10, 50, 60, 30]), ("pixels",)),
        (link("linked", "1.jpg", [10, 10, 50, 30], [60, 10, 50, 30], [10, 50, 60, 30]), ("pixels",)),
        (link("linked", "1.jpg", [10, 50, 60, 30]), ("overlap", "elsewhere", "pixels")),
        (link("linked", "2.jpg", [10, 10, 100, 30], [10, 50, 60, 30]), ("scans", "elsewhere", "pixels")),
        (link("doubtful", "1.jpg", [10, 10, 100, 30], [10, 50, 60, 30]), ("status", "elsewhere", "pixels")),
        (link("unlinked", "1.jpg"), ("status", "elsewhere", "pixels")),
    ],
)
def test_what_counts_as_a_difference(tmp_path, other, kinds):
    """An edge 6 pixels away at 300 dpi is no difference, 7 are one for the ruler, another place is one for both."""
    for name, row in (("one", link("linked", "1.jpg", [10, 10, 100, 30], [10, 50, 60, 30])), ("other", other)):
        folder = tmp_path / name / "v"
        folder.mkdir(parents=True)
        (folder / "links.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        pages = [{"scan": f"{n}.jpg", "scan_index": None, "dpi": 300} for n in (1, 2)]
        (folder / "pages.jsonl").write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
    assert engines.compared(tmp_path / "one", tmp_path / "other") == (
        {kind: int(kind in kinds) for kind in engines.KINDS},
        1,
    )


def test_what_is_missing_is_said_before_the_run(tmp_path, monkeypatch, capsys):
    """Without tesserocr the run does not begin: exit code 4, and the command that installs it; doctor has it too."""
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    root = make_collection(tmp_path / "collection")
    assert main(["run", str(root), "--engine", "tesserocr"]) == 4
    assert "-m pip install tesserocr" in capsys.readouterr().err
    assert not (root / "aligned").exists()
    main(["doctor"])
    assert "tesserocr, for align run --engine tesserocr: not there" in capsys.readouterr().out


# In the place of tesserocr: reads nothing, and ends the process on the page with so many lines.
DYING = """
import os
__version__ = "0.0"
tesseract_version = lambda: "tesseract 9.9"
class PyTessBaseAPI:
    def __init__(self, **settings): pass
    def __getattr__(self, name): return lambda *arguments: None
    def SetImageBytes(self, data, width, height, channels, stride):
        dark = [min(data[at : at + stride]) < 138 for at in range(0, len(data), stride)]
        self.lines = sum(two and not one for one, two in zip(dark, dark[1:]))
    def Recognize(self, limit): return True if self.lines != LINES else os._exit(9)
    def GetTSVText(self, page): return ""
"""


def test_a_library_that_dies_fails_its_page_alone(tmp_path):
    """The end of the process inside the library is one failed page, with one job too, and the others are read."""
    root = make_collection(tmp_path / "collection")
    (tmp_path / "rus.traineddata").touch()
    (tmp_path / "eng.traineddata").touch()
    (tmp_path / "tesserocr.py").write_text(DYING.replace("LINES", str(LINES[1])), encoding="utf-8")
    environment = {**plain_environment(), "PYTHONPATH": str(tmp_path), "TESSDATA_PREFIX": str(tmp_path)}
    done = align("run", str(root), "--engine", "tesserocr", "--jobs", "1", env=environment)
    assert done.returncode == 5, done.stderr
    assert check_results(root / "aligned") == []
    (failure,) = run_row(root)["failures"]
    assert (failure["cause"], failure["files"]) == ("worker-died", ["images/diary/0002.png"])


def hang() -> None:
    """Does not come back in the time that it has."""
    with time_limit(0.1):
        time.sleep(10 * LONGEST_S)


def come_back() -> None:
    """Comes back in time; its code says whether something still waits to end it."""
    with time_limit(10 * LONGEST_S):
        assert [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    sys.exit(any(not own.finished.is_set() for own in threading.enumerate() if isinstance(own, threading.Timer)))


@pytest.mark.parametrize(("work", "code"), [(hang, 1), (come_back, 0)])
def test_a_worker_that_hangs_in_the_library_ends(work, code):
    """A worker ends when its read takes longer than it may, and only then."""
    worker = multiprocessing.get_context("spawn").Process(target=work)
    worker.start()
    worker.join(LONGEST_S)
    assert worker.exitcode == code


def test_this_very_process_is_never_ended():
    """Where pages are read in the process that was started, no time limit ends it."""
    with time_limit(0.0):
        time.sleep(0.05)
