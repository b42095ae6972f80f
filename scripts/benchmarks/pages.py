"""`align run` beside bare Tesseract and OCRmyPDF on the same pages, chunk by chunk in one run."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
# Texts long enough for any number of pages, with Tesseract's name of their language and the preset they are drawn in.
DRAWN = (
    ("clean", "NotesFromUnderground.ru", "rus"),
    ("typescript", "FathersAndSons.ru", "rus"),
    ("clean", "Demons.en", "eng"),
    ("typescript", "DeadSouls.en", "eng"),
)
REAL = {"ehri_typescript_en": "eng", "oldbooks_en": "eng", "ru18_print": "rus"}
TESSERACT_NAMES = {"ru": "rus", "en": "eng"}
# prctl's option that makes this process the parent of orphans, so that the CPU time of workers is seen too.
PR_SET_CHILD_SUBREAPER = 36
IMAGES = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}


@dataclass(frozen=True)
class Chunk:
    """A collection of a few pages, and Tesseract's name of their language."""

    name: str
    folder: Path
    language: str

    @property
    def images(self) -> list[Path]:
        return sorted(path for path in (self.folder / "images").rglob("*") if path.suffix.lower() in IMAGES)


@dataclass(frozen=True)
class Took:
    """Seconds of the clock, and of all processors, the children's children included."""

    wall: float
    cpu: float


def main(arguments: Sequence[str]) -> int:
    """The figures of every chunk in a JSON file, the ratios on stdout; 1 where a command failed."""
    parser = argparse.ArgumentParser(prog="scripts/bench pages", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("collections", type=Path, nargs="*", help="of these instead of drawn pages: COLLECTION ...")
    parser.add_argument("--pages", type=int, default=60, help="how many pages are drawn in all")
    parser.add_argument("--chunk", type=int, default=15, help="how many pages are read at a time")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--preset", action="append", choices=["clean", "typescript"], help="only these drawn pages")
    parser.add_argument("--real", action="store_true", help="the pages of ../shared/real as well")
    parser.add_argument("--rounds", type=int, default=1, help="how many times each chunk is read")
    parser.add_argument("--ocrmypdf", default=shutil.which("ocrmypdf"), help="its command, with img2pdf beside it")
    wanted = parser.parse_args(arguments)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="align-bench-") as folder:
        chunks = _chunks(wanted, Path(folder))
        if not chunks:
            print("scripts/bench pages: there are no pages to read.", file=sys.stderr)
            return 1
        rows = []
        for number in range(wanted.rounds):
            for chunk in chunks:
                rows.append(_measured(chunk, wanted.ocrmypdf, number))
                print(_line(rows[-1]), flush=True)
    result = {"cores": _cores(), "seed": wanted.seed, "chunks": rows, **_summary(rows)}
    wanted.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(_summary(rows), indent=1))
    return 0


def _chunks(wanted: argparse.Namespace, folder: Path) -> list[Chunk]:
    """The pages in chunks: those of the collections named, or drawn ones where ../shared is, or the sample's."""
    sources: list[tuple[str, Path, str]] = []
    if wanted.collections:
        sources = [(path.resolve().name, path, "") for path in wanted.collections]
    elif (SHARED / "bench/render.py").is_file():
        kinds = [kind for kind in DRAWN if not wanted.preset or kind[0] in wanted.preset]
        each = -(-wanted.pages // len(kinds))
        for preset, text, language in kinds:
            name = f"{preset}_{language}"
            draw = [sys.executable, str(SHARED / "bench/render.py"), str(SHARED / f"parallel/{text}.txt")]
            draw += ["--lang", language, "--out", str(folder / "drawn" / name), "--seed", str(wanted.seed)]
            draw += ["--preset", preset, "--pages", str(each)]
            subprocess.run(draw, check=True, stdout=subprocess.DEVNULL)
            sources.append((name, folder / "drawn" / name, language))
    else:
        sources = [("sample", ROOT, "")]
    if wanted.real:
        sources += [(name, SHARED / "real" / name, language) for name, language in REAL.items()]
    return [chunk for source in sources for chunk in _cut(*source, to=folder / "chunks" / source[0], size=wanted.chunk)]


def _cut(name: str, source: Path, language: str, *, to: Path, size: int) -> list[Chunk]:
    """One collection's pages as collections of a few pages each, all with its texts; volumes are not mixed."""
    chunks = []
    folders = {path.parent for path in (source / "images").rglob("*") if path.suffix.lower() in IMAGES}
    for volume in sorted(folders):
        images = sorted(path for path in volume.iterdir() if path.suffix.lower() in IMAGES)
        for at in range(0, len(images), size):
            own = to / f"{volume.name}-{at:04}"
            shutil.copytree(source / "transcripts", own / "transcripts")
            if (source / "collection.toml").is_file():
                shutil.copy(source / "collection.toml", own)
            place = own / volume.relative_to(source)
            place.mkdir(parents=True)
            for image in images[at : at + size]:
                shutil.copy(image, place)
            texts = sorted(path.suffixes[-2][1:] for path in (own / "transcripts").rglob("*.*.*"))
            spoken = language or next((TESSERACT_NAMES[tag] for tag in texts if tag in TESSERACT_NAMES), "eng")
            chunks.append(Chunk(f"{name}/{volume.name}/{at}", own, spoken))
    return chunks


def _measured(chunk: Chunk, ocrmypdf: str | None, number: int) -> dict[str, object]:
    """Each reader's seconds for one chunk, one after the other; who begins changes from round to round."""
    shutil.rmtree(chunk.folder / "aligned", ignore_errors=True)
    readers: list[tuple[str, Callable[[], Took]]] = [
        ("tesseract", lambda: _tesseract(chunk)),
        ("align", lambda: _align(chunk)),
    ]
    if ocrmypdf:
        pdf = _as_pdf(chunk, ocrmypdf)
        readers.append(("ocrmypdf", lambda: _ocrmypdf(chunk, pdf, ocrmypdf)))
    readers = readers if number % 2 == 0 else readers[::-1]
    took = {name: read() for name, read in readers}
    row: dict[str, object] = {"chunk": chunk.name, "pages": len(chunk.images), "round": number}
    for name, seconds in took.items():
        row[name] = {"wall_s": round(seconds.wall, 3), "cpu_s": round(seconds.cpu, 3)}
    row["wall_ratio"] = round(took["align"].wall / took["tesseract"].wall, 4)
    row["cpu_ratio"] = round(took["align"].cpu / took["tesseract"].cpu, 4)
    if "ocrmypdf" in took:
        row["times_ocrmypdf"] = round(took["ocrmypdf"].wall / took["align"].wall, 4)
    row["stages_s"] = json.loads((chunk.folder / "aligned/run.json").read_text("utf-8"))["seconds"]
    return row


def _tesseract(chunk: Chunk) -> Took:
    """Bare Tesseract, as many at once as there are cores, one thread each, words and boxes as TSV."""
    with tempfile.TemporaryDirectory(prefix="align-bench-tsv-") as out:
        names = "".join(f"{path}\0{out}/{number}\0" for number, path in enumerate(chunk.images))
        command = [
            "xargs",
            "-0",
            "-n2",
            f"-P{_cores()}",
            "sh",
            "-c",
            'exec tesseract "$0" "$1" -l "$L" tsv 2>/dev/null',
        ]
        return _timed(command, give=names, more={"OMP_THREAD_LIMIT": "1", "L": chunk.language})


def _align(chunk: Chunk) -> Took:
    """All of `align run`: reading, linking, findings, overlays."""
    return _timed([sys.executable, "-m", "align", "run", str(chunk.folder)], more={"PYTHONPATH": str(ROOT)})


def _as_pdf(chunk: Chunk, ocrmypdf: str) -> Path:
    """The same images in a PDF, unchanged; not part of what is measured."""
    pdf = chunk.folder / "pages.pdf"
    if not pdf.is_file():
        command = [str(Path(ocrmypdf).with_name("img2pdf")), *map(str, chunk.images), "-o", str(pdf)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return pdf


def _ocrmypdf(chunk: Chunk, pdf: Path, command: str) -> Took:
    with tempfile.TemporaryDirectory(prefix="align-bench-pdf-") as out:
        return _timed([command, "-q", "-j2", "-l", chunk.language, str(pdf), f"{out}/out.pdf"], more={})


def _timed(command: Sequence[str], *, more: dict[str, str], give: str = "") -> Took:
    """What a command takes, with all processes that it starts, those that outlive it too."""
    before, start = _cpu(), time.perf_counter()
    done = subprocess.run(command, input=give, text=True, capture_output=True, check=False, env={**os.environ, **more})
    wall = time.perf_counter() - start
    if done.returncode not in (0, 6):
        raise SystemExit(f"{' '.join(command[:4])} ended with {done.returncode}: {done.stderr[-500:]}")
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    return Took(wall, _cpu() - before)


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _line(row: dict[str, object]) -> str:
    parts = [f"{row['chunk']:44} {row['pages']:>3} pages  wall {row['wall_ratio']:.3f}  CPU {row['cpu_ratio']:.3f}"]
    if "times_ocrmypdf" in row:
        parts.append(f"  {row['times_ocrmypdf']:.2f} times OCRmyPDF")
    return "".join(parts)


def _summary(rows: Sequence[dict[str, object]]) -> dict[str, object]:
    """Ratios over all pages and the medians of the chunks; the share of each stage in the seconds of the stages."""
    total = {
        name: {unit: sum(row[name][unit] for row in rows) for unit in ("wall_s", "cpu_s")}  # type: ignore[index]
        for name in ("tesseract", "align", "ocrmypdf")
        if all(name in row for row in rows)
    }
    pages = sum(int(str(row["pages"])) for row in rows)
    result: dict[str, object] = {"pages": pages}
    for unit in ("wall", "cpu"):
        of_chunks = [float(str(row[f"{unit}_ratio"])) for row in rows]
        whole = total["align"][f"{unit}_s"] / total["tesseract"][f"{unit}_s"]
        result[f"{unit}_ratio"] = {"all": round(whole, 4), "median": round(median(of_chunks), 4)}
    if "ocrmypdf" in total:
        whole = total["ocrmypdf"]["wall_s"] / total["align"]["wall_s"]
        of_chunks = [float(str(row["times_ocrmypdf"])) for row in rows]
        result["times_ocrmypdf"] = {"all": round(whole, 4), "median": round(median(of_chunks), 4)}
    result["pages_a_minute"] = {name: round(60 * pages / took["wall_s"], 1) for name, took in total.items()}
    stages: dict[str, float] = {}
    for row in rows:
        for stage, seconds in dict(row["stages_s"]).items():  # type: ignore[call-overload]
            if stage != "wall":
                stages[stage] = stages.get(stage, 0.0) + seconds
    whole = sum(stages.values())
    result["stage_shares"] = {stage: round(seconds / whole, 4) for stage, seconds in stages.items()}
    return result
