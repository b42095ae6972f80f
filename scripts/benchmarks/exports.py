"""Exports of a large volume, each in a process of its own: seconds, peak memory, size; beside OCRmyPDF for PDF.

The pages are drawn with the words of a text that was made by chance, at 200 dots an inch, and results are written for
them as a run would: nothing is read. `--formats all` writes all formats in one process. OCRmyPDF must read its pages
first, so it is given a few of them, in one process; its pages a second are to be compared with those of the export, and
with those of `align run` and the export together.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from align.batch.exports import FORMATS  # noqa: E402 - after the path

FONT = "LiberationMono-Regular.ttf"
LETTERS = "аааабвггдееезииийкллмнннооооопрррсссттттууфхцчшщыьэюя"
LINES, WORDS, PAGES_A_DOCUMENT = 20, 6, 10
ALL = "all"
# A process that exports, and what all processes that it leaves behind took: prctl(36) makes this one their parent.
# Linux counts for a process what its parent held when it was started: a worker's peak is at least that.
EXPORT = """
import ctypes, json, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
own = os.fork()
if own == 0:
    from align.cli import main
    sys.argv = ["align", "export", sys.argv[1], *(word for name in sys.argv[2:] for word in ("--format", name))]
    sys.exit(main())
cpu, peaks, code = 0, {True: 0, False: 0}, 0
while True:
    try:
        process, ended, used = os.wait4(-1, 0)
    except ChildProcessError:
        break
    cpu += used.ru_utime + used.ru_stime
    peaks[process == own] = max(peaks[process == own], used.ru_maxrss)
    code = os.waitstatus_to_exitcode(ended) if process == own else code
peak, of_worker = (round(peaks[is_own] / 1024) for is_own in (True, False))
print(json.dumps({"cpu_s": round(cpu, 1), "peak_mb": peak, "worker_peak_mb": of_worker}))
sys.exit(code)
"""


def main(arguments: Sequence[str]) -> int:
    """The figures in a JSON file and on stdout; 1 where an export fails."""
    parser = argparse.ArgumentParser(prog="scripts/bench exports", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--formats", nargs="+", default=["pdf"], choices=[*FORMATS, ALL])
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ocrmypdf", metavar="COMMAND", help="OCRmyPDF, from an environment of its own")
    parser.add_argument("--ocr-pages", type=int, default=10, help="how many pages OCRmyPDF is given")
    wanted = parser.parse_args(arguments)
    figures: dict[str, object] = {"pages": wanted.pages}
    with tempfile.TemporaryDirectory(prefix="align-bench-") as folder:
        root = Path(folder)
        scans = drawn(root, wanted.pages, wanted.seed)
        figures["scans_mb"] = round(sum(scan.stat().st_size for scan in scans) / 1e6, 1)
        for name in wanted.formats:
            if (figure := exported(root, tuple(FORMATS) if name == ALL else (name,), wanted.pages)) is None:
                return 1
            figures[name] = figure
        if wanted.ocrmypdf:
            figures["ocrmypdf"] = ocred(wanted.ocrmypdf, scans[: wanted.ocr_pages], root)
    wanted.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for key, value in figures.items():
        print(f"{key:12} {value}")
    return 0


def drawn(root: Path, pages: int, seed: int) -> list[Path]:
    """The scans of a volume of so many pages, which is written with its results."""
    from support.set_volume import HEIGHT, LEFT, LETTER, PITCH, SIZE, TOP, VOLUME, SetDocument, write_set

    choice = random.Random(seed)
    words = ["".join(choice.choices(LETTERS, k=choice.randint(1, 9))) for _ in range(5_000)]
    # Each line is a sentence and a paragraph, so that reading the texts again finds the sentences of the results.
    lines = [[" ".join(choice.choices(words, k=WORDS)).capitalize() + "." for _ in range(LINES)] for _ in range(pages)]
    font = ImageFont.truetype(FONT, 30)
    noise = Image.effect_noise(SIZE, 25)

    def scan(order: int) -> bytes:
        image = noise.point(lambda value: min(255, value + 80))
        pen = ImageDraw.Draw(image)
        for row, line in enumerate(lines[order - 1]):
            for n, letter in enumerate(line):
                pen.text((LEFT + n * LETTER, TOP + row * PITCH + HEIGHT), letter, font=font, fill=30, anchor="ls")
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=80, dpi=(200, 200))
        return buffer.getvalue()

    starts = range(0, pages, PAGES_A_DOCUMENT)
    documents = [
        SetDocument(f"d{n:04d}", lines[start : start + PAGES_A_DOCUMENT], between="\n\n")
        for n, start in enumerate(starts)
    ]
    write_set(root, documents, scan)
    return sorted((root / "images" / VOLUME).iterdir())


def exported(root: Path, names: Sequence[str], pages: int) -> dict[str, object] | None:
    """Seconds, memory and bytes of an export into these formats, of which nothing was there; None where it failed."""
    folders = [root / "aligned" / name for name in names]
    for folder in (*folders, root / "aligned" / ".exports"):
        shutil.rmtree(folder, ignore_errors=True)
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", EXPORT, root, *names], capture_output=True, text=True, cwd=ROOT)
    wall_s = time.perf_counter() - began
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return None
    size = sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())
    measured = json.loads(done.stdout.splitlines()[-1])
    speed = {"pages_a_s": round(pages / wall_s, 1), "pages_a_cpu_s": round(pages / measured["cpu_s"], 1)}
    return {"wall_s": round(wall_s, 1), **measured, **speed, "mb": round(size / 1e6, 1)}


def ocred(command: str, scans: Sequence[Path], folder: Path) -> dict[str, object]:
    """Seconds that OCRmyPDF takes for a PDF of these scans."""
    import resource

    first, *others = (Image.open(scan) for scan in scans)
    first.save(folder / "scans.pdf", save_all=True, append_images=others, resolution=200)
    program = shutil.which(command) or command
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run([program, "-q", "-l", "rus", "-j1", folder / "scans.pdf", folder / "read.pdf"], check=True)
    wall_s = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "pages": len(scans),
        "wall_s": round(wall_s, 1),
        "cpu_s": round(cpu_s, 1),
        "pages_a_s": round(len(scans) / wall_s, 2),
        "pages_a_cpu_s": round(len(scans) / cpu_s, 2),
    }
